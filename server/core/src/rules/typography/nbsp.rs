use super::{grouped, is_han, is_tabular};
use crate::rules::{Edit, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 句子中间有不间断空格或全角空格。
    ///
    /// ## 查什么
    ///
    /// 句子中间两边都是汉字或标点的不间断空格（U+00A0）和全角空格（U+3000），一个部分合并为一条。行首缩进、表格、落款一类没有标点的短行不查；行名里的由 table-row-label-nonstandard 指出。
    ///
    /// ## 为什么
    ///
    /// 多半是从网页或文稿转换时带来的，看不见，却会使检索和比对找不到这个词。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开 工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只删空格。
    ///
    /// ## 依据
    ///
    /// 文本排版的通行做法。
    pub(in crate::rules) static NBSP_OR_IDEOGRAPHIC_SPACE = {
        id: "nbsp-or-ideographic-space",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(&["\u{a0}", "\u{3000}"], check),
    };
}

const BLANKS: [char; 2] = ['\u{a0}', '\u{3000}'];

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let mut edits = Vec::new();
    for (range, line) in cx.mentioned() {
        if is_tabular(line) || !line.contains(['，', '。', '；']) {
            continue;
        }
        let mut from = 0;
        while let Some(at) = line[from..].find(BLANKS).map(|at| from + at) {
            let words = line[at..].trim_start_matches(BLANKS);
            let end = line.len() - words.len();
            from = end;
            let is_word = |c: char| is_han(c) || "，。；：、（）《》“”".contains(c);
            // Several blanks are a layout: 联系人　　张三.
            let is_one = line[at..end].chars().count() == 1;
            if is_one && line[..at].ends_with(is_word) && words.starts_with(is_word) {
                let base = range.start as usize;
                edits.push(Edit::new(cx.place((base + at..base + end).into()), ""));
            }
        }
    }
    let message = |count| format!("句子中间有看不见的空格，这一部分有 {count} 处");
    grouped(sink, message, "删去这些空格", edits);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "nbsp-or-ideographic-space";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn blanks_within_sentences_go_together() {
        let text = format!("{HEAD}及时\u{a0}公开，\u{a0}按期答复。\n规范　管理。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}及时公开，按期答复。\n规范管理。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn indents_layouts_and_cells_keep_theirs() {
        for line in [
            "　　及时公开。",
            "\u{a0}及时公开，",
            "联系人　张三",
            "公开，Word\u{a0}版 3\u{a0}件。",
            "公开，　　管理。",
            "公开，\u{a0}甲 | 3 |",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
