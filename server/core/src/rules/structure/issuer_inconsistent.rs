use super::issuer_abbreviated::shortened;
use super::outline::in_report;
use crate::form::Issuer;
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 机关名称前后不一致。
    ///
    /// ## 查什么
    ///
    /// 标题里的机关与引言、落款里的机关是不是同一个。“我局”“市水利局”之类的自称和省去地区的说法不算不一致；
    /// 标题用简称、正文用全称的，只作提示；政府的报告由其办公室落款的，不提示。
    ///
    /// ## 为什么
    ///
    /// 前后写的是两个机关，多半是套用其他单位的报告没有改全。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 云岭县工信局2025年政府信息公开工作年度报告
    /// 现将云岭县工业和信息化局2025年政府信息公开工作年度报告予以公布。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 云岭县工业和信息化局2025年政府信息公开工作年度报告
    /// 现将云岭县工业和信息化局2025年政府信息公开工作年度报告予以公布。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：哪一处写错了只有编写者知道。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704—2012）：发文机关署名应与标题一致。
    pub(crate) static ISSUER_INCONSISTENT = {
        id: "issuer-inconsistent",
        group: Group::Structure,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let (issuer, head) = (&cx.form.issuer, cx.head);
    let (Some(agency), Some(other)) = (&head.agency, &head.agency_full) else { return };
    let finding = |message: String| {
        Finding::new(in_report(cx, other), message)
            .related(agency.place, format!("标题为“{}”", agency.text))
    };
    if expands(issuer, &agency.text, &other.text) {
        let message =
            format!("此处用全称“{}”，标题用简称“{}”，请统一为全称", other.text, agency.text);
        sink.push_at(Severity::Info, finding(message));
    } else if !same_body(issuer, &agency.text, &other.text) {
        let message = format!(
            "此处的机关是“{}”，标题是“{}”，请核对是否套用了其他单位的报告",
            other.text, agency.text
        );
        sink.push(finding(message));
    }
}

/// Whether `full` is `short` written out.
fn expands(issuer: &Issuer, short: &str, full: &str) -> bool {
    shortened(issuer, short).is_some_and(|(ending, standard)| {
        let stem = short.strip_suffix(ending).unwrap_or_default();
        full.starts_with(stem) && full.ends_with(standard)
    })
}

/// Whether two names may be one body's: one holds the other (市水利局 in 云岭市水利局; 云岭县人民政府办公室 signs for 云岭县人民政府; a joint signature),
/// or both begin alike and one of them is short (高新区管委会 for 云岭高新技术产业开发区).
fn same_body(issuer: &Issuer, title: &str, other: &str) -> bool {
    let region = |name: &str| issuer.regions.iter().any(|ending| name.ends_with(ending.as_str()));
    title.contains(other)
        || other.contains(title)
        || region(title)
        || is_spelled_in(title, other)
        || is_spelled_in(other, title)
}

/// Whether the characters of `short` stand in `long` in their order, as those of a short name do in the full one.
fn is_spelled_in(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|it| it == c))
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::testing::{assert_findings, hits, report};

    const RULE: &str = "issuer-inconsistent";

    fn signed(title: &str, signature: &str) -> String {
        report(title, 2025) + "\n" + signature + "\n2026年1月20日\n"
    }

    #[test]
    fn another_body_in_the_signature_is_found() {
        for other in ["云岭县教育局", "青石县水利局"] {
            assert_findings(
                &signed("云岭县水利局", &format!("⟦issuer-inconsistent: {other}⟧")),
                &[RULE],
            );
        }
        assert_eq!(
            hits(&signed("云岭县水利局", "云岭县教育局"), RULE)[0].severity,
            Severity::Warning
        );
    }

    #[test]
    fn another_body_in_the_preface_is_found() {
        for other in ["云岭县教育局", "云水县水利局"] {
            let text = report("云岭县水利局", 2025)
                .replace("编制云岭县水利局", &format!("编制⟦issuer-inconsistent: {other}⟧"));
            assert_findings(&text, &[RULE]);
        }
        for own in ["我县水利局", "市水利局", "我局"] {
            assert_eq!(
                hits(
                    &report("云岭县水利局", 2025)
                        .replace("编制云岭县水利局", &format!("编制{own}")),
                    RULE
                ),
                [],
                "{own}"
            );
        }
    }

    #[test]
    fn the_full_name_of_a_short_title_is_info() {
        let found = hits(&signed("云岭县工信局", "云岭县工业和信息化局"), RULE);
        assert_eq!(found.iter().map(|hit| hit.severity).collect::<Vec<_>>(), [Severity::Info]);
    }

    #[test]
    fn one_body_under_two_names_passes() {
        let pairs = [
            ("云岭县水利局", "云岭县水利局"),
            ("云岭市水利局", "市水利局"),
            ("云岭县人民政府", "云岭县人民政府办公室"),
            ("云岭县", "云岭县人民政府办公室"),
            ("云岭高新技术产业开发区", "高新区管委会"),
            ("云岭县工业和信息化局", "云岭县工信局"),
        ];
        for (title, signature) in pairs {
            assert_eq!(hits(&signed(title, signature), RULE), [], "{title} / {signature}");
        }
    }
}
