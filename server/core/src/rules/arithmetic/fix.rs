//! A repair as a quick fix.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::wording::{cell_title, column_title, row_title, show};
use crate::form::{CellIndex, Table};
use crate::repair::{Change, Repair};
use crate::report::{Cell, Value};
use crate::rules::{Applicability, Edit, Fix, TableCx};
use crate::text::TextRange;

/// The fix that changes all cells of a repair.
pub(super) fn fix(cx: &TableCx<'_>, repair: &Repair) -> Fix {
    let edits = repair
        .changes
        .iter()
        .filter_map(|change| Some(edit(cx, cx.table.cell(change.cell)?, change.to)));
    Fix {
        title: title(cx.table.spec(), &repair.changes),
        applicability: Applicability::Choice,
        edits: edits.collect(),
    }
}

/// 将“（六）3.其他”的自然人、总计各加 1（12 改为 13）.
pub(super) fn title(spec: &Table, changes: &[Change]) -> String {
    let Some(first) = changes.first() else { return String::new() };
    let place = |cell: CellIndex| spec.locate(cell);
    let common_row = changes.iter().all(|it| {
        (place(it.cell).0, place(it.cell).1) == (place(first.cell).0, place(first.cell).1)
    });
    let common_column = changes.iter().all(|it| {
        (place(it.cell).0, place(it.cell).2) == (place(first.cell).0, place(first.cell).2)
    });
    let row = row_title(spec, first.cell);
    if common_row && !row.is_empty() {
        match common_step(changes) {
            Some(step) if changes.len() > 1 => {
                let columns: Vec<_> =
                    changes.iter().map(|it| column_title(spec, it.cell)).collect();
                format!("将“{row}”的{}各{step}（{}）", columns.join("、"), values(changes))
            }
            _ => format!("将“{row}”的{}", listed(changes, |cell| column_title(spec, cell).into())),
        }
    } else if common_column && !row.is_empty() {
        format!(
            "将“{}”列的{}",
            column_title(spec, first.cell),
            listed(changes, |cell| row_title(spec, cell).into())
        )
    } else {
        format!("将{}", listed(changes, |cell| format!("“{}”", cell_title(spec, cell)).into()))
    }
}

/// `to` in place of the digits alone: what stands behind them, such as a unit, stays.
fn edit(cx: &TableCx<'_>, cell: &Cell, to: Decimal) -> Edit {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let words = cx.slice(cell.range);
    let digits = match cell.value {
        Value::Number(_, written) if !written.han => {
            words.char_indices().rfind(|&(_, c)| is_digit(c)).map(|(at, c)| at + c.len_utf8())
        }
        _ => None,
    };
    let start = cell.range.start as usize;
    let range = TextRange::new(start, start + digits.unwrap_or(words.len()));
    Edit::new(cx.place(range), show(to))
}

/// 加 1, when all changes are that.
fn common_step(changes: &[Change]) -> Option<String> {
    let step = |it: &Change| it.to.checked_sub(it.from);
    let first = step(changes.first()?)?;
    let word = if first.is_sign_negative() { "减" } else { "加" };
    changes
        .iter()
        .all(|it| step(it) == Some(first))
        .then(|| format!("{word} {}", show(first.abs())))
}

/// 12 改为 13、14 改为 15; equal ones once.
fn values(changes: &[Change]) -> String {
    let mut values: Vec<_> =
        changes.iter().map(|it| format!("{} 改为 {}", show(it.from), show(it.to))).collect();
    values.dedup();
    values.join("、")
}

/// 自然人由 12 改为 13、总计由 20 改为 21.
fn listed<'a>(changes: &[Change], name: impl Fn(CellIndex) -> Cow<'a, str>) -> String {
    let one = |it: &Change| format!("{}由 {} 改为 {}", name(it.cell), show(it.from), show(it.to));
    changes.iter().map(one).collect::<Vec<_>>().join("、")
}
