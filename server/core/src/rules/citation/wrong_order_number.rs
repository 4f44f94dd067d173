use super::numbers::{self, Judged};
use crate::references::DocumentNumber;
use crate::rules::{Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 法规后面括注的令号不是它的。
    ///
    /// ## 查什么
    ///
    /// 书名号里是随附目录中的法规、后面括号里的令号却不是它任何一次公布的编号。目录里没有的法规（如地方性法规）不查；只写“第711号令”、不写发布机关的不查。
    ///
    /// ## 为什么
    ///
    /// 令号错了，读者就找不到所引的法规。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度继续落实《中华人民共和国政府信息公开条例》（国务院令第771号）。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度继续落实《中华人民共和国政府信息公开条例》（国务院令第711号）。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：改令号就是改引用，由编写人核对后采用。
    ///
    /// ## 依据
    ///
    /// 随附的法规和文件目录。
    pub(in crate::rules) static WRONG_ORDER_NUMBER = {
        id: "wrong-order-number",
        group: Group::Citation,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineWith(&["令第", "号令", "院令", "府令"], check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let is_of_kind = |number: &DocumentNumber<'_>| number.year.is_none();
    numbers::check(cx, sink, &Judged { noun: "编号", is_of_kind, any_issuer: true });
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "wrong-order-number";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn another_orders_number_is_shown_with_the_right_one() {
        let text = format!(
            "{HEAD}落实《中华人民共和国政府信息公开条例》（⟦wrong-order-number: 国务院令第771号⟧，以下简称《条例》）。\n"
        );
        assert_findings(&text, &[RULE]);
        for number in ["国务院第710号令", "国务院令710号", "国令第710号", "国务院710号令"]
        {
            let text = format!(
                "{HEAD}落实《中华人民共和国政府信息公开条例》（⟦wrong-order-number: {number}⟧）。\n"
            );
            assert_findings(&text, &[RULE]);
        }
        let text = format!("{HEAD}落实《政府信息公开条例》(国务院令第117号)。\n");
        assert!(apply_fix(&text, RULE, 0).contains("(国务院令第711号)"));
    }

    #[test]
    fn an_older_number_and_other_laws_are_no_slips() {
        for line in [
            "《中华人民共和国政府信息公开条例》（国务院令第492号）",
            "《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第711号）",
            "《中华人民共和国政府信息公开条例》（2007年国务院令第492号公布，国务院令第711号修订）",
            "《中华人民共和国政府信息公开条例》（国务院第711号令）",
            "《中华人民共和国政府信息公开条例》（国令第711号）",
            "《中华人民共和国政府信息公开条例》（国务院令711号）",
            "《中华人民共和国政府信息公开条例》（第711号令）",
            "《机关档案管理规定》（国家档案局令第13号）",
            "《中华人民共和国政府信息公开条例》和《政府投资条例》（国务院令第712号）",
            "《青石省政府信息公开规定》（青石省人民政府令第3号）",
        ] {
            assert_findings(&format!("{HEAD}落实{line}。\n"), &[RULE]);
        }
    }
}
