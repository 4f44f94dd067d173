/** What the prompts of the commands take. */

/** Why `text` is no name of an agency; nothing when it is one. */
export function agencyProblem(text: string): string | undefined {
  const name = text.trim();
  if (name === "") return "请填写机关名称，如某某县水利局";
  if (/[\r\n|\t]/u.test(name)) return "机关名称中不能有换行、制表符和竖线";
  return undefined;
}

/** Why `text` is no year of a report; nothing when it is one. Reports began with the regulation of 2008. */
export function yearProblem(text: string, now: Date): string | undefined {
  if (!/^\d{4}$/u.test(text.trim())) return "请填写四位数字的年份，如 2025";
  const year = Number(text);
  const [first, last] = [2008, now.getFullYear()];
  return year < first || year > last ? `年份应在 ${first} 与 ${last} 之间` : undefined;
}

/** The year whose report is most likely to be written: last year's, from November on this year's. */
export function likelyYear(now: Date): number {
  return now.getMonth() >= 10 ? now.getFullYear() : now.getFullYear() - 1;
}

/** A rule as `gouji rules --format json` lists it. */
export interface Rule {
  readonly id: string;
  readonly group: string;
  readonly title: string;
}

/** The rules with those of the document's findings first. */
export function rulesToOffer(rules: readonly Rule[], found: ReadonlySet<string>): Rule[] {
  return [...rules.filter((it) => found.has(it.id)), ...rules.filter((it) => !found.has(it.id))];
}
