use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};
use crate::syntax::is_invisible;

rule! {
    /// 不可见的控制字符。
    ///
    /// ## 查什么
    ///
    /// 零宽空格（U+200B）、文中的字节顺序标记（U+FEFF）、方向标记、其他控制字符，以及私用区字符和“�”（无法显示的字）。制表符、换行、换页不算。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 看不见，却会使检索、比对和转换出错；“�”的地方原来有字，已经丢了。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动​公开工作有序开展。
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
    /// 零宽字符和控制字符可以删去；两个数字之间的、私用区字符和“�”要从原稿找回，不自动修改。
    ///
    /// ## 依据
    ///
    /// 公开文本应当可读。
    pub(in crate::rules) static CONTROL_CHAR = {
        id: "control-char",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Part(check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let (mut edits, mut others) = (Vec::new(), Vec::new());
    if cx.is_visible {
        return;
    }
    let mut before = None;
    for (at, c) in cx.text.char_indices() {
        let end = at + c.len_utf8();
        let is_mark_of_order = c == '\u{feff}' && at == 0 && cx.index == 0;
        if (is_invisible(c) || matches!(c, '\u{b}' | '\u{85}')) && !is_mark_of_order {
            let behind = cx.text[end..].chars().next();
            let is_digit = |c: Option<char>| c.is_some_and(|c: char| c.is_ascii_digit());
            let place = cx.place((at..end).into());
            // Without it two figures would become one.
            if is_digit(before) && is_digit(behind) {
                others.push(place);
            } else {
                edits.push(Edit::new(place, ""));
            }
        } else if c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c) {
            others.push(cx.place((at..end).into()));
        }
        before = Some(c);
    }
    if let Some(first) = edits.first().map(|edit| edit.place) {
        let message = format!(
            "文中有看不见的控制字符（U+{:04X}），这一部分有 {} 个",
            code(cx.slice(first.range)),
            edits.len()
        );
        sink.push(Finding::new(first, message).fix("删去控制字符", Applicability::Safe, edits));
    }
    if let Some(&first) = others.first() {
        let message = format!(
            "这里有无法显示的字符（U+{:04X}），这一部分有 {} 个：请从原稿找回",
            code(cx.slice(first.range)),
            others.len()
        );
        sink.push(Finding::new(first, message));
    }
}

fn code(text: &str) -> u32 {
    text.chars().next().map_or(0, u32::from)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "control-char";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn invisible_characters_go_together() {
        let text = format!("{HEAD}及时\u{200b}公开\u{feff}，\u{7}按期答复\u{200b}。\n");
        assert_eq!(hits(&text, RULE).len(), 1);
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}及时公开，按期答复。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn lost_characters_and_figures_are_the_authors() {
        let text = format!("{HEAD}公开1⟦control-char: \u{200b}⟧2件，\u{fffd}条，\u{e003}项。\n");
        assert_findings(&text, &[RULE]);
        assert!(
            hits(&text.replace("⟦control-char: ", "").replace('⟧', ""), RULE)[0].fixes.is_empty()
        );
    }

    #[test]
    fn marks_tabs_and_page_breaks_are_visible_enough() {
        for text in [format!("\u{feff}{HEAD}"), format!("{HEAD}\t公开“信息”——3件……\u{c}\r\n·α§°\n")]
        {
            assert_findings(&text, &[RULE]);
        }
    }
}
