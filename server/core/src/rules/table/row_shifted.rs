//! Rows that slipped a column to the side.

use super::common::{Shifted, line_of, readable, row_name, shape_of, shifted, values_of};
use crate::report::Layout;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 行的单元格错位
    ///
    /// ## 查什么
    ///
    /// 用制表符分隔的表格和 Markdown 表格中，某一行的行名不在同级各行所在的列。
    /// 合并单元格展开后各行数值起点不同，是正常的，不算错位。一张表只报一条，其余各行列为相关位置。
    ///
    /// ## 为什么
    ///
    /// 粘贴到 Word、WPS 或电子表格时，错位的行名会落进别的列，整行数值看起来属于另一项。
    ///
    /// ## 错误示例
    ///
    /// ```report tabs
    /// 2.重复申请→→0→0→0→0→0→0→0→
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report tabs
    /// →→2.重复申请→0→0→0→0→0→0→0
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 制表符分隔的表格，只移动制表符、不动任何文字和数值，可以自动修改；Markdown 表格由编写人调整。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样：同级项目同在一列。
    pub(in crate::rules) static TABLE_ROW_SHIFTED = {
        id: "table-row-shifted",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    let shifted = shifted(table);
    let Some((first, others)) = shifted.split_first() else { return };
    let more = if others.is_empty() {
        String::new()
    } else {
        format!("；另有 {} 行也错位", others.len())
    };
    let message = format!("{}{more}；请把行名移到同级各行所在的列", describe(cx, first));
    let mut finding = Finding::new(cx.place(first.row.range), message);
    for other in others {
        finding = finding.related(cx.place(other.row.range), describe(cx, other));
    }
    let edits: Vec<Edit> = shifted.iter().filter_map(|it| realigned(cx, it)).collect();
    if !edits.is_empty() {
        finding = finding.fix(
            format!("把 {} 行的行名移回原列，数值不变", edits.len()),
            Applicability::Safe,
            edits,
        );
    }
    sink.push(finding);
}

fn describe(cx: &TableCx<'_>, it: &Shifted<'_>) -> String {
    let name =
        it.row.row.map(|(block, at)| row_name(cx.table.spec(), block, at)).unwrap_or_default();
    let (way, by) = if it.column < it.expected {
        ("左", it.expected - it.column)
    } else {
        ("右", it.column - it.expected)
    };
    format!("“{name}”一行向{way}错位 {by} 列")
}

/// The row's line with its cells in the columns of its sibling's. `None` unless the line holds its labels and values and nothing else.
fn realigned(cx: &TableCx<'_>, it: &Shifted<'_>) -> Option<Edit> {
    let table = cx.table;
    if table.layout != Layout::Tabs {
        return None;
    }
    let target = shape_of(cx.text, table, it.sibling)?;
    let line = line_of(cx.text, it.row.range.start as usize);
    let values: Vec<&str> =
        values_of(table, it.row).map(|(_, cell)| cx.slice(cell.range)).collect();
    let labels: Vec<&str> = it.row.labels.iter().map(|label| cx.slice(label.range)).collect();
    let filled = cx.slice(line).split('\t').filter(|cell| !cell.trim().is_empty()).count();
    let expected = labels.len() + values.iter().filter(|value| !value.is_empty()).count();
    if labels.len() != target.labels.len()
        || filled != expected
        || target.first_value + values.len() > target.cells
    {
        return None;
    }
    let mut cells = vec![""; target.cells];
    for (label, &column) in labels.iter().zip(&target.labels) {
        cells[column] = label;
    }
    cells[target.first_value..target.first_value + values.len()].copy_from_slice(&values);
    Some(Edit::new(cx.place(line), cells.join("\t")))
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{markdown, pipes, swap, tabs};
    use crate::rules::Applicability;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-row-shifted";

    #[test]
    fn a_label_beside_its_siblings_goes_back() {
        let askew = swap(&tabs(), "\t\t2.重复申请\t", "2.重复申请\t\t");
        let askew = swap(&askew, "\t（七）总计\t\t", "（七）总计\t\t\t");
        let found = hits(&askew, RULE);
        assert_eq!(found.len(), 1);
        assert!(found[0].words.starts_with("2.重复申请"), "{}", found[0].words);
        assert!(found[0].message.contains("向左错位 2 列"), "{}", found[0].message);
        assert_eq!(found[0].related.len(), 1);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Safe);
        assert_eq!(apply_fix(&askew, RULE, 0), tabs());
    }

    #[test]
    fn collapsed_spans_are_no_shift() {
        // No cell for what a span covers: values and labels begin wherever the row begins.
        let collapsed: String = tabs()
            .lines()
            .map(|line| line.trim_start_matches('\t').replace("\t\t", "\t") + "\n")
            .collect();
        assert!(hits(&collapsed, RULE).is_empty(), "{collapsed}");
        let outer = tabs().replace("\n\t", "\n");
        assert!(hits(&outer, RULE).is_empty(), "{outer}");
    }

    #[test]
    fn only_grids_have_columns() {
        assert!(hits(&pipes(), RULE).is_empty());
        let askew = swap(&markdown(), "|  |  | 2.重复申请 |", "| 2.重复申请 |  |  |");
        let found = hits(&askew, RULE);
        assert_eq!(found.len(), 1);
        assert!(found[0].fixes.is_empty(), "Markdown is aligned by its author");
    }

    #[test]
    fn a_row_that_moved_with_its_values_is_of_a_narrower_table() {
        let narrower = swap(&markdown(), "|  | （七）总计 |  | 0 ", "| （七）总计 |  | 0 ");
        assert!(hits(&narrower, RULE).is_empty());
    }

    #[test]
    fn labels_before_a_column_that_is_none_are_in_no_column() {
        let wide = markdown()
            .replace(" | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", " | | 0 | 0 | 0 | 0 | 0 | 0 | 0 |");
        let centred = swap(&wide, "|  |  | 2.重复申请 |", "|  | 2.重复申请 |  |");
        assert!(hits(&centred, RULE).is_empty(), "{centred}");
    }
}
