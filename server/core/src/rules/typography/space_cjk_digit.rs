use super::{is_han, is_tabular};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 汉字与数字之间留了空格。
    ///
    /// ## 查什么
    ///
    /// 句子里汉字与数字之间的一个空格，一段合并为一条；一个部分里三段以上如此（多半是文字处理软件加的，或是 PDF 的文字），合并为一条。表格、行首的编号、电话号码一类的长串数字、数字之间也有空格的行（像是散开的表格）不查。
    ///
    /// ## 为什么
    ///
    /// 公文里汉字与数字之间不空格；有的地方空、有的地方不空，版面不齐。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开信息 3 条，工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开信息3条，工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只删空格，数字不变。
    ///
    /// ## 依据
    ///
    /// 公文排版的通行做法。
    pub(in crate::rules) static SPACE_CJK_DIGIT = {
        id: "space-cjk-digit",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(&[" "], check),
    };
}

/// Digits from which on a figure is a telephone number rather than a count.
const LONG: usize = 7;

/// Paragraphs from which on the spaces are a habit rather than slips.
const A_HABIT: usize = 3;

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let spaces_of = |(range, line): (TextRange, &str)| {
        let place = |at: usize| TextRange::from(at..at + 1).shifted(range.start as usize);
        spaces(line).into_iter().map(place).collect::<Vec<_>>()
    };
    let paragraphs: Vec<_> = cx.mentioned().map(spaces_of).filter(|it| !it.is_empty()).collect();
    if paragraphs.len() < A_HABIT {
        for spaces in paragraphs {
            say(cx, sink, "这一段", &spaces, &spaces);
        }
    } else {
        say(cx, sink, "这一部分", &paragraphs[0], &paragraphs.concat());
    }
}

/// One finding at the spaces `shown`, which takes out `all`.
fn say(cx: &PartCx<'_>, sink: &mut Sink<'_>, whole: &str, shown: &[TextRange], all: &[TextRange]) {
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return };
    let message = format!("汉字与数字之间不留空格，{whole}有 {} 处", all.len());
    let edits = all.iter().map(|&space| Edit::new(cx.place(space), "")).collect();
    let finding = Finding::new(cx.place(first.cover(*last)), message);
    sink.push(finding.fix("删去这些空格", Applicability::Safe, edits));
}

/// The blanks of a sentence that stand between a Chinese character and a count.
fn spaces(line: &str) -> Vec<usize> {
    let is_sentence = || line.contains(['。', '，', '；', '、']);
    if !line.contains(' ') || is_tabular(line) || !is_sentence() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, _) in line.match_indices(' ') {
        let (before, behind) = (&line[..at], &line[at + 1..]);
        let (Some(left), Some(right)) = (before.chars().next_back(), behind.chars().next()) else {
            continue;
        };
        if left.is_ascii_digit() && right.is_ascii_digit() {
            return Vec::new();
        }
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let is_count = if is_han(left) && right.is_ascii_digit() {
            digits(behind) < LONG && !behind[digits(behind)..].starts_with('-')
        } else if left.is_ascii_digit() && is_han(right) {
            let figure = before.trim_end_matches(|c: char| c.is_ascii_digit());
            // 1 加强领导 is an item of a list; GB/T 1.1 and A 3 are names.
            at - figure.len() < LONG
                && !figure.is_empty()
                && !(figure.trim_end())
                    .ends_with(|c: char| c.is_ascii_alphabetic() || "-/.".contains(c))
                || figure.is_empty() && at == 4 && right == '年'
        } else {
            false
        };
        if is_count {
            found.push(at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "space-cjk-digit";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn the_spaces_of_a_paragraph_go_together() {
        let text = format!("{HEAD}2024 年主动公开信息 31 条，答复 2 件。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}2024年主动公开信息31条，答复2件。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn three_paragraphs_are_a_habit_and_said_once() {
        let lines = "主动公开信息 31 条。\n答复申请，共 2 件。\n培训两次，共 60 人。\n";
        let text = format!("{HEAD}{lines}");
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].words.as_str(), found[0].fixes[0].edits.len()), (" 31 ", 6));
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}{}", lines.replace(' ', "")));
    }

    #[test]
    fn cells_lists_and_telephones_keep_theirs() {
        for line in [
            "上年结转、新收 3 0 0 3",
            "1 加强领导，充实力量。",
            "联系电话 85091234，邮编 050000-1。",
            "信息，\t 3 条",
            "行政许可 3",
            "依据GB/T 9704 标准，版本A3 纸。",
        ] {
            assert!(spaces(line).is_empty(), "{line}: {:?}", spaces(line));
        }
    }
}
