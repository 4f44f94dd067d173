import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Attachments, isCandidate, maySpeakOfReport, type Change, type Doc } from "../../src/attach";

const doc = (text: string, languageId = "plaintext", scheme = "file"): Doc => {
  const lines = text.split("\n");
  return {
    uri: { scheme, toString: () => `${scheme}:///a` },
    languageId,
    getText: () => text,
    lineCount: lines.length,
    lineAt: (line) => ({ text: lines[line] ?? "" }),
  };
};
const change = (line: number, text: string): Change => ({ range: { start: { line } }, text });

describe("what may be a report", () => {
  const folder = path.join(import.meta.dirname, "../../../../tests/reports");
  const reports = fs.readdirSync(folder).filter((name) => /\.(?:txt|md|html)$/u.test(name));

  it.each(reports)("%s", (name) => {
    expect(maySpeakOfReport(fs.readFileSync(path.join(folder, name), "utf8"))).toBe(true);
  });

  it.each(["政府信 息 公\u3000开年报", "信息</span><span>公开", "政府信息公開", "信息公\n开"])("%s", (text) => {
    expect(maySpeakOfReport(text)).toBe(true);
  });

  it.each(["", "# 说明", "公开信息", "信息。公开", "信公息开"])("not “%s”", (text) => {
    expect(maySpeakOfReport(text)).toBe(false);
  });
});

describe("attached documents", () => {
  it("are those whose text says so, in the languages of reports", () => {
    const attachments = new Attachments(() => false);
    expect(attachments.open(doc("政府信息公开", "python"))).toBe(false);
    expect(attachments.open(doc("别的", "markdown"))).toBe(false);
    expect(attachments.open(doc("政府信息公开", "markdown"))).toBe(true);
    expect(attachments.has("file:///a")).toBe(true);
  });

  it("are no sides of a comparison", () => {
    expect(isCandidate(doc("政府信息公开", "plaintext", "git"))).toBe(false);
  });

  it("are all of them when the user wants so, and those that are called reports", () => {
    expect(new Attachments(() => true).open(doc("别的"))).toBe(true);
    expect(new Attachments(() => false).open(doc("", "gouji-report"))).toBe(true);
  });

  it("come in when a change brings the words, by lines around it", () => {
    const attachments = new Attachments(() => false);
    const far = doc(`政府信息公开\n${"别的\n".repeat(9)}政府信息\n公开`);
    expect(attachments.change(far, [change(5, "别")])).toBe(false);
    expect(attachments.change(far, [change(11, "公开")])).toBe(true);
  });

  it("are looked for everywhere when several places change", () => {
    const far = doc(`政府信息公开\n${"别的\n".repeat(9)}`);
    expect(new Attachments(() => false).change(far, [change(8, "别"), change(5, "别")])).toBe(true);
  });

  it("leave when they are closed", () => {
    const attachments = new Attachments(() => false);
    const report = doc("政府信息公开");
    attachments.open(report);
    expect(attachments.close(report)).toBe(true);
    expect(attachments.close(report)).toBe(false);
    expect(attachments.size).toBe(0);
  });
});
