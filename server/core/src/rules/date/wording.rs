//! Words that speak from the day of writing, in a report on a year that is over.

use crate::form::{Form, RuleSpec};
use crate::rules::plausibility::params;
use crate::rules::{Applicability, Check, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink};

/// `closed-year-wording`. Keys: `words`, what speaks from the day of writing; `not`, words that rule a sentence out: plans may.
pub(crate) static CLOSED_YEAR_WORDING: Mechanism =
    Mechanism { name: "closed-year-wording", fixable: Fixable::Choice, build };

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["words", "not"])?;
    let (words, not) = (params::texts(&spec.params, "words")?, params::texts(&spec.params, "not")?);
    Ok(Scope::LineWith(words.clone(), Box::new(move |cx, sink| check(cx, sink, &words, &not))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, words: &[String], not: &[String]) {
    let Some(year) = cx.head.year else { return };
    let mut start = 0;
    for sentence in cx.text.split_inclusive(['。', '；', '！', '？']) {
        let from = start;
        start += sentence.len();
        let found = words.iter().filter_map(|word| Some((sentence.find(word.as_str())?, word)));
        let Some((at, word)) = found.min() else { continue };
        if not.iter().any(|word| sentence.contains(word.as_str())) {
            continue;
        }
        let place = cx.place(from + at..from + at + word.len());
        let right = format!("截至{year}年12月31日");
        let message =
            format!("报告的是{year}年，“{word}”说的是写稿的时候：请写明时间，如“{right}”");
        let edit = Edit::new(place, right.clone());
        let finding = Finding::new(place, message);
        sink.push(finding.fix(format!("改为“{right}”"), Applicability::Choice, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, saying};

    const RULE: &str = "as-of-now-wording";

    #[test]
    fn words_of_the_day_of_writing_are_found() {
        for says in [
            "⟦as-of-now-wording: 截至目前⟧，公开信息69条。",
            "公开信息69条。⟦as-of-now-wording: 今年以来⟧，培训2次；⟦as-of-now-wording: 到目前为止⟧无投诉。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        let says = |time: &str| saying(&format!("{time}，公开信息69条。"));
        assert_eq!(apply_fix(&says("截至目前"), RULE, 0), says("截至2025年12月31日"));
    }

    #[test]
    fn plans_and_days_that_are_named_pass() {
        for says in [
            "截至2025年12月31日，公开信息69条。",
            "截至年底，公开信息69条。",
            "下一步，将在截至目前的基础上增加栏目。",
            "计划对今年以来的文件进行清理。",
            "目前公开栏目运行平稳。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
