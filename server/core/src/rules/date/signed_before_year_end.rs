use super::dates::Date;
use super::signature::signed;
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 成文日期早于统计期末。
    ///
    /// ## 查什么
    ///
    /// 落款的日期是不是早于报告年度的12月31日。落款是全文末尾独占一行的日期，或者写在机关名称后面的日期；没有落款的，看标题下方单独一行、写在括号里的日期。
    ///
    /// ## 为什么
    ///
    /// 统计期限到12月31日为止，在此以前不可能有全年的数据。多半是年初写日期时年份没有改过来，也可能是数据没有统计到年末。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 云岭县水利局
    /// + 2025年1月20日
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 云岭县水利局
    /// + 2026年1月20日
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：哪一天成文只有编写者知道。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国政府信息公开条例》关于报告上一年度政府信息公开工作的规定。
    pub(crate) static SIGNED_BEFORE_YEAR_END = {
        id: "signed-before-year-end",
        group: Group::Date,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::ReportWith(&["日"], check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let (Some(year), Some(date)) = (cx.head.year, signed(cx)) else { return };
    let (month, day) = (date.month, date.day);
    // 11月31日 is said to be no day.
    if !(Date { range: 0..0, year: Some(date.year), month, day }).exists() {
        return;
    }
    if (date.year, date.month, date.day) < (year, 12, 31) {
        let message = format!(
            "成文日期早于统计期末{year}年12月31日，请核对日期的年份，或者数据是否统计到年末"
        );
        sink.push(Finding::new(date.place, message));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, report};

    const RULE: &str = "signed-before-year-end";

    fn with(end: &str) -> String {
        format!("{}\n{end}\n", report("云岭县水利局", 2025).trim_end())
    }

    #[test]
    fn a_date_in_the_reported_year_is_found() {
        for end in [
            "云岭县水利局\n⟦signed-before-year-end: 2025年1月20日⟧",
            "云岭县水利局\n⟦signed-before-year-end: 二〇二五年一月二十日⟧\n1",
            "云岭县水利局 ⟦signed-before-year-end: 2025年12月30日⟧",
            "（⟦signed-before-year-end: 2024年 1 月 20 日⟧）\n打印本页\n关闭窗口",
        ] {
            assert_findings(&with(end), &[RULE]);
        }
    }

    #[test]
    fn a_date_in_brackets_below_the_title_is_one_too() {
        let below = |date: &str| {
            let text = report("云岭县水利局", 2025);
            let (title, rest) = text.split_once('\n').expect("a title");
            format!("{title}\n{date}\n{rest}")
        };
        assert_findings(&below("（⟦signed-before-year-end: 2025年1月20日⟧）"), &[RULE]);
        for date in [
            "（2026年1月20日）",
            "2025年1月20日",
            "发布时间：2025年1月20日",
            "（2025年1月20日印发）",
        ] {
            assert_findings(&below(date), &[RULE]);
        }
        // The one at the end is the one that counts.
        let signed = format!("{}\n2026年1月20日\n", below("（2025年1月20日）").trim_end());
        assert_findings(&signed, &[RULE]);
    }

    #[test]
    fn later_dates_and_dates_of_something_else_pass() {
        for end in [
            "云岭县水利局\n2026年1月20日",
            "云岭县水利局\n2025年12月31日",
            "云岭县水利局\n2025年11月31日",
            "联系电话：2025年1月20日起启用新号码",
            "2025年1月20日，我局公布上年的报告。",
            "公开指南更新于2025年1月20日",
            "云岭县水利局\n2025年1月20日\n更正后重新成文\n2026年1月20日",
        ] {
            assert_findings(&with(end), &[RULE]);
        }
    }
}
