use super::{is_han, is_tabular};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 层次序号后面有空格。
    ///
    /// ## 查什么
    ///
    /// 行首带括号的序号（如“（一）”“（1）”）与后面的汉字之间的空格。表格里的序号不查。
    ///
    /// ## 为什么
    ///
    /// 括号已经把序号与文字隔开，再空一格就与其他标题不一致。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （一） 主动公开。本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （一）主动公开。本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只删空格。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）关于结构层次序数的规定。
    pub(in crate::rules) static HEADING_SPACE = {
        id: "heading-space",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::LineWith(BLANKS, check),
    };
}

/// A bracket that closes and the blank behind it.
const BLANKS: &[&str] = &["） ", "）\u{3000}", "）\u{a0}", ") ", ")\u{3000}", ")\u{a0}"];

const NUMERALS: &str = "一二三四五六七八九十0123456789０１２３４５６７８９";

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let Some(inner) = cx.text.strip_prefix(['（', '(']) else { return };
    if is_tabular(cx.text) {
        return;
    }
    let behind = inner.trim_start_matches(|c| NUMERALS.contains(c));
    let Some(rest) = behind.strip_prefix(['）', ')']).filter(|_| behind.len() < inner.len())
    else {
        return;
    };
    let words = rest.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    if words.len() == rest.len() || !words.starts_with(is_han) {
        return;
    }
    let start = cx.text.len() - rest.len();
    let numeral = &cx.text[..start];
    let place = cx.place(start..cx.text.len() - words.len());
    let finding = Finding::new(place, format!("序号“{numeral}”后面不应有空格"));
    sink.push(finding.fix("删去空格", Applicability::Safe, vec![Edit::new(place, "")]));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "heading-space";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn the_space_goes() {
        let text = format!("{HEAD}（1） 加大公开力度，做好解读。\n");
        let mended = apply_fix(&text, RULE, 0);
        assert_eq!(mended, format!("{HEAD}（1）加大公开力度，做好解读。\n"));
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn cells_and_remarks_keep_their_spaces() {
        for line in ["（一） 予以公开 | 3 |", "（略） 有关情况。", "（） 有关情况。", "（1） A类。"]
        {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
