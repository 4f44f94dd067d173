//! Subtotals that a table carries although the form has none.

use super::figures::{Figures, by_column, group_of};
use super::params;
use super::wording::{beside, show};
use crate::form::{CellIndex, Table, TableIndex};
use crate::report::BoundRow;
use crate::rules::{Applicability, Check, Edit, Finding, Fixable, Mechanism, Sink, TableCx};

/// Keys: `table`. A row that carries the label of a group, and figures, must hold the sums of the group's rows.
pub(in crate::rules) static GROUP_SUBTOTAL: Mechanism = Mechanism {
    name: "group-subtotal",
    fixable: Fixable::Choice,
    build: |spec, form| {
        params::only(spec, &["table"])?;
        let table = params::table(spec, form)?;
        Ok(Check::Table(Box::new(move |cx, sink| check(cx, table, sink))))
    },
};

fn check(cx: &TableCx<'_>, table: TableIndex, sink: &mut Sink<'_>) {
    if cx.table.table != table || cx.table.unreadable.is_some() {
        return;
    }
    let spec = cx.table.spec();
    let mut figures = None;
    for row in &cx.table.rows {
        let Some((block, group)) = group_of(spec, row) else { continue };
        let figures = figures.get_or_insert_with(|| Figures::new(cx.table));
        if let Some(members) = members(spec, block, group) {
            sink_finding(cx, figures, row, (block, group), &members, sink);
        }
    }
}

/// The rows of a group of items; `None` for a group of groups, whose rows are no terms of one sum.
fn members(spec: &Table, block: usize, group: &str) -> Option<Vec<usize>> {
    let rows = spec.blocks[block]
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.groups.iter().any(|it| it == group));
    let (members, innermost): (Vec<_>, Vec<_>) =
        rows.map(|(at, row)| (at, row.groups.last().is_some_and(|it| it == group))).unzip();
    let is_shared = spec.blocks[block]
        .rows
        .iter()
        .any(|row| row.groups.len() > 1 && row.groups.iter().rev().skip(1).any(|it| it == group));
    (innermost.iter().all(|it| *it) && !is_shared && members.len() > 1).then_some(members)
}

fn sink_finding(
    cx: &TableCx<'_>,
    figures: &Figures<'_>,
    row: &BoundRow,
    (block, group): (usize, &str),
    members: &[usize],
    sink: &mut Sink<'_>,
) {
    let spec = cx.table.spec();
    let columns = &spec.blocks[block].columns;
    let cells = |column: usize| -> Vec<CellIndex> {
        members.iter().map(|&row| spec.cell_at(block, row, column)).collect()
    };
    let wrong: Vec<_> = by_column(row, columns)
        .into_iter()
        .enumerate()
        .filter_map(|(column, subtotal)| Some((column, subtotal?, figures.sum(&cells(column))?)))
        .filter(|(_, subtotal, sum)| subtotal != sum)
        .collect();
    let Some(&(first, subtotal, sum)) = wrong.first() else { return };
    let name = |column: usize| columns[column].label.text.as_str();
    let others: Vec<_> = wrong[1..]
        .iter()
        .map(|(column, subtotal, sum)| {
            format!("、“{}”列 {} ≠ {}", name(*column), show(*sum), show(*subtotal))
        })
        .collect();
    let message = format!(
        "“{group}”的小计与分项不符：“{}”列分项之和 {} ≠ 小计 {}{}；格式没有这一行小计，请删去或核对",
        name(first),
        show(sum),
        show(subtotal),
        others.concat()
    );
    let place = |column: usize| cx.place(row.values[column].range);
    let mut finding = Finding::new(place(first), message);
    for cell in cells(first) {
        if let (Some(value), Some(it)) = (figures.get(cell), cx.table.cell(cell)) {
            finding = finding.related(
                cx.place(it.range),
                format!("{} {}", beside(spec, cells(first)[0], cell), show(value)),
            );
        }
    }
    let edits =
        wrong.iter().map(|(column, _, sum)| Edit::new(place(*column), show(*sum))).collect();
    finding.data.difference = sum.checked_sub(subtotal).map(|it| it.abs());
    sink.push(finding.fix(format!("将“{group}”的小计改为分项之和"), Applicability::Choice, edits));
}
