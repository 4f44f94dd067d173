//! A part's cells as runs: words, then the value-or-blank cells behind them.

use std::ops::Range;

use super::Source;
use super::fit::holds_several;
use super::indents::{dedented, is_indented};
use super::padding::Pipes;
use crate::report::lexicon::Lexicon;
use crate::syntax::{Cell, CellKind, LineView, Shape, is_han_number};
use crate::text::TextRange;

/// Words longer than this are prose, which no label is compared with.
pub(super) const LONGEST_LABEL: usize = 300;

/// The cells of a part, with the folds of their words.
pub(super) struct Tokens<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) list: Vec<Token>,
    /// The folds one behind the other, so that the words of neighbouring cells are joined by slicing.
    pub(super) folds: String,
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
    /// A blank that pads its row to the grid's width: one of the pipes of `0 | |||`.
    pub(super) padding: bool,
    /// Several figures: `102 16`, two columns that a converter took for one.
    pub(super) several: bool,
    /// The fold of its words, empty for what no label is compared with: numbers, prose, characters printed upright.
    pub(super) fold: TextRange,
}

/// Words and the values behind them, as ranges of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) context: Range<usize>,
    pub(super) values: Range<usize>,
}

impl<'a> Tokens<'a> {
    /// All cells of a part, top to bottom. Page footers, suppressions and delimiter rows are transparent.
    pub(super) fn new(source: &Source<'a>) -> Self {
        let &Source { lexicon, text, cut, from_line, .. } = source;
        let list = Vec::with_capacity(cut.cells.len());
        // Of a table in Chinese the folds of the words are a good part.
        let folds = String::with_capacity(text.len() / 4);
        let tokens = Self { lexicon, list, folds };
        let pipes = Pipes::of(text);
        let mut reading =
            Reading { text, tokens, pipes, separated: true, open: false, begins_bare: None };
        let indented = is_indented(cut, from_line);
        for view in cut.iter().skip(from_line) {
            reading.line(if indented { dedented(view) } else { view });
        }
        let mut tokens = reading.tokens;
        tokens.number_han(text);
        tokens.skip_ordinals();
        tokens
    }

    /// Chinese numerals alone in a cell are numbers. Among bare lines only within a column of such cells: in the text of a PDF a lone 三 is the upright
    /// beginning of 三、本年度办理结果.
    fn number_han(&mut self, text: &str) {
        for at in 0..self.list.len() {
            let token = self.list[at];
            if token.kind != CellKind::Text || !is_han_number(&text[token.range.to_range()]) {
                continue;
            }
            let is_bare = |token: &Token| token.shape == Shape::Bare;
            let follows = at.checked_sub(1).is_some_and(|before| {
                is_bare(&self.list[before])
                    && (self.list[before].kind != CellKind::Text || !self.fold(before).is_empty())
            });
            let goes_on = self.list.get(at + 1).is_none_or(|next| {
                let words = &text[next.range.to_range()];
                is_bare(next)
                    && (words.chars().count() > 1
                        || next.kind != CellKind::Text
                        || is_han_number(words))
            });
            let is_number = match token.shape {
                Shape::Bare => follows && goes_on,
                Shape::Spaced => false,
                _ => true,
            };
            if is_number {
                self.list[at].kind = CellKind::Number;
                self.list[at].fold = TextRange::empty(token.fold.start as usize);
            }
        }
    }

    /// A number that opens a row of words and values counts the rows, and so does the one below it.
    fn skip_ordinals(&mut self) {
        let mut below = None;
        for at in 0..self.list.len() {
            let token = self.list[at];
            let in_line = is_cell_of_line(token.shape);
            if !in_line || !token.opens_row || token.kind != CellKind::Number {
                continue;
            }
            let mut row = self.list[at + 1..].iter().take_while(|next| !next.opens_row);
            let words = row.next().is_some_and(|next| next.kind == CellKind::Text);
            let opens = words && row.any(|next| next.kind != CellKind::Text);
            if opens || below == Some(token.line) {
                self.list[at].kind = CellKind::Text;
                below = Some(token.line + 1);
            }
        }
    }

