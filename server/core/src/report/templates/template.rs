//! A template: a part with its figures taken out.

use super::Kind;
use crate::report::bind;
use crate::report::marks::{Mark, mark};
use crate::report::model::BoundTable;
use crate::report::moved::{Figure, Moves};
use crate::report::value;
use crate::syntax::{Cell, CellKind, Cut, Line, Shape, State, is_visible};
use crate::text::TextRange;

/// A figure of more digits is cut as another one is.
const MOST_DIGITS: usize = 12;

/// A part that was read before.
pub(crate) struct Template {
    pub(super) kind: Kind,
    text: Box<str>,
    cut: Cut,
    tables: Vec<BoundTable>,
    /// Cells that may hold another figure, in the order of the text.
    free: Vec<Free>,
    /// Those of them that are nothing but digits, in lines whose cut and marks no digit decides. `None` where another text may not be cut like this one.
    digits: Option<Vec<Free>>,
    /// Whether every character of it shows.
    pub(crate) is_visible: bool,
    /// What its lines may open.
    pub(crate) marks: Vec<(usize, Mark)>,
}

/// A cell that may hold another figure.
#[derive(Debug, Clone, Copy)]
struct Free {
    /// Its index among the cells.
    cell: usize,
    line: usize,
    /// In the text.
    range: TextRange,
}

impl Template {
    pub(super) fn new(kind: Kind, source: &bind::Source<'_>, tables: &[BoundTable]) -> Self {
        let (text, cut) = (source.text, source.cut);
        let mut figures: Vec<TextRange> =
            tables.iter().flat_map(BoundTable::free_figures).map(|cell| cell.range).collect();
        figures.sort_unstable();
        let (mut free, mut digits) = (Vec::new(), Vec::new());
        let mut cell_index = 0;
        for view in cut.iter() {
            // Between separators all figures are alike. A line of words may be a page number, a date.
            let is_row = matches!(
                view.line.shape,
                Shape::Tabbed | Shape::Piped | Shape::TabLed | Shape::PipeEnded
            );
            for cell in view.cells {
                let range = cell.range.shifted(view.start);
                if cell.kind == CellKind::Number && figures.binary_search(&range).is_ok() {
                    let own = Free { cell: cell_index, line: view.index, range };
                    free.push(own);
                    let words = &text.as_bytes()[range.to_range()];
                    if is_row && digits_of(words) == words.len() && words.len() <= MOST_DIGITS {
                        digits.push(own);
                    }
                }
                cell_index += 1;
            }
        }
        // A tag goes on over lines, and a CR at the end may meet an LF.
        let is_plain = cut.entry == State::default()
            && cut.exit() == cut.entry
            && text.ends_with('\n')
            && !text.contains(['<', '>']);
        let marks =
            cut.iter().filter_map(|view| Some((view.index, mark(source.lexicon, text, view)?)));
        Self {
            kind,
            text: text.into(),
            cut: cut.clone(),
            tables: tables.to_vec(),
            free,
            digits: is_plain.then_some(digits),
            is_visible: is_visible(text),
            marks: marks.collect(),
        }
    }

    /// How many lines it has.
    pub(crate) fn lines(&self) -> usize {
        self.cut.lines.len()
    }

    /// Adds its lines to `cut` when `rest` begins with them, figures aside; how many bytes of `rest` they are.
    pub(super) fn cut(&self, rest: &str, cut: &mut Cut) -> Option<usize> {
        let digits = self.digits.as_ref()?;
        let (own, rest) = (self.text.as_bytes(), rest.as_bytes());
        if own.first_chunk::<8>() != rest.first_chunk::<8>() {
            return None;
        }
        let (mut own_end, mut end) = (0, 0);
        let mut lengths = Vec::with_capacity(digits.len());
        for Free { range, .. } in digits {
            end += begins_with(&rest[end..], &own[own_end..range.start as usize])?;
            let length = digits_of(&rest[end..]);
            if !(1..=MOST_DIGITS).contains(&length) {
                return None;
            }
            lengths.push(length as u32);
            (own_end, end) = (range.end as usize, end + length);
        }
        end += begins_with(&rest[end..], &own[own_end..])?;
        self.add_to(cut, digits.iter().map(|free| free.cell).zip(lengths));
        Some(end)
    }

