// Bundles what runs in the extension host and in the preview: node scripts/build.mjs [--watch]
import fs from "node:fs";
import path from "node:path";
import { build, context } from "esbuild";

const root = path.join(import.meta.dirname, "..");
const common = {
  absWorkingDir: root,
  bundle: true,
  logLevel: "warning",
  sourcemap: false,
  minify: true,
  charset: "utf8",
};
const host = {
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
};
const page = {
  ...common,
  entryPoints: ["src/preview/main.ts"],
  outfile: "dist/preview.js",
  platform: "browser",
  target: "es2022",
  format: "iife",
};
for (const file of fs.readdirSync(path.join(root, "assets/media"))) {
  fs.cpSync(path.join(root, "assets/media", file), path.join(root, "dist", file), { recursive: true });
}
for (const options of [host, page]) {
  if (process.argv.includes("--watch")) await (await context(options)).watch();
  else await build(options);
}
