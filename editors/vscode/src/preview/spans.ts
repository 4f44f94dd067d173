/** Header cells with their spans, from labels and the labels around them. */

import type { Label } from "./model";

/** A header cell: `span` labels wide, `depth` levels deep. */
export interface HeaderCell {
  readonly text: string;
  /** Index of its first label. */
  readonly at: number;
  readonly span: number;
  readonly depth: number;
  /** A label itself, not one around several. */
  readonly isLabel: boolean;
}

/**
 * The header cells level by level, outermost first: of columns these are the rows of the head, of rows the columns before the values.
 *
 * Neighbours under the same labels share a cell. No level at all when every label is empty, as in a table of one nameless row.
 */
export function headerLevels(labels: readonly Label[]): HeaderCell[][] {
  if (labels.every((it) => it.label === "" && it.groups.length === 0)) return [];
  const depth = Math.max(...labels.map((it) => it.groups.length)) + 1;
  return Array.from({ length: depth }, (_, level) => {
    const cells: HeaderCell[] = [];
    labels.forEach((it, at) => {
      if (level === it.groups.length) {
        cells.push({ text: it.label, at, span: 1, depth: depth - level, isLabel: true });
        return;
      }
      const text = it.groups[level];
      if (text === undefined) return;
      const before = cells.at(-1);
      const isSame =
        before?.isLabel === false && before.at + before.span === at && sameGroups(labels[before.at], it, level);
      if (isSame) cells[cells.length - 1] = { ...before, span: before.span + 1 };
      else cells.push({ text, at, span: 1, depth: 1, isLabel: false });
    });
    return cells;
  });
}

/** Do both stand under the same labels down to `level`? */
function sameGroups(one: Label | undefined, other: Label, level: number): boolean {
  return other.groups.slice(0, level + 1).every((group, at) => one?.groups[at] === group);
}
