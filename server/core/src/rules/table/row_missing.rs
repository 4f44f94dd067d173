//! Rows that the form has and the table does not.

use std::ops::Range;

use super::common::{
    Pattern, beside, between_rows, is_there, line_break, line_of, meant, readable, row_at,
    row_name, unknown_rows,
};
use crate::form::skeleton::table_text;
use crate::form::{Block, Form, Table};
use crate::report::{BoundRow, Layout};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};
use crate::text::TextRange;

rule! {
    /// # 表格缺行
    ///
    /// ## 查什么
    ///
    /// 格式规定的行没有出现在表格里。相邻的缺行合并为一条；缺一半以上时只报缺少表格。
    ///
    /// ## 为什么
    ///
    /// 格式要求“不能遗漏”：没有发生的项目也要列出并填 0，否则合计无从核对，也分不清是没有发生还是没有统计。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~行政强制 | 0 |~~
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政强制 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。可以选择在规定的位置插入这一行，数值填 0，再改成实际数。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_ROW_MISSING = {
        id: "table-row-missing",
        group: Group::Table,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

/// Rows of one block that are missing side by side.
struct Gap {
    block: usize,
    rows: Range<usize>,
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx).filter(|table| is_there(table)) else { return };
    let mut renamed = Vec::new();
    for row in unknown_rows(cx.text, table) {
        let Some(label) = row.labels.last() else { continue };
        let Some((block, at)) =
            meant(table, cx.slice(label.range)).filter(|it| !renamed.contains(it))
        else {
            continue;
        };
        renamed.push((block, at));
        let standard = &table.spec().blocks[block].rows[at].label.text;
        let message = format!(
            "缺少“{standard}”；“{}”疑为这一行的误写，请改用规定的行名",
            cx.slice(label.range)
        );
        let edit = Edit::new(cx.place(label.range), standard.clone());
        sink.push(Finding::new(cx.place(label.range), message).fix(
            format!("改为“{standard}”"),
            Applicability::Choice,
            vec![edit],
        ));
    }
    for gap in gaps(cx, &renamed) {
        sink.push(finding(cx, &gap));
    }
}

fn gaps(cx: &TableCx<'_>, renamed: &[(usize, usize)]) -> Vec<Gap> {
    let table = cx.table;
    let mut gaps: Vec<Gap> = Vec::new();
    for (block, row, spec) in table.spec().rows() {
        // Without a label nothing but the header above tells that a row should follow.
        let is_due = !spec.label.text.is_empty()
            || table.headers.get(block).is_some_and(|it| it.range.is_some());
        if !is_due || renamed.contains(&(block, row)) || row_at(table, block, row).is_some() {
            continue;
        }
        match gaps.last_mut() {
            Some(gap) if gap.block == block && gap.rows.end == row => gap.rows.end += 1,
            _ => gaps.push(Gap { block, rows: row..row + 1 }),
        }
    }
    gaps
}

fn finding(cx: &TableCx<'_>, gap: &Gap) -> Finding {
    let spec = cx.table.spec();
    let names: Vec<_> = gap.rows.clone().map(|row| row_name(spec, gap.block, row)).collect();
    let message = match names.as_slice() {
        [name] if name.is_empty() => {
            format!("{}只有表头，没有数值行；请补上各项数值，没有的填 0", spec.name)
        }
        [name] => format!("{}缺少“{name}”一行；请补上，没有的填 0", spec.name),
        names => format!(
            "{}缺少 {} 行：“{}”；请补上，没有的填 0",
            spec.name,
            names.len(),
            names.join("”“")
        ),
    };
    let finding = Finding::new(cx.place(anchor(cx, gap)), message);
    match insertion(cx, gap) {
        Some(edit) => {
            let title = if names.len() == 1 {
                "插入这一行，数值填 0".to_owned()
            } else {
                format!("插入这 {} 行，数值填 0", names.len())
            };
            finding.fix(title, Applicability::Choice, vec![edit])
        }
        None => finding,
    }
}

/// The row before the gap, else the header, else the table's first line.
fn anchor(cx: &TableCx<'_>, gap: &Gap) -> TextRange {
    let start = cx.table.range.start as usize;
    let before = previous(cx, gap).and_then(|row| row.labels.last()).map(|label| label.range);
    let header = cx.table.headers.get(gap.block).and_then(|header| header.range);
    before
        .or(header)
        .unwrap_or_else(|| TextRange::new(start, (line_of(cx.text, start).end as usize).max(start)))
}

/// The nearest row before the gap that the table shows, in the order of the form.
fn previous<'a>(cx: &TableCx<'a>, gap: &Gap) -> Option<&'a BoundRow> {
    let table = cx.table;
    let order = |row: &&BoundRow| row.row.filter(|&at| at < (gap.block, gap.rows.start));
    table.rows.iter().filter(|row| order(row).is_some()).max_by_key(order)
}

