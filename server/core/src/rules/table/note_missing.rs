//! The form's printed remark is gone.

use super::common::{is_there, line_break, line_of, readable};
use crate::report::{Layout, fold};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};
use crate::text::TextRange;

rule! {
    /// # 缺少勾稽关系说明
    ///
    /// ## 查什么
    ///
    /// 格式在表头左上角印有说明（本列数据的勾稽关系），表格里没有找到。
    ///
    /// ## 为什么
    ///
    /// 说明告诉读者各列怎样核对；删去它，表格就与格式不一致。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |~~
    /// + 申请人情况 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 表头左上角留有空单元格，或者表格一行一个单元格时，可以自动补上说明原文，不改动数字。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_NOTE_MISSING = {
        id: "table-note-missing",
        group: Group::Table,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Safe,
        unfinished: true,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx).filter(|table| is_there(table) && table.note.is_none()) else {
        return;
    };
    let Some(note) = table.spec().note.as_deref() else { return };
    let Some(header) = table.headers.first().and_then(|header| header.range) else { return };
    let start = header.start as usize;
    if is_damaged(cx.slice(line_of(cx.text, start)), note) {
        return;
    }
    let range = TextRange { start: header.start, end: header.end.min(line_of(cx.text, start).end) };
    let finding = Finding::new(
        cx.place(range),
        format!("{}的表头缺少说明；请补上“{note}”", table.spec().name),
    );
    sink.push(match insertion(cx, start, note) {
        Some(edit) => finding.fix("补上勾稽关系说明", Applicability::Safe, vec![edit]),
        None => finding,
    });
}

/// Whether half of the remark stands in the header's line: it is there, with words before it or within it.
fn is_damaged(line: &str, note: &str) -> bool {
    let (line, note) = (fold(line), fold(note));
    let middle = note.char_indices().nth(note.chars().count() / 2).map_or(0, |(at, _)| at);
    let (first, second) = note.split_at(middle);
    line.contains(first) || line.contains(second)
}

/// Puts the remark into the blank corner before the header's first cell, or before it as a cell of its own.
fn insertion(cx: &TableCx<'_>, start: usize, note: &str) -> Option<Edit> {
    let line = line_of(cx.text, start);
    let before = cx.slice(TextRange { start: line.start, end: start as u32 });
    let (at, text) = match cx.table.layout {
        Layout::Tabs if before.starts_with('\t') => (line.start, note.to_owned()),
        Layout::TabLed if before.trim().is_empty() => {
            (line.start, format!("\t{note}{}", line_break(cx.text)))
        }
        Layout::PipeEnded if before.is_empty() => {
            (line.start, format!("{note} |{}", line_break(cx.text)))
        }
        Layout::Bare if before.is_empty() => (line.start, format!("{note}{}", line_break(cx.text))),
        Layout::Pipes if before.is_empty() => (line.start, format!("{note} | ")),
        Layout::Pipes | Layout::Markdown
            if before.trim_start().starts_with('|') && before.matches('|').count() > 1 =>
        {
            let pipe = before.find('|')?;
            let (corner, _) = before[pipe + 1..].split_once('|')?;
            if !corner.trim().is_empty() {
                return None;
            }
            (line.start + pipe as u32 + 1, format!(" {note}"))
        }
        _ => return None,
    };
    Some(Edit::new(cx.place(TextRange::empty(at as usize)), text))
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{markdown, pipe_ended, pipes, tab_led, tabs};
    use crate::rules::Applicability;
    use crate::rules::testing::{apply_fix, hits};

    const NOTE: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
    const RULE: &str = "table-note-missing";

    #[test]
    fn the_note_comes_into_its_corner() {
        for text in [tabs(), markdown(), pipes(), tab_led(&pipes()), pipe_ended(&pipes())] {
            let pieces = [
                format!("{NOTE} | 申请"),
                format!("{NOTE} |\n"),
                format!("\t{NOTE}\n"),
                NOTE.to_owned(),
            ];
            let piece =
                pieces.iter().find(|piece| text.contains(piece.as_str())).expect("the note");
            let cut = text.replace(
                piece,
                if piece.ends_with("申请") && !text.contains(&format!("| {NOTE}")) {
                    "申请"
                } else if piece.ends_with("申请") {
                    " | 申请"
                } else {
                    ""
                },
            );
            let found = hits(&cut, RULE);
            assert_eq!(found.len(), 1, "{cut}");
            assert_eq!(found[0].fixes[0].applicability, Applicability::Safe);
            let mended = apply_fix(&cut, RULE, 0);
            assert!(hits(&mended, RULE).is_empty(), "{mended}");
            assert!(hits(&mended, "table-note-altered").is_empty());
        }
    }

    #[test]
    fn a_note_that_is_there_is_silent() {
        let muddled = NOTE.replace("的勾稽", "的2024勾稽");
        let led = format!("1,234{NOTE}");
        let damaged = [muddled, led].map(|note| markdown().replace(NOTE, &note));
        for text in [pipes(), tabs(), pipe_ended(&pipes())].into_iter().chain(damaged) {
            assert!(hits(&text, RULE).is_empty());
        }
    }
}
