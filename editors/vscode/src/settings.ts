/** The user's settings as the server takes them: the keys of gouji.toml, and of them only those that somebody has set. */

import { KEYS } from "./settings.generated";

/** What VS Code knows of one setting. */
export interface Inspection {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/** A section of the settings. */
export interface Section {
  get(key: string): unknown;
  inspect(key: string): Inspection | undefined;
}

/**
 * Defaults stay out: an empty list of rules to select that nobody has written would select nothing, and the extension's own settings are no
 * keys of gouji.toml, which the server would report as mistakes.
 */
export function serverSettings(section: Section): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const key of KEYS) {
    const it = section.inspect(key);
    const isSet =
      it?.globalValue !== undefined || it?.workspaceValue !== undefined || it?.workspaceFolderValue !== undefined;
    if (isSet) settings[key] = section.get(key);
  }
  return settings;
}
