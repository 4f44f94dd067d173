use crate::dictionary::Dictionary;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 概数重复。
    ///
    /// ## 查什么
    ///
    /// 一个数前后都加了表示大概的词，如“近300余件”“约20条左右”“超过100多人次”。“最近”“签约”“预约”“节约”里的字和“近三年多”一类的时间不算。
    ///
    /// ## 为什么
    ///
    /// “近”“约”“余”“左右”说的是同一件事，用一个就够；“近”是不到，“余”是超出，合在一起互相矛盾。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 全年主动公开政府信息近300余条。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 全年主动公开政府信息300余条。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：留哪一个要看实际的数。
    ///
    /// ## 依据
    ///
    /// 《出版物上数字用法》（GB/T 15835）关于概数的规定。
    pub(in crate::rules) static HEDGE_DOUBLE = {
        id: "hedge-double",
        group: Group::Typography,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::LineListed(late, check),
    };
}

/// The words behind a figure.
fn late(all: &Dictionary) -> Vec<&str> {
    all.doubled.after.iter().chain(&all.doubled.behind).map(String::as_str).collect()
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let doubled = &cx.settings.engine().dictionary().doubled;
    for figure in &cx.facts.figures {
        let Some((early, late)) = doubled.around(cx.text, &figure.range) else { continue };
        let all = early.start..late.end;
        let words = |range: &std::ops::Range<usize>| &cx.text[range.clone()];
        let message = format!(
            "“{}”里“{}”和“{}”都表示大概，只留一个",
            words(&all),
            words(&early),
            words(&late)
        );
        let mut finding = Finding::new(cx.place(all), message);
        for word in [early, late] {
            let title = format!("删去“{}”", words(&word));
            let edit = Edit::new(cx.place(word), "");
            finding = finding.fix(title, Applicability::Choice, vec![edit]);
        }
        sink.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings};

    const RULE: &str = "hedge-double";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

    #[test]
    fn one_of_two_hedges_goes() {
        let text =
            format!("{HEAD}公开信息⟦hedge-double: 近300余⟧条，培训⟦hedge-double: 约20人左右⟧。\n");
        assert_findings(&text, &[RULE]);
        assert_findings(
            &format!(
                "{HEAD}接待⟦hedge-double: 将近 2万人次左右⟧，节约资金⟦hedge-double: 大约30万元上下⟧。\n"
            ),
            &[RULE],
        );
        let text = format!("{HEAD}接待群众超过1.2万多人次。\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}接待群众1.2万多人次。\n"));
        assert_eq!(apply_fix(&text, RULE, 1), format!("{HEAD}接待群众超过1.2万人次。\n"));
    }

    #[test]
    fn one_hedge_and_other_words_stay() {
        for line in [
            "公开近300条、约20件，300余人。",
            "签约30余家，预约20多次，节约50余万元。",
            "最近3年多次培训，近3年多来。",
            "约30条多为通知，约20人参加左右两场。",
        ] {
            assert_findings(&format!("{HEAD}{line}\n"), &[RULE]);
        }
    }
}
