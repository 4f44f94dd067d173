import { describe, expect, it } from "vitest";
import type { Report, Severity } from "../../src/preview/model";
import { statusOf } from "../../src/statusText";

const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const report = (holds: number, broken: number, unknown: number, ...severities: Severity[]): Report => ({
  form: "",
  agency: null,
  year: null,
  range: place,
  relations: { holds, broken, unknown },
  findings: severities.map((severity) => ({ rule: "a", severity, message: "", range: place })),
});
const running = { is: "running" } as const;

describe("the status", () => {
  it("counts the relations that hold, and what is wrong", () => {
    const status = statusOf(running, [report(27, 2, 0, "error", "warning", "hint")]);
    expect(status?.text).toBe("$(warning) 勾稽 27/29 · 2 处问题");
    expect(status?.spoken).toBe("勾稽关系 29 条，成立 27 条。1 个错误，1 个警告，1 个建议");
  });

  it("is at ease about hints", () => {
    expect(statusOf(running, [report(29, 0, 0, "hint")])?.text).toBe("$(check) 勾稽 29/29");
  });

  it("adds up the reports of a document, and says what could not be checked", () => {
    const status = statusOf(running, [report(10, 0, 3), report(5, 0, 0)]);
    expect(status?.text).toBe("$(check) 勾稽 15/15");
    expect(status?.tooltip).toBe("勾稽关系 15 条，成立 15 条；另有 3 条因数字不全无法核对\n\n没有发现问题");
  });

  it("is not there for a document without a report, nor before a server was wanted", () => {
    expect(statusOf(running, [])).toBeUndefined();
    expect(statusOf({ is: "stopped" }, [report(1, 0, 0)])).toBeUndefined();
  });

  it("says what the server is doing", () => {
    expect(statusOf({ is: "starting" }, undefined)?.spoken).toBe("gouji 服务器正在启动");
    expect(statusOf({ is: "waiting", attempt: 2 }, undefined)?.tone).toBe("warning");
    expect(statusOf({ is: "failed", reason: "" }, [report(1, 0, 0)])?.tone).toBe("error");
  });
});
