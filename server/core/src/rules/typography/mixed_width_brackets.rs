use super::{grouped, is_tabular};
use crate::rules::{Edit, Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 一对括号一半全角、一半半角。
    ///
    /// ## 查什么
    ///
    /// 同一对圆括号，一个是全角、一个是半角：“（…)”“(…）”。表格和网页标记不查；两个都是半角的由 halfwidth-punct 指出。
    ///
    /// ## 为什么
    ///
    /// 一对括号宽窄不同，版面不齐，查找替换时也会漏掉。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作（含解读)有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作（含解读）有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只把半角的一个换成全角。
    ///
    /// ## 依据
    ///
    /// 《标点符号用法》（GB/T 15834）。
    pub(in crate::rules) static MIXED_WIDTH_BRACKETS = {
        id: "mixed-width-brackets",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::PartWith(&["(", ")"], check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let mut edits = Vec::new();
    for (range, line) in cx.mentioned() {
        if !line.contains(['（', '）']) || is_tabular(line) || line.contains("](") {
            continue;
        }
        let mut open = Vec::new();
        for (at, c) in line.char_indices() {
            let at = range.start as usize + at;
            match c {
                '（' | '(' => open.push((at, c)),
                '）' | ')' => match open.pop() {
                    Some((_, '（')) if c == ')' => {
                        edits.push(Edit::new(cx.place((at..at + 1).into()), "）"));
                    }
                    Some((start, '(')) if c == '）' => {
                        edits.push(Edit::new(cx.place((start..start + 1).into()), "（"));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }
    edits.sort_by_key(|edit| edit.place);
    let message = |count| format!("括号一半全角、一半半角，这一部分有 {count} 对，应都用全角");
    grouped(sink, message, "改用全角括号", edits);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "mixed-width-brackets";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn the_half_width_one_becomes_wide() {
        let text = format!("{HEAD}公开(含解读）3件（含网上)。\n");
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}公开（含解读）3件（含网上）。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn pairs_and_ordinals_stay() {
        for line in ["（甲）(乙)", "（三）不予公开) | 0 |", "1)公开（含解读）", "(甲（乙）丙)"]
        {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
