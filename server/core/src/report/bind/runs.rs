//! A part's cells as runs: words, then the value-or-blank cells behind them.

use std::ops::Range;

use crate::report::fold::fold_into;
use crate::syntax::{CellKind, Cut, LineView, Shape};
use crate::text::TextRange;

/// Words longer than this are prose, which no label is compared with.
const LONGEST_LABEL: usize = 300;

/// The cells of a part, with the folds of their words.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// The folds one behind the other, so that the words of neighbouring cells are joined by slicing.
    folds: String,
}

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
    /// The fold of its words, empty for what no label is compared with: numbers, prose, characters printed upright.
    fold: TextRange,
}

/// Words and the values behind them, as ranges of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) context: Range<usize>,
    pub(super) values: Range<usize>,
}

impl Tokens {
    /// All cells of a part, top to bottom. Page footers, suppressions and delimiter rows are transparent.
    pub(super) fn new(text: &str, cut: &Cut, from_line: usize) -> Self {
        let mut tokens = Self { list: Vec::with_capacity(cut.cells.len()), folds: String::new() };
        // A blank line separates the rows of cell-a-line layouts.
        let mut separated = true;
        for view in cut.iter().skip(from_line) {
            match view.line.shape {
                Shape::Blank => separated = true,
                Shape::LonePipe => {
                    let range = TextRange::empty(view.start);
                    tokens.push(text, range, CellKind::Blank, view, 0, false);
                }
                _ if tokens.goes_on(view) => tokens.extend(text, view),
                _ => {
                    for cell in view.cells {
                        let range = cell.range.shifted(view.start);
                        let opens_row = cell.opens_row || separated;
                        separated = false;
                        tokens.push(text, range, cell.kind, view, cell.column, opens_row);
                    }
                }
            }
        }
        tokens
    }

    /// The fold of a cell's words.
    pub(super) fn fold(&self, at: usize) -> &str {
        &self.folds[self.list[at].fold.to_range()]
    }

    /// The folds of the cells from `first` to `last`, joined.
    pub(super) fn joined(&self, first: usize, last: usize) -> &str {
        &self.folds[self.list[first].fold.start as usize..self.list[last].fold.end as usize]
    }

    /// Cells of `range` that a label may be in, from the last one back.
    pub(super) fn labels_before(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        range.rev().filter(|&at| !self.list[at].fold.is_empty())
    }

    fn push(
        &mut self,
        text: &str,
        range: TextRange,
        kind: CellKind,
        view: LineView<'_>,
        column: u16,
        opens_row: bool,
    ) {
        let (shape, line) = (view.line.shape, view.index);
        let fold = self.folded(&text[range.to_range()], kind, shape);
        self.list.push(Token { range, kind, shape, line, column, opens_row, fold });
    }

    fn folded(&mut self, words: &str, kind: CellKind, shape: Shape) -> TextRange {
        let start = self.folds.len();
        // 三、本年度办理结果 is printed upright beside its rows: in the text of a PDF its characters stand alone between other words.
        let upright = shape == Shape::Bare && words.len() <= 4 && words.chars().count() == 1;
        if kind == CellKind::Text && words.len() <= LONGEST_LABEL && !upright {
            fold_into(words, &mut self.folds);
        }
        TextRange::new(start, self.folds.len())
    }

    /// A line without a tab right behind a cell led by one goes on with that cell: `→结果⏎纠正`, `→86000⏎0元`. Words do not go on with a number.
    fn goes_on(&self, view: LineView<'_>) -> bool {
        let (Some(last), [cell]) = (self.list.last(), view.cells) else { return false };
        view.line.shape == Shape::Bare
            && last.shape == Shape::TabLed
            && last.line + 1 == view.index
            && last.kind == cell.kind
            && matches!(cell.kind, CellKind::Text | CellKind::Number)
    }

    fn extend(&mut self, text: &str, view: LineView<'_>) {
        let (Some(mut last), [cell]) = (self.list.pop(), view.cells) else { return };
        last.range = last.range.cover(cell.range.shifted(view.start));
        last.line = view.index;
        self.folds.truncate(last.fold.start as usize);
        last.fold = self.folded(&text[last.range.to_range()], last.kind, last.shape);
        self.list.push(last);
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
