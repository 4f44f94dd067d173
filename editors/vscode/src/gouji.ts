/** The parts of the extension, put together. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { Attachments } from "./attach";
import { startClient } from "./client";
import { registerCommands, showAnswer, showRule } from "./commands";
import { Pages } from "./pages";
import { Panels } from "./preview/panel";
import { chooseServer, explainMissing, type NoServer, type Server } from "./server";
import { StatusItem } from "./status";
import { registerToml } from "./toml";
import { CannotStart, Supervisor, type Running, type State } from "./supervisor";

interface Run extends Running {
  readonly client: LanguageClient;
}

export class Gouji {
  readonly log = vscode.window.createOutputChannel("gouji", { log: true });
  readonly attachments = new Attachments(() => setting<string>("attach", "content") === "always");
  readonly supervisor: Supervisor<Run>;
  readonly pages = new Pages();
  readonly panels: Panels;
  readonly #changed = new vscode.EventEmitter<State>();
  /** Fires when the server starts, runs, dies. */
  readonly onDidChangeState = this.#changed.event;

  constructor(readonly context: vscode.ExtensionContext) {
    this.supervisor = new Supervisor<Run>({
      start: (died) => this.#start(died),
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      now: () => Date.now(),
      changed: (state) => {
        this.log.info(`server: ${state.is}`);
        this.#changed.fire(state);
        if (state.is === "failed") void this.#sayFailed(state.reason);
      },
    });
    this.panels = new Panels({
      extension: context.extensionUri,
      client: async () => (await this.supervisor.get())?.client,
      explain: (rule, document) => showRule(this, rule, document),
    });
    context.subscriptions.push(this.log, this.#changed);
  }

  /** Waits for a report. */
  begin(): void {
    const look = (document: vscode.TextDocument): void => {
      if (this.supervisor.running === undefined && this.attachments.open(document)) void this.supervisor.get();
    };
    this.context.subscriptions.push(
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (this.supervisor.running === undefined && this.attachments.change(document, contentChanges))
          void this.supervisor.get();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.supervisor.running === undefined) this.attachments.close(document);
      }),
    );
    vscode.workspace.textDocuments.forEach(look);
    registerCommands(this);
    this.pages.register(this.context);
    this.panels.register(this.context);
    new StatusItem(this).register(this.context);
    registerToml(this.context);
  }

  async end(): Promise<void> {
    await this.supervisor.stop();
  }

  /** The program that would be started now. */
  server(): Server | NoServer {
    const bundled = path.join(this.context.extensionPath, "server", "gouji");
    return chooseServer(setting("server.path", ""), bundled, {
      isWindows: process.platform === "win32",
      home: os.homedir(),
      path: (process.env.PATH ?? "").split(path.delimiter).filter((it) => it !== ""),
      exists: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
    });
  }

  async #start(died: () => void): Promise<Run> {
    const server = this.server();
    if ("missing" in server) {
      throw new CannotStart(explainMissing(server));
    }
    this.log.info(`server: ${server.path} (${server.from})`);
    return startClient(
      server.path,
      { log: this.log, attachments: this.attachments, showAnswer: (...answer) => showAnswer(this, ...answer) },
      died,
    );
  }

  async #sayFailed(reason: string): Promise<void> {
    const [again, settings, log] = ["重新启动", "打开设置", "查看日志"] as const;
    const message = reason === "" ? "gouji 服务器接连退出，已不再重启。" : `gouji 服务器未能启动：${reason}。`;
    switch (await vscode.window.showErrorMessage(message, again, settings, log)) {
      case again:
        await this.supervisor.restart();
        break;
      case settings:
        await vscode.commands.executeCommand("workbench.action.openSettings", "gouji.server.path");
        break;
      case log:
        this.log.show();
        break;
      case undefined:
        break;
    }
  }
}

/** One setting of the extension. */
export function setting<T>(key: string, fallback: T): T {
  return vscode.workspace.getConfiguration("gouji").get<T>(key, fallback);
}
