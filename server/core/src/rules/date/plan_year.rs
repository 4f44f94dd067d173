//! A plan for a year that is over.

use crate::form::{Form, RuleSpec, SectionIndex};
use crate::rules::plausibility::params;
use crate::rules::{Applicability, Check, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink};

/// `plan-year`. Keys: `section`, where the plans stand; `behind`, what follows the year of a plan; `plans`, words of which one makes a sentence a plan;
/// `by`, what follows the year of a term that a plan sets: 下一步，2026年上半年补齐栏目; `not`, words that rule a sentence out.
pub(crate) static PLAN_YEAR: Mechanism =
    Mechanism { name: "plan-year", fixable: Fixable::Choice, build };

struct Spec {
    section: SectionIndex,
    behind: Vec<String>,
    plans: Vec<String>,
    by: Vec<String>,
    not: Vec<String>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["section", "behind", "plans", "by", "not"])?;
    let id = params::text(&spec.params, "section")?;
    let texts = |name: &str| params::texts(&spec.params, name);
    let plans = texts("plans")?;
    let own = Spec {
        section: form.section(&id).ok_or_else(|| format!("没有名为“{id}”的部分"))?,
        behind: texts("behind")?,
        plans: plans.clone(),
        by: texts("by")?,
        not: texts("not")?,
    };
    Ok(Scope::LineWith(plans, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let Some(year) = cx.head.year.filter(|_| cx.section == Some(spec.section)) else { return };
    let has = |text: &str, words: &[String]| words.iter().any(|it| text.contains(it.as_str()));
    let frames = &cx.facts.frames;
    for frame in frames.iter().filter(|it| it.year != year + 1) {
        let sentence = cx.slice(frame.sentence.clone().into());
        let names_next =
            frames.iter().any(|it| it.year == year + 1 && it.sentence == frame.sentence);
        let opens = || {
            frame.opens
                && frame.is_before(cx.text, &spec.behind)
                && has(frame.rest(cx.text), &spec.plans)
        };
        // The plan stands before its term; a term beyond the next year may well be meant.
        let is_term = || {
            let before = &cx.text[frame.sentence.start..frame.digits.start];
            frame.year <= year
                && before.ends_with(['，', ',', '；', '：'])
                && frame.is_before(cx.text, &spec.by)
                && has(before, &spec.plans)
        };
        if names_next || !(opens() || is_term()) || has(sentence, &spec.not) {
            continue;
        }
        let (old, next) = (frame.year, year + 1);
        let message = format!("报告的是{year}年，下一步的计划应是{next}年的，“{old}年”请核对");
        let edit = Edit::new(cx.place(frame.digits.clone()), next.to_string());
        let finding = Finding::new(cx.place(frame.range.clone()), message);
        sink.push(finding.fix(format!("改为{next}年"), Applicability::Choice, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "plan-year";
    const PLAN: &str = "下一步将细化公开事项，明确更新时限，加强业务培训。";

    fn with(words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        assert!(text.contains(PLAN));
        text.replacen(PLAN, words, 1)
    }

    #[test]
    fn a_plan_for_a_year_that_is_over_is_found() {
        for words in [
            "⟦plan-year: 2025年⟧，我局将进一步细化公开事项。",
            "\n改进措施：⟦plan-year: 2024 年⟧，将加强培训。",
            "⟦plan-year: 2025年⟧我局下一步细化公开事项。",
            "⟦plan-year: 2027年⟧，我局将进一步细化公开事项。",
            "下一步，细化公开事项，⟦plan-year: 2025年⟧上半年补齐栏目。",
            "下一步将抓好两件事：一是细化公开事项；二是明确时限，⟦plan-year: 2024年⟧底前完成。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
        let mended = apply_fix(&with("2025年，我局将进一步细化公开事项。"), RULE, 0);
        assert!(mended.contains("2026年，我局将进一步细化"), "{mended}");
        assert_findings(&mended, &[RULE]);
    }

    #[test]
    fn plans_of_the_next_year_and_of_several_years_pass() {
        for words in [
            "2026年，我局将进一步细化公开事项。",
            "2025年至2027年，将进一步推进专栏建设。",
            "2025—2027年，将进一步推进专栏建设。",
            "2025年，制定专栏计划，2026年将进一步推进。",
            "按照《2025年要点》，将进一步推进专栏建设。",
            "下一步，细化公开事项，2026年上半年补齐栏目，2027年上半年完成改版。",
            "下一步，细化公开事项，2027年底前完成改版。",
            "下一步，用好2025年上半年建成的栏目。",
            "栏目内容偏少，2025年上半年已补齐，下一步将加强培训。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn what_was_done_or_lacking_is_no_plan() {
        for words in [
            "2025年，我局将公开工作列入考核。",
            "2025年，公开工作仍有不足，下一步将加强培训。",
            "2025年，工作存在问题，将进一步改进。",
            "总结2025年，将进一步改进。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }
}
