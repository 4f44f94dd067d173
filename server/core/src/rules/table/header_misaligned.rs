//! A header that stands over the wrong columns.

use super::common::{cells_on_line, column_of, is_grid, readable, shape_of, shifted, start_of};
use crate::form::Block;
use crate::report::{BoundHeader, BoundLabel, Fit, Layout};
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
        let Some((start, width)) = data(cx, index) else { continue };
        let own = column_of(cx.text, label.range.start as usize, table.layout);
        let expected = start + column;
        let is_grid_wide =
            cells_on_line(cx.text, label.range.start as usize, table.layout) == width;
        if own == expected || !is_grid_wide {
            continue;
        }
        let name = cx.slice(label.range);
        let message = format!(
            "表头“{name}”在第 {} 列，多数行的对应数值在第 {} 列；请把表头移到数据所在的列",
            own + 1,
            expected + 1
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

/// Column of the first value in most rows of a block, and the number of cells that all its rows have. `None` where rows differ in width, where a row's
/// values are not certain, or where labels stand further left than their depth: there spans were collapsed, and columns mean nothing.
fn data(cx: &TableCx<'_>, block: usize) -> Option<(usize, usize)> {
    let table = cx.table;
    let slipped = shifted(cx.text, table);
    let mut starts = Vec::new();
    let mut width = None;
    for row in table.rows.iter().filter(|row| row.row.is_some_and(|(at, _)| at == block)) {
        let (_, at) = row.row?;
        let shape = shape_of(cx.text, table, row).filter(|_| row.fit == Fit::Exact)?;
        let depth = table.spec().blocks[block].rows[at].groups.len();
        let is_slipped = slipped.iter().any(|it| std::ptr::eq(it.row, row));
        if shape.labels.is_empty()
            || width.is_some_and(|it| it != shape.cells)
            || (!is_slipped && shape.labels.last() < Some(&depth))
        {
            return None;
        }
        width = Some(shape.cells);
        starts.push(start_of(cx.text, table, row, &slipped)?);
    }
    let usual = starts
        .iter()
        .copied()
        .find(|start| starts.iter().filter(|it| *it == start).count() * 2 > starts.len())?;
    Some((usual, width?))
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
        let line = super::common::line_of(cx.text, label.range.start as usize);
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
