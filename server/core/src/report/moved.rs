//! What is bound in a part whose figures have changed and nothing else. Which row and column a figure belongs to follows from words, separators and
//! blanks, never from digits, so that what is bound stays and only moves. Only whether a table has lost lines or columns is told by digits too
//! (`bind::lost`), and only where rows lack values: those figures may not change here.

use std::cell::Cell;

use super::model::{self, BoundLabel, BoundRow, BoundTable, Fit, Layout, Value};
use crate::text::TextRange;

/// So many figures on from the last place the next one mostly stands.
const NEXT: usize = 4;

/// A number cell that became another number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    /// The cell before.
    pub(super) from: TextRange,
    /// The cell now.
    pub(super) to: TextRange,
    /// What it says now.
    pub(super) value: Value,
}

/// Figures that changed, in the order of the text.
pub(super) struct Moves<'a> {
    figures: &'a [Figure],
    /// How many of them stand before what was asked for last: places are asked for in the order of the text.
    seen: Cell<usize>,
}

impl BoundTable {
    /// Figures that may become others while everything else stays. They stand in rows with a figure in every column: in one with blanks, figures
    /// that add up tell that columns were lost. In bare lines a figure that comes twice tells that no line was dropped, once some row is short.
    pub(super) fn free_figures(&self) -> impl Iterator<Item = &model::Cell> {
        let is_short =
            |row: &BoundRow| !matches!(row.fit, Fit::Exact | Fit::Duplicate | Fit::Extra);
        let is_bare = matches!(self.layout, Layout::Bare | Layout::Spaces);
        let is_fixed = self.unreadable.is_some() || (is_bare && self.rows.iter().any(is_short));
        let rows = if is_fixed { &[][..] } else { &self.rows };
        rows.iter().filter(|row| self.is_filled(row)).flat_map(|row| &row.values)
    }

    fn is_filled(&self, row: &BoundRow) -> bool {
        let Some((block, _)) = row.row.filter(|_| row.fit == Fit::Exact) else { return false };
        let filled = row.values.iter().filter(|cell| cell.value != Value::Blank).count();
        self.headers.get(block).is_some_and(|header| filled == header.columns.len())
    }
}

impl<'a> Moves<'a> {
    pub(super) fn new(figures: &'a [Figure]) -> Self {
        Self { figures, seen: Cell::new(0) }
    }

    /// Moves a table and gives its cells their new values; `None` when that is not certain.
    pub(super) fn move_table(&self, table: &mut BoundTable) -> Option<()> {
        self.shift(&mut table.range)?;
        if let Some(note) = &mut table.note {
            self.shift(note)?;
        }
        self.move_cells(table.cells.iter_mut().flatten())?;
        for row in &mut table.rows {
            self.shift(&mut row.range)?;
            self.move_labels(&mut row.labels)?;
            self.move_cells(&mut row.values)?;
        }
        for header in &mut table.headers {
            for range in header.range.iter_mut().chain(&mut header.foreign) {
                self.shift(range)?;
            }
            self.move_labels(&mut header.labels)?;
        }
        table.is_plain = BoundTable::are_plain(&table.cells);
        Some(())
    }

    /// Moves a range that holds no figure.
    pub(super) fn shift_outside(&self, range: &mut TextRange) -> Option<()> {
        let next = self.figures.get(self.before(range.start));
        if next.is_some_and(|next| next.from.start < range.end) {
            return None;
        }
        self.shift(range)
    }

    /// Moves what lies behind figures; an end inside one cannot be moved.
    pub(super) fn shift(&self, range: &mut TextRange) -> Option<()> {
        for end in [&mut range.start, &mut range.end] {
            let before = self.before(*end);
            if self.figures.get(before).is_some_and(|next| next.from.start < *end) {
                return None;
            }
            if let Some(last) = before.checked_sub(1).and_then(|last| self.figures.get(last)) {
                *end = *end - last.from.end + last.to.end;
            }
        }
        Some(())
    }

    /// How many figures end at `offset` or before it.
    fn before(&self, offset: u32) -> usize {
        let is_before = |figure: &Figure| figure.from.end <= offset;
        let seen = self.seen.get();
        let follows = seen.checked_sub(1).is_none_or(|last| is_before(&self.figures[last]));
        let next = self.figures.get(seen..).unwrap_or_default().iter().take(NEXT);
        let count = seen + next.take_while(|figure| is_before(figure)).count();
        let is_found = follows && count < seen + NEXT;
        let count = if is_found { count } else { self.figures.partition_point(is_before) };
        self.seen.set(count);
        count
    }

    fn move_labels(&self, labels: &mut [BoundLabel]) -> Option<()> {
        labels.iter_mut().try_for_each(|label| self.shift_outside(&mut label.range))
    }

    fn move_cells<'c>(&self, cells: impl IntoIterator<Item = &'c mut model::Cell>) -> Option<()> {
        cells.into_iter().try_for_each(|cell| {
            let next = self.figures.get(self.before(cell.range.start));
            let Some(figure) = next.filter(|figure| figure.from == cell.range) else {
                return self.shift_outside(&mut cell.range);
            };
            cell.range = figure.to;
            // Below another form's header it is not known what the figure is.
            if cell.value != Value::Unknown {
                cell.value = figure.value;
            }
            Some(())
        })
    }
}
