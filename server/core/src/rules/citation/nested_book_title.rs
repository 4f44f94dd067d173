use std::ops::Range;

use crate::references::quoted_titles;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 书名号里面的书名没有用单书名号。
    ///
    /// ## 查什么
    ///
    /// 书名号“《》”里面又用“<>”或“《》”标书名的。尖括号里是网页标记（不以汉字开头）的、不成对的不查。
    ///
    /// ## 为什么
    ///
    /// 书名号里还要用书名号时，外面用双的，里面用单的，层次才分明。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度落实《云岭县实施<政府信息公开条例>办法》。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度落实《云岭县实施〈政府信息公开条例〉办法》。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只换里面的一对符号，书名的文字不变。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static NESTED_BOOK_TITLE = {
        id: "nested-book-title",
        group: Group::Citation,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::LineWith(&["《"], check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for quoted in quoted_titles(cx.text) {
        let base = quoted.range.start + '《'.len_utf8();
        for (inner, open, close) in inner(quoted.title) {
            let range = base + inner.start..base + inner.end;
            let written = &cx.text[range.clone()];
            let title = &written[open..written.len() - close];
            let message = format!("书名号里面的书名应使用单书名号：“〈{title}〉”");
            let edits = vec![
                Edit::new(cx.place(range.start..range.start + open), "〈"),
                Edit::new(cx.place(range.end - close..range.end), "〉"),
            ];
            let finding = Finding::new(cx.place(range), message);
            sink.push(finding.fix("改用单书名号", Applicability::Safe, edits));
        }
    }
}

/// The titles within a title, with the lengths of their marks; none where the marks are not in plain pairs.
fn inner(title: &str) -> Vec<(Range<usize>, usize, usize)> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, c) in title.char_indices() {
        match (c, open) {
            ('<' | '＜' | '《', None) => open = Some((at, c)),
            ('>', Some((start, '<')))
            | ('＞', Some((start, '＜')))
            | ('》', Some((start, '《'))) => {
                let first = title[start..].chars().nth(1);
                if first.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                    let opening = title[start..].chars().next().map_or(0, char::len_utf8);
                    found.push((start..at + c.len_utf8(), opening, c.len_utf8()));
                }
                open = None;
            }
            ('<' | '＜' | '《' | '>' | '＞' | '》' | '〈' | '〉', _) => return Vec::new(),
            _ => {}
        }
    }
    if open.is_some() { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "nested-book-title";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn inner_marks_become_single() {
        for wrong in ["<公开条例>", "＜公开条例＞", "《公开条例》"] {
            let text = format!("{HEAD}学习《实施{wrong}办法》。\n");
            let mended = apply_fix(&text, RULE, 0);
            assert_eq!(mended, format!("{HEAD}学习《实施〈公开条例〉办法》。\n"));
            assert!(hits(&mended, RULE).is_empty());
        }
    }

    #[test]
    fn marks_of_pages_and_odd_marks_are_no_titles() {
        let text = format!("{HEAD}学习《公开<b>条例</b>》《条例<修订》和《甲》《乙》。\n");
        assert_findings(&text, &[RULE]);
    }
}
