//! Cuts a text into lines, classified by shape, and lines into cells. Lossless and incremental; knows no form.
//!
//! The cut of a line is a pure function of its bytes and its entry state, and its offsets are relative to its own start. So after an edit, lines are cut
//! again from the edited one until a line begins where an old one began with the same state; the rest is kept. `syntax` never says heading or table:
//! 一、本年新收… looks like a heading, and only the form knows that it is a row.

mod cells;
mod commas;
mod markup;
mod run_on;
mod separators;
mod shape;
mod visible;
mod wiki;

pub(crate) use markup::{joins, untagged};
pub(crate) use shape::{FIELD_MARKS, end_of_field, field_mark, kind_of, unescaped};
pub(crate) use shape::{is_han_number, is_invisible, is_mark, is_number_like, unsigned};
pub(crate) use visible::is_visible;

use std::ops::Range;

use crate::text::TextRange;
use markup::Ending;

/// The cut of a text: lines one after the other, without gap or overlap, and their cells in one list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cut {
    /// The lines.
    pub lines: Vec<Line>,
    /// The cells of all lines.
    pub cells: Vec<Cell>,
    /// The state before the first line.
    pub entry: State,
}

/// A line with its break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Bytes, with the line break.
    pub len: u32,
    /// Number of cells.
    pub cells: u32,
    /// Bytes of the line break: 0, 1 or 2.
    pub line_break: u8,
    /// What it looks like.
    pub shape: Shape,
    /// The state behind it.
    pub exit: State,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// White space only.
    Blank,
    /// Words without separators.
    Bare,
    /// Cells between runs of spaces, or figures behind words.
    Spaced,
    /// Cells between commas, as spreadsheets are saved.
    Commas,
    /// Cells between tabs.
    Tabbed,
    /// A tab and then one cell or nothing.
    TabLed,
    /// Cells between pipes.
    Piped,
    /// One cell and a pipe behind it.
    PipeEnded,
    /// A pipe alone.
    LonePipe,
    /// The row of dashes below a Markdown header, or what stands between the rows of a wiki's table.
    Delimiter,
    /// HTML tags, or cells of a wiki's table.
    Markup,
    /// A suppression, transparent to every layout.
    Directive,
    /// A page number between dashes, left by the print of a page.
    PageFooter,
}

/// A cell of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Bytes from the line's start, without surrounding blanks.
    pub range: TextRange,
    /// What it looks like.
    pub kind: CellKind,
    /// Number of separators before it on its line.
    pub column: u16,
    /// It begins a row: the first of a line of several, or the first after `<tr>`.
    pub opens_row: bool,
}

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Nothing.
    Blank,
    /// A number, perhaps with sign, separators or unit.
    Number,
    /// `/`, `—`, 无: what people write where no number is.
    Mark,
    /// Words.
    Text,
}

/// The state of the tokenizer between two lines: 0 outside any markup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State(pub(crate) u8);

/// A cut after an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The new cut.
    pub cut: Cut,
    /// Lines of the new cut that were cut anew.
    pub fresh: Range<usize>,
    /// Lines of the old cut that they replace.
    pub stale: Range<usize>,
}

/// A line with its place and its cells.
#[derive(Debug, Clone, Copy)]
pub struct LineView<'a> {
    /// The line.
    pub line: Line,
    /// Index of the line.
    pub index: usize,
    /// First byte.
    pub start: usize,
    /// Its cells.
    pub cells: &'a [Cell],
}

impl LineView<'_> {
    /// From its first cell to the last one that is not blank, in the text.
    pub fn words(&self) -> Option<TextRange> {
        let first = self.cells.first()?;
        let last = self.cells.iter().rfind(|cell| cell.kind != CellKind::Blank).unwrap_or(first);
        Some(first.range.cover(last.range).shifted(self.start))
    }
}

impl Cut {
    /// Cuts a whole text.
    pub fn new(text: &str, entry: State) -> Self {
        Self::with(text, entry, |_, _| None)
    }

    /// Cuts a whole text, of which some is known. At each line outside of any markup `known` is asked first; it may add the lines that the rest of the text
    /// begins with, as cutting them would, and tells how many bytes they are.
    pub(crate) fn with(
        text: &str,
        entry: State,
        mut known: impl FnMut(&str, &mut Self) -> Option<usize>,
    ) -> Self {
        // Enough for a report's prose and tables, so that nothing is copied on the way; the lists are shrunk when they are kept.
        let mut cut = Self {
            lines: Vec::with_capacity(text.len() / 64 + 1),
            cells: Vec::with_capacity(text.len() / 20 + 1),
            entry,
        };
        let mut state = entry;
        let mut rest = text;
        while !rest.is_empty() {
            if state == State::default()
                && let Some(len) = known(rest, &mut cut)
            {
                state = cut.exit();
                rest = &rest[len..];
                continue;
            }
            let (content, line_break) = first_line(rest);
            let line = cut_line(&rest[..content], line_break, state, &mut cut.cells);
            state = line.exit;
            cut.lines.push(line);
            rest = &rest[content + line_break..];
        }
        cut.lines.shrink_to_fit();
        cut.cells.shrink_to_fit();
        cut
    }

