//! Cells without a value.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::common::{
    Forced, Pattern, assigned, between_rows, cell_name, column_name, filled, forced_values,
    gathered, is_there, lone_label, readable, row_at, row_name, with_zeros,
};
use crate::form::CellIndex;
use crate::report::{Fit, Value};
use crate::rules::{
    Applicability, Edit, Finding, Fix, Fixable, Group, Scope, Severity, Sink, TableCx,
};
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
    /// 不自动修改：填数要由编写人决定。表内勾稽关系能推出唯一数值时，首先提供这个数；否则提供填 0，合计按各项之和填写。填 0 会使勾稽关系不成立的，不提供。
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
        unfinished: true,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    for (block, row, range, end) in empty_rows(cx) {
        sink.push(empty_row(cx, (block, row), range, end));
    }
    if table.is_plain {
        return;
    }
    let blank: Vec<CellIndex> = assigned(table)
        .filter(|(_, cell)| cell.value == Value::Blank)
        .map(|(index, _)| index)
        .collect();
    if blank.is_empty() {
        return;
    }
    let forced = forced_values(table, |cell| blank.contains(&cell));
    let zeros = with_zeros(table, &blank);
    for cells in gathered(table.spec(), &blank) {
        let zeros = zeros.as_ref().and_then(|zeros| fill_zeros(cx, &cells, zeros));
        sink.push(finding(cx, &cells, &forced, zeros));
    }
}

fn finding(
    cx: &TableCx<'_>,
    cells: &[CellIndex],
    forced: &BTreeMap<CellIndex, Forced>,
    zeros: Option<Fix>,
) -> Finding {
    let range = |cell: CellIndex| cx.table.cell(cell).map(|it| it.range).unwrap_or_default();
    let place = |cell: CellIndex| cx.place(range(cell));
    let mut finding = Finding::new(place(cells[0]), message(cx, cells, forced));
    for &cell in &cells[1..] {
        finding =
            finding.related(place(cell), format!("“{}”也为空", cell_name(cx.table.spec(), cell)));
    }
    let derived: Vec<_> =
        cells.iter().filter_map(|&cell| Some((cell, forced.get(&cell)?))).collect();
    if !derived.is_empty() {
        let edits = derived
            .iter()
            .map(|(cell, it)| filled(cx, range(*cell), &it.value.normalize().to_string()))
            .collect();
        let title = match derived.as_slice() {
            [(_, it)] if cells.len() == 1 => {
                format!("填 {}（由勾稽关系推出）", it.value.normalize())
            }
            _ => format!("按勾稽关系填写 {} 个空格", derived.len()),
        };
        finding = finding.fix(title, Applicability::Choice, edits);
    }
    if derived.len() < cells.len() {
        finding.fixes.extend(zeros);
    }
    finding
}

