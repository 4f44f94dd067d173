/** What the server answers to `gouji/preview`, and what the page of the preview and the extension say to each other. */

/** A place in the document, as the protocol writes it. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The reports of one version of a document. */
export interface Preview {
  readonly version: number;
  readonly reports: readonly Report[];
}

export interface Report {
  /** What a reader calls its form. */
  readonly form: string;
  readonly agency: string | null;
  readonly year: number | null;
  readonly range: Range;
  readonly relations: Tally;
  readonly findings: readonly Finding[];
  /** In the order of the text; absent from a summary. */
  readonly items?: readonly Item[];
}

/** How many relations hold, are broken, and have a figure that is not known. */
export interface Tally {
  readonly holds: number;
  readonly broken: number;
  readonly unknown: number;
}

export type Severity = "error" | "warning" | "info" | "hint";

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}

export type Item = Words | Table;

/** A title, a heading or a line of prose. */
export interface Words {
  readonly kind: "title" | "heading" | "paragraph";
  readonly range: Range;
  /** The words in pieces, so that those with a finding are told from the others. */
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly text: string;
  readonly range: Range;
  /** Index of a finding of the report. */
  readonly finding: number | null;
}

/** A table as the form has it, with the figures of the document. */
export interface Table {
  readonly kind: "table";
  readonly name: string;
  readonly range: Range;
  /** Why its values are not known. */
  readonly unreadable: string | null;
  readonly blocks: readonly Block[];
  /** By the index of the cell: blocks in order, within a block row by row. */
  readonly cells: readonly Cell[];
  readonly relations: readonly Relation[];
  /** Rows of the document that could not be placed. */
  readonly strays: readonly Stray[];
}

export interface Block {
  readonly caption: string | null;
  /** Over the labels of the rows. */
  readonly corner: string | null;
  /** Over all columns. */
  readonly banner: string | null;
  readonly columns: readonly Label[];
  readonly rows: readonly Row[];
}

export interface Label {
  readonly label: string;
  /** The labels around it, outermost first. */
  readonly groups: readonly string[];
}

export interface Row extends Label {
  /** Where it stands; `null` when the document does not have it. */
  readonly range: Range | null;
}

export interface Cell {
  /** What a message calls it. */
  readonly name: string;
  readonly text: string;
  /** Where it stands; `null` when the document does not have it. */
  readonly range: Range | null;
  readonly kind: "number" | "blank" | "words" | "unknown" | "missing";
  /** Index of a finding of the report that stands on it. */
  readonly finding: number | null;
}

/** One relation in one column, row or table. */
export interface Relation {
  readonly rule: string;
  readonly standing: keyof Tally;
  /** The relation in words, with its terms and both sums. */
  readonly sentence: string;
  /** Index of the cell at which it is shown. */
  readonly total: number;
  /** Indices of all its cells, the total among them. */
  readonly cells: readonly number[];
}

export interface Stray {
  readonly text: string;
  readonly range: Range;
}

/** From the page to the extension. */
export type FromPage =
  | { readonly type: "ready" }
  /** Show this place of the document. */
  | { readonly type: "go"; readonly range: Range }
  | { readonly type: "explain"; readonly rule: string };

/** From the extension to the page. */
export type ToPage =
  | { readonly type: "show"; readonly uri: string; readonly preview: Preview }
  /** Nothing can be shown, for the reason given. */
  | { readonly type: "empty"; readonly why: string };
