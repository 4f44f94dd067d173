/** The commands of the palette. */

import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { agencyProblem, likelyYear, rulesToOffer, yearProblem, type Rule } from "./ask";
import type { Gouji } from "./gouji";
import { explainMissing } from "./server";

/** Commands that the server runs. */
const SERVER = {
  explain: "gouji.explainRule",
  export: "gouji.export",
  new: "gouji.newReport",
  configuration: "gouji.showConfiguration",
} as const;

export function registerCommands(gouji: Gouji): void {
  const commands = new Commands(gouji);
  const all: Record<string, (...args: never[]) => Promise<void>> = {
    "gouji.preview": () => commands.preview(),
    "gouji.new": () => commands.newReport(),
    "gouji.exportAs": () => commands.exportAs(),
    "gouji.fixAll": () => commands.fixAll(),
    "gouji.explain": () => commands.explain(),
    "gouji.whichConfiguration": () => commands.whichConfiguration(),
    "gouji.restart": () => commands.restart(),
    "gouji.showLog": () => {
      gouji.log.show();
      return Promise.resolve();
    },
  };
  for (const [id, run] of Object.entries(all)) {
    gouji.context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
}

/** Shows the page of a rule. */
export async function showRule(gouji: Gouji, rule: string, document?: vscode.Uri): Promise<void> {
  const page = await ask<string>(gouji, SERVER.explain, rule, document?.toString() ?? "");
  if (typeof page === "string") await gouji.pages.showMarkdown(rule, page);
}

/** Shows what a command of the server answers that was run from a code action or a lens. */
export async function showAnswer(
  gouji: Gouji,
  command: string,
  args: readonly unknown[],
  answer: unknown,
): Promise<boolean> {
  if (command !== SERVER.explain || typeof answer !== "string") return false;
  await gouji.pages.showMarkdown(String(args[0]), answer);
  return true;
}

class Commands {
  constructor(private readonly gouji: Gouji) {}

  async preview(): Promise<void> {
    const document = await this.#document();
    if (document !== undefined) this.gouji.panels.show(document.uri);
  }

  async newReport(): Promise<void> {
    const now = new Date();
    const agency = await vscode.window.showInputBox({
      title: "新建年度报告（1/2）",
      prompt: "机关名称，写全称",
      placeHolder: "某某县水利局",
      validateInput: agencyProblem,
      ignoreFocusOut: true,
    });
    if (agency === undefined) return;
    const year = await vscode.window.showInputBox({
      title: "新建年度报告（2/2）",
      prompt: "报告年度",
      value: String(likelyYear(now)),
      validateInput: (text) => yearProblem(text, now),
      ignoreFocusOut: true,
    });
    if (year === undefined) return;
    const content = await ask<string>(this.gouji, SERVER.new, agency.trim(), Number(year));
    if (typeof content !== "string") return;
    const document = await vscode.workspace.openTextDocument({ language: "gouji-report", content });
    await vscode.window.showTextDocument(document);
  }

  async exportAs(): Promise<void> {
    const document = await this.#document();
    if (document === undefined) return;
    const format = await vscode.window.showQuickPick(
      [
        { label: "csv", description: "表格软件可以打开" },
        { label: "json", description: "供程序读取" },
      ],
      { title: "导出各表数据和正文数字" },
    );
    if (format === undefined) return;
    const content = await ask<string>(this.gouji, SERVER.export, document.uri.toString(), format.label);
    if (typeof content !== "string") return;
    const exported = await vscode.workspace.openTextDocument({
      language: format.label === "json" ? "json" : "plaintext",
      content,
    });
    await vscode.window.showTextDocument(exported, { viewColumn: vscode.ViewColumn.Beside });
  }

  async fixAll(): Promise<void> {
    if ((await this.#document()) === undefined) return;
    await vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.gouji", apply: "first" });
  }

  async explain(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const found = document === undefined ? [] : vscode.languages.getDiagnostics(document.uri);
    const ids = found
      .filter((it) => it.source === "gouji")
      .map((it) => (typeof it.code === "object" ? it.code.value : it.code));
    const all = await this.#rules(document);
    if (all === undefined) return;
    const rules = rulesToOffer(all, new Set(ids.map(String)));
    const picked = await vscode.window.showQuickPick(
      rules.map((rule) => ({ label: rule.id, description: rule.group, detail: rule.title })),
      { title: "解释规则", matchOnDetail: true },
    );
    if (picked !== undefined) await showRule(this.gouji, picked.label, document?.uri);
  }

  async whichConfiguration(): Promise<void> {
    const document = await this.#document();
    if (document === undefined) return;
    const told = await ask<string>(this.gouji, SERVER.configuration, document.uri.toString());
    if (typeof told === "string") await this.gouji.pages.showText("使用的配置.toml", told);
  }

  async restart(): Promise<void> {
    await this.gouji.supervisor.restart();
  }

  /** The report in front of the user; says so when there is none. */
  async #document(): Promise<vscode.TextDocument | undefined> {
    const document = vscode.window.activeTextEditor?.document;
    if (document !== undefined && this.gouji.attachments.has(document.uri.toString())) return document;
    await vscode.window.showInformationMessage("请先打开一份年度报告（纯文本、Markdown 或 HTML）。");
    return undefined;
  }

  /** The rules for a document, those of the user's own forms among them; says what is wrong when they cannot be listed. */
  async #rules(document: vscode.TextDocument | undefined): Promise<Rule[] | undefined> {
    const server = this.gouji.server();
    if ("missing" in server) {
      await vscode.window.showErrorMessage(`gouji：${explainMissing(server)}。`);
      return undefined;
    }
    // The nearest gouji.toml counts from the working folder.
    const cwd = document?.uri.scheme === "file" ? path.dirname(document.uri.fsPath) : undefined;
    const options = { maxBuffer: 16 * 1024 * 1024, ...(cwd === undefined ? {} : { cwd }) };
    try {
      const { stdout } = await promisify(execFile)(server.path, ["rules", "--format", "json"], options);
      return (JSON.parse(stdout) as { rules: Rule[] }).rules;
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      const reason = stderr?.trim() ?? "";
      await vscode.window.showErrorMessage(reason === "" ? `gouji：不能列出规则：${String(error)}` : reason);
      return undefined;
    }
  }
}

/** Has the server run a command; says what went wrong when it does not. */
async function ask<T>(gouji: Gouji, command: string, ...args: unknown[]): Promise<T | undefined> {
  const wasFailed = gouji.supervisor.state.is === "failed";
  const client: LanguageClient | undefined = (await gouji.supervisor.get())?.client;
  if (client === undefined) {
    // A server that fails now says so itself; one that has failed before is not started again, and the command would do nothing at all.
    if (wasFailed) await vscode.window.showErrorMessage("gouji：服务器没有运行，请运行“gouji: 重启服务器”。");
    return undefined;
  }
  try {
    return await client.sendRequest<T>("workspace/executeCommand", { command, arguments: args });
  } catch (error) {
    await vscode.window.showErrorMessage(`gouji：${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
