/** Read-only documents that the extension makes: a rule's page, the configuration that won. */

import * as vscode from "vscode";

const SCHEME = "gouji";

export class Pages implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  register(context: vscode.ExtensionContext): void {
    context.subscriptions.push(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === SCHEME) this.#texts.delete(uri.path);
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.path) ?? "";
  }

  /** Shows Markdown as a reader sees it; as text where Markdown can't be shown. */
  async showMarkdown(name: string, text: string): Promise<void> {
    const uri = this.#put(`/${name}.md`, text);
    try {
      await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    } catch {
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    }
  }

  async showText(name: string, text: string): Promise<void> {
    // Beside: in the same group it would take the place of a report that is only looked at.
    await vscode.window.showTextDocument(this.#put(`/${name}`, text), { viewColumn: vscode.ViewColumn.Beside });
  }

  #put(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path });
    this.#texts.set(path, text);
    this.#changed.fire(uri);
    return uri;
  }
}
