// A workbench for one test: code-server with a profile of its own, and Chromium to look at it. Ends exactly what it has started.
import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const run = promisify(execFile);
const started = Date.now();

/** Says what has been seen, with the seconds since the start. */
export function say(what) {
  console.log(`  ${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}

/** Waits until `look` gives something; its exceptions count as nothing yet. */
export async function until(what, look, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  let last = "";
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
    } catch (error) {
      last = ` (${error.message.split("\n")[0]})`;
    }
    if (Date.now() > end) throw new Error(`not seen in ${seconds} s: ${what}${last}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// Without these the first start shows things of its own, asks for updates, and hides the command in question.
const QUIET = {
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * Opens a workbench on a folder with the given files.
 *
 * `settings` are the user's; those of a machine (the path of the server) belong into `machine`, because a browser's window is a remote one.
 */
export async function openWorkbench({ lab, vsix, files, settings = {}, machine = {} }) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "gouji-workbench-"));
  const [user, extensions, folder] = ["user", "extensions", "报告"].map((name) => path.join(home, name));
  const write = (file, contents) => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, contents);
  };
  for (const [name, contents] of Object.entries(files)) write(path.join(folder, name), contents);
  write(path.join(user, "User/settings.json"), JSON.stringify({ ...QUIET, ...settings }));
  write(path.join(user, "Machine/settings.json"), JSON.stringify(machine));
  const config = path.join(home, "code-server.yaml");
  write(config, "auth: none\n");

  const program = path.join(lab, "code-server/node_modules/.bin/code-server");
  const env = {
    ...process.env,
    HOME: home,
    PATH: `${path.join(lab, "node/bin")}:/usr/bin:/bin`,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
  const common = ["--config", config, "--user-data-dir", user, "--extensions-dir", extensions];
  await run(program, [...common, "--install-extension", vsix], { env });
  say("the .vsix is installed");

  const port = await freePort();
  const log = fs.openSync(path.join(home, "code-server.log"), "w");
  const options = [
    "--bind-addr",
    `127.0.0.1:${port}`,
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-proxy",
  ];
  const child = spawn(program, [...common, ...options], { env, detached: true, stdio: ["ignore", log, log] });
  let context;
  const close = async () => {
    await context?.close().catch(() => {});
    await endGroup(child.pid);
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until("the server's health", async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok, 120);
    context = await chromium.launchPersistentContext(path.join(home, "chromium"), {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      headless: true,
      viewport: { width: 1400, height: 900 },
      locale: "zh-CN",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
      ],
    });
    // Nothing outside this machine is asked for; what tries is told.
    const refused = new Set();
    await context.route(
      (url) => url.protocol.startsWith("http") && url.hostname !== "127.0.0.1" && !url.hostname.endsWith("localhost"),
      (route) => {
        refused.add(new URL(route.request().url()).hostname);
        return route.abort();
      },
    );
    const page = context.pages()[0] ?? (await context.newPage());
    const open = (names) => {
      const url = new URL(`http://127.0.0.1:${port}/`);
      url.searchParams.set("folder", folder);
      const payload = names.map((name) => ["openFile", `vscode-remote://127.0.0.1:${port}${path.join(folder, name)}`]);
      url.searchParams.set("payload", JSON.stringify([...payload, ["skipWelcome", "true"]]));
      return page.goto(url.href);
    };
    return { page, folder, extensions, logs: path.join(user, "logs"), open, close, refused };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Ends a process group that was started here, by its id, and waits for it. */
async function endGroup(id) {
  const signal = (name) => {
    try {
      process.kill(-id, name);
      return true;
    } catch {
      return false;
    }
  };
  for (const name of ["SIGTERM", "SIGKILL"]) {
    if (!signal(name)) return;
    const end = Date.now() + 5000;
    while (Date.now() < end && signal(0)) await new Promise((done) => setTimeout(done, 50));
  }
}
