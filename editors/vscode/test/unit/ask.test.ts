import { describe, expect, it } from "vitest";
import { agencyProblem, likelyYear, rulesToOffer, yearProblem } from "../../src/ask";
import { withAssociations } from "../../src/associations";

const january = new Date(2026, 0, 20);

describe("the prompts for a new report", () => {
  it("take a name of one line", () => {
    expect(agencyProblem(" 青石县水利局 ")).toBeUndefined();
    expect(agencyProblem("  ")).toContain("请填写机关名称");
    expect(agencyProblem("甲\n乙")).toContain("换行");
    expect(agencyProblem("甲|乙")).toContain("竖线");
  });

  it("take the years in which there were reports", () => {
    expect(yearProblem("2025", january)).toBeUndefined();
    expect(yearProblem("2026", january)).toBeUndefined();
    expect(yearProblem("2027", january)).toBe("年份应在 2008 与 2026 之间");
    expect(yearProblem("2007", january)).toBe("年份应在 2008 与 2026 之间");
    for (const text of ["", "25", "二〇二五", "2025年"]) expect(yearProblem(text, january)).toContain("四位数字");
  });

  it("offer last year, towards the end of a year this one", () => {
    expect(likelyYear(january)).toBe(2025);
    expect(likelyYear(new Date(2026, 9, 31))).toBe(2025);
    expect(likelyYear(new Date(2026, 10, 1))).toBe(2026);
  });
});

describe("the rules to explain", () => {
  it("begin with those of the document's findings", () => {
    const rules = ["a", "b", "c"].map((id) => ({ id, group: "", title: "" }));
    expect(rulesToOffer(rules, new Set(["c"])).map((it) => it.id)).toEqual(["c", "a", "b"]);
  });
});

describe("associations of schemas", () => {
  const known = { "^.*/other\\.toml$": "https://example.org/other.json", "^.*/gouji\\.toml$": "file:///old" };

  it("replace ours and leave the user's", () => {
    expect(withAssociations(known, "file:///a", "file:///b")).toEqual({
      "^.*/other\\.toml$": "https://example.org/other.json",
      "^.*/gouji\\.toml$": "file:///a",
      "^.*\\.form\\.toml$": "file:///b",
    });
  });

  it.each(["/x/gouji.toml", "/x/报告.form.toml"])("hold %s", (file) => {
    const patterns = Object.keys(withAssociations(undefined, "a", "b"));
    expect(patterns.some((it) => new RegExp(it, "u").test(`file://${file}`))).toBe(true);
  });

  it.each(["/x/my-gouji.toml", "/x/form.toml", "/x/gouji.toml.bak"])("do not hold %s", (file) => {
    const patterns = Object.keys(withAssociations(undefined, "a", "b"));
    expect(patterns.some((it) => new RegExp(it, "u").test(`file://${file}`))).toBe(false);
  });
});