    /// Does the last line end, so that words behind it are a line of their own?
    pub(crate) fn is_closed(&self, text: &str) -> bool {
        let Some(last) = self.lines.last() else { return false };
        let line = &text[text.len() - last.len as usize..];
        let by_tag = || match markup::ending(line) {
            Some(Ending::Block) => true,
            Some(Ending::Break) => !markup::opens_pipe_row(line),
            None => false,
        };
        last.line_break > 0 || (line.ends_with('>') && by_tag())
    }

    /// The state behind the last line.
    pub fn exit(&self) -> State {
        self.lines.last().map_or(self.entry, |line| line.exit)
    }

    /// The lines with their places.
    pub fn iter(&self) -> impl Iterator<Item = LineView<'_>> {
        let (mut start, mut cell) = (0, 0);
        self.lines.iter().enumerate().map(move |(index, &line)| {
            let view = LineView {
                line,
                index,
                start,
                cells: &self.cells[cell..cell + line.cells as usize],
            };
            start += line.len as usize;
            cell += line.cells as usize;
            view
        })
    }

    /// The cut of `text`, which is the old text with `removed` replaced by `inserted` bytes: only the lines that the edit touches are cut again.
    #[must_use]
    pub fn edited(&self, text: &str, removed: Range<usize>, inserted: usize) -> Edited {
        // The line before the edit is cut again too: typing LF behind a CR changes its break.
        let (first, start, first_cell) = self.line_before(removed.start);
        let mut cut = Self {
            lines: Vec::with_capacity(self.lines.len() + 4),
            cells: Vec::with_capacity(self.cells.len() + 16),
            entry: self.entry,
        };
        cut.lines.extend_from_slice(&self.lines[..first]);
        cut.cells.extend_from_slice(&self.cells[..first_cell]);
        let mut state = cut.exit();
        let mut at = start;
        // The old line that begins at `old_start` with `old_state` before it.
        let (mut old, mut old_start, mut old_cell, mut old_state) =
            (first, start, first_cell, state);
        while at < text.len() {
            let behind_edit = at >= removed.start + inserted;
            while behind_edit && old < self.lines.len() && old_start + inserted < at + removed.len()
            {
                old_start += self.lines[old].len as usize;
                old_cell += self.lines[old].cells as usize;
                old_state = self.lines[old].exit;
                old += 1;
            }
            let met = behind_edit
                && old_start >= removed.end
                && old_start + inserted == at + removed.len()
                && old_state == state;
            // A CR that ended the line before may have met an LF here.
            if met
                && old < self.lines.len()
                && (at == 0 || text.as_bytes()[at - 1] != b'\r' || text.as_bytes()[at] != b'\n')
            {
                let fresh = first..cut.lines.len();
                cut.lines.extend_from_slice(&self.lines[old..]);
                cut.cells.extend_from_slice(&self.cells[old_cell..]);
                return Edited { cut, fresh, stale: first..old };
            }
            let (content, line_break) = first_line(&text[at..]);
            let line = cut_line(&text[at..at + content], line_break, state, &mut cut.cells);
            state = line.exit;
            cut.lines.push(line);
            at += content + line_break;
        }
        let fresh = first..cut.lines.len();
        Edited { cut, fresh, stale: first..self.lines.len() }
    }

    /// The line before the one that holds `offset`: index, first byte, first cell.
    fn line_before(&self, offset: usize) -> (usize, usize, usize) {
        let (mut start, mut cell) = (0, 0);
        let mut before = (0, 0, 0);
        for (index, line) in self.lines.iter().enumerate() {
            if start + line.len as usize > offset {
                break;
            }
            before = (index, start, cell);
            start += line.len as usize;
            cell += line.cells as usize;
        }
        before
    }
}

/// Length of the first line's content and of its break. The end of an HTML block ends a line too: many pages are one line of text.
fn first_line(text: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut is_row = None;
    for at in memchr::memchr3_iter(b'\n', b'\r', b'>', bytes) {
        match bytes[at] {
            b'>' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => {}
            b'>' => match markup::ending(&text[..=at]) {
                Some(Ending::Break)
                    if *is_row.get_or_insert_with(|| markup::opens_pipe_row(text)) => {}
                Some(_) => return (at + 1, 0),
                None => {}
            },
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => return (at, 2),
            _ => return (at, 1),
        }
    }
    (bytes.len(), 0)
}

fn cut_line(content: &str, line_break: usize, entry: State, cells: &mut Vec<Cell>) -> Line {
    let before = cells.len();
    let (shape, exit) = wiki::cut(content, entry, cells);
    Line {
        len: (content.len() + line_break) as u32,
        cells: (cells.len() - before) as u32,
        line_break: line_break as u8,
        shape,
        exit,
    }
}

#[cfg(test)]
mod tests;
