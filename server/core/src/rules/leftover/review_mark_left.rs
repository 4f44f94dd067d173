use super::unwanted;
use crate::rules::{Fixable, Group, PartCx, Scope, Severity, Sink};

rule! {
    /// 修改、审阅的标记没有删。
    ///
    /// ## 查什么
    ///
    /// “（待核实）”“【红字】”“批注 [A1]”，独占一行或写在报告标题后面的“（征求意见稿）”。书名号里的、句子里说到征求意见稿的不算。词表随程序提供。一个部分合并为一条。
    ///
    /// ## 为什么
    ///
    /// 报告公布时应当定稿，留着标记会让人以为还没有审定。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展（待核实）。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，《公开制度（征求意见稿）》已公布。
    /// ```
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：先办完标记说的事，再删去。
    ///
    /// ## 依据
    ///
    /// 公开文本应当是审定的文本。
    pub(in crate::rules) static REVIEW_MARK_LEFT = {
        id: "review-mark-left",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::PartListed(|all| unwanted::words(all, "review-mark-left"), check),
    };
}

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let places = unwanted::places(cx, REVIEW_MARK_LEFT.id);
    unwanted::say(
        sink,
        cx,
        &places,
        |words| format!("修改或审阅的标记“{words}”没有删，请核对后删去"),
        true,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "review-mark-left";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn marks_of_drafts_are_shown() {
        let text = format!("（⟦review-mark-left: ⟧征求意见稿）\n{HEAD}")
            .replace("（⟦review-mark-left: ⟧征求意见稿）", "");
        assert_findings(&text, &[RULE]);
        assert_findings(
            &format!("{HEAD}⟦review-mark-left: （送审稿）⟧\n收到申请3件（待核）。\n"),
            &[RULE],
        );
        let text = format!("{HEAD}收到申请3件【待核实】。\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}收到申请3件。\n"));
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for line in [
            "公布《规划（征求意见稿）》，公开征求意见稿3件。",
            "办理领导批注事项，待核实后公布。",
            "标红的项目。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
