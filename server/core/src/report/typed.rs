//! A part after typing in one figure of a table. Which row and column a figure belongs to follows from words, separators and blanks, never from
//! digits, so that what is bound stays and only moves. Only whether a table has lost lines or columns is told by digits too (`bind::lost`), and
//! only where rows lack values: that is declined here.

use super::model::{BoundLabel, BoundRow, BoundTable, Cell, Fit, Layout, Part, Value};
use super::value;
use crate::text::TextRange;

/// A number cell that became another number, with nothing else changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Typed {
    /// The cell before.
    pub(crate) from: TextRange,
    /// The cell now; it begins at the same byte.
    pub(crate) to: TextRange,
}

impl Part {
    /// The part as a binding of the new `text` gives it; `None` when that is not certain.
    pub(crate) fn typed(&self, text: &str, typed: Typed) -> Option<Self> {
        let mut part = self.clone();
        let value = value::read(text.get(typed.to.to_range())?);
        let holds = |table: &BoundTable| {
            table.range.start <= typed.from.start && typed.from.end <= table.range.end
        };
        let own = part.tables.iter().position(holds)?;
        part.tables[own].put(typed, value)?;
        for table in &mut part.tables {
            typed.move_table(table)?;
        }
        if let Some(heading) = &mut part.heading {
            for range in [&mut heading.range, &mut heading.numeral, &mut heading.wording] {
                typed.shift(range)?;
            }
        }
        for claim in &mut part.claims {
            typed.shift_outside(&mut claim.range)?;
            typed.shift(&mut claim.number)?;
        }
        part.prose.iter_mut().try_for_each(|line| typed.shift_outside(line))?;
        Some(part)
    }
}

impl BoundTable {
    /// Puts the new value where the old one stands, which must be a row with a figure in every column: in one with blanks, figures that add up
    /// tell that columns were lost. In bare lines a figure that comes twice tells that no line was dropped, once some row is short.
    fn put(&mut self, typed: Typed, value: Value) -> Option<()> {
        let is_short =
            |row: &BoundRow| !matches!(row.fit, Fit::Exact | Fit::Duplicate | Fit::Extra);
        let is_bare = matches!(self.layout, Layout::Bare | Layout::Spaces);
        if self.unreadable.is_some() || (is_bare && self.rows.iter().any(is_short)) {
            return None;
        }
        let is_cell = |cell: &Cell| cell.range == typed.from;
        let row = self.rows.iter_mut().find(|row| row.values.iter().any(is_cell))?;
        let (block, _) = row.row.filter(|_| row.fit == Fit::Exact)?;
        let filled = row.values.iter().filter(|cell| cell.value != Value::Blank).count();
        if filled != self.headers.get(block)?.columns.len() {
            return None;
        }
        row.values.iter_mut().find(|cell| is_cell(cell))?.value = value;
        self.cells.iter_mut().flatten().find(|cell| is_cell(cell))?.value = value;
        self.is_plain = Self::are_plain(&self.cells);
        Some(())
    }
}

impl Typed {
    fn move_table(self, table: &mut BoundTable) -> Option<()> {
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
            if let Some(range) = &mut header.range {
                self.shift(range)?;
            }
            self.move_labels(&mut header.labels)?;
        }
        Some(())
    }

    fn move_labels(self, labels: &mut [BoundLabel]) -> Option<()> {
        labels.iter_mut().try_for_each(|label| self.shift_outside(&mut label.range))
    }

    fn move_cells<'a>(self, cells: impl IntoIterator<Item = &'a mut Cell>) -> Option<()> {
        cells.into_iter().try_for_each(|cell| {
            if cell.range == self.from {
                cell.range = self.to;
                return Some(());
            }
            self.shift_outside(&mut cell.range)
        })
    }

    /// Moves a range that does not hold the cell.
    fn shift_outside(self, range: &mut TextRange) -> Option<()> {
        if range.start < self.from.end && self.from.start < range.end {
            return None;
        }
        self.shift(range)
    }

    /// Moves what lies behind the cell; an end inside it cannot be moved.
    fn shift(self, range: &mut TextRange) -> Option<()> {
        for end in [&mut range.start, &mut range.end] {
            if *end >= self.from.end {
                *end = *end - self.from.end + self.to.end;
            } else if *end > self.from.start {
                return None;
            }
        }
        Some(())
    }
}
