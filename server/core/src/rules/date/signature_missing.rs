use super::signature::signed;
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 没有落款。
    ///
    /// ## 查什么
    ///
    /// 文末有没有只写日期、或者机关名称后面写日期的一行。默认关闭：网页上公布的报告常没有落款。
    ///
    /// ## 为什么
    ///
    /// 落款写明由哪个机关在哪一天成文，纸质报告和附件里应当有。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 云岭县水利局
    /// + 2026年1月12日
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：成文日期只有编写者知道。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704）。
    pub(crate) static SIGNATURE_MISSING = {
        id: "signature-missing",
        group: Group::Structure,
        severity: Severity::Hint,
        enabled: false,
        fixable: Fixable::No,
        unfinished: true,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let Some(title) = &cx.head.title else { return };
    if signed(cx).is_none() {
        sink.push(Finding::new(title.place, "文末没有落款：请写明机关名称和成文日期"));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{hits, report};

    const RULE: &str = "signature-missing";

    #[test]
    fn a_report_without_its_day_is_unsigned() {
        let text = report("云岭县水利局", 2025);
        assert_eq!(hits(&text, RULE).len(), 1);
        for lines in ["云岭县水利局\n2026年1月12日", "云岭县水利局 2026年1月12日\n1"]
        {
            assert_eq!(hits(&format!("{text}\n{lines}\n"), RULE), [], "{lines}");
        }
    }
}
