use super::dates::{Date, dates};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 日期不存在。
    ///
    /// ## 查什么
    ///
    /// 正文里写明月、日的日期，历法上有没有这一天，年份有没有多出数字，年份后面有没有漏写“年”（20251月1日）。没有写年份的，2月29日不算错。
    ///
    /// ## 为什么
    ///
    /// 不存在的日期多是录入时多按、错按了一个数字，读者无法知道原来是哪一天。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （五）监督保障。20256月30日组织政府信息公开业务培训。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （五）监督保障。2025年6月30日组织政府信息公开业务培训。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：是哪一天要查原始材料。漏写“年”的，可选择补上。
    ///
    /// ## 依据
    ///
    /// 公历。
    pub(crate) static INVALID_DATE = {
        id: "invalid-date",
        group: Group::Date,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
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
    for month in cx.facts.figures.iter().filter(|it| it.unit(cx.text) == "月") {
        let digits = &cx.text[month.range.clone()];
        // A day or the end of a span follows: 202512月报 is a name.
        let behind = cx.text[month.unit.end..].trim_start();
        let is_time =
            behind.starts_with(|c: char| c.is_ascii_digit() || "至到—–－-～~".contains(c));
        if let Some(year) = year_before_month(digits).filter(|_| is_time) {
            let message = format!("“{digits}月”里年份后面漏写了“年”");
            let after_year = month.range.start + YEAR;
            let edit = Edit::new(cx.place(after_year..after_year), "年");
            let title = format!("改为“{year}年{}月”", &digits[YEAR..]);
            let finding = Finding::new(cx.place(month.range.start..month.unit.end), message);
            sink.push(finding.fix(title, Applicability::Choice, vec![edit]));
        }
    }
}

/// The year in digits that are a year and a month: 20251, 202512.
fn year_before_month(digits: &str) -> Option<&str> {
    let (year, month) = digits.split_at_checked(YEAR)?;
    let is_year = year.starts_with("19") || year.starts_with("20");
    let has_month = matches!(month.parse(), Ok(1_u8..=12)) && month.len() <= 2;
    (is_year && has_month).then_some(year)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, saying};

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
    fn a_year_without_its_word_is_found() {
        let says = "自⟦invalid-date: 20251月⟧1日至⟦invalid-date: 202512月⟧31日公开242条。";
        assert_findings(&saying(says), &[RULE]);
        assert_eq!(
            apply_fix(&saying("自20251月1日至12月31日。"), RULE, 0),
            saying("自2025年1月1日至12月31日。")
        );
    }

    #[test]
    fn days_that_there_are_and_spans_pass() {
        for says in [
            "见202512月报，编号202513月1日，电话05711月停用，2025.1月至3月。",
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
