//! A total of the prose against the parts that follow it.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::form::{Form, RuleSpec};
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show,
};

use super::{has, sentences};

/// `total-of-parts`. Keys: `some`, words between a total and some of its parts, which may not sum to more; `all`, words between it and all of them,
/// which sum to it; `doubt`, words that make a figure or a list uncertain; `round`, characters behind a figure that make it a round one or a date.
pub(crate) static TOTAL_OF_PARTS: Mechanism =
    Mechanism { name: "total-of-parts", fixable: Fixable::Choice, build };

struct Spec {
    /// Words between a total and its parts; whether they name all of them.
    leads: Vec<(String, bool)>,
    doubt: Vec<String>,
    round: Vec<String>,
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["some", "all", "doubt", "round"])?;
    let texts = |key| params::texts(&spec.params, key);
    let (some, all) = (texts("some")?, texts("all")?);
    let words = some.iter().chain(&all).cloned().collect();
    let leads = some.into_iter().map(|it| (it, false)).chain(all.into_iter().map(|it| (it, true)));
    let own = Spec { leads: leads.collect(), doubt: texts("doubt")?, round: texts("round")? };
    Ok(Scope::LineWith(words, Box::new(move |cx, sink| check(cx, sink, &own))))
}

/// A figure with the word behind it.
pub(super) struct Figure<'l> {
    pub(super) range: Range<usize>,
    pub(super) value: Decimal,
    pub(super) unit: &'l str,
    pub(super) end: usize,
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    for (from, sentence) in sentences(cx.text) {
        for (lead, is_all) in &spec.leads {
            for (at, _) in sentence.match_indices(lead.as_str()) {
                if let Some(finding) = judge(cx, spec, (from, sentence), (at, lead, *is_all)) {
                    sink.push(finding);
                }
            }
        }
    }
}

/// The finding on the total before the lead at `at` of a sentence that starts at `from` of the line.
fn judge(
    cx: &LineCx<'_>,
    spec: &Spec,
    (from, sentence): (usize, &str),
    (at, lead, is_all): (usize, &str, bool),
) -> Option<Finding> {
    let head = sentence[..at].strip_suffix(['，', ',', '（', '('])?;
    let total = figures(head, &spec.round)?.pop()?;
    let behind = &sentence[at + lead.len()..];
    let list = behind.trim_end_matches(['。', '；', ';', '！', '？', '）', ')']);
    // A second lead or a bracket opens another list, a full figure sentence another matter.
    let is_plain = !list.contains(['（', '(', '：', ':', '）', ')'])
        && spec.leads.iter().all(|(lead, _)| !list.contains(lead.as_str()))
        && !has(&spec.doubt, list);
    let clause = head.rfind(['，', ',', '、', '：']).map_or(head, |at| &head[at..]);
    let is_sure = total.end == head.len() && !has(&spec.doubt, clause);
    if !is_plain || !is_sure || total.value.is_zero() {
        return None;
    }
    let parts = figures(list, &spec.round)?;
    let pieces = list.split(['、', '，', ',']).count();
    if parts.len() < 2 || parts.len() != pieces || parts.iter().any(|it| it.unit != total.unit) {
        return None;
    }
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.value))?;
    let is_wrong = if is_all { sum != total.value } else { sum > total.value };
    // A comma may lead on to what is no part of the total: 其中A5件、B6件，办结9件.
    let is_one_list = !(list.contains('、') && list.contains(['，', ',']));
    if !is_wrong || !is_one_list || are_two_lists(&parts, total.value) {
        return None;
    }
    let difference = sum.checked_sub(total.value)?.abs();
    let mut message = format!(
        "总数为 {}，所列 {} 项之和为 {}，相差 {}",
        show(total.value),
        parts.len(),
        show(sum),
        show(difference)
    );
    let base = at + lead.len();
    let mut same = parts.iter().filter(|part| part.value == difference);
    if let (Some(part), None) = (same.next(), same.next()) {
        let piece = list[..part.end].rsplit(['、', '，', ',']).next().unwrap_or("").trim();
        message.push_str(&format!("，恰好等于“{piece}”，可能漏计或多计了这一项"));
    }
    message.push_str("：请核对总数和各项；各项有重复的请说明");
    let at_total = from + total.range.start..from + total.range.end;
    let mut finding = Finding::new(cx.place(from + total.range.start..from + total.end), message);
    for part in &parts {
        let range = from + base + part.range.start..from + base + part.end;
        finding = finding.related(cx.place(range), format!("分项 {}", show(part.value)));
    }
    finding.data.difference = Some(difference);
    let edit = Edit::new(cx.place(at_total), show(sum));
    Some(finding.fix(
        format!("把总数改为各项之和 {}", show(sum)),
        Applicability::Choice,
        vec![edit],
    ))
}