    /// The line above a pipe's end is the beginning of its cell, even where it is a single character: `总⏎计 |`.
    fn begin_cell(&mut self, text: &str, line: usize) {
        let above = |last: &Token| last.shape == Shape::Bare && last.line + 1 == line;
        let Some(mut last) = self.list.pop_if(|last| above(last)) else { return };
        if last.kind == CellKind::Text && last.fold.is_empty() {
            last.fold = self.folded(text, last.range, last.kind, Shape::PipeEnded);
        }
        self.list.push(last);
    }

    /// The last cell ends below its line. The line above one that a pipe ends is its beginning, too: `总⏎计⏎|`.
    fn end_by(&mut self, text: &str, shape: Shape) {
        let Some(mut last) = self.list.pop() else { return };
        if shape == Shape::PipeEnded && last.kind == CellKind::Text {
            self.folds.truncate(last.fold.start as usize);
            self.begin_cell(text, last.line);
            last.fold = self.folded(text, last.range, last.kind, shape);
        }
        self.list.push(Token { shape, ..last });
    }

    /// The last cell is a line of its own: not one that went on with a cell led by a tab.
    fn ends_bare(&self) -> bool {
        self.list.last().is_some_and(|last| last.shape == Shape::Bare)
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

    /// Adds a cell of the line `view`.
    fn push(&mut self, text: &str, view: LineView<'_>, cell: Cell) {
        let (shape, line) = (view.line.shape, view.index);
        let Cell { kind, column, opens_row, .. } = cell;
        let range = cell.range.shifted(view.start);
        let fold = self.folded(text, range, kind, shape);
        let padding = false;
        let several = kind == CellKind::Mark && holds_several(&text[range.to_range()]);
        let token = Token { range, kind, shape, line, column, opens_row, padding, several, fold };
        self.list.push(token);
    }

    fn folded(&mut self, text: &str, range: TextRange, kind: CellKind, shape: Shape) -> TextRange {
        let start = self.folds.len();
        if kind != CellKind::Text {
            return TextRange::empty(start);
        }
        let words = &text[range.to_range()];
        // 三、本年度办理结果 is printed upright beside its rows: in the text of a PDF its characters stand alone between other words.
        let upright = shape == Shape::Bare && words.len() <= 4 && words.chars().count() == 1;
        if words.len() <= LONGEST_LABEL && !upright {
            self.lexicon.fold_into(words, &mut self.folds);
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
        last.fold = self.folded(text, last.range, last.kind, last.shape);
        self.list.push(last);
    }
}

/// The cells of a part, read line by line.
struct Reading<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    pipes: Pipes,
    /// A blank line separates the rows where each cell is led by a tab.
    separated: bool,
    /// The last line has one cell and nothing that ends it.
    open: bool,
    /// Whether the first row of pipes begins with words and no pipe.
    begins_bare: Option<bool>,
}

impl Reading<'_> {
    fn line(&mut self, view: LineView<'_>) {
        let (text, tokens) = (self.text, &mut self.tokens);
        match view.line.shape {
            Shape::Blank => {
                self.separated = true;
                return;
            }
            // A pipe below a cell ends it: `规章⏎|⏎0⏎|`. Only what follows is a blank.
            Shape::LonePipe if self.open => tokens.end_by(text, Shape::PipeEnded),
            // So does a tab, where a browser copies cells that hold paragraphs: `规章⏎→⏎0⏎→`.
            Shape::TabLed if self.open && is_lone_tab(view) && tokens.ends_bare() => {
                tokens.end_by(text, Shape::TabLed);
            }
            Shape::LonePipe => tokens.push(text, view, blank(false)),
            _ if tokens.goes_on(view) => tokens.extend(text, view),
            _ => self.cells(view),
        }
        self.open = view.line.shape == Shape::Bare;
    }

