//! A total of the prose against the parts that are told by a word of their own, such as the channels by which requests came.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::form::{Form, RuleSpec};
use crate::report::Figure;
use crate::rules::plausibility::params;
use crate::rules::{Check, Cure, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show};

use super::{counts, has, sentences};

/// `parts-by-word`. Keys: `total`, words of the clause that states the total; `object`, words of which one stands there too; `unit`, units of the
/// total and of its parts; `parts`, words of which each part has one; `both`, pairs of words that name all parts between them; `lead`, words behind
/// the total that `total-of-parts` looks at: there only a smaller sum of a pair is said; `not`, words that make a sentence uncertain.
pub(crate) static PARTS_BY_WORD: Mechanism =
    Mechanism { name: "parts-by-word", fixable: Fixable::No, build };

const MARKS: &[char] =
    &['，', ',', '、', '（', '(', '）', ')', '：', ':', '。', '；', ';', '！', '？'];

struct Spec {
    total: Vec<String>,
    object: Vec<String>,
    unit: Vec<String>,
    parts: Vec<String>,
    both: Vec<Vec<String>>,
    lead: Vec<String>,
    not: Vec<String>,
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["total", "object", "unit", "parts", "both", "lead", "not"])?;
    let texts = |key| params::texts(&spec.params, key);
    let pair = |pair: &String| pair.split('+').map(|it| it.trim().to_owned()).collect();
    let own = Spec {
        total: texts("total")?,
        object: texts("object")?,
        unit: texts("unit")?,
        parts: texts("parts")?,
        both: texts("both")?.iter().map(pair).collect(),
        lead: texts("lead")?,
        not: texts("not")?,
    };
    Ok(Scope::ParagraphWith(own.parts.clone(), Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let mut before = (0, "");
    for (from, sentence) in sentences(cx.text) {
        if has(&spec.parts, sentence) && !has(&spec.not, sentence) {
            let is_led = spec.lead.iter().any(|it| sentence.trim_start().starts_with(it.as_str()));
            // Channels without a lead may be of anything that their own sentence speaks of.
            let stated =
                if is_led && !has(&spec.not, before.1) { before } else { (from, sentence) };
            sink_in(cx, sink, spec, stated, from + sentence.len());
        }
        before = (from, sentence);
    }
}

/// Looks at the channels behind a total in `sentence`, which begins at `from`, up to `end`.
fn sink_in(
    cx: &LineCx<'_>,
    sink: &mut Sink<'_>,
    spec: &Spec,
    (from, sentence): (usize, &str),
    end: usize,
) {
    let stretch = &cx.text[from..end];
    let mut clauses = clauses(stretch);
    let is_total = |clause: &Range<usize>| {
        let words = &stretch[clause.clone()];
        has(&spec.total, words) && has(&spec.object, words) && !has(&spec.parts, words)
    };
    let Some(clause) = clauses.find(is_total) else { return };
    let is_apart = from + sentence.len() < end;
    // 收到申请9件，答复8件。其中 speaks of the answers.
    if is_apart && sentence[clause.end..].contains(|c: char| c.is_ascii_digit()) {
        return;
    }
    let figure =
        |clause: &Range<usize>| one_figure(cx, from + clause.start..from + clause.end, spec);
    let Some(total) = figure(&clause) else { return };
    let mut parts: Vec<(&str, &Figure)> = Vec::new();
    let (mut is_led, mut is_open) = (false, false);
    for clause in clauses {
        let words = stretch[clause.clone()].trim();
        // What else the total's sentence says leads to no channel.
        if is_apart && from + clause.end <= from + sentence.len() {
            continue;
        }
        if parts.is_empty() && spec.lead.iter().any(|it| words.starts_with(it.as_str())) {
            is_led = true;
        }
        if words.is_empty() || spec.lead.iter().any(|it| it == words) {
            continue;
        }
        let mut named = spec.parts.iter().filter(|word| words.contains(word.as_str()));
        let (Some(word), Some(part), None) = (named.next(), figure(&clause), named.next()) else {
            // What is no channel may be one in other words.
            is_open = words.contains(|c: char| c.is_ascii_digit());
            break;
        };
        // A channel named twice is counted in two ways.
        let is_other = part.unit(cx.text) != total.unit(cx.text);
        if is_other || parts.iter().any(|(other, _)| other == word) {
            return;
        }
        parts.push((word, part));
    }
    if parts.len() < 2 {
        return;
    }
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, (_, it)| sum.checked_add(it.value));
    let Some(sum) = sum else { return };
    let names_all = |pair: &Vec<String>| {
        pair.len() == parts.len() && pair.iter().all(|word| parts.iter().any(|(it, _)| it == word))
    };
    let is_short = !is_open && sum < total.value && spec.both.iter().any(names_all);
    let is_over = !is_led && sum > total.value;
    if !is_short && !is_over {
        return;
    }
    let message = format!(
        "总数为 {}，各渠道之和为 {}，相差 {}：请核对总数和各渠道的数",
        show(total.value),
        show(sum),
        show(sum.checked_sub(total.value).unwrap_or_default().abs())
    );
    let place = |figure: &Figure| cx.place(figure.range.start..figure.unit.end);
    let mut finding = Finding::new(place(total), message);
    finding.data.difference = sum.checked_sub(total.value);
    let most = if is_short { sum } else { Decimal::MAX };
    finding = finding.cured_by([Cure::within(place(total), sum, most)]);
    for (_, part) in &parts {
        let right = sum.checked_sub(part.value).and_then(|others| total.value.checked_sub(others));
        let least = if is_short { right } else { right.map(|it| it.min(Decimal::ZERO)) };
        let cure = right.zip(least).map(|(right, least)| Cure::within(place(part), least, right));
        finding = finding.cured_by(cure);
    }
    for (word, figure) in &parts {
        finding = finding.related(place(figure), format!("{word} {}", show(figure.value)));
    }
    sink.push(finding);
}

