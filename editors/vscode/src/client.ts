/** A language client around one run of the server. */

import * as vscode from "vscode";
import {
  CloseAction,
  DidOpenTextDocumentNotification,
  ErrorAction,
  LanguageClient,
  State,
  TransportKind,
  type ClientCapabilities,
  type LanguageClientOptions,
  type Middleware,
  type StaticFeature,
} from "vscode-languageclient/node";
import { LANGUAGES, SCHEMES, type Attachments } from "./attach";
import { serverSettings } from "./settings";

/** What the rest of the extension gives a client. */
export interface Surroundings {
  readonly log: vscode.LogOutputChannel;
  readonly attachments: Attachments;
  /** Shows what a command of the server answers; `false` when it is none that the extension shows. */
  readonly showAnswer: (command: string, args: readonly unknown[], answer: unknown) => Promise<boolean>;
}

/** Starts the program; `died` is called when it ends although nobody stopped it. */
export async function startClient(
  program: string,
  around: Surroundings,
  died: () => void,
): Promise<{ client: LanguageClient; stop: () => Promise<void> }> {
  let stopping = false;
  const options: LanguageClientOptions = {
    documentSelector: SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
    outputChannel: around.log,
    initializationOptions: serverSettings(vscode.workspace.getConfiguration("gouji")),
    // The supervisor starts it again, with patience and an end.
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
    },
    initializationFailedHandler: () => false,
    middleware: middleware(around, () => client),
  };
  const client: LanguageClient = new QuietClient(
    "gouji",
    "gouji",
    { command: program, args: ["lsp"], transport: TransportKind.stdio },
    options,
  );
  client.registerFeature(new ShowsPages());
  let isUp = false;
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped && isUp && !stopping) died();
  });
  await client.start();
  isUp = true;
  return {
    client,
    stop: async () => {
      stopping = true;
      await client.dispose().catch((error: unknown) => {
        around.log.warn(`stopping: ${String(error)}`);
      });
    },
  };
}

/** Leaves it to the supervisor to tell the user of a server that fails: one message with buttons, not one more for each attempt. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Tells the server that its pages are shown here. */
class ShowsPages implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    capabilities.experimental = { ...experimental, gouji: { showsPages: true } };
  }
  initialize(): void {}
  getState(): { kind: "static" } {
    return { kind: "static" };
  }
  clear(): void {}
}

/** Documents that are not attached do not reach the server. */
function middleware({ attachments, showAnswer }: Surroundings, client: () => LanguageClient): Middleware {
  const has = (document: vscode.TextDocument): boolean => attachments.has(document.uri.toString());
  return {
    didOpen: async (document, next) => {
      if (has(document) || attachments.open(document)) await next(document);
    },
    didChange: async (event, next) => {
      if (has(event.document)) await next(event);
      else if (attachments.change(event.document, event.contentChanges)) await open(client(), event.document);
    },
    didSave: async (document, next) => {
      if (has(document)) await next(document);
    },
    didClose: async (document, next) => {
      if (attachments.close(document)) await next(document);
    },
    provideDiagnostics: async (document, previous, token, next) => {
      const uri = document instanceof vscode.Uri ? document : document.uri;
      if (!attachments.has(uri.toString())) return { kind: "full", items: [] } as never;
      return next(document, previous, token);
    },
    sendRequest: async (type, param, token, next) => {
      const uri = (param as { textDocument?: { uri?: string } } | undefined)?.textDocument?.uri;
      const method = typeof type === "string" ? type : type.method;
      const isForeign =
        uri !== undefined &&
        !method.startsWith("gouji/") &&
        !attachments.has(client().protocol2CodeConverter.asUri(uri).toString());
      return isForeign && method !== "textDocument/diagnostic" ? (null as never) : next(type, param, token);
    },
    executeCommand: async (command, args, next) => {
      const answer: unknown = await next(command, args);
      return (await showAnswer(command, args, answer)) ? undefined : answer;
    },
    workspace: {
      configuration: (params) =>
        params.items.map((item) => {
          if (item.section !== "gouji") return null;
          const scope = item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri);
          return serverSettings(vscode.workspace.getConfiguration("gouji", scope));
        }),
      didChangeConfiguration: async () => {
        const gouji = serverSettings(vscode.workspace.getConfiguration("gouji"));
        await client().sendNotification("workspace/didChangeConfiguration", { settings: { gouji } });
      },
    },
  };
}

/** Has a document opened at the server that was open in the editor before. */
async function open(client: LanguageClient, document: vscode.TextDocument): Promise<void> {
  await client.getFeature(DidOpenTextDocumentNotification.method).getProvider(document)?.send(document);
}
