use super::dates::{dates, joins};
use crate::rules::{Finding, Fixable, Group, LineCx, Scope, Severity, Sink};

rule! {
    /// 起止日期倒置。
    ///
    /// ## 查什么
    ///
    /// 正文里写明年、月、日的起止日期，开始是否晚于结束。有一头没有写年份的不查，可能跨年。
    ///
    /// ## 为什么
    ///
    /// 起止倒置时，读者无法知道是写反了还是写错了年份。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// （五）监督保障。2025年9月1日至2025年3月1日开展政府网站检查。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （五）监督保障。2025年3月1日至2025年9月1日开展政府网站检查。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：可能写反了，也可能写错了年份。
    ///
    /// ## 依据
    ///
    /// 日期的先后。
    pub(crate) static DATE_ORDER = {
        id: "date-order",
        group: Group::Date,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::LineWith(&["月"], check),
    };
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    for pair in dates(cx.text).windows(2) {
        let [from, to] = pair else { continue };
        let (Some(first), Some(last)) = (from.year, to.year) else { continue };
        let is_stretch = joins(cx.slice((from.range.end..to.range.start).into()));
        // A whole year from its first day to its last is a period of statistics, of which another rule says how it should be.
        let is_whole = (from.month, from.day, to.month, to.day) == (1, 1, 12, 31);
        if is_stretch && !is_whole && (first, from.month, from.day) > (last, to.month, to.day) {
            let message = "开始日期晚于结束日期，请核对是写反了还是写错了年份";
            sink.push(Finding::new(cx.place(from.range.start..to.range.end), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "date-order";

    #[test]
    fn an_end_before_the_beginning_is_found() {
        for says in [
            "自⟦date-order: 2025年3月5日至2025年3月1日⟧征求意见。",
            "自⟦date-order: 2025年12月1日起至2024年12月31日⟧止。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
    }

    #[test]
    fn stretches_over_the_end_of_a_year_and_lists_pass() {
        for says in [
            "自2025年3月1日至2025年3月5日征求意见。",
            "自2024年12月1日至2025年1月5日征求意见。",
            "自2025年12月1日至1月5日征求意见。",
            "2025年3月5日、2025年3月1日各培训1次。",
            "2025年3月5日公布，2025年3月1日征求意见。",
            "自2025年3月1日至2025年3月1日。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
