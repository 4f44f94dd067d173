/** Has Even Better TOML check gouji.toml and forms by their schemas. */

import * as vscode from "vscode";
import { withAssociations } from "./associations";

const OTHER = "tamasfe.even-better-toml";
const ASKED = "gouji.toml.asked";
const NAMES = ["gouji.schema.json", "form.schema.json"] as const;

export function registerToml(context: vscode.ExtensionContext): void {
  const look = async (document: vscode.TextDocument): Promise<void> => {
    if (!document.uri.path.endsWith("/gouji.toml") && !document.uri.path.endsWith(".form.toml")) return;
    if (vscode.extensions.getExtension(OTHER) === undefined || context.globalState.get(ASKED) === true) return;
    await context.globalState.update(ASKED, true);
    const yes = "启用";
    const question = "gouji.toml 和表单可以由 Even Better TOML 按模式校验、补全，是否启用？";
    if ((await vscode.window.showInformationMessage(question, yes, "不用")) === yes) await associate(context);
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("gouji.validateToml", async () => {
      if (vscode.extensions.getExtension(OTHER) !== undefined) await associate(context);
      else await vscode.window.showInformationMessage("请先安装扩展 Even Better TOML，再运行此命令。");
    }),
    vscode.workspace.onDidOpenTextDocument((document) => void look(document)),
  );
  for (const document of vscode.workspace.textDocuments) void look(document);
}

/** Writes where the schemas are into the user's settings: an extension can only contribute addresses on the web, and these need no network. */
async function associate(context: vscode.ExtensionContext): Promise<void> {
  // A copy: the extension's own folder is another after each update.
  const folder = context.globalStorageUri;
  await vscode.workspace.fs.createDirectory(folder);
  for (const name of NAMES) {
    const [from, to] = [vscode.Uri.joinPath(context.extensionUri, "schemas", name), vscode.Uri.joinPath(folder, name)];
    await vscode.workspace.fs.copy(from, to, { overwrite: true });
  }
  const section = vscode.workspace.getConfiguration("evenBetterToml.schema");
  const known = section.inspect<Record<string, string>>("associations")?.globalValue;
  const [gouji, form] = NAMES.map((name) => vscode.Uri.joinPath(folder, name).toString());
  const wanted = withAssociations(known, gouji ?? "", form ?? "");
  await section.update("associations", wanted, vscode.ConfigurationTarget.Global);
  await vscode.window.showInformationMessage("已启用：gouji.toml 和 *.form.toml 会按模式校验。");
}
