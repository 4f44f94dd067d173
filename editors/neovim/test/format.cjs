// Formats the Lua files of the plugin; --check only says which are not.
const fs = require("node:fs");
const path = require("node:path");
const { CollapseSimpleStatement, Config, IndentType, OutputVerification, formatCode } = require("@johnnymorganz/stylua");

/** The style. Each run takes one of its own: it does not outlive a call. */
function style() {
  const config = Config.new();
  config.column_width = 120;
  config.indent_type = IndentType.Spaces;
  config.indent_width = 2;
  config.collapse_simple_statement = CollapseSimpleStatement.Always;
  return config;
}

const check = process.argv.includes("--check");
const folder = path.dirname(__dirname);
for (const name of fs.readdirSync(folder, { recursive: true }).sort()) {
  if (!name.endsWith(".lua")) continue;
  const file = path.join(folder, name);
  const text = fs.readFileSync(file, "utf8");
  const formatted = formatCode(text, style(), undefined, OutputVerification.None);
  if (formatted === text) continue;
  console.log(check ? `not formatted: ${name}` : name);
  if (check) process.exitCode = 1;
  else fs.writeFileSync(file, formatted);
}
