//! Rows that the form has and the table does not.

use std::ops::Range;

use super::common::{
    Pattern, beside, between_rows, is_there, line_break, line_of, lone_label, meant, readable,
    row_at, row_name, unknown_rows,
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
        unfinished: true,
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
        // The row is there and its value is not: that is table-cell-blank's to say.
        if lone_label(cx.text, table, block, row).is_some() {
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

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{
        markdown, old, pipe_ended, pipes, swap, tab_led, table_rules, tabs,
    };
    use crate::rules::testing::{apply_fix, hits};

    /// The text without its rows that contain one of `labels`.
    fn without(text: &str, labels: &[&str]) -> String {
        let is_row = |line: &str| line.contains(['|', '\t']);
        let goes = |line: &str| is_row(line) && labels.iter().any(|label| line.contains(label));
        text.lines().filter(|line| !goes(line)).map(|line| format!("{line}\n")).collect()
    }

    #[test]
    fn rows_side_by_side_are_one_finding() {
        let found = hits(
            &without(&pipes(), &["6.属于四类过程性信息", "7.属于行政执法案卷", "3.要求提供"]),
            "table-row-missing",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].words, "5.属于三类内部事务信息");
        assert!(found[0].message.contains("缺少 2 行"), "{}", found[0].message);
        assert!(found[1].message.contains("“3.要求提供公开出版物”"), "{}", found[1].message);
    }

    /// （六）其他处理 before it is a row of the form of 2019.
    #[test]
    fn a_blank_row_is_there() {
        for label in ["1.申请人无正当理由", "1.信访举报投诉类申请", "（一）予以公开"]
        {
            let blank = |line: &str| {
                if line.contains(label) { line.replace(" 0 |", "  |") } else { line.to_owned() }
            };
            let text: String = pipes().lines().map(|line| blank(line) + "\n").collect();
            assert_eq!(table_rules(&text), ["table-cell-blank"], "{text}");
        }
    }

    #[test]
    fn the_row_comes_where_the_form_has_it() {
        let pick = [
            vec!["6.属于四类过程性信息"],
            vec!["一、本年新收政府"],
            vec!["四、结转下年度"],
            vec!["（七）总计"],
            vec!["2.重复申请", "3.要求提供"],
            vec!["行政强制"],
            vec!["行政规范性文件"],
            vec!["（四）无法提供", "2.没有现成", "3.补正后"],
        ];
        for text in [pipes(), tabs(), markdown()] {
            for labels in &pick {
                let cut = without(&text, labels);
                assert_eq!(table_rules(&cut), ["table-row-missing"], "{cut}");
                let mended = apply_fix(&cut, "table-row-missing", 0);
                assert_eq!(table_rules(&mended), Vec::<String>::new(), "{labels:?} in:\n{mended}");
                let plain = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(plain(&mended), plain(&text), "{labels:?}");
            }
        }
    }

    #[test]
    fn a_row_is_written_like_its_neighbours_in_every_layout() {
        let cut = without(&pipes(), &["6.属于四类过程性信息", "2.重复申请"]);
        for text in [tab_led(&cut), pipe_ended(&cut)] {
            let once = apply_fix(&text, "table-row-missing", 0);
            let mended = apply_fix(&once, "table-row-missing", 0);
            assert_eq!(table_rules(&mended), Vec::<String>::new(), "{mended}");
        }
    }

    #[test]
    fn the_first_row_of_a_group_comes_behind_its_label() {
        let text = swap(&tabs(), "→".replace('→', "\t").as_str(), "\t");
        let cut = swap(&text, "1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0\n\t\t", "");
        assert_eq!(table_rules(&cut), ["table-row-missing"], "{cut}");
        assert_eq!(apply_fix(&cut, "table-row-missing", 0), text);
    }

    #[test]
    fn a_block_comes_with_caption_and_header() {
        let text = pipes();
        let cut = swap(
            &text,
            "第二十条第（五）项 |\n信息内容 | 本年处理决定数量 |\n行政许可 | 0 |\n",
            "",
        );
        assert_eq!(table_rules(&cut), ["table-row-missing"]);
        assert_eq!(apply_fix(&cut, "table-row-missing", 0), text);
    }

    #[test]
    fn a_slip_in_a_label_is_a_renamed_row() {
        let text = swap(&pipes(), "4.无正当理由大量反复申请", "4.没正当理由大量重复提出申请");
        let found = hits(&text, "table-row-missing");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(hits(&text, "table-row-unknown").len() <= 1);
        let near = swap(&pipes(), "2.没有现成信息需要另行制作", "2.没现成的信息需另行制作");
        let found = hits(&near, "table-row-missing");
        assert_eq!(found[0].words, "2.没现成的信息需另行制作", "{found:?}");
        assert_eq!(apply_fix(&near, "table-row-missing", 0), pipes());
        assert!(hits(&near, "table-row-unknown").is_empty());
    }

    #[test]
    fn each_year_has_the_rows_of_its_form() {
        assert!(hits(&old(), "table-row-missing").is_empty());
        assert!(hits(&pipes(), "table-row-missing").is_empty());
    }
}
