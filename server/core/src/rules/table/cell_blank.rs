//! Cells without a value.

use std::collections::BTreeMap;

use super::common::{
    Forced, assigned, cell_name, column_name, forced_values, gathered, readable, row_name,
};
use crate::form::CellIndex;
use crate::report::{BoundRow, Fit, Value};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};
use crate::text::TextRange;

rule! {
    /// # 单元格空白
    ///
    /// ## 查什么
    ///
    /// 应填数的单元格是空的。合并单元格留下的空格不算。整行、整列空白各合并为一条，大半张表空白时整张表一条。
    ///
    /// ## 为什么
    ///
    /// 空白分不清是没有发生还是忘了填；没有数值，这一行、这一列的勾稽关系也无法核对。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 规章 | 0 |  | 0 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 规章 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：填数要由编写人决定。表内勾稽关系能推出唯一数值时，首先提供这个数；否则提供填 0。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式：没有的项目填 0。
    pub(in crate::rules) static TABLE_CELL_BLANK = {
        id: "table-cell-blank",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    for row in table.rows.iter().filter(|row| row.fit == Fit::Empty) {
        sink.push(empty_row(cx, row));
    }
    let blank: Vec<CellIndex> = assigned(table)
        .filter(|(_, cell)| cell.value == Value::Blank)
        .map(|(index, _)| index)
        .collect();
    if blank.is_empty() {
        return;
    }
    let forced = forced_values(table, |cell| blank.contains(&cell));
    for cells in gathered(table.spec(), &blank) {
        sink.push(finding(cx, &cells, &forced));
    }
}

fn finding(cx: &TableCx<'_>, cells: &[CellIndex], forced: &BTreeMap<CellIndex, Forced>) -> Finding {
    let place =
        |cell: CellIndex| cx.place(cx.table.cell(cell).map(|it| it.range).unwrap_or_default());
    let mut finding = Finding::new(place(cells[0]), message(cx, cells, forced));
    for &cell in &cells[1..] {
        finding =
            finding.related(place(cell), format!("“{}”也为空", cell_name(cx.table.spec(), cell)));
    }
    let derived: Vec<_> =
        cells.iter().filter_map(|&cell| Some((cell, forced.get(&cell)?))).collect();
    let all_zero = derived.iter().all(|(_, it)| it.value.is_zero());
    if !derived.is_empty() {
        let edits = derived
            .iter()
            .map(|(cell, it)| Edit::new(place(*cell), it.value.normalize().to_string()))
            .collect();
        let title = match derived.as_slice() {
            [(_, it)] if cells.len() == 1 => {
                format!("填 {}（由勾稽关系推出）", it.value.normalize())
            }
            _ => format!("按勾稽关系填写 {} 个空格", derived.len()),
        };
        finding = finding.fix(title, Applicability::Choice, edits);
    }
    // Where relations ask for another figure, 0 would only make new faults.
    if all_zero && derived.len() < cells.len() {
        let title = if cells.len() == 1 {
            "填 0".to_owned()
        } else {
            format!("{} 个空格都填 0", cells.len())
        };
        finding = finding.fix(
            title,
            Applicability::Choice,
            cells.iter().map(|&cell| Edit::new(place(cell), "0")).collect(),
        );
    }
    finding
}

fn message(cx: &TableCx<'_>, cells: &[CellIndex], forced: &BTreeMap<CellIndex, Forced>) -> String {
    let spec = cx.table.spec();
    let [cell] = cells else {
        return format!(
            "{}有 {} 个单元格为空；请填实际数，没有的填 0",
            scope(cx, cells),
            cells.len()
        );
    };
    let name = cell_name(spec, *cell);
    match forced.get(cell) {
        Some(it) if it.witnesses > 1 => {
            format!(
                "“{name}”为空；{} 条勾稽关系都推出应为 {}，请核对后填写",
                it.witnesses,
                it.value.normalize()
            )
        }
        Some(it) => {
            format!("“{name}”为空；由勾稽关系推出应为 {}，请核对后填写", it.value.normalize())
        }
        None => format!("“{name}”为空；请填实际数，没有的填 0"),
    }
}

/// What several blank cells have in common: a row, a column, the table.
fn scope(cx: &TableCx<'_>, cells: &[CellIndex]) -> String {
    let spec = cx.table.spec();
    let (block, row, column) = spec.locate(cells[0]);
    let same = |key: fn((usize, usize, usize)) -> (usize, usize)| {
        cells.iter().all(|&cell| key(spec.locate(cell)) == key((block, row, column)))
    };
    if same(|(block, row, _)| (block, row)) && !row_name(spec, block, row).is_empty() {
        return format!("“{}”一行", row_name(spec, block, row));
    }
    if same(|(block, _, column)| (block, column)) {
        return format!("“{}”一列", column_name(&spec.blocks[block], column));
    }
    spec.name.clone()
}

/// A row of which nothing but the label is left.
fn empty_row(cx: &TableCx<'_>, row: &BoundRow) -> Finding {
    let spec = cx.table.spec();
    let name = row.row.map(|(block, at)| row_name(spec, block, at)).unwrap_or_default();
    let range = row.labels.last().map_or(row.range, |label| label.range);
    let finding =
        Finding::new(cx.place(range), format!("“{name}”一行没有数值；请填实际数，没有的填 0"));
    match filled(cx, row, range) {
        Some(edit) => finding.fix("填 0", Applicability::Choice, vec![edit]),
        None => finding,
    }
}

/// Zeros behind the label, written as in a neighbouring row.
fn filled(cx: &TableCx<'_>, row: &BoundRow, label: TextRange) -> Option<Edit> {
    let (block, at) = row.row?;
    let spec = cx.table.spec().blocks.get(block)?.rows.get(at)?;
    let pattern = super::common::Pattern::of(cx, block, spec, row.labels.len())?;
    Some(Edit::new(cx.place(TextRange { start: label.end, end: row.range.end }), pattern.tail))
}
