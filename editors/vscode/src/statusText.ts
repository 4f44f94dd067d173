/** What the status item says. */

import type { Report, Severity } from "./preview/model";
import type { State } from "./supervisor";

export interface Status {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly tone: "plain" | "warning" | "error";
}

const NAMES: Record<Severity, string> = { error: "个错误", warning: "个警告", info: "个提示", hint: "个建议" };

/** `reports` are those of the active document; `undefined` while they are not known. Nothing is shown for a document without a report. */
export function statusOf(state: State, reports: readonly Report[] | undefined): Status | undefined {
  switch (state.is) {
    case "stopped":
      return undefined;
    case "starting":
      return plain("$(loading~spin) 勾稽", "gouji 服务器正在启动");
    case "waiting":
      return {
        ...plain("$(loading~spin) 勾稽", `gouji 服务器意外退出，正在第 ${state.attempt} 次重启`),
        tone: "warning",
      };
    case "failed":
      return { ...plain("$(error) 勾稽", "gouji 服务器没有运行，单击可重新启动"), tone: "error" };
    case "running":
      return reports === undefined ? plain("$(loading~spin) 勾稽", "正在核查") : running(reports);
  }
}

function running(reports: readonly Report[]): Status | undefined {
  if (reports.length === 0) return undefined;
  const sum = (of: (report: Report) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const [holds, broken, unknown] = [
    sum((it) => it.relations.holds),
    sum((it) => it.relations.broken),
    sum((it) => it.relations.unknown),
  ];
  const findings = reports.flatMap((it) => it.findings);
  const counts = (["error", "warning", "info", "hint"] as const)
    .map((severity) => [findings.filter((it) => it.severity === severity).length, NAMES[severity]] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`);
  // Hints are for those who look for them.
  const loud = findings.filter((it) => it.severity !== "hint").length;
  const relations = `${holds}/${holds + broken}`;
  const told = [
    `勾稽关系 ${holds + broken} 条，成立 ${holds} 条${unknown > 0 ? `；另有 ${unknown} 条因数字不全无法核对` : ""}`,
    counts.length > 0 ? counts.join("，") : "没有发现问题",
  ];
  const icon = broken > 0 || loud > 0 ? "$(warning)" : "$(check)";
  return {
    text: `${icon} 勾稽 ${relations}${loud > 0 ? ` · ${loud} 处问题` : ""}`,
    tooltip: told.join("\n\n"),
    spoken: told.join("。"),
    tone: "plain",
  };
}

function plain(text: string, told: string): Status {
  return { text, tooltip: told, spoken: told, tone: "plain" };
}
