//! A word that must not stand before a time.

use crate::form::{Form, RuleSpec};
use crate::rules::plausibility::params;
use crate::rules::{Applicability, Check, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink};
use crate::text::{Hit, Words};

/// `word-before-time`. Keys: `words`, the wrong word with what may belong to it, longest first; `right`, what takes its place; `time`, words for a time;
/// `unit`, of which one follows the figures of a time; `not_after`, words before the wrong word that make it right: 报名截止2025年3月1日.
pub(crate) static WORD_BEFORE_TIME: Mechanism =
    Mechanism { name: "word-before-time", fixable: Fixable::Safe, build };

struct Spec {
    words: Vec<String>,
    /// The same, to be looked for.
    set: Words,
    right: String,
    time: Vec<String>,
    unit: Vec<String>,
    not_after: Vec<String>,
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["words", "right", "time", "unit", "not_after"])?;
    let texts = |key| params::texts(&spec.params, key);
    let words = texts("words")?;
    let own = Spec {
        set: Words::new(words.iter().map(String::as_str)),
        words,
        right: params::text(&spec.params, "right")?,
        time: texts("time")?,
        unit: texts("unit")?,
        not_after: texts("not_after")?,
    };
    Ok(Scope::LineWith(own.words.clone(), Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let starts_with = |words: &[String], text: &str| words.iter().any(|it| text.starts_with(it));
    let mut hits = Vec::new();
    spec.set.find(cx.text, &mut hits);
    hits.sort_unstable_by_key(|hit| (hit.start, hit.word));
    let mut at = 0;
    for Hit { word, start, end } in hits {
        if start < at {
            continue;
        }
        at = end;
        let word = &spec.words[word];
        let behind = cx.text[at..].trim_start_matches(' ');
        let unit = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_time = starts_with(&spec.time, behind)
            || unit.len() < behind.len() && starts_with(&spec.unit, unit.trim_start());
        if !is_time || spec.not_after.iter().any(|it| cx.text[..start].ends_with(it.as_str())) {
            continue;
        }
        let right = &spec.right;
        let place = cx.place(start..at);
        let finding = Finding::new(place, format!("“{word}”后面是时间，应为“{right}”"));
        let edit = Edit::new(place, right.clone());
        sink.push(finding.fix(format!("改为“{right}”"), Applicability::Safe, vec![edit]));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, saying};

    const RULE: &str = "jiezhi-word";

    #[test]
    fn a_time_wants_the_other_word() {
        for (says, right) in [
            ("⟦jiezhi-word: 截止⟧2025年12月31日，公开69条。", "截至2025年12月31日，公开69条。"),
            ("⟦jiezhi-word: 截止到⟧12月底，公开69条。", "截至12月底，公开69条。"),
            ("⟦jiezhi-word: 截止至⟧年底，公开69条。", "截至年底，公开69条。"),
            ("⟦jiezhi-word: 截止⟧ 2025 年，公开69条。", "截至 2025 年，公开69条。"),
        ] {
            assert_findings(&saying(says), &[RULE]);
            let plain = says.replace("⟦jiezhi-word: ", "").replace('⟧', "");
            assert_eq!(apply_fix(&saying(&plain), RULE, 0), saying(right));
        }
    }

    #[test]
    fn deadlines_are_what_they_say() {
        for says in [
            "截至2025年12月31日，公开69条。",
            "截止日期为2025年12月31日。",
            "征集截止时间：2025年6月1日。",
            "报名截止2025年6月1日，申报截止12月31日。",
            "截止后不再受理，截止3件。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
