//! Rows in another order than the form's.

use super::common::{readable, row_name};
use crate::form::Row;
use crate::report::{BoundLabel, BoundRow, BoundTable, Fit, Layout};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};
use crate::text::TextRange;

rule! {
    /// # 行的顺序与格式不符
    ///
    /// ## 查什么
    ///
    /// 识别出的行没有按格式的顺序排列。只指出移动最少就能排好的那几行，一张表一条。
    ///
    /// ## 为什么
    ///
    /// 汇总时往往按位置取数，顺序一乱，数字就会归到别的项目下。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~行政处罚 | 0 |~~
    /// 行政强制 | 0 |
    /// + 行政处罚 | 0 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政处罚 | 0 |
    /// 行政强制 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。可以选择按格式重新排列；行名连同数值一起移动，先确认数值没有错行。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_ROW_ORDER = {
        id: "table-row-order",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    let rows: Vec<&BoundRow> =
        table.rows.iter().filter(|row| row.row.is_some() && row.fit != Fit::Duplicate).collect();
    let order: Vec<_> = rows.iter().filter_map(|row| row.row).collect();
    if order.is_sorted_by(|before, row| before < row) {
        return;
    }
    let kept = longest_ascending(&order);
    let misplaced: Vec<_> =
        rows.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, &row)| row).collect();
    let Some((first, others)) = misplaced.split_first() else { return };
    let Some(label) = first.labels.last() else { return };
    let mut finding = Finding::new(cx.place(label.range), message(table, first, &order));
    for label in others.iter().filter_map(|other| other.labels.last()) {
        finding = finding.related(cx.place(label.range), "这一行的位置也与格式不符");
    }
    if let Some(edits) = sorted(cx, &rows) {
        finding = finding.fix("按格式的顺序重新排列各行", Applicability::Choice, edits);
    }
    sink.push(finding);
}

fn message(table: &BoundTable, row: &BoundRow, order: &[(usize, usize)]) -> String {
    let spec = table.spec();
    let Some(at) = row.row else { return String::new() };
    let name = row_name(spec, at.0, at.1);
    let before = order.iter().filter(|it| **it < at).max().map(|it| row_name(spec, it.0, it.1));
    match before {
        Some(before) => format!("“{name}”的位置与格式不符，应在“{before}”之后；请按格式的顺序排列"),
        None => format!("“{name}”的位置与格式不符，应是第一行；请按格式的顺序排列"),
    }
}

/// Positions of a longest ascending subsequence; the others are the fewest rows whose move sorts the table.
fn longest_ascending(order: &[(usize, usize)]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(order.len());
    for (at, row) in order.iter().enumerate() {
        let longest =
            (0..at).filter(|&before| order[before] < *row).max_by_key(|&before| best[before].0);
        best.push((longest.map_or(1, |before| best[before].0 + 1), longest));
    }
    let mut chain = Vec::new();
    let mut at = (0..best.len()).max_by_key(|&at| (best[at].0, std::cmp::Reverse(at)));
    while let Some(here) = at {
        chain.push(here);
        at = best[here].1;
    }
    chain
}

/// Edits that put the sorted rows into the places of the old ones. `None` where a group's label would end up over another group's rows.
fn sorted(cx: &TableCx<'_>, rows: &[&BoundRow]) -> Option<Vec<Edit>> {
    let plain = !matches!(cx.table.layout, Layout::Html | Layout::Spaces);
    let simple = cx.table.rows.len() == rows.len();
    if !plain || !simple {
        return None;
    }
    let mut target = rows.to_vec();
    target.sort_by_key(|row| row.row);
    let spec = cx.table.spec();
    let row_of = |row: &BoundRow| row.row.map(|(block, at)| &spec.blocks[block].rows[at]);
    let mut edits = Vec::new();
    let mut before: Option<&Row> = None;
    for (slot, row) in rows.iter().zip(&target) {
        let moved = row_of(row)?;
        let (own, outer) = slot.labels.split_last()?;
        if slot.row.map(|it| it.0) != row.row.map(|it| it.0) || !opens_same(before, moved, outer) {
            return None;
        }
        before = Some(moved);
        if slot.row != row.row {
            let from = row.labels.last()?.range.start;
            let text = cx.slice(TextRange { start: from, end: row.range.end });
            edits.push(Edit::new(
                cx.place(TextRange { start: own.range.start, end: slot.range.end }),
                text,
            ));
        }
    }
    Some(edits)
}

/// Whether the group labels at a place are those that `row` opens behind `before`.
fn opens_same(before: Option<&Row>, row: &Row, outer: &[BoundLabel]) -> bool {
    let open = before.map(|row| row.groups.as_slice()).unwrap_or_default();
    let kept = open.iter().zip(&row.groups).take_while(|(one, other)| one == other).count();
    let opened = row.groups[kept..].iter().map(String::as_str);
    opened.eq(outer.iter().map(|label| label.standard.as_deref().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use super::*;
    use crate::rules::testing::{apply_fix, hits};

    #[test]
    fn the_fewest_rows_are_misplaced() {
        let order = |rows: &[usize]| rows.iter().map(|&row| (0, row)).collect::<Vec<_>>();
        assert_eq!(longest_ascending(&order(&[0, 3, 1, 2])).len(), 3);
        assert!(!longest_ascending(&order(&[0, 3, 1, 2])).contains(&1), "row 3 moved up");
        assert_eq!(longest_ascending(&order(&[0, 1, 2])).len(), 3);
        assert!(longest_ascending(&[]).is_empty());
    }

    #[test]
    fn the_moved_row_is_named_and_goes_back() {
        let text = pipes();
        let moved = swap(&text, "3.要求提供公开出版物 | 0", "3.要求提供公开出版物 | 1");
        let line = "3.要求提供公开出版物 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
        let askew = swap(
            &swap(&moved, line, ""),
            "5.要求行政机关确认或重新出具已获取信息",
            &format!("{line}5.要求行政机关确认或重新出具已获取信息"),
        );
        let found = hits(&askew, "table-row-order");
        assert_eq!(found.len(), 1);
        assert!(found[0].related.is_empty(), "one row moved: {found:?}");
        assert_eq!(apply_fix(&askew, "table-row-order", 0), moved);
    }

    #[test]
    fn a_group_moved_with_its_rows_has_no_fix() {
        let text = pipes();
        let group = "（四）无法提供 | 1.本机关不掌握相关政府信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n3.补正后申请内容仍不明确 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
        let askew =
            swap(&swap(&text, group, ""), "（六）其他处理", &format!("{group}（六）其他处理"));
        let found = hits(&askew, "table-row-order");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].related.len(), 2);
        assert!(found[0].fixes.is_empty());
    }

    #[test]
    fn the_order_of_the_form_is_no_fault() {
        assert!(hits(&pipes(), "table-row-order").is_empty());
    }
}
