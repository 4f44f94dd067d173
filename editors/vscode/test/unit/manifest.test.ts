import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.join(import.meta.dirname, "../..");
const read = (name: string): string => fs.readFileSync(path.join(root, name), "utf8");
const json = (name: string) => JSON.parse(read(name)) as Record<string, unknown>;
const manifest = read("package.json");
const languages = ["package.nls.json", "package.nls.zh-cn.json"].map((name) => ({ name, texts: json(name) }));

describe("the manifest", () => {
  const named = new Set([...manifest.matchAll(/"%([^%"]+)%"/gu)].map((match) => match[1] ?? ""));

  it.each(languages)("has every text in $name, and none that nobody reads", ({ texts }) => {
    expect(new Set(Object.keys(texts))).toEqual(named);
    for (const text of Object.values(texts)) expect(text).not.toBe("");
  });

  it("contributes the commands that the extension registers", () => {
    const contributed = (JSON.parse(manifest) as { contributes: { commands: { command: string }[] } }).contributes
      .commands;
    const sources = read("src/commands.ts") + read("src/toml.ts");
    const registered = [...sources.matchAll(/"(gouji\.\w+)"[:,] (?:async )?\(/gu)].map((match) => match[1]);
    expect(contributed.map((it) => it.command).sort()).toEqual(registered.sort());
  });

  it("never takes a Markdown or HTML file for its own language", () => {
    const { contributes } = JSON.parse(manifest) as {
      contributes: { languages: { id: string; extensions: string[]; filenamePatterns: string[] }[] };
    };
    const own = contributes.languages.find((it) => it.id === "gouji-report");
    expect(own?.extensions).toEqual([".gouji"]);
    for (const pattern of own?.filenamePatterns ?? []) expect(pattern.endsWith(".txt")).toBe(true);
  });
});

interface Rule {
  match?: string;
  begin?: string;
  end?: string;
  patterns?: Rule[];
}

describe("the grammar", () => {
  const grammar = json("assets/gouji-report.tmLanguage.json") as { repository: Record<string, Rule> };
  const expression = (name: string): RegExp => {
    // Oniguruma's classes are those of JavaScript with the flag v or u, but for this name.
    const source = (grammar.repository[name]?.match ?? "").replaceAll("\\p{Han}", "\\p{Script=Han}");
    return new RegExp(source, "u");
  };

  it.each(["一、总体情况", "## 三、收到和处理政府信息公开申请情况", "  六、其他需要报告的事项"])(
    "knows the heading %s",
    (line) => {
      expect(expression("heading").test(line)).toBe(true);
    },
  );

  it.each(["一、本年新收政府信息公开申请数量", "四、结转下年度继续办理", "一、总体情况 | 0 |", "今年一、二季度"])(
    "takes no heading from %s",
    (line) => {
      expect(expression("heading").test(line)).toBe(false);
    },
  );

  it("knows a title and an ignored finding", () => {
    expect(expression("title").test("青石县水利局2025年政府信息公开工作年度报告")).toBe(true);
    expect(expression("title").test("编制青石县2025年政府信息公开工作年度报告。")).toBe(false);
    expect(expression("ignore").exec("<!-- gouji-ignore requests-balance: 已核实 -->")?.[3]).toBe("requests-balance");
  });
});
