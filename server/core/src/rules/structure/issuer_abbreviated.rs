use crate::form::Issuer;
use crate::report::Named;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 标题里的机关名称用了简称。
    ///
    /// ## 查什么
    ///
    /// 标题里的机关名称是不是常见的简称（如“工信局”），或者只写了地区、没有写人民政府或者管理委员会。
    ///
    /// ## 为什么
    ///
    /// 标题应写机关全称。以地区名义发布政府年报很常见，只写地区的仅作最轻的提示。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 云岭县工信局2025年政府信息公开工作年度报告
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 云岭县工业和信息化局2025年政府信息公开工作年度报告
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：各地机构名称不尽相同。可选择改为正文里的全称，或者改为简称通常对应的全称。
    ///
    /// ## 依据
    ///
    /// 《党政机关公文格式》（GB/T 9704—2012）：标题中的发文机关使用全称或者规范化简称。
    pub(crate) static ISSUER_ABBREVIATED = {
        id: "issuer-abbreviated",
        group: Group::Structure,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let (issuer, head) = (&cx.form.issuer, cx.head);
    let (Some(title), Some(agency)) = (&head.title, &head.agency) else { return };
    if agency.place.part != title.place.part || agency.place.range.start >= title.place.range.end {
        return;
    }
    if let Some((short, full)) = shortened(issuer, &agency.text) {
        let full_name = format!("{}{full}", agency.text.strip_suffix(short).unwrap_or_default());
        let named = head.agency_full.as_ref().filter(|it| abbreviates(&agency.text, &it.text));
        let full_name = named.map_or(full_name, |it| it.text.clone());
        let message = format!("机关名称“{}”是简称，宜用全称“{full_name}”", agency.text);
        sink.push(replace(agency, Finding::new(agency.place, message), &full_name));
    } else if is_region(issuer, &agency.text) {
        let message = format!("标题只写了地区“{}”，宜写明发布机关的全称", agency.text);
        let finding = Finding::new(agency.place, message);
        let finding = match &head.agency_full {
            Some(full) => replace(agency, finding, &full.text),
            None => finding,
        };
        sink.push_at(Severity::Hint, finding);
    }
}

fn replace(agency: &Named, finding: Finding, full: &str) -> Finding {
    finding.fix(format!("改为“{full}”"), Applicability::Choice, vec![Edit::new(agency.place, full)])
}

/// The short ending of `name` with the full one. The form lists longer endings first.
pub(super) fn shortened<'a>(issuer: &'a Issuer, name: &str) -> Option<(&'a str, &'a str)> {
    let mut short = issuer.short.iter().filter(|(_, full)| !name.ends_with(full.as_str()));
    short
        .find(|(short, _)| name.ends_with(short.as_str()))
        .map(|(short, full)| (short.as_str(), full.as_str()))
}

/// Whether `short` is made of characters of `full` in their order, as abbreviations are: the preface may name another agency.
fn abbreviates(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// Whether `name` is a region's, with no word for an agency at its end.
fn is_region(issuer: &Issuer, name: &str) -> bool {
    let ends = |endings: &[String]| endings.iter().any(|ending| name.ends_with(ending.as_str()));
    ends(&issuer.regions) && !ends(&issuer.endings)
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::testing::{apply_fix, hits, report};

    const RULE: &str = "issuer-abbreviated";

    #[test]
    fn a_short_name_is_found_and_written_out() {
        for (short, full) in [
            ("云岭县工信局", "云岭县工业和信息化局"),
            ("云岭市发改委", "云岭市发展和改革委员会"),
            ("云岭县人社局", "云岭县人力资源和社会保障局"),
        ] {
            let text = report(short, 2025);
            let found = hits(&text, RULE);
            assert_eq!(found.len(), 1, "{short}");
            assert_eq!((found[0].words.as_str(), found[0].severity), (short, Severity::Info));
            assert!(apply_fix(&text, RULE, 0).starts_with(full), "{short}");
        }
    }

    #[test]
    fn the_name_of_another_agency_is_no_full_name() {
        let signed =
            |name: &str| format!("{}\n{name}\n2026年1月20日\n", report("云岭县工信局", 2025));
        for (name, full) in [
            ("青石市云岭县工业和信息化局", "青石市云岭县工业和信息化局2025年"),
            ("云岭县水利局", "云岭县工业和信息化局2025年"),
        ] {
            assert!(apply_fix(&signed(name), RULE, 0).starts_with(full), "{name}");
        }
    }

    #[test]
    fn a_title_may_break_behind_a_name_that_follows_the_year() {
        let text = report("云岭县工信局", 2025).replacen(
            "云岭县工信局2025年政府信息公开",
            "2025年云岭县工信局\n政府信息公开",
            1,
        );
        assert_eq!(hits(&text, RULE).len(), 1, "{text}");
        // The date of a page is no name.
        let dated = text.replacen("2025年云岭县工信局", "2025年12月8日", 1);
        assert_eq!(hits(&dated, RULE), []);
    }

    #[test]
    fn a_region_is_a_hint() {
        for region in ["云岭市", "云岭高新技术产业开发区"] {
            let found = hits(&report(region, 2025), RULE);
            assert_eq!(
                found.iter().map(|hit| hit.severity).collect::<Vec<_>>(),
                [Severity::Hint],
                "{region}"
            );
        }
    }

    #[test]
    fn full_names_pass() {
        for name in [
            "云岭县水利局",
            "云岭县人民政府",
            "云岭县人民政府办公室",
            "青石镇人民政府",
            "云岭高新技术产业开发区管理委员会",
            "云岭省工业和信息化厅",
            "云岭县教育局",
            "云岭海关关区",
        ] {
            assert_eq!(hits(&report(name, 2025), RULE), [], "{name}");
        }
    }
}
