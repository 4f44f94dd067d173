//! What the rules of this group share.

mod cells;
mod forced;
mod grid;
mod names;
mod pattern;
mod rebuild;
mod rows;
mod shift;
mod wording;

pub(super) use cells::{Rewrite, assigned, gathered, one_finding, values_of};
pub(super) use forced::{Forced, forced_values};
pub(super) use grid::{Shape, cells_on_line, column_of, is_grid, line_break, line_of, shape_of};
pub(super) use names::{cell_name, group_path, shortened};
pub(in crate::rules) use names::{column_name, row_name};
pub(super) use pattern::{Pattern, between_rows};
pub(super) use rebuild::{beside, rebuilt};
pub(super) use rows::{is_there, meant, row_at, rows_shown, unknown_rows};
pub(super) use shift::{Shifted, shifted, start_of};
pub(super) use wording::{Deviation, deviation, fold, lacks_unit, same_figures};

use crate::report::BoundTable;
use crate::rules::TableCx;

/// Title of the fix that writes a table anew.
pub(super) const REBUILD: &str = "按格式重写这张表：已有的数照填，其余由勾稽关系推出或填 0";

/// The table of `cx`, unless its values cannot be known: then table-unreadable has said all there is to say.
pub(super) fn readable<'a>(cx: &TableCx<'a>) -> Option<&'a BoundTable> {
    cx.table.unreadable.is_none().then_some(cx.table)
}
