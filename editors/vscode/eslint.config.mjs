import { defineConfig } from "eslint/config";
import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist", "server"] },
  js.configs.recommended,
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/explicit-function-return-type": ["error", { allowExpressions: true }],
      "@typescript-eslint/no-empty-function": ["error", { allow: ["methods"] }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  { files: ["test/**/*.ts"], rules: { "@typescript-eslint/explicit-function-return-type": "off" } },
  {
    // Decisions are tested without an editor, so they must not ask for one.
    files: ["src/attach.ts", "src/server.ts", "src/settings.ts", "src/supervisor.ts", "src/preview/*.ts"],
    ignores: ["src/preview/panel.ts"],
    rules: { "no-restricted-imports": ["error", "vscode", "vscode-languageclient", "vscode-languageclient/node"] },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        URL: "readonly",
        fetch: "readonly",
        setTimeout: "readonly",
        document: "readonly",
        NodeFilter: "readonly",
        getComputedStyle: "readonly",
      },
    },
  },
);
