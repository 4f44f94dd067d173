//! A part's cells as runs: words, then the value-or-blank cells behind them.

use crate::syntax::{CellKind, Cut, LineView, Shape};
use crate::text::TextRange;

/// A cell of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: TextRange,
    pub(super) kind: CellKind,
    pub(super) shape: Shape,
    pub(super) line: usize,
    pub(super) column: u16,
    /// A row may begin here.
    pub(super) opens_row: bool,
}

/// Words and the values behind them, as ranges of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) context: std::ops::Range<usize>,
    pub(super) values: std::ops::Range<usize>,
}

/// All cells of a part, top to bottom. Page footers, suppressions and delimiter rows are transparent.
pub(super) fn tokens(cut: &Cut, from_line: usize) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(cut.cells.len());
    // A blank line separates the rows of cell-a-line layouts.
    let mut separated = true;
    for view in cut.iter().skip(from_line) {
        match view.line.shape {
            Shape::Blank => separated = true,
            Shape::LonePipe => tokens.push(Token {
                range: TextRange::empty(view.start),
                kind: CellKind::Blank,
                shape: view.line.shape,
                line: view.index,
                column: 0,
                opens_row: false,
            }),
            _ => {
                if continues_cell(&tokens, view) {
                    extend(&mut tokens, view);
                    continue;
                }
                for cell in view.cells {
                    let range = cell.range.shifted(view.start);
                    let opens_row = cell.opens_row || separated;
                    separated = false;
                    let (shape, line) = (view.line.shape, view.index);
                    tokens.push(Token {
                        range,
                        kind: cell.kind,
                        shape,
                        line,
                        column: cell.column,
                        opens_row,
                    });
                }
            }
        }
    }
    tokens
}

/// A line without a tab right behind a cell led by one goes on with that cell: `→结果⏎纠正`, `→86000⏎0元`. Words do not go on with a number.
fn continues_cell(tokens: &[Token], view: LineView<'_>) -> bool {
    let (Some(last), [cell]) = (tokens.last(), view.cells) else { return false };
    view.line.shape == Shape::Bare
        && last.shape == Shape::TabLed
        && last.line + 1 == view.index
        && last.kind == cell.kind
        && matches!(cell.kind, CellKind::Text | CellKind::Number)
}

fn extend(tokens: &mut [Token], view: LineView<'_>) {
    if let (Some(last), [cell]) = (tokens.last_mut(), view.cells) {
        last.range = last.range.cover(cell.range.shifted(view.start));
        last.line = view.index;
    }
}

/// Cuts the tokens into runs. Blanks alone make a run only behind words; whether it is a row is for the labels to say.
pub(super) fn runs(tokens: &[Token]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut context = 0;
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].kind == CellKind::Text || context == at {
            // Blanks before any words are row spans.
            context += usize::from(context == at && tokens[at].kind != CellKind::Text);
            at += 1;
            continue;
        }
        let mut end = at;
        while end < tokens.len()
            && (tokens[end].kind != CellKind::Text || stands_for_value(tokens, at, end))
        {
            end += 1;
        }
        runs.push(Run { context: context..at, values: at..end });
        context = end;
        at = end;
    }
    runs
}

/// Words in the place of a number: 不详 between the numbers of a row that is one line.
fn stands_for_value(tokens: &[Token], first: usize, at: usize) -> bool {
    let token = tokens[at];
    let in_line = matches!(token.shape, Shape::Piped | Shape::Tabbed | Shape::Markup)
        && !token.opens_row
        && tokens[at - 1].line == token.line;
    let between =
        tokens[first..at].iter().any(|it| it.line == token.line && it.kind == CellKind::Number)
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.line == token.line && next.kind == CellKind::Number);
    in_line && between && token.range.len() <= 24
}
