/** Runs in the webview: shows what the extension sends, tells it what is clicked. */

import type { FromPage, ToPage } from "./model";
import { draw } from "./page";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: unknown): void };

const code = acquireVsCodeApi();
const root = document.getElementById("root") ?? document.body;

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.type === "empty") {
    const why = document.createElement("p");
    why.className = "empty";
    why.textContent = data.why;
    root.replaceChildren(why);
    return;
  }
  // Found again when the window is opened anew.
  code.setState({ uri: data.uri });
  draw(root, data.preview, (message) => {
    code.postMessage(message);
  });
});
code.postMessage({ type: "ready" });
