//! Whether the running text agrees with the tables and with itself.

mod claim_against_cell;
mod denial;
mod sum_mismatch;

pub(super) use claim_against_cell::CLAIM_AGAINST_CELL;
pub(super) use denial::DENIAL_AGAINST_CELLS;
pub(super) use sum_mismatch::NARRATIVE_SUM_MISMATCH;

use rust_decimal::Decimal;

use crate::form::{CellIndex, Form, TableIndex};
use crate::report::{BoundTable, Report};

/// What ends a clause. 、 does not: it joins what is spoken of together.
const CLAUSE_ENDS: &[char] =
    &['。', '；', ';', '，', ',', '：', ':', '！', '？', '（', '(', '）', ')', '\n', '\t', '|'];

/// The table that holds cells of `form`'s table `at`, with the index of its part; `None` when it is not there or follows another form, whose
/// cells have other indexes.
fn table_of<'r>(
    report: &'r Report,
    form: &Form,
    at: TableIndex,
) -> Option<(usize, &'r BoundTable)> {
    let mut own = report.tables().filter(|(_, table)| {
        table.table == at && table.form.id == form.id && table.unreadable.is_none()
    });
    // Of two tables nobody knows which the text speaks of.
    own.next().filter(|_| own.next().is_none())
}

/// The sum of `cells`, when each is a number.
fn sum_of(report: &Report, form: &Form, cells: &[(TableIndex, CellIndex)]) -> Option<Decimal> {
    cells.iter().try_fold(Decimal::ZERO, |sum, (table, cell)| {
        sum.checked_add(table_of(report, form, *table)?.1.number(*cell)?)
    })
}
