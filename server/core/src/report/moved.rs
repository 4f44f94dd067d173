//! Moves what is bound in a part of which only figures have changed. Which row and column a figure belongs to follows from words, separators and blanks,
//! never from digits, so the binding stays the same and only its places move. The one exception is whether a table has lost lines or columns, which
//! depends on digits too where rows lack values (`bind::lost`): those figures may not change here.

use std::cell::Cell;

use super::model::{self, BoundLabel, BoundRow, BoundTable, Fit, Layout, Value};
use crate::text::TextRange;

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
    /// How many figures stand before what was asked for last: places are asked for in the order of the text, so that it is the same number or the next.
    last: Cell<usize>,
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
        Self { figures, last: Cell::new(0) }
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
        let count = self.before(range.start);
        range.start = self.shifted(count, range.start)?;
        range.end = self.shifted(count, range.end)?;
        Some(())
    }

    /// Moves what lies behind figures; an end inside one cannot be moved.
    pub(super) fn shift(&self, range: &mut TextRange) -> Option<()> {
        range.start = self.shifted(self.before(range.start), range.start)?;
        range.end = self.shifted(self.before(range.end), range.end)?;
        Some(())
    }

    /// How many figures end at `offset` or before it.
    fn before(&self, offset: u32) -> usize {
        let ends_before = |figure: &Figure| figure.from.end <= offset;
        let holds = |count: usize| {
            let is_behind = |last: usize| self.figures.get(last).is_some_and(ends_before);
            count.checked_sub(1).is_none_or(is_behind)
                && !self.figures.get(count).is_some_and(ends_before)
        };
        let last = self.last.get();
        if holds(last) {
            return last;
        }
        let count =
            if holds(last + 1) { last + 1 } else { self.figures.partition_point(ends_before) };
        self.last.set(count);
        count
    }

    /// Where `offset` lies now, with `count` figures before it; `None` inside the next figure and behind it.
    fn shifted(&self, count: usize, offset: u32) -> Option<u32> {
        if self.figures.get(count).is_some_and(|next| offset > next.from.start) {
            return None;
        }
        let Some(last) = count.checked_sub(1).and_then(|last| self.figures.get(last)) else {
            return Some(offset);
        };
        Some(last.to.end + offset.checked_sub(last.from.end)?)
    }

    fn move_labels(&self, labels: &mut [BoundLabel]) -> Option<()> {
        labels.iter_mut().try_for_each(|label| self.shift_outside(&mut label.range))
    }

    fn move_cells<'c>(&self, cells: impl IntoIterator<Item = &'c mut model::Cell>) -> Option<()> {
        cells.into_iter().try_for_each(|cell| {
            let is_this = |figure: &&Figure| figure.from == cell.range;
            // Nearly always: most cells are figures, one behind the other.
            let last = self.last.get();
            let next = self.figures.get(last).filter(is_this).map(|figure| (figure, last));
            let found = next.or_else(|| {
                let count = self.before(cell.range.start);
                Some((self.figures.get(count).filter(is_this)?, count))
            });
            let Some((figure, count)) = found else {
                return self.shift_outside(&mut cell.range);
            };
            self.last.set(count + 1);
            cell.range = figure.to;
            // Below another form's header it is not known what the figure is.
            if cell.value != Value::Unknown {
                cell.value = figure.value;
            }
            Some(())
        })
    }
}
