use super::dates::{Date, dates};
use crate::rules::{Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 日期不存在。
    ///
    /// ## 查什么
    ///
    /// 正文里写明月、日的日期，历法上有没有这一天，年份有没有多出数字。没有写年份的，2月29日不算错。
    ///
    /// ## 为什么
    ///
    /// 不存在的日期多是录入时多按、错按了一个数字，读者无法知道原来是哪一天。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （五）监督保障。6月31日组织政府信息公开业务培训。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （五）监督保障。6月30日组织政府信息公开业务培训。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：是哪一天要查原始材料。
    ///
    /// ## 依据
    ///
    /// 公历。
    pub(crate) static INVALID_DATE = {
        id: "invalid-date",
        group: Group::Date,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::LineWith(&["月"], check),
    };
}

/// Digits of a year.
const YEAR: usize = 4;

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    // Of a month that begins a line the page's edge may have cut a figure: 至2025年1⏎2月31日.
    let is_whole =
        |date: &Date| date.year.is_some() || !cx.text[..date.range.start].trim().is_empty();
    for date in dates(cx.text).into_iter().filter(|it| !it.exists() && is_whole(it)) {
        let message = format!("“{}”不存在，请核对月和日", cx.slice(date.range.clone().into()));
        sink.push(Finding::new(cx.place(date.range), message));
    }
    for year in cx.facts.figures.iter().filter(|it| it.unit(cx.text) == "年") {
        let behind = cx.text[year.unit.end..].trim_start();
        let month = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let has_month = month.len() < behind.len() && month.trim_start().starts_with('月');
        if year.range.len() > YEAR && has_month && !cx.text[year.range.clone()].contains('.') {
            let range = year.range.start..year.unit.end;
            let message = format!("“{}”不是年份，请核对", &cx.text[range.clone()]);
            sink.push(Finding::new(cx.place(range), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "invalid-date";

    #[test]
    fn days_that_no_calendar_has_are_found() {
        for says in [
            "于⟦invalid-date: 2025年2月29日⟧公布。",
            "自⟦invalid-date: 6月31日⟧起施行。",
            "自2025年1月1日起至⟦invalid-date: 202025年⟧12月31日止。",
            "于⟦invalid-date: 2025年13月1日⟧公布，⟦invalid-date: 2025年 4 月 31 日⟧施行。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
    }

    #[test]
    fn days_that_there_are_and_spans_pass() {
        for says in [
            "于2024年2月29日公布。",
            "于2025年12月31日公布。",
            "20个工作日内答复，45日内提出。",
            "2025年13个月度要点，3月31日前报送。",
            "统计期限自2025年1月1日至2025年1\n2月31日止。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
