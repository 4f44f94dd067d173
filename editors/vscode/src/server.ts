/** Which program is the server. */

/** A program that can be started, and who said so. */
export interface Server {
  readonly path: string;
  readonly from: "setting" | "bundled" | "PATH";
}

/** There is no such program. */
export interface NoServer {
  /** The file that is missing. */
  readonly missing: string;
  /** Whether the setting names that file, so that the setting has to be corrected. */
  readonly from: "setting" | "none";
}

/** What to tell the user when there is no program. */
export function explainMissing({ from, missing }: NoServer): string {
  return from === "setting"
    ? `设置 gouji.server.path 所指的文件不存在：${missing}`
    : "没有找到 gouji 程序：扩展中没有适合本机的一份，PATH 中也没有";
}

/** What is known of the machine. */
export interface Machine {
  readonly isWindows: boolean;
  readonly home: string;
  /** The folders of PATH. */
  readonly path: readonly string[];
  exists(file: string): boolean;
}

/**
 * The program that the setting names, else the one in the extension's folder, else the one on PATH.
 *
 * A setting that names nothing is an error, not a reason to take another: the user would believe that his own build is running.
 */
export function chooseServer(setting: string, bundled: string, machine: Machine): Server | NoServer {
  const suffix = machine.isWindows ? ".exe" : "";
  const named = setting.trim();
  if (named !== "") {
    const path = named.startsWith("~/") ? `${machine.home}/${named.slice(2)}` : named;
    return machine.exists(path) ? { path, from: "setting" } : { missing: path, from: "setting" };
  }
  if (machine.exists(bundled + suffix)) return { path: bundled + suffix, from: "bundled" };
  const folder = machine.path.find((it) => machine.exists(`${it}/gouji${suffix}`));
  if (folder !== undefined) return { path: `${folder}/gouji${suffix}`, from: "PATH" };
  return { missing: bundled + suffix, from: "none" };
}
