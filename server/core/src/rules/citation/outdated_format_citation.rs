use super::outdated;
use crate::references::DocumentNumber;
use crate::rules::{Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 引用的文件已被取代。
    ///
    /// ## 查什么
    ///
    /// 有年份的文号（如“国办公开办函〔2019〕60号”）所指的文件，在报告年度是否已被别的文件取代。同一段里也写了现行文号的，是在说沿革，不算错。
    ///
    /// ## 为什么
    ///
    /// 2021年度起的年度报告按国办公开办函〔2021〕30号的格式编制，引用旧文件，说明可能套用了旧稿。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度按照国办公开办函〔2019〕60号文件编制报告。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度按照国办公开办函〔2021〕30号文件编制报告。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：改文号就是改引用，由编写人确认。
    ///
    /// ## 依据
    ///
    /// 国办公开办函〔2021〕30号。
    pub(in crate::rules) static OUTDATED_FORMAT_CITATION = {
        id: "outdated-format-citation",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["号"], check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    outdated::check(cx, sink, is_dated);
}

fn is_dated(number: &DocumentNumber<'_>) -> bool {
    number.year.is_some()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::assert_findings;

    const RULE: &str = "outdated-format-citation";

    #[test]
    fn a_replaced_document_is_shown_from_the_year_on_that_another_holds() {
        for (year, text) in [
            (2024, "按照⟦outdated-format-citation: 国办公开办函〔2019〕60号⟧编制。"),
            (2020, "按照国办公开办函〔2019〕60号编制。"),
            (2024, "国办公开办函〔2019〕60号由国办公开办函〔2021〕30号取代。"),
            (2024, "平台按照国办公开办函〔2019〕61号建设。"),
        ] {
            let head = format!("青石县水利局{year}年政府信息公开工作年度报告\n一、总体情况\n");
            assert_findings(&format!("{head}{text}\n"), &[RULE]);
        }
    }
}
