use super::dictionary;
use crate::rules::{Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 名称不规范。
    ///
    /// ## 查什么
    ///
    /// 法规和格式文件有固定名称、报告里却写成别的样子的，如“信息公开处理费”。词表随程序提供。
    ///
    /// ## 为什么
    ///
    /// 名称与法规一致，读者才知道说的是同一件事。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度未收取信息公开处理费。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度未收取信息处理费。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：换名称由编写人决定。
    ///
    /// ## 依据
    ///
    /// 《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。
    pub(in crate::rules) static TERM_NONSTANDARD = {
        id: "term-nonstandard",
        group: Group::Typography,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineListed(|all| all.terms.wrong().collect(), check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let words = &cx.settings.engine().dictionary().terms;
    dictionary::check(cx, sink, words, |wrong, right| format!("“{wrong}”的规范名称是“{right}”"));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "term-nonstandard";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n六、其他需要报告的事项\n";

    #[test]
    fn the_longest_name_counts() {
        let text = format!("{HEAD}未收取⟦term-nonstandard: 政府信息公开处理费⟧。\n");
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}未收取政府信息公开处理费。\n");
        assert!(apply_fix(&text, RULE, 0).contains("未收取政府信息公开信息处理费。"));
    }

    #[test]
    fn the_right_names_stay() {
        assert_findings(
            &format!("{HEAD}未收取信息处理费，也未收取政府信息公开信息处理费。\n"),
            &[RULE],
        );
    }
}
