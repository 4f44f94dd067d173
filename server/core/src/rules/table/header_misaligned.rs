//! A header that stands over the wrong columns.

use super::common::{
    cells_on_line, column_of, is_grid, leading, line_of, readable, shifted, usual,
};
use crate::form::Block;
use crate::report::{BoundHeader, BoundLabel, BoundRow, BoundTable, Cell, Fit, Layout, Value};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};
use crate::text::TextRange;

rule! {
    /// # 表头与数据列不对应
    ///
    /// ## 查什么
    ///
    /// 用制表符分隔的表格和 Markdown 表格中，各行单元格个数一致，而第一个数据列的表头与多数行的第一个数值不在同一列。
    ///
    /// ## 为什么
    ///
    /// 粘贴成表格后，表头整体偏到别的列上，读者会把“自然人”的数看成“商业企业”的数。
    ///
    /// ## 错误示例
    ///
    /// ```report tabs
    /// →→自然人→法人或其他组织→→→→→总计→
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report tabs
    /// →→→自然人→法人或其他组织→→→→→总计
    /// ```
    ///
    /// ```report tabs
    /// （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）→→→→申请人情况→→→→→
    /// →→→自然人→法人或其他组织→→→→→总计
    /// →→→→→商业企业→科研机构→社会公益组织→法律服务机构→其他
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。制表符分隔的表格可以选择平移表头；数值不动。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_HEADER_MISALIGNED = {
        id: "table-header-misaligned",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx).filter(|table| is_grid(table.layout)) else { return };
    for (index, (block, header)) in table.spec().blocks.iter().zip(&table.headers).enumerate() {
        let (Some(range), Some((label, column))) = (header.range, first_column(block, header))
        else {
            continue;
        };
        let own = column_of(cx.text, label.range.start as usize, table.layout);
        let end = column_of(cx.text, label.range.end as usize, table.layout);
        if starts(table, index).all(|start| start == own.checked_sub(column)) {
            continue;
        }
        let width = cells_on_line(cx.text, label.range.start as usize, table.layout);
        let Some(start) = data_column(cx, index, width) else { continue };
        let expected = start + column;
        let lead = leading(cx.text, label.range.start as usize);
        // One that is blank in header and rows alike, behind all others.
        let ends_idle = start.max(own.saturating_sub(column)) + header.columns.len() < width + lead;
        if own == expected
            || (own..=end).contains(&expected)
            || (table.layout == Layout::Markdown && ends_idle)
            || has_idle_column(table, index, own)
        {
            continue;
        }
        let name = cx.slice(label.range);
        let message = format!(
            "表头“{name}”在第 {} 列，多数行的对应数值在第 {} 列；请把表头移到数据所在的列",
            own + 1 - lead,
            expected + 1 - lead
        );
        let finding = Finding::new(cx.place(range), message);
        sink.push(match moved(cx, block, header, expected, own) {
            Some(edits) => finding.fix("平移表头，与数据列对齐", Applicability::Choice, edits),
            None => finding,
        });
    }
}

/// The leftmost column whose name only one header cell bears, with its index among the columns that are there.
fn first_column<'a>(block: &Block, header: &'a BoundHeader) -> Option<(&'a BoundLabel, usize)> {
    let shown = header.columns.iter().enumerate();
    shown
        .filter_map(|(at, &column)| Some((at, block.columns.get(column)?.label.text.as_str())))
        .find_map(|(at, name)| {
            let mut bearers =
                header.labels.iter().filter(|label| label.standard.as_deref() == Some(name));
            let label = bearers.next()?;
            bearers.next().is_none().then_some((label, at))
        })
}

/// The columns of the first values of a block's rows; `None` for a row that is not one line.
fn starts(table: &BoundTable, block: usize) -> impl Iterator<Item = Option<usize>> {
    let rows = table.rows.iter().filter(move |row| row.row.is_some_and(|(at, _)| at == block));
    rows.map(|row| row.columns.map(|(_, start)| start as usize))
}

/// Does a column stand between the values of a row, or between the labels and both the header's cell at `own` and all values? What sees columns where
/// there are none, as what reads a PDF does, puts header and values in any of them.
fn has_idle_column(table: &BoundTable, block: usize, own: usize) -> bool {
    let of_block = |row: &&BoundRow| row.row.is_some_and(|(at, _)| at == block);
    let columns = || table.rows.iter().filter(of_block).filter_map(|row| row.columns);
    let width = table.headers.get(block).map_or(0, |header| header.columns.len());
    let is_spread = |row: &BoundRow| {
        let is_filled = |cell: &Cell| cell.value != Value::Blank;
        let first = row.values.iter().position(is_filled);
        let last = row.values.iter().rposition(is_filled);
        row.fit == Fit::Exact && first.zip(last).is_some_and(|(first, last)| last - first >= width)
    };
    if table.rows.iter().filter(of_block).any(is_spread) {
        return true;
    }
    let last_label = columns().map(|(label, _)| label as usize).max();
    let first_value = columns().map(|(_, start)| start as usize).min();
    last_label.zip(first_value).is_some_and(|(label, value)| label + 1 < value.min(own))
}

