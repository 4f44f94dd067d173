use super::unwanted;
use crate::rules::{Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 填写说明没有删。
    ///
    /// ## 查什么
    ///
    /// 模板里给填表人看的话，如“（此处填写…）”“填表说明”。句子里说到填写要求的不算。词表随程序提供。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 填写说明不是报告的内容，留着说明没有填完。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展（此处填写具体数字）。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展（含政策解读）。
    /// ```
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：先看该填的填了没有，再删去说明。
    ///
    /// ## 依据
    ///
    /// 公开文本应当只有报告内容。
    pub(in crate::rules) static TEMPLATE_INSTRUCTION_LEFT = {
        id: "template-instruction-left",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::PartListed(|all| unwanted::words(all, "template-instruction-left"), check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let places = unwanted::places(cx, TEMPLATE_INSTRUCTION_LEFT.id);
    unwanted::say(
        sink,
        cx,
        &places,
        |words| format!("填写说明“{words}”没有删，请看该填的是否已填"),
        true,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "template-instruction-left";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn words_for_the_author_are_shown() {
        let text = format!(
            "{HEAD}收到申请3件⟦template-instruction-left: （请填写总数）⟧。\n填表说明：按年度填写。\n"
        );
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}收到申请3件（此处填写总数）。\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}收到申请3件。\n"));
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for line in [
            "公布申请表和填写说明，请填写人留下电话。",
            "印发《申请表（请填写完整）》。",
            "（此前）公开3件。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
