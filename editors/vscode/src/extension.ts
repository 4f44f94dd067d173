/** gouji in VS Code: starts the server when a report is opened, and shows what it knows. */

import * as vscode from "vscode";
import { Gouji } from "./gouji";

let gouji: Gouji | undefined;

export function activate(context: vscode.ExtensionContext): void {
  gouji = new Gouji(context);
  gouji.begin();
}

export async function deactivate(): Promise<void> {
  await gouji?.end();
}