/// Column of the first value in most rows of a block once slipped labels stand where they belong. `None` where a row is not `width` cells wide, where
/// a row's values are not certain, or where labels stand further left than their depth: there spans were collapsed, and columns mean nothing.
fn data_column(cx: &TableCx<'_>, block: usize, width: usize) -> Option<usize> {
    let table = cx.table;
    let slipped = shifted(table);
    let mut starts = Vec::new();
    for row in table.rows.iter().filter(|row| row.row.is_some_and(|(at, _)| at == block)) {
        let (_, at) = row.row?;
        let depth = table.spec().blocks[block].rows[at].groups.len();
        let start = row.range.start as usize;
        let slip = slipped.iter().find(|it| std::ptr::eq(it.row, row)).map(|it| it.sibling);
        let (label, value) = slip.unwrap_or(row).columns?;
        let is_wide = cells_on_line(cx.text, start, table.layout) == width;
        let is_collapsed = (label as usize) < depth + leading(cx.text, start);
        if row.fit != Fit::Exact || !is_wide || is_collapsed {
            return None;
        }
        starts.push(value as usize);
    }
    usual(&starts)
}

/// Moves the header cells of columns by as many tabs as they are off.
fn moved(
    cx: &TableCx<'_>,
    block: &Block,
    header: &BoundHeader,
    expected: usize,
    own: usize,
) -> Option<Vec<Edit>> {
    if cx.table.layout != Layout::Tabs || expected < own {
        return None;
    }
    let by = expected - own;
    let corner = [block.corner.as_ref(), block.caption.as_ref()]
        .map(|label| label.map(|it| it.text.as_str()));
    let mut edits = Vec::new();
    let mut done = None;
    for label in header.labels.iter().filter(|label| {
        !corner.contains(&label.standard.as_deref()) && cx.table.note != Some(label.range)
    }) {
        let line = line_of(cx.text, label.range.start as usize);
        if done == Some(line.start) {
            continue;
        }
        done = Some(line.start);
        edits.push(Edit::new(
            cx.place(TextRange::empty(label.range.start as usize)),
            "\t".repeat(by),
        ));
        let tail = cx.slice(line).len() - cx.slice(line).trim_end_matches('\t').len();
        if tail > 0 {
            let range = TextRange::new(line.end as usize - tail.min(by), line.end as usize);
            edits.push(Edit::new(cx.place(range), ""));
        }
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{markdown, swap, tabs};
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-header-misaligned";

    fn askew() -> String {
        let text = swap(
            &tabs(),
            "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计",
            "\t\t自然人\t法人或其他组织\t\t\t\t\t总计\t",
        );
        let text = swap(
            &text,
            "\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t",
            "\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t\t",
        );
        swap(&text, "\t\t\t申请人情况\t\t\t\t\t\t", "\t\t申请人情况\t\t\t\t\t\t\t")
    }

    #[test]
    fn a_header_beside_its_data_moves_by_tabs() {
        let found = hits(&askew(), RULE);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("“自然人”在第 3 列"), "{}", found[0].message);
        assert_eq!(apply_fix(&askew(), RULE, 0), tabs());
    }

    #[test]
    fn rows_of_unequal_width_have_no_columns() {
        assert!(hits(&swap(&askew(), "2.重复申请\t0", "2.重复申请\t0\t"), RULE).is_empty());
        // Where spans were collapsed, labels stand wherever the row begins.
        let collapsed: String =
            tabs().lines().map(|line| line.trim_start_matches('\t').to_owned() + "\n").collect();
        assert!(hits(&collapsed, RULE).is_empty(), "{collapsed}");
    }

    #[test]
    fn columns_that_are_none_put_no_header_beside_its_data() {
        let head = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n";
        let silent = [
            "| | 信息内容 | | | 本年处理决定数量 | |\n|---|---|---|\n| | 行政许可 | | | | 49 |\n",
            "| | 信息内容 | 本年处 | 理决定数量 |\n|---|---|---|\n| | 行政许可 | | 49 |\n",
            "| 信息内容 | 本年收费金额（单位：万元） | | |\n|---|---|---|---|\n| 行政事业性收费 | | 730.6 | |\n",
            "| | 信息内容 | | 本年制发件数 | | 本年废止件数 | 现行有效件数 |\n|---|---|---|\n| | 规章 | 0 | | 0 | | 0 |\n| | 行政规范性文件 | 1 | | 2 | | 3 |\n",
        ];
        for table in silent {
            assert!(hits(&format!("{head}{table}"), RULE).is_empty(), "{table}");
        }
        // Here nothing but the shift leaves a blank.
        let askew = "| | 信息内容 | 本年处理决定数量 | |\n|---|---|---|\n| | 行政许可 | | 49 |\n";
        assert_eq!(hits(&format!("{head}{askew}"), RULE).len(), 1);
    }

    #[test]
    fn what_stands_over_its_data_is_silent() {
        assert!(hits(&tabs(), RULE).is_empty());
        assert!(hits(&markdown(), RULE).is_empty());
    }
}
