import { defineConfig } from "vitest/config";

export default defineConfig({
  // taplo needs seconds to start on a machine under load.
  test: { include: ["test/unit/**/*.test.ts"], testTimeout: 60_000 },
});
