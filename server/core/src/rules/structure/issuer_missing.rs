use super::outline::in_report;
use crate::report::{Place, Title};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 标题没有写明是哪个机关的报告。
    ///
    /// ## 查什么
    ///
    /// 标题行里年份之前，或者标题上方，有没有机关名称。
    ///
    /// ## 为什么
    ///
    /// 报告离开本机关网站后，读者只能靠标题知道它是谁的报告。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 2025年政府信息公开工作年度报告
    /// ```
    ///
    /// ```report
    /// 2025年政府信息公开工作年度报告
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 云岭县水利局
    /// + 2026年1月20日
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 云岭县水利局2025年政府信息公开工作年度报告
    /// ```
    ///
    /// ```report
    /// 云岭县水利局2025年政府信息公开工作年度报告
    /// 2025年度，本机关未收取政府信息公开信息处理费。
    /// + 云岭县水利局
    /// + 2026年1月20日
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。正文或者落款写明机关的，可选择补到标题里。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static ISSUER_MISSING = {
        id: "issuer-missing",
        group: Group::Structure,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        unfinished: true,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let head = cx.head;
    let Some(title) = &head.title else { return };
    // In the title or in a line of its own beside it, not only in the signature.
    let named = head.agency.as_ref().is_some_and(|it| it.place.part == title.place.part);
    if named || speaks_before(cx, title) {
        return;
    }
    let mut finding = Finding::new(title.place, "标题未写明发布机关，请在年份前写上机关全称");
    if let Some(agency) = &head.agency {
        let at = Place {
            part: title.place.part,
            range: TextRange::empty(title.place.range.start as usize),
        };
        finding =
            finding.related(in_report(cx, agency), format!("此处写明机关是“{}”", agency.text));
        finding = finding.fix(
            format!("补上“{}”", agency.text),
            Applicability::Choice,
            vec![Edit::new(at, agency.text.clone())],
        );
    }
    sink.push(finding);
}

/// Characters of a name that the form doesn't know.
const NAME: std::ops::RangeInclusive<usize> = 4..=30;

/// Whether the title, or a line above it, holds words that may be a name which the form doesn't know (a university, a company).
fn speaks_before(cx: &ReportCx<'_>, title: &Title) -> bool {
    let first_word = cx.form.title.first().and_then(|word| title.text.find(word.as_str()));
    let year = title.text.find(|c: char| c.is_ascii_digit());
    let before = year
        .into_iter()
        .chain(first_word)
        .min()
        .and_then(|end| title.text.get(..end))
        .unwrap_or("");
    let above = cx.text(Place {
        part: title.place.part,
        range: TextRange { start: 0, end: title.place.range.start },
    });
    let endings = &cx.form.issuer.endings;
    let named = |line: &str| endings.iter().any(|ending| line.trim().ends_with(ending.as_str()));
    let is_subject =
        |line: &str| cx.form.title.first().is_some_and(|word| line.contains(word.as_str()));
    // Right above it, a name may end in any way: ××自然资源系统.
    let next = above.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("");
    let may_name = NAME.contains(&next.chars().count())
        && next.chars().all(char::is_alphabetic)
        && !is_subject(next);
    may_name
        || before.chars().filter(|c| c.is_alphabetic()).count() >= 2
        || above.lines().any(named)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, report};

    const RULE: &str = "issuer-missing";
    const TITLE: &str = "云岭县水利局2025年政府信息公开工作年度报告";

    #[test]
    fn a_title_without_agency_is_found() {
        let text = report("云岭县水利局", 2025).replacen(
            TITLE,
            "⟦issuer-missing: 2025年政府信息公开工作年度报告⟧",
            1,
        );
        assert_findings(&text, &[RULE]);
    }

    #[test]
    fn the_signature_can_lend_its_name() {
        let text =
            report("云岭县水利局", 2025).replacen(TITLE, "2025年政府信息公开工作年度报告", 1)
                + "\n云岭县水利局\n2026年1月20日\n";
        assert!(apply_fix(&text, RULE, 0).starts_with(TITLE));
    }

    #[test]
    fn a_name_above_the_title_or_of_an_unknown_kind_will_do() {
        let text = report("云岭县水利局", 2025);
        assert_eq!(
            hits(&text.replacen(TITLE, "云岭县水利局\n2025年政府信息公开工作年度报告", 1), RULE),
            []
        );
        assert_eq!(hits(&text.replacen("云岭县水利局", "云岭大学", 1), RULE), []);
        for name in ["云岭市自然资源系统", "云岭县残疾人联合会", "三门峡市水利局", "十堰市审计局"]
        {
            for between in ["", "\n"] {
                let title = format!("{name}{between}2025年政府信息公开工作年度报告");
                assert_eq!(hits(&text.replacen(TITLE, &title, 1), RULE), [], "{title}");
            }
        }
        for (name, rest) in [
            ("云岭县水利局2025年", "政府信息公开工作年度报告"),
            ("云岭县水利局\n2025年", "政府信息公开工作年度报告"),
            ("云岭县水利局2025年度", "政府信息公开工作年报"),
        ] {
            let titled = text.replacen(TITLE, &format!("{name}\n\n{rest}"), 1);
            assert_eq!(hits(&titled, RULE), [], "{name}");
            assert_eq!(hits(&titled, "title-missing"), [], "{name}");
        }
        let chrome = "⟦issuer-missing: 2025年政府信息公开工作年度报告⟧";
        assert_findings(&text.replacen(TITLE, &format!("政府信息公开年报\n{chrome}"), 1), &[RULE]);
        let below = "政府信息公开工作年度报告\n云岭县水利局\n2026年1月8日";
        assert_eq!(hits(&text.replacen(TITLE, below, 1), RULE), []);
    }
}