/// The clauses of a sentence; here 、 and brackets cut too.
fn clauses(sentence: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    sentence.split_inclusive(MARKS).map(move |clause| {
        let from = start;
        start += clause.len();
        from..from + clause.trim_end_matches(MARKS).len()
    })
}

/// The only count of a clause, when it ends the clause and has a unit of the rule.
fn one_figure<'f>(cx: &LineCx<'f>, clause: Range<usize>, spec: &Spec) -> Option<&'f Figure> {
    let end = clause.end;
    let mut found = counts(cx, clause)?;
    let figure = found.pop().filter(|it| it.unit.end == end && found.is_empty())?;
    spec.unit.iter().any(|unit| unit == figure.unit(cx.text)).then_some(figure)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-channel-sum";

    #[test]
    fn channels_do_not_sum_to_more_than_came() {
        let says =
            "全年收到政府信息公开申请⟦narrative-channel-sum: 6件⟧，网络申请5件，信函申请2件。";
        assert_findings(&saying(says), &[RULE]);
        let says = "全年收到政府信息公开申请⟦narrative-channel-sum: 6件⟧（网络5件、当面2件）。";
        assert_findings(&saying(says), &[RULE]);
    }

    #[test]
    fn two_channels_that_are_all_there_are_sum_to_what_came() {
        let says = "全年收到政府信息公开申请⟦narrative-channel-sum: 9件⟧，其中线上5件，线下2件。";
        assert_findings(&saying(says), &[RULE]);
        let says = "全年收到政府信息公开申请7件，其中线上5件，线下2件。";
        assert_eq!(hits(&saying(says), RULE), []);
    }

    #[test]
    fn a_total_may_stand_in_the_sentence_before() {
        for says in [
            "全年收到政府信息公开申请⟦narrative-channel-sum: 9件⟧。其中，线上5件，线下2件。",
            "全年收到政府信息公开申请⟦narrative-channel-sum: 9件⟧，均按期答复；其中线上5件、线下2件。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "全年收到政府信息公开申请7件。其中，线上5件，线下2件。",
            "全年收到政府信息公开申请9件，答复7件。其中，线上5件，线下2件。",
            "全年收到政府信息公开申请9件。线上公开5件，线下公开2件。",
            "全年收到政府信息公开申请9件（含结转2件）。其中，线上5件，线下2件。",
            "全年收到政府信息公开申请9件。举办活动7场。其中，线上5件，线下2件。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn channels_left_out_and_other_figures_are_no_fault() {
        for says in [
            "全年收到政府信息公开申请9件，其中网络申请5件，信函申请2件。",
            "全年收到政府信息公开申请9件，网络申请5件，信函申请2件。",
            "全年收到政府信息公开申请6件，线上5件，办结4件。",
            "全年收到政府信息公开申请9件，线上5件，线下2件，转来2件。",
            "全年收到政府信息公开申请6件（含上年结转1件），网络申请5件，信函申请2件。",
            "全年收到政府信息公开申请近6件，网络申请5件，信函申请2件。",
            "全年收到政府信息公开申请6件，网络申请5件，信函咨询2次。",
            "全年收到政府信息公开申请6件。网络留言5件，信函来访2件。",
            "2024年收到政府信息公开申请6件，网络申请5件，信函申请2件，比上年增加。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
