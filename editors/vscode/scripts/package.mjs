// Makes the .vsix of one platform with its server inside: node scripts/package.mjs TARGET PROGRAM OUT.vsix
// TARGET is one of VS Code's (linux-x64, win32-x64, darwin-arm64 …), PROGRAM a gouji built for it.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** More than this is not small any more. */
const LARGEST = 10 * 1024 * 1024;

const [target, program, out] = process.argv.slice(2);
if (out === undefined) {
  console.error("usage: node scripts/package.mjs TARGET PROGRAM OUT.vsix");
  process.exit(2);
}
const root = path.join(import.meta.dirname, "..");
const stage = fs.mkdtempSync(path.join(os.tmpdir(), "gouji-vsix-"));
try {
  for (const name of ["package.json", "package.nls.json", "package.nls.zh-cn.json", "dist"]) {
    fs.cpSync(path.join(root, name), path.join(stage, name), { recursive: true });
  }
  fs.cpSync(path.join(root, "assets"), stage, {
    recursive: true,
    filter: (file) => !/\/(?:media|logo\.svg)$/u.test(file),
  });
  fs.mkdirSync(path.join(stage, "schemas"));
  for (const schema of ["workspace/gouji.schema.json", "core/src/form/form.schema.json"]) {
    fs.copyFileSync(path.join(root, "../../server", schema), path.join(stage, "schemas", path.basename(schema)));
  }
  // Pictures would have to lie on the web; the package does without.
  const page = fs.readFileSync(path.join(root, "README.md"), "utf8");
  fs.writeFileSync(path.join(stage, "README.md"), page.replaceAll(/^!\[.*\n\n?/gmu, ""));
  fs.copyFileSync(path.join(root, "../../LICENSE-MIT"), path.join(stage, "LICENSE.txt"));
  // A program without its execute bit cannot be started after installing.
  const server = path.join(stage, "server", target.startsWith("win32") ? "gouji.exe" : "gouji");
  fs.mkdirSync(path.dirname(server));
  fs.copyFileSync(program, server);
  fs.chmodSync(server, 0o755);
  fs.writeFileSync(path.join(stage, ".vscodeignore"), "");
  const vsce = path.join(root, "node_modules/@vscode/vsce/vsce");
  const options = [
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--target",
    target,
    "--out",
    path.resolve(out),
  ];
  execFileSync(process.execPath, [vsce, ...options], { cwd: stage, stdio: ["ignore", "ignore", "inherit"] });
} finally {
  fs.rmSync(stage, { recursive: true });
}
const { size } = fs.statSync(out);
console.log(`${out}: ${(size / 1024 / 1024).toFixed(1)} MB`);
if (size > LARGEST) {
  console.error("larger than 10 MB");
  process.exit(1);
}
