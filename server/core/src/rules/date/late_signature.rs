//! A report that is signed when the law wanted it published already.

use super::signature::{signed, tail};
use crate::form::{Form, RuleSpec};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Severity, Sink};

/// `late-signature`. Keys: `deadlines`, by level the last day of the year after the report's, as `"1-31"`; `levels`, by level the severity; `not`, words near
/// the signature that tell of a later edition.
pub(crate) static LATE_SIGNATURE: Mechanism =
    Mechanism { name: "late-signature", fixable: Fixable::No, build };

struct Spec {
    deadlines: Vec<(String, u16, u16)>,
    levels: Vec<(String, Severity)>,
    not: Vec<String>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["deadlines", "levels", "not"])?;
    let table = spec.params.get("deadlines").and_then(toml::Value::as_table);
    let deadlines = table.ok_or("“deadlines”应写作 { 层级编号 = \"月-日\" }")?.iter();
    let deadline = |(id, day): (&String, &toml::Value)| {
        if !form.levels.iter().any(|level| level.id == *id) {
            return Err(format!("没有名为“{id}”的层级"));
        }
        let parts = day.as_str().and_then(|day| day.split_once('-'));
        let numbers = parts.and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        let (month, day) = numbers.ok_or_else(|| format!("“{id}”的期限应写作“月-日”"))?;
        Ok((id.clone(), month, day))
    };
    let own = Spec {
        deadlines: deadlines.map(deadline).collect::<Result<_, String>>()?,
        levels: params::levels(spec, form)?.unwrap_or_default(),
        not: params::texts(&spec.params, "not")?,
    };
    Ok(Scope::ReportWith(vec!["日".to_owned()], Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let (Some(year), Some(date)) = (cx.head.year, signed(cx)) else { return };
    // A date of a later year is that of another edition, or a slip; and patterns of levels are slow to compile, so they are asked last.
    let earliest = spec.deadlines.iter().map(|it| (it.1, it.2)).min();
    if date.year != year + 1 || earliest.is_none_or(|day| (date.month, date.day) <= day) {
        return;
    }
    let last = cx.parts().len().saturating_sub(1);
    let is_again = tail(cx).any(|range| {
        let words = cx.line(Place::new(last, range));
        spec.not.iter().any(|it| words.contains(it.as_str()))
    });
    let Some(level) = cx.head.level(cx.form).filter(|_| !is_again) else { return };
    let Some((_, month, day)) = spec.deadlines.iter().find(|it| it.0 == level.id) else { return };
    if (date.month, date.day) <= (*month, *day) {
        return;
    }
    let message = format!(
        "成文日期晚于公布年度报告的期限：{}应在{}年{month}月{day}日前公布，请核对",
        level.name,
        year + 1
    );
    let finding = Finding::new(date.place, message);
    match spec.levels.iter().find(|it| it.0 == level.id) {
        Some((_, severity)) => sink.push_at(*severity, finding),
        None => sink.push(finding),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::testing::{assert_findings, hits, report};

    const RULE: &str = "late-publication";

    fn with(agency: &str, end: &str) -> String {
        format!("{}\n{end}\n", report(agency, 2025).trim_end())
    }

    #[test]
    fn a_department_after_january_and_a_government_after_march_are_found() {
        for (agency, end) in [
            ("云岭县水利局", "云岭县水利局\n⟦late-publication: 2026年2月1日⟧"),
            ("云岭市水利局", "⟦late-publication: 二〇二六年三月二日⟧\n1"),
            ("云岭县人民政府", "云岭县人民政府\n⟦late-publication: 2026年4月1日⟧"),
        ] {
            assert_findings(&with(agency, end), &[RULE]);
        }
    }

    #[test]
    fn towns_are_only_hinted_at() {
        let found = hits(&with("云岭县白沙镇人民政府", "2026年2月10日"), RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Hint);
    }

    #[test]
    fn dates_in_time_and_issuers_of_unknown_level_pass() {
        for (agency, end) in [
            ("云岭县水利局", "2026年1月31日"),
            ("云岭县人民政府", "2026年3月31日"),
            ("云岭县人民政府办公室", "2026年3月20日"),
            ("云岭供水服务站", "2026年3月20日"),
        ] {
            assert_findings(&with(agency, end), &[RULE]);
        }
    }

    #[test]
    fn later_editions_pass() {
        assert_findings(&with("云岭县水利局", "（更正）\n2026年3月20日"), &[RULE]);
        assert_findings(&with("云岭县水利局", "2027年3月20日"), &[RULE]);
    }

    #[test]
    fn the_day_of_publication_on_a_page_is_not_looked_at() {
        assert_findings(&with("云岭县水利局", "发布日期：2026年3月20日"), &[RULE]);
    }
}
