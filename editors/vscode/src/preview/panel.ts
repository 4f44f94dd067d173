/** The panels that show previews, one a document. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { pageHtml } from "./html";
import type { FromPage, Preview, Range, ToPage } from "./model";
import { Refresher } from "./refresher";

const TYPE = "gouji.preview";
/** The error of the protocol that says: the document has moved on. */
const CONTENT_MODIFIED = -32801;

/** What the panels need from the rest of the extension. */
export interface Host {
  readonly extension: vscode.Uri;
  client(): Promise<LanguageClient | undefined>;
  explain(rule: string, document: vscode.Uri): Promise<void>;
}

export class Panels implements vscode.WebviewPanelSerializer {
  readonly #open = new Map<string, Panel>();

  constructor(private readonly host: Host) {}

  register(context: vscode.ExtensionContext): void {
    context.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(TYPE, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#open.get(document.uri.toString())?.refresh();
      }),
      // After a change of configuration findings are others, though the text is the same.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.#open.get(uri.toString())?.refresh();
      }),
    );
  }

  /** Shows the preview of a document beside it. */
  show(document: vscode.Uri): void {
    const known = this.#open.get(document.toString());
    if (known !== undefined) {
      known.panel.reveal(undefined, true);
      return;
    }
    const title = `预览 ${document.path.split("/").at(-1) ?? ""}`;
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(document, vscode.window.createWebviewPanel(TYPE, title, place));
  }

  /** A panel of the session before. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri = (state as { uri?: unknown } | undefined)?.uri;
    if (typeof uri !== "string") {
      panel.dispose();
      return;
    }
    const document = vscode.Uri.parse(uri);
    await vscode.workspace.openTextDocument(document).then(undefined, () => undefined);
    this.#adopt(document, panel);
  }

  #adopt(document: vscode.Uri, panel: vscode.WebviewPanel): void {
    this.#open.set(document.toString(), new Panel(document, panel, this.host));
    panel.onDidDispose(() => this.#open.delete(document.toString()));
  }
}

class Panel {
  readonly #refresher: Refresher;

  constructor(
    private readonly document: vscode.Uri,
    readonly panel: vscode.WebviewPanel,
    private readonly host: Host,
  ) {
    this.#refresher = new Refresher(async () => {
      await this.#refresh();
    });
    const dist = vscode.Uri.joinPath(host.extension, "dist");
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = vscode.Uri.joinPath(dist, "icon.svg");
    webview.onDidReceiveMessage((message: FromPage) => {
      switch (message.type) {
        case "ready":
          this.refresh();
          break;
        case "go":
          void this.#go(message.range);
          break;
        case "explain":
          void host.explain(message.rule, document);
          break;
      }
    });
    // A hidden page is thrown away and made anew; it says "ready" again.
    webview.html = pageHtml({
      nonce: randomBytes(16).toString("base64url"),
      source: webview.cspSource,
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, "preview.js")).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, "preview.css")).toString(),
    });
  }

  refresh(): void {
    this.#refresher.ask();
  }

  async #refresh(): Promise<void> {
    if (!this.panel.visible) return;
    const client = await this.host.client();
    if (client === undefined) {
      await this.#post({ type: "empty", why: "gouji 服务器没有运行。" });
      return;
    }
    const uri = client.code2ProtocolConverter.asUri(this.document);
    let preview: Preview | null;
    try {
      preview = await client.sendRequest<Preview | null>("gouji/preview", { textDocument: { uri } });
    } catch (error) {
      // The change that made this answer stale brings the next one.
      if ((error as { code?: number }).code !== CONTENT_MODIFIED)
        await this.#post({ type: "empty", why: String(error) });
      return;
    }
    await this.#post(
      preview === null
        ? { type: "empty", why: "这份文档没有打开。" }
        : { type: "show", uri: this.document.toString(), preview },
    );
  }

  #post(message: ToPage): Thenable<boolean> {
    return this.panel.webview.postMessage(message);
  }

  /** Selects a place in the document, in the editor that shows it if there is one. */
  async #go({ start, end }: Range): Promise<void> {
    const shown = vscode.window.visibleTextEditors.find(
      (it) => it.document.uri.toString() === this.document.toString(),
    );
    const document = shown?.document ?? (await vscode.workspace.openTextDocument(this.document));
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(document, { viewColumn, selection });
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
