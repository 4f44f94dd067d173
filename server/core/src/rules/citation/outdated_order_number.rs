use super::outdated;
use crate::references::DocumentNumber;
use crate::rules::{Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 引用的令已经不是现行版本。
    ///
    /// ## 查什么
    ///
    /// 没有年份的令号（如“国务院令第492号”）是不是现行文本的令号。同一段里也写了现行令号的，是在说沿革，不算错。
    ///
    /// ## 为什么
    ///
    /// 报告所依据的应是现行法规，引用旧令号等于引用了已经修订的文本。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度贯彻《中华人民共和国政府信息公开条例》（国务院令第492号）。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度贯彻《中华人民共和国政府信息公开条例》（国务院令第711号）。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：改令号就是改引用，由编写人确认。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国政府信息公开条例》（国务院令第711号，2019年5月15日起施行）。
    pub(in crate::rules) static OUTDATED_ORDER_NUMBER = {
        id: "outdated-order-number",
        group: Group::Citation,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["号"], check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    outdated::check(cx, sink, is_order);
}

fn is_order(number: &DocumentNumber<'_>) -> bool {
    number.year.is_none()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "outdated-order-number";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn the_number_of_an_older_text_is_shown() {
        let text =
            format!("{HEAD}依据《条例》（⟦outdated-order-number: 国务院令第492号⟧）编制。\n");
        assert_findings(&text, &[RULE]);
        for number in ["国务院第492号令", "国务院令492号", "国令第492号"] {
            let text = format!("{HEAD}依据《条例》（⟦outdated-order-number: {number}⟧）编制。\n");
            assert_findings(&text, &[RULE]);
        }
        let text = format!("{HEAD}依据《条例》（国务院令第492号）编制。\n");
        assert!(apply_fix(&text, RULE, 0).contains("（国务院令第711号）"));
    }

    #[test]
    fn history_and_other_orders_are_no_slips() {
        let text = format!(
            "{HEAD}《条例》2007年以国务院令第492号公布，2019年以国务院令第711号修订。学习国务院令第714号。\n"
        );
        assert_findings(&text, &[RULE]);
    }
}
