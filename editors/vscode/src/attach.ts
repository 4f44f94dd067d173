/** Which documents the server hears of: those whose text speaks of what reports are about. */

/** Languages whose documents may be reports. */
export const LANGUAGES: readonly string[] = ["gouji-report", "plaintext", "markdown", "html"];
/** Where such documents may come from: not the sides of a comparison, not the output of programs. */
export const SCHEMES: readonly string[] = ["file", "untitled", "vscode-vfs", "vscode-remote"];

// A little wider than what the server takes for a report, never narrower: the words may be spaced out, broken by tags, or Traditional.
const GAP = "(?:[\\s\\u3000]|<[^<>]{0,120}>|&nbsp;){0,6}";
const CUE = new RegExp(["信", "息", "公"].join(GAP) + GAP + "[开開]", "u");

/** May a report stand in this text? */
export function maySpeakOfReport(text: string): boolean {
  return CUE.test(text);
}

/** A document as far as this matters. */
export interface Doc {
  readonly uri: { toString(): string; readonly scheme: string };
  readonly languageId: string;
  getText(): string;
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

/** An edit as far as this matters. */
export interface Change {
  readonly range: { readonly start: { readonly line: number } };
  readonly text: string;
}

/** May this document be a report, whatever it says now? */
export function isCandidate(document: Doc): boolean {
  return LANGUAGES.includes(document.languageId) && SCHEMES.includes(document.uri.scheme);
}

/** The documents that the server hears of. Once heard of, a document stays until it is closed: a report under edit may lose its words for a moment. */
export class Attachments {
  readonly #uris = new Set<string>();

  /** `everything`: attach without a look at the text, for forms of the user's own. */
  constructor(private readonly everything: () => boolean) {}

  has(uri: string): boolean {
    return this.#uris.has(uri);
  }

  get size(): number {
    return this.#uris.size;
  }

  /** A document is there: attached from now on if its text says so. */
  open(document: Doc): boolean {
    if (!isCandidate(document)) return false;
    const wanted = document.languageId === "gouji-report" || this.everything() || maySpeakOfReport(document.getText());
    if (wanted) this.#uris.add(document.uri.toString());
    return wanted;
  }

  /** A document that is not attached has changed: attached from now on if the changed lines say so. Cheap in a long text. */
  change(document: Doc, changes: readonly Change[]): boolean {
    if (!isCandidate(document)) return false;
    // The places of several changes do not count from the same text.
    const [change] = changes;
    if (change === undefined) return false;
    const changed = (): string => {
      const first = Math.max(change.range.start.line - 1, 0);
      const last = Math.min(change.range.start.line + change.text.split("\n").length, document.lineCount - 1);
      const lines: string[] = [];
      for (let line = first; line <= last; line += 1) lines.push(document.lineAt(line).text);
      return lines.join("\n");
    };
    const speaks = maySpeakOfReport(changes.length === 1 ? changed() : document.getText());
    if (speaks) this.#uris.add(document.uri.toString());
    return speaks;
  }

  close(document: Doc): boolean {
    return this.#uris.delete(document.uri.toString());
  }
}
