// Writes the settings that mirror gouji.toml into package.json and package.nls*.json, from the schema that reads gouji.toml:
// node scripts/settings.mjs [--check]
//
// The schema speaks Chinese; settings.en.json has the English for each of its sentences, so that a changed sentence asks for a new translation.
import fs from "node:fs";
import path from "node:path";
import prettier from "prettier";

const here = import.meta.dirname;
const root = path.join(here, "..");
const schema = JSON.parse(fs.readFileSync(path.join(root, "../../server/workspace/gouji.schema.json"), "utf8"));
const english = JSON.parse(fs.readFileSync(path.join(here, "settings.en.json"), "utf8"));
const isCheck = process.argv.includes("--check");

/** Keys that mean nothing in an editor. */
const COMMAND_LINE_ONLY = ["fail-on"];
/** Begins the names of all texts that come from the schema. */
const PREFIX = "gouji.toml.";

const texts = { zh: {}, en: {} };
const untranslated = [];

/** Remembers a sentence under a name and gives what stands for it in package.json. */
function text(name, chinese) {
  const key = PREFIX + name;
  texts.zh[key] = chinese;
  texts.en[key] = english[chinese];
  if (english[chinese] === undefined) untranslated.push(chinese);
  return `%${key}%`;
}

/** A part of the schema without references, which VS Code does not follow in settings. */
function inlined(node, name) {
  if (node.$ref !== undefined || node.allOf !== undefined) {
    const { $ref = node.allOf[0].$ref, ...own } = node;
    delete own.allOf;
    const target = schema.definitions[$ref.replace("#/definitions/", "")];
    return inlined({ ...target, ...own }, name);
  }
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "description") out.description = text(name, value);
    else if (key === "items" || key === "additionalProperties") {
      out[key] = typeof value === "object" ? inlined(value, `${name}.${key === "items" ? "item" : "value"}`) : value;
    } else if (key === "properties") {
      out.properties = Object.fromEntries(
        Object.entries(value).map(([it, part]) => [it, inlined(part, `${name}.${it}`)]),
      );
    } else if (key === "anyOf") out.anyOf = value.map((part, at) => inlined(part, `${name}.${at}`));
    else if (key === "oneOf") {
      // Constants with a sentence each: what the settings page calls an enum.
      out.enum = value.map((part) => part.const);
      out.enumDescriptions = value.map((part) => text(`${name}.${part.const}`, part.description));
    } else if (key !== "default" && key !== "format") out[key] = value;
  }
  return out;
}

const EMPTY = { array: [], object: {} };
const generated = {};
const keys = Object.keys(schema.properties).filter((key) => !COMMAND_LINE_ONLY.includes(key));
keys.forEach((key, at) => {
  const property = inlined(schema.properties[key], key);
  generated[`gouji.${key}`] = { order: 100 + at, scope: "resource", ...property, default: EMPTY[property.type] };
});
if (untranslated.length > 0) {
  console.error(`scripts/settings.en.json lacks the English of:\n${untranslated.map((it) => `  ${it}`).join("\n")}`);
  process.exit(1);
}
const idle = Object.keys(english).filter((chinese) => !Object.values(texts.zh).includes(chinese));
if (idle.length > 0) {
  console.error(
    `scripts/settings.en.json has the English of what the schema does not say:\n${idle.map((it) => `  ${it}`).join("\n")}`,
  );
  process.exit(1);
}

const stale = [];
function write(file, contents) {
  const target = path.join(root, file);
  if (fs.existsSync(target) && fs.readFileSync(target, "utf8") === contents) return;
  if (isCheck) stale.push(file);
  else fs.writeFileSync(target, contents);
}
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const without = (object, isGone) => Object.fromEntries(Object.entries(object).filter(([key]) => !isGone(key)));

const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const section = manifest.contributes.configuration.find((it) => it.title === "%configuration.toml%");
section.properties = generated;
write("package.json", json(manifest));
for (const [file, language] of [
  ["package.nls.json", "en"],
  ["package.nls.zh-cn.json", "zh"],
]) {
  const own = without(JSON.parse(fs.readFileSync(path.join(root, file), "utf8")), (key) => key.startsWith(PREFIX));
  write(file, json({ ...own, ...texts[language] }));
}
const source = "src/settings.generated.ts";
const keysSource = `// Written by scripts/settings.mjs: the keys of gouji.toml that are settings here too.\nexport const KEYS: readonly string[] = ${JSON.stringify(keys)};\n`;
const style = await prettier.resolveConfig(path.join(root, source));
write(source, await prettier.format(keysSource, { ...style, parser: "typescript" }));
if (stale.length > 0) {
  console.error(`out of date, run node scripts/settings.mjs: ${stale.join(", ")}`);
  process.exit(1);
}
