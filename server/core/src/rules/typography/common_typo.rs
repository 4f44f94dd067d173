use super::dictionary;
use crate::rules::{Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 疑似错词。
    ///
    /// ## 查什么
    ///
    /// 这类报告里常写错的词，如“板面设计”“泄漏国家秘密”“依法申请3件”。词表随程序提供，只收上下文足以断定的写法。
    ///
    /// ## 为什么
    ///
    /// 公开的报告代表机关的形象，错词有时还会改变意思。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度改进公开专栏的板面设计。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度改进公开专栏的版面设计。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：由编写人看过上下文后选择。
    ///
    /// ## 依据
    ///
    /// 《现代汉语词典》的通行写法。
    pub(in crate::rules) static COMMON_TYPO = {
        id: "common-typo",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineListed(|all| all.typos.wrong().collect(), check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let words = &cx.settings.engine().dictionary().typos;
    dictionary::check(cx, sink, words, |wrong, right| format!("“{wrong}”疑为“{right}”"));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "common-typo";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn wrong_words_are_shown_with_the_right_ones() {
        let text = format!(
            "{HEAD}收到⟦common-typo: 依法申请⟧3件，未发生⟦common-typo: 泄漏国家秘密⟧情况。\n"
        );
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}收到依法申请3件。\n");
        assert!(apply_fix(&text, RULE, 0).contains("收到依申请3件"));
    }

    #[test]
    fn traditional_text_spells_in_its_own_way() {
        let text =
            format!("{HEAD}群眾留言均已答覆，辦理結果及時公開。\n⟦common-typo: 答覆⟧群众留言。\n");
        assert_findings(&text, &[RULE]);
    }

    #[test]
    fn the_same_characters_in_other_words_stay() {
        let text = format!(
            "{HEAD}公民可以依法申请公开。县政府发布署名文章，按排名先后公布，发现管道泄漏及时处理。\n"
        );
        assert_findings(&text, &[RULE]);
    }
}