/// Fills cells with the zeros and sums that are found for them.
fn fill_zeros(
    cx: &TableCx<'_>,
    cells: &[CellIndex],
    values: &BTreeMap<CellIndex, Decimal>,
) -> Option<Fix> {
    let values: Vec<_> =
        cells.iter().map(|&cell| Some((cell, *values.get(&cell)?))).collect::<Option<_>>()?;
    let sums = values.iter().filter(|(_, value)| !value.is_zero()).count();
    let title = match (values.as_slice(), sums) {
        ([_], 0) => "填 0".to_owned(),
        ([(_, sum)], _) => format!("填 {}（其他空格按 0 计）", sum.normalize()),
        (all, 0) => format!("{} 个空格都填 0", all.len()),
        (all, sums) if sums == all.len() => format!("{sums} 个合计按各项之和填写"),
        (all, sums) => format!("{} 个空格填 0，{sums} 个合计按各项之和填写", all.len() - sums),
    };
    let fill = |(cell, value): &(CellIndex, Decimal)| {
        let range = cx.table.cell(*cell).map(|it| it.range).unwrap_or_default();
        filled(cx, range, &value.normalize().to_string())
    };
    let edits = values.iter().map(fill).collect();
    Some(Fix { title, applicability: Applicability::Choice, edits })
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

/// Rows of which nothing but the label is left: block, row, the label (of a row without one its place) and where the row ends.
fn empty_rows(cx: &TableCx<'_>) -> Vec<(usize, usize, TextRange, u32)> {
    let table = cx.table;
    let mut empty = Vec::new();
    for (block, at, spec) in table.spec().rows() {
        let found = row_at(table, block, at);
        if let Some(row) =
            found.filter(|row| matches!(row.fit, Fit::Empty | Fit::Width { found: 0, .. }))
        {
            let range = row.labels.last().map_or(row.range, |label| label.range);
            empty.push((block, at, range, row.range.end.max(range.end)));
        } else if found.is_none()
            && is_there(table)
            && !spec.label.text.is_empty()
            && let Some(label) = lone_label(cx.text, table, block, at)
        {
            empty.push((block, at, label, label.end));
        }
    }
    empty
}

fn empty_row(cx: &TableCx<'_>, (block, at): (usize, usize), label: TextRange, end: u32) -> Finding {
    let spec = cx.table.spec();
    let name = match row_name(spec, block, at) {
        name if name.is_empty() => spec.name.clone(),
        name => format!("“{name}”一行"),
    };
    let message = format!("{name}没有数值；请填实际数，没有的填 0");
    let finding = Finding::new(cx.place(label), message);
    // Zeros behind the label, written as in a neighbouring row.
    let pattern = Pattern::of(cx, block, &spec.blocks[block].rows[at], 1);
    let blank = TextRange { start: label.end, end };
    match pattern.filter(|_| between_rows(cx, blank)) {
        Some(pattern) => finding.fix(
            "填 0",
            Applicability::Choice,
            vec![Edit::new(cx.place(blank), pattern.tail)],
        ),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{bare, pipes, swap, tabs};
    use crate::rules::Applicability;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-cell-blank";

    #[test]
    fn a_forced_value_comes_first() {
        let row = "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
        let text =
            swap(&pipes(), row, "一、本年新收政府信息公开申请数量 | 5 |  | 1 | 0 | 0 | 0 | 6 |");
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("2 条勾稽关系都推出应为 0"), "{}", found[0].message);
        assert_eq!(found[0].fixes.len(), 1, "0 is forced, so it is offered once");
        assert_eq!(found[0].fixes[0].applicability, Applicability::Choice);
        assert_eq!(apply_fix(&text, RULE, 0), swap(&text, "5 |  | 1", "5 | 0 | 1"));
    }

    #[test]
    fn a_forced_figure_leaves_no_zero() {
        let text = swap(&pipes(), "\n0 | 0 | 0 | 0 | 0 | 0", "\n2 | 0 |  | 0 | 5 | 0");
        let found = hits(&text, RULE);
        assert_eq!(found[0].fixes.len(), 1, "{found:?}");
        assert!(found[0].fixes[0].title.contains('3'), "{}", found[0].fixes[0].title);
    }

    #[test]
    fn zeros_left_out_are_filled_in_and_totals_with_their_sums() {
        // As in a report of 2019: no zeros at all, and of the totals only those of the first and the last rows.
        let text = swap(
            &pipes(),
            "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "一、本年新收政府信息公开申请数量 | 5 | 1 |  |  |  |  |  |",
        );
        let text = swap(
            &text,
            "（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "（一）予以公开 | 5 | 1 |  |  |  |  |  |",
        );
        let text = swap(
            &text,
            "（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "（七）总计 | 5 | 1 |  |  |  |  | 6 |",
        );
        let found = hits(&text, RULE);
        let titles: Vec<_> =
            found.iter().map(|hit| hit.fixes.last().map(|fix| &*fix.title)).collect();
        let sum = Some("4 个空格填 0，1 个合计按各项之和填写");
        assert_eq!(titles, [sum, sum, Some("4 个空格都填 0")]);
        let row = "一、本年新收政府信息公开申请数量 | 5 | 1 |";
        let filled = apply_fix(&text, RULE, found[0].fixes.len() - 1);
        assert_eq!(
            filled,
            swap(&text, &format!("{row}  |  |  |  |  |"), &format!("{row} 0 | 0 | 0 | 0 | 6 |"))
        );
    }

    #[test]
    fn zeros_that_would_break_a_relation_are_not_offered() {
        let text = swap(
            &pipes(),
            "（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "（一）予以公开 | 5 |  |  | 0 | 0 | 0 | 8 |",
        );
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(!found[0].fixes.iter().any(|fix| fix.title.contains("都填 0")), "{found:?}");
    }

    #[test]
    fn a_blank_row_and_a_blank_column_are_one_finding_each() {
        let row = swap(&tabs(), "规章\t0\t0\t0", "规章\t\t\t");
        assert_eq!(hits(&row, RULE).len(), 1, "{:?}", hits(&row, RULE));
        // The total of the results left blank, as in real reports of 2019.
        let column = tabs().replace("\t\t0\t0\t0\t0\t0\t0\t0\n\t", "\t\t0\t0\t0\t0\t0\t0\t\n\t");
        let column = column.replace("\t0\n\t", "\t\n\t");
        let found = hits(&column, RULE);
        let of_requests: Vec<_> =
            found.iter().filter(|hit| hit.message.contains("“总计”一列")).collect();
        assert_eq!(of_requests.len(), 1, "{found:?}");
        assert_eq!(of_requests[0].related.len(), 20, "{}", of_requests[0].message);
    }

    #[test]
    fn blanks_of_the_layout_are_silent() {
        assert!(hits(&tabs(), RULE).is_empty(), "trailing cells of narrower blocks");
        assert!(hits(&tabs().replace("\t0\n", "\t0\t\n"), RULE).is_empty());
    }

    #[test]
    fn a_row_that_lost_its_only_value_gets_a_zero() {
        let text = bare(&swap(&pipes(), "行政强制 | 0 |", "行政强制 |"));
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].words, "行政强制");
        assert_eq!(apply_fix(&text, RULE, 0), bare(&pipes()));
    }
}