    /// Adds its lines to `cut`, each of the cells that `lengths` names with another length.
    fn add_to(&self, cut: &mut Cut, lengths: impl Iterator<Item = (usize, u32)>) {
        let mut lengths = lengths.peekable();
        let mut cells = self.cut.cells.iter().enumerate();
        for line in &self.cut.lines {
            let (mut longer, mut shorter) = (0, 0);
            for (at, cell) in cells.by_ref().take(line.cells as usize) {
                let start = cell.range.start + longer - shorter;
                let length = lengths.next_if(|(cell, _)| *cell == at).map(|(_, length)| length);
                let old = cell.range.end - cell.range.start;
                let new = length.unwrap_or(old);
                (longer, shorter) = (longer + new, shorter + old);
                let range = TextRange { start, end: start + new };
                cut.cells.push(Cell { range, ..*cell });
            }
            cut.lines.push(Line { len: line.len + longer - shorter, ..*line });
        }
    }

    /// The tables of `source`, which is this part with other figures.
    pub(super) fn tables(&self, source: &bind::Source<'_>) -> Option<Vec<BoundTable>> {
        let figures: Option<Vec<Figure>> = self
            .places(source.cut)
            .map(|(from, to)| {
                let value = value::read(source.text.get(to.to_range())?);
                Some(Figure { from, to, value })
            })
            .collect();
        let figures = figures?;
        let moves = Moves::new(&figures);
        let mut tables = self.tables.clone();
        tables.iter_mut().try_for_each(|table| moves.move_table(table))?;
        Some(tables)
    }

    /// Whether `source` is this part with other figures.
    pub(super) fn is_like(&self, source: &bind::Source<'_>) -> bool {
        if !self.has_cells_of(source.cut) {
            return false;
        }
        let (old_text, new_text) = (self.text.as_bytes(), source.text.as_bytes());
        let (mut old_end, mut new_end) = (0, 0);
        for (from, to) in self.places(source.cut) {
            let words = &old_text[old_end..from.start as usize];
            if begins_with(&new_text[new_end..], words).is_none() {
                return false;
            }
            (old_end, new_end) = (from.end as usize, to.end as usize);
        }
        old_text[old_end..] == new_text[new_end..]
    }

    /// Are the lines and cells of `cut` these, with figures of other lengths?
    fn has_cells_of(&self, cut: &Cut) -> bool {
        let mut free = self.free.iter().map(|free| free.cell).peekable();
        let mut cells = self.cut.cells.iter().zip(&cut.cells).enumerate();
        self.cut.lines.iter().zip(&cut.lines).all(|(old_line, new_line)| {
            let (mut old_end, mut new_end) = (0, 0);
            *old_line == (Line { len: old_line.len, ..*new_line })
                && cells.by_ref().take(old_line.cells as usize).all(|(at, (old, new))| {
                    let is_free = free.next_if_eq(&at).is_some();
                    let same = *old == (Cell { range: old.range, ..*new })
                        && old.range.start.wrapping_sub(old_end)
                            == new.range.start.wrapping_sub(new_end)
                        && (is_free || old.range.len() == new.range.len());
                    (old_end, new_end) = (old.range.end, new.range.end);
                    same
                })
        })
    }

    /// Where each of the cells that may hold another figure stands here and in the text of `cut`, which has the same cells.
    fn places(&self, cut: &Cut) -> impl Iterator<Item = (TextRange, TextRange)> {
        let (mut line, mut start) = (0, 0);
        self.free.iter().map(move |free| {
            for before in &cut.lines[line..free.line] {
                start += before.len as usize;
            }
            line = free.line;
            (free.range, cut.cells[free.cell].range.shifted(start))
        })
    }
}

/// The length of `words` when `text` begins with them. What separates two figures is short, and compared sooner byte by byte.
#[inline]
fn begins_with(text: &[u8], words: &[u8]) -> Option<usize> {
    let text = text.get(..words.len())?;
    let same = if words.len() > 8 { text == words } else { text.iter().eq(words) };
    same.then_some(words.len())
}

/// How many digits a text begins with.
#[inline]
fn digits_of(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}