/// Do the first parts sum to the total, with two or more behind them? 12件，其中线上10件，线下2件，线上办结9件，线下办结2件 counts twice.
fn are_two_lists(parts: &[Figure<'_>], total: Decimal) -> bool {
    let mut sum = Decimal::ZERO;
    parts.iter().take(parts.len().saturating_sub(2)).enumerate().any(|(at, part)| {
        sum = sum.saturating_add(part.value);
        at > 0 && sum == total
    })
}

/// The figures of a text with the one character behind each; a year is none. `None` when a figure cannot be read.
pub(super) fn figures<'l>(text: &'l str, round: &[String]) -> Option<Vec<Figure<'l>>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|it| at + it) {
        let end = text[start..]
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .map_or(text.len(), |it| start + it);
        at = end;
        // 225 条: half the web leaves a blank.
        let rest = text[end..].trim_start_matches(' ');
        let unit = rest.chars().next().map_or("", |c| &rest[..c.len_utf8()]);
        let unit = if rest.starts_with("万元") { "万元" } else { unit };
        if unit == "年" {
            continue;
        }
        let is_unit = unit.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        // 1.2万条 is a round figure.
        if !is_unit || round.iter().any(|it| it == unit) {
            return None;
        }
        let value = Decimal::from_str_exact(&text[start..end]).ok()?;
        found.push(Figure {
            range: start..end,
            value,
            unit,
            end: text.len() - rest.len() + unit.len(),
        });
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, report};

    const RULE: &str = "narrative-sum-mismatch";

    fn saying(words: &str) -> String {
        report("云岭县水利局", 2025).replacen("规范申请的登记、审核、办理、答复和归档。", words, 1)
    }

    #[test]
    fn parts_above_their_total_are_found_with_the_part_left_out() {
        let says = "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、微信公众号160条、公示栏50条、简报20条。";
        assert_findings(&saying(says), &[RULE]);
        let says = "全年发布信息300条，其中网站140条、微信公众号160条、公示栏50条。";
        assert!(hits(&saying(says), RULE)[0].message.contains("恰好等于“公示栏50条”"));
    }

    #[test]
    fn parts_left_out_and_doubtful_lists_are_no_fault() {
        for says in [
            "全年发布信息300条，其中网站120条、微信公众号160条。",
            "全年发布信息300余条，其中网站220条、微信公众号160条。",
            "全年发布信息300条，其中网站220条、视频160个。",
            "全年发布信息300条，包括网站120条、微信公众号180条。",
            "全年发布信息300条，包括网站120条、微信公众号等160条。",
            "全年发布信息300条，其中网站120条、公示栏80条，解读160条。",
            "全年受理咨询12件，其中线上10件，线下2件，线上办结9件，线下办结2件。",
            "全年发布信息20条，其中网站含首页31条、专栏1条。",
            "2024年发布信息300条，其中2024年3月发布220条、4月发布160条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn a_colon_and_blanks_before_units_are_read() {
        for says in [
            "公开信息⟦narrative-sum-mismatch: 300条⟧,包括:网站120条,公众号225 条。",
            "公开信息⟦narrative-sum-mismatch: 300 条⟧，其中:网站120条、公众号225条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        let says = "公开信息345条,包括:网站120条,公众号225 条。";
        assert_eq!(hits(&saying(says), RULE), []);
    }

    #[test]
    fn the_total_can_be_set_to_the_sum() {
        let says =
            |total: u32| saying(&format!("全年发布信息{total}条，包括网站120条、公众号160条。"));
        assert_eq!(apply_fix(&says(300), RULE, 0), says(280));
    }
}
