/** What Even Better TOML says with the schemas that the extension hands it: taplo is its engine. */

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const extension = path.join(import.meta.dirname, "../..");
const server = path.join(extension, "../../server");
const SETTINGS = path.join(server, "workspace/gouji.schema.json");
const FORM = path.join(server, "core/src/form/form.schema.json");

let folder = "";
beforeAll(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "gouji-toml-"))));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** The faults found, empty where all is well. */
function faults(schema: string, source: string): string {
  const file = path.join(folder, "checked.toml");
  fs.writeFileSync(file, source);
  const taplo = path.join(extension, "node_modules/.bin/taplo");
  const run = spawnSync(taplo, ["check", "--schema", pathToFileURL(schema).href, file], {
    cwd: folder,
    encoding: "utf8",
  });
  if (run.error !== undefined) throw run.error;
  return run.status === 0 ? "" : run.stdout + run.stderr;
}

describe("gouji.toml", () => {
  it("is right as the README shows it", () => {
    const readme = fs.readFileSync(path.join(extension, "../../README.md"), "utf8");
    const [, example] = /```toml\n([^`]*)```/u.exec(readme) ?? [];
    expect(example).toContain("[rules]");
    expect(faults(SETTINGS, example ?? "")).toBe("");
  });

  it.each([
    ["an unknown key", 'fail_on = "error"\n', "fail_on"],
    ["an unknown severity", '[rules]\nrequests-balance = "loud"\n', "loud"],
    ["a value of another kind", "forms = 3\n", "3"],
    ["an entry that lacks a key", '[[typos]]\nwrong = "布署"\n', "right"],
  ])("is underlined at %s", (_, source, word) => {
    expect(faults(SETTINGS, source)).toContain(word);
  });
});

describe("a form", () => {
  const forms = path.join(server, "core/src/form/forms");
  const names = fs.readdirSync(forms).filter((name) => name.endsWith(".toml"));

  it.each(names)("is right: %s", (name) => {
    expect(faults(FORM, fs.readFileSync(path.join(forms, name), "utf8"))).toBe("");
  });

  it("is underlined at an unknown key", () => {
    expect(faults(FORM, 'id = "a"\ncolour = "b"\n')).toContain("colour");
  });
});
