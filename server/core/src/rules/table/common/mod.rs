//! What the rules of this group share.

mod cells;
#[cfg(test)]
pub(super) mod fixtures;
mod forced;
mod grid;
mod names;
mod pattern;
mod rebuild;
mod rows;
mod shift;
mod wording;

pub(super) use crate::text::line_break;
pub(super) use cells::{Rewrite, alike, assigned, filled, gathered, one_finding, values_of};
pub(crate) use forced::forced_values;
pub(super) use forced::{Forced, with_zeros};
pub(super) use grid::{cells_on_line, column_of, is_grid, leading, line_of, shape_of};
pub(super) use names::{cell_name, column_name, group_path, row_name, shortened};
pub(crate) use pattern::Pattern;
pub(super) use pattern::between_rows;
pub(crate) use rebuild::beside;
pub(super) use rebuild::rebuilt;
pub(super) use rows::{is_there, lone_label, meant, row_at, rows_shown, unknown_rows};
pub(super) use shift::{Shifted, shifted, usual};
pub(super) use wording::{Deviation, deviation, lacks_unit, same_figures};

use crate::report::BoundTable;
use crate::rules::TableCx;

/// Title of the fix that writes a table anew.
pub(super) const REBUILD: &str = "按格式重写这张表：已有的数照填，其余由勾稽关系推出或填 0";

/// The table of `cx`, unless its values cannot be known: then table-unreadable has said all there is to say.
pub(super) fn readable<'a>(cx: &TableCx<'a>) -> Option<&'a BoundTable> {
    cx.table.unreadable.is_none().then_some(cx.table)
}

/// The same, where some cell holds other than a whole number in plain digits: few tables do, and each has a dozen rules on how cells are written.
pub(super) fn oddly_written<'a>(cx: &TableCx<'a>) -> Option<&'a BoundTable> {
    readable(cx).filter(|table| !table.is_plain)
}
