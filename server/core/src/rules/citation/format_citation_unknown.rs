use super::numbers::{self, Judged};
use crate::references::DocumentNumber;
use crate::rules::{Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 年度报告格式等文件后面括注的文号不是它的。
    ///
    /// ## 查什么
    ///
    /// 书名号里是随附目录中的文件，后面括号里的文号机关代字与它相同，年份或顺序号却不同。别的机关转发时另有文号，不查。
    ///
    /// ## 为什么
    ///
    /// 文号错了，读者就找不到所依据的文件；多半是年份或顺序号写错了一位。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 报告按照《政府信息公开工作年度报告格式》（国办公开办函〔2021〕31号）编制。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 报告按照《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：改文号就是改引用，由编写人核对后采用。
    ///
    /// ## 依据
    ///
    /// 随附的法规和文件目录。
    pub(in crate::rules) static FORMAT_CITATION_UNKNOWN = {
        id: "format-citation-unknown",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["》（", "》("], check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let is_of_kind = |number: &DocumentNumber<'_>| number.year.is_some();
    numbers::check(cx, sink, &Judged { noun: "文号", is_of_kind, any_issuer: false });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "format-citation-unknown";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn a_number_that_the_document_never_had_is_shown() {
        let text = format!(
            "{HEAD}按照《中华人民共和国政府信息公开工作年度报告格式》（⟦format-citation-unknown: 国办公开办函〔2020〕30号⟧）编制。\n"
        );
        assert_findings(&text, &[RULE]);
        let text = "青石县水利局2020年政府信息公开工作年度报告\n一、总体情况\n按照《政府信息公开工作年度报告格式（试行）》（国办公开办函〔2019〕06号）编制。\n";
        assert!(apply_fix(text, RULE, 0).contains("（国办公开办函〔2019〕60号）"));
    }

    #[test]
    fn right_numbers_and_those_of_others_are_let_stand() {
        for line in [
            "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
            "《政府信息公开工作年度报告格式（试行）》（国办公开办函〔2019〕60号）",
            "《政府信息公开工作年度报告格式》（国办公开办函[2021]第30号）",
            "《政府信息公开工作年度报告格式》（青政公开办函〔2022〕7号转发）",
            "《关于转发政府信息公开工作年度报告格式的通知》（国办公开办函〔2022〕7号）",
            "《政府信息公开工作年度报告格式》，见国办公开办函〔2022〕7号",
        ] {
            assert_findings(&format!("{HEAD}按照{line}编制。\n"), &[RULE]);
        }
    }
}
