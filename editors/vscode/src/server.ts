/** Which program is the server. */

/** A program that can be started, and who said so. */
export interface Server {
  readonly path: string;
  readonly from: "setting" | "bundled" | "PATH";
}

/** Why there is none. */
export interface NoServer {
  readonly missing: string;
  /** The setting names it, so the setting is what to mend. */
  readonly from: "setting" | "none";
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
