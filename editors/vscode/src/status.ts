/** The item in the status bar: relations that hold, findings, the server's state. */

import * as vscode from "vscode";
import { isCandidate } from "./attach";
import type { Gouji } from "./gouji";
import { Refresher } from "./preview/refresher";
import type { Preview, Report } from "./preview/model";
import { statusOf } from "./statusText";

/** The error of the protocol. */
const METHOD_NOT_FOUND = -32601;

export class StatusItem {
  readonly #item = vscode.window.createStatusBarItem("gouji.status", vscode.StatusBarAlignment.Right, 100);
  readonly #refresher = new Refresher(() => this.#refresh());
  /** Documents that were called reports here; one that is called plain text again stays so. */
  readonly #named = new Set<string>();

  constructor(private readonly gouji: Gouji) {
    this.#item.name = "gouji";
  }

  register(context: vscode.ExtensionContext): void {
    const ask = (): void => {
      this.#refresher.ask();
    };
    context.subscriptions.push(
      this.#item,
      this.gouji.onDidChangeState(ask),
      vscode.window.onDidChangeActiveTextEditor(ask),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === vscode.window.activeTextEditor?.document) ask();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const active = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === active)) ask();
      }),
    );
    ask();
  }

  async #refresh(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const isAttached = document !== undefined && this.gouji.attachments.has(document.uri.toString());
    const reports = isAttached ? await this.#reports(document) : [];
    await vscode.commands.executeCommand("setContext", "gouji.hasReport", (reports?.length ?? 0) > 0);
    const { state } = this.gouji.supervisor;
    const status = isAttached ? statusOf(state, reports) : undefined;
    if (status === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = status.text;
    this.#item.accessibilityInformation = { label: status.spoken };
    const tooltip = new vscode.MarkdownString(status.tooltip);
    const links = [
      ["预览报告", "gouji.preview"],
      ["使用的配置", "gouji.whichConfiguration"],
      ["重启服务器", "gouji.restart"],
      ["日志", "gouji.showLog"],
    ];
    tooltip.appendMarkdown(`\n\n${links.map(([title, id]) => `[${title}](command:${id})`).join(" · ")}`);
    tooltip.isTrusted = { enabledCommands: links.map(([, id]) => id ?? "") };
    this.#item.tooltip = tooltip;
    this.#item.command = state.is === "failed" ? "gouji.restart" : "workbench.actions.view.problems";
    this.#item.backgroundColor =
      status.tone === "plain" ? undefined : new vscode.ThemeColor(`statusBarItem.${status.tone}Background`);
    this.#item.show();
    if (reports !== undefined && reports.length > 0) await this.#name(document);
  }

  async #reports(document: vscode.TextDocument | undefined): Promise<readonly Report[] | undefined> {
    const client = this.gouji.supervisor.running?.client;
    if (client === undefined || document === undefined) return undefined;
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    try {
      return (
        (await client.sendRequest<Preview | null>("gouji/preview", { textDocument: { uri }, summary: true }))
          ?.reports ?? []
      );
    } catch (error) {
      // The document has moved on: its change asks again. An older server that does not know the question has no status to show.
      return (error as { code?: number }).code === METHOD_NOT_FOUND ? [] : undefined;
    }
  }

  /** Calls plain text in which the server has found a report by its language, once. */
  async #name(document: vscode.TextDocument | undefined): Promise<void> {
    if (document?.languageId !== "plaintext" || !isCandidate(document)) return;
    const wanted = vscode.workspace.getConfiguration("gouji", document).get<boolean>("recognizePlainText", true);
    const uri = document.uri.toString();
    if (!wanted || this.#named.has(uri)) return;
    this.#named.add(uri);
    await vscode.languages.setTextDocumentLanguage(document, "gouji-report");
  }
}
