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
    /// Where what was asked for last stands: places are asked for in the order of the text, and most lie between the same two figures.
    last: Cell<Between>,
}

/// Places with the same figures before them.
#[derive(Clone, Copy)]
struct Between {
    /// How many figures that is.
    count: usize,
    /// Where the last of them ends.
    start: u32,
    /// Where the next one begins; no place between there and `end` can be moved.
    next: u32,
    /// Where the next one ends.
    end: u32,
    /// By how much the places move on, modulo 2³².
    shift: u32,
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
        Self { figures, last: Cell::new(Between::new(figures, 0)) }
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
        let between = self.before(range.start);
        range.start = between.shifted(range.start)?;
        range.end = between.shifted(range.end)?;
        Some(())
    }

    /// Moves what lies behind figures; an end inside one cannot be moved.
    pub(super) fn shift(&self, range: &mut TextRange) -> Option<()> {
        range.start = self.before(range.start).shifted(range.start)?;
        range.end = self.before(range.end).shifted(range.end)?;
        Some(())
    }

    /// The figures before `offset`: those that end there or before it.
    fn before(&self, offset: u32) -> Between {
        let last = self.last.get();
        if last.holds(offset) {
            return last;
        }
        // In a table nearly always the next one.
        let next = Some(last.count + 1).filter(|count| *count <= self.figures.len());
        let next = next.map(|count| Between::new(self.figures, count));
        let found = next.filter(|next| next.holds(offset)).unwrap_or_else(|| {
            let is_before = |figure: &Figure| figure.from.end <= offset;
            Between::new(self.figures, self.figures.partition_point(is_before))
        });
        self.last.set(found);
        found
    }

    fn move_labels(&self, labels: &mut [BoundLabel]) -> Option<()> {
        labels.iter_mut().try_for_each(|label| self.shift_outside(&mut label.range))
    }

    fn move_cells<'c>(&self, cells: impl IntoIterator<Item = &'c mut model::Cell>) -> Option<()> {
        cells.into_iter().try_for_each(|cell| {
            let before = self.before(cell.range.start);
            let next = self.figures.get(before.count).filter(|_| before.next == cell.range.start);
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

impl Between {
    /// The places with `count` of `figures` before them.
    fn new(figures: &[Figure], count: usize) -> Self {
        let last = count.checked_sub(1).and_then(|last| figures.get(last));
        let next = figures.get(count).map(|next| next.from);
        Self {
            count,
            start: last.map_or(0, |last| last.from.end),
            next: next.map_or(u32::MAX, |next| next.start),
            end: next.map_or(u32::MAX, |next| next.end),
            shift: last.map_or(0, |last| last.to.end.wrapping_sub(last.from.end)),
        }
    }

    fn holds(&self, offset: u32) -> bool {
        (self.start..self.end).contains(&offset)
    }

    /// Where `offset` lies now, which is not before these places; `None` inside the next figure and behind it.
    fn shifted(&self, offset: u32) -> Option<u32> {
        (offset <= self.next).then(|| offset.wrapping_add(self.shift))
    }
}