fn insertion(cx: &TableCx<'_>, gap: &Gap) -> Option<Edit> {
    let block = &cx.table.spec().blocks[gap.block];
    if gap.rows.len() == block.rows.len() {
        return whole_block(cx, gap, block);
    }
    before_next(cx, gap, block).or_else(|| behind_previous(cx, gap, block))
}

/// Rows behind the one before them; where a group begins, with its label.
fn behind_previous(cx: &TableCx<'_>, gap: &Gap, block: &Block) -> Option<Edit> {
    let previous =
        previous(cx, gap).filter(|row| row.row.is_some_and(|(at, _)| at == gap.block))?;
    // The next row of the same group carries the group's label, which would then stand twice.
    let last = gap.rows.end - 1;
    let follows =
        block.rows.get(gap.rows.end).is_some_and(|next| next.groups == block.rows[last].groups);
    if follows
        && row_at(cx.table, gap.block, gap.rows.end).is_some_and(|next| next.labels.len() > 1)
    {
        return None;
    }
    let mut open = previous.row.map(|(_, at)| block.rows[at].groups.as_slice()).unwrap_or_default();
    let mut text = String::new();
    for row in &block.rows[gap.rows.clone()] {
        let kept = open.iter().zip(&row.groups).take_while(|(one, other)| one == other).count();
        let labels: Vec<&str> =
            row.groups[kept..].iter().chain([&row.label.text]).map(String::as_str).collect();
        let pattern = Pattern::of(cx, gap.block, row, labels.len())?;
        text.push_str(&pattern.lead);
        text.push_str(&pattern.row(&labels));
        open = &row.groups;
    }
    Some(Edit::new(cx.place(TextRange::empty(previous.range.end as usize)), text))
}

/// The first rows of a group come between its label and the row that follows, which now carries the group's label.
fn before_next(cx: &TableCx<'_>, gap: &Gap, block: &Block) -> Option<Edit> {
    let group = &block.rows[gap.rows.start].groups;
    let opens = gap.rows.start == 0
        || block.rows[gap.rows.start - 1].groups.len() < group.len()
        || block.rows[gap.rows.start - 1].groups != *group;
    let next = row_at(cx.table, gap.block, gap.rows.end)?;
    let alike = block.rows[gap.rows.start..=gap.rows.end].iter().all(|row| row.groups == *group);
    if !opens || !alike || (next.labels.len() < 2 && gap.rows.start > 0) {
        return None;
    }
    let pattern = Pattern::of(cx, gap.block, &block.rows[gap.rows.start], 1)?;
    let mut text = String::new();
    for row in &block.rows[gap.rows.clone()] {
        text.push_str(&pattern.row(&[&row.label.text]));
        text.push_str(&pattern.lead);
    }
    let own = next.labels.last()?.range.start as usize;
    Some(Edit::new(cx.place(TextRange::empty(own)), text))
}

/// A block of which no row is there, with its caption and header unless they stand alone.
fn whole_block(cx: &TableCx<'_>, gap: &Gap, block: &Block) -> Option<Edit> {
    if matches!(cx.table.layout, Layout::Html | Layout::Spaces) {
        return None;
    }
    let header = cx.table.headers.get(gap.block).and_then(|header| header.range);
    let at = match header {
        Some(header) => header.end,
        None => previous(cx, gap)?.range.end,
    };
    let line = line_of(cx.text, at as usize);
    let behind = TextRange { start: at, end: line.end };
    if !between_rows(cx, behind) {
        return None;
    }
    let spec = Table {
        blocks: vec![block.clone()],
        cell_count: block.columns.len() * block.rows.len(),
        ..Table::default()
    };
    let alone = Form { tables: vec![spec], ..Form::default() };
    let written = table_text(&alone, 0, beside(cx.table.layout));
    let lines: Vec<&str> = written.lines().filter(|line| !line.contains("| --- ")).collect();
    let kept = if header.is_some() { lines.len() - block.rows.len() } else { 0 };
    let text: String = lines[kept..].iter().flat_map(|line| ["\n", line]).collect();
    Some(Edit::new(
        cx.place(TextRange::empty(line.end as usize)),
        text.replace('\n', line_break(cx.text)),
    ))
}
