/** Which files are checked by which schema, as the settings of Even Better TOML write it. */

const GOUJI = "^.*/gouji\\.toml$";
const FORM = "^.*\\.form\\.toml$";

/** `known` with ours; whatever else the user has stays. */
export function withAssociations(
  known: Readonly<Record<string, string>> | undefined,
  gouji: string,
  form: string,
): Record<string, string> {
  return { ...known, [GOUJI]: gouji, [FORM]: form };
}