    fn cells(&mut self, view: LineView<'_>) {
        let shape = view.line.shape;
        let behind_blank = self.is_behind_blank(view);
        let (text, tokens) = (self.text, &mut self.tokens);
        if shape == Shape::PipeEnded {
            tokens.begin_cell(text, view.index);
        }
        if behind_blank {
            tokens.push(text, view, blank(true));
        }
        let line = &text[view.start..];
        let mut behind_words = false;
        for &cell in view.cells {
            if shape == Shape::Markup
                && tokens.join(text, cell.range.shifted(view.start), cell.kind)
            {
                continue;
            }
            let range = if shape == Shape::Bare { unmarked(line, cell.range) } else { cell.range };
            let opens_row =
                (cell.opens_row && !behind_blank) || (self.separated && shape == Shape::TabLed);
            self.separated = false;
            let is_value = behind_words
                && cell.kind == CellKind::Text
                && is_figure(&line[range.to_range()], shape);
            let kind = if is_value { CellKind::Mark } else { cell.kind };
            behind_words |= kind == CellKind::Text;
            tokens.push(text, view, Cell { range, kind, opens_row, ..cell });
        }
        self.pipes.mark_padding(text, view, &mut tokens.list);
    }

    /// Where rows begin with words and no pipe, as the first one does, a pipe that begins one stands behind a blank: `| | | 0 |` below
    /// `规章 | 3 | 5 | 74 |`. A later row without one may be the end of a label that was broken.
    fn is_behind_blank(&mut self, view: LineView<'_>) -> bool {
        if view.line.shape != Shape::Piped {
            return false;
        }
        let led = view.cells.first().is_some_and(|first| first.column > 0);
        *self.begins_bare.get_or_insert(!led) && led
    }
}

/// A cell at the beginning of a line that the text leaves out.
fn blank(opens_row: bool) -> Cell {
    Cell { range: TextRange::empty(0), kind: CellKind::Blank, column: 0, opens_row }
}

/// A figure that is no plain number is one all the same where only a value can stand, behind words of its line: `(12)`, `1 234`, `12*`;
/// and the letter O is read off a picture for a 0. Without words before it, `4.` is the beginning of a label that was broken.
fn is_figure(words: &str, shape: Shape) -> bool {
    const LONGEST: usize = 24;
    let in_line = matches!(shape, Shape::Tabbed | Shape::Piped | Shape::Commas);
    let has_figure = || {
        matches!(words, "O" | "o")
            || words.contains(is_digit)
                && !words.contains(|c: char| c >= '\u{2e80}' && !is_digit(c))
    };
    in_line && words.len() <= LONGEST && has_figure()
}

/// A row's cells stand in one line, each with its own ends.
fn is_cell_of_line(shape: Shape) -> bool {
    matches!(shape, Shape::Tabbed | Shape::Piped | Shape::Commas | Shape::Markup)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_lone_tab(view: LineView<'_>) -> bool {
    matches!(view.cells, [cell] if cell.kind == CellKind::Blank)
}

/// A line without the marks that make it a heading of Markdown: `### 行政复议`.
fn unmarked(text: &str, range: TextRange) -> TextRange {
    let words = &text[range.to_range()];
    let rest = words.trim_start_matches('#');
    if rest.len() == words.len() || !rest.starts_with(' ') {
        return range;
    }
    TextRange::new(range.end as usize - rest.trim_start().len(), range.end as usize)
}

/// Cuts the tokens into runs. Blanks alone make a run only behind words; whether it is a row is for the labels to say.
pub(super) fn runs(tokens: &[Token]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut context = 0;
    let mut at = 0;
    while at < tokens.len() {
        // Behind padding a row begins, which may have no words: the values below the header of a table without row labels.
        let begins = at > 0 && tokens[at - 1].padding;
        if tokens[at].kind == CellKind::Text || (context == at && !begins) {
            // Blanks before any words are row spans.
            context += usize::from(context == at && tokens[at].kind != CellKind::Text);
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len()
            && (tokens[end].padding || !tokens[end - 1].padding)
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
    let in_line =
        is_cell_of_line(token.shape) && !token.opens_row && tokens[at - 1].line == token.line;
    let between =
        tokens[first..at].iter().any(|it| it.line == token.line && it.kind == CellKind::Number)
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.line == token.line && next.kind == CellKind::Number);
    in_line && between && token.range.len() <= 24
}
