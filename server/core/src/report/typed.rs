//! The binding of a part after one figure of a table was edited.

use super::model::{BoundTable, Part};
use super::moved::{Figure, Moves};
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
        let Typed { from, to } = typed;
        let holds =
            |table: &&BoundTable| table.range.start <= from.start && from.end <= table.range.end;
        let own = self.tables.iter().find(holds)?;
        own.free_figures().find(|cell| cell.range == from)?;
        let figure = Figure { from, to, value: value::read(text.get(to.to_range())?) };
        let moves = Moves::new(std::slice::from_ref(&figure));
        let mut part = self.clone();
        for table in &mut part.tables {
            moves.move_table(table)?;
        }
        if let Some(heading) = &mut part.heading {
            for range in [&mut heading.range, &mut heading.numeral, &mut heading.wording] {
                moves.shift(range)?;
            }
        }
        for claim in &mut part.claims {
            moves.shift_outside(&mut claim.range)?;
            moves.shift(&mut claim.number)?;
        }
        part.prose.iter_mut().try_for_each(|line| moves.shift_outside(line))?;
        Some(part)
    }
}
