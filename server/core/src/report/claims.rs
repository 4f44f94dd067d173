//! Figures of the prose that state a cell: every cue in place inside one clause, or none.
//!
//! 收到公民、法人和其他组织政府信息公开申请6件 is a claim, 收到行政复议申请4件 is none.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::model::{BoundClaim, Unit};
use super::value;
use crate::form::{Claim, Form};
use crate::text::TextRange;

/// The cues of a form in one automaton.
pub(crate) struct Cues {
    automaton: Option<AhoCorasick>,
    /// For each pattern the claims it opens.
    claims: Vec<Vec<usize>>,
}

impl Cues {
    /// The cues of `form`.
    pub(crate) fn new(form: &Form) -> Self {
        let mut patterns: Vec<&str> =
            form.claims.iter().flat_map(|claim| claim.before.iter().map(String::as_str)).collect();
        patterns.sort_unstable();
        patterns.dedup();
        let opens = |cue: &&str| {
            (0..form.claims.len())
                .filter(|&claim| form.claims[claim].before.iter().any(|it| it == cue))
                .collect()
        };
        let claims = patterns.iter().map(opens).collect();
        // Only short clauses are searched, so an automaton that is built quickly beats one that runs a little faster.
        let builder =
            AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&patterns);
        Self { automaton: builder.ok().filter(|_| !patterns.is_empty()), claims }
    }
}

/// The claims in `prose`, lines of `text`.
pub(crate) fn claims(form: &Form, cues: &Cues, text: &str, prose: &[TextRange]) -> Vec<BoundClaim> {
    let mut found: Vec<BoundClaim> = Vec::new();
    let Some(automaton) = &cues.automaton else { return found };
    for line in prose {
        let words = &text[line.to_range()];
        let mut at = 0;
        // Few clauses hold a figure, and only those are searched for cues.
        while let Some(figure) = words.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
            let clause = clause(words, at + figure);
            at = clause.end.max(at + figure + 1);
            for cue in automaton.find_overlapping_iter(&words[clause.clone()]) {
                let range = clause.start + cue.start()..clause.start + cue.end();
                for &index in &cues.claims[cue.pattern().as_usize()] {
                    let claim = claim(&form.claims[index], words, &clause, range.clone());
                    let Some(claim) = claim.map(|claim| shifted(claim, index, line.start as usize))
                    else {
                        continue;
                    };
                    // Two cues of one claim before one number (共收到, 收到) are one claim.
                    if !found
                        .iter()
                        .any(|known| known.claim == index && known.number == claim.number)
                    {
                        found.push(claim);
                    }
                }
            }
        }
    }
    found.sort_by_key(|claim| (claim.range.start, claim.claim));
    found
}

fn shifted(mut claim: BoundClaim, index: usize, by: usize) -> BoundClaim {
    claim.claim = index;
    claim.range = claim.range.shifted(by);
    claim.number = claim.number.shifted(by);
    claim
}

/// The words between the two commas or stops around `at`. 、 does not end a clause: it joins applicants (公民、法人和其他组织).
fn clause(words: &str, at: usize) -> Range<usize> {
    let ends = |c| {
        matches!(
            c,
            '，' | ',' | '。' | '；' | ';' | '！' | '？' | '：' | ':' | '（' | '）' | '(' | ')'
        )
    };
    let start = words[..at]
        .char_indices()
        .rev()
        .find(|(_, c)| ends(*c))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let end = words[at..].find(ends).map_or(words.len(), |end| at + end);
    start..end
}

fn claim(
    spec: &Claim,
    words: &str,
    clause: &Range<usize>,
    cue: Range<usize>,
) -> Option<BoundClaim> {
    if cue.end > clause.end
        || spec.not.iter().any(|word| words[clause.clone()].contains(word.as_str()))
    {
        return None;
    }
    let (number, unit, end) = number_with_unit(&words[..clause.end], cue.end, &spec.unit)?;
    let stated = &words[cue.start..end];
    if !spec.object.is_empty() && !spec.object.iter().any(|word| stated.contains(word.as_str())) {
        return None;
    }
    // In 收到复议申请4件，其中信息公开2件 the word that is met first, going back, says what is counted.
    let last = |words_of: &[String]| {
        words_of.iter().filter_map(|word| words[..number.start].rfind(word.as_str())).max()
    };
    if !spec.topic.is_empty() && last(&spec.topic) <= last(&spec.not) {
        return None;
    }
    let written = value::read(&words[number.clone()]).number()?;
    let before = words[cue.start..number.start].trim_end();
    let hedged =
        ["约", "近", "超", "超过", "逾", "达到近"].iter().any(|hedge| before.ends_with(hedge))
            || words[number.end..].trim_start().starts_with(['余', '多']);
    Some(BoundClaim {
        claim: 0,
        range: TextRange::new(cue.start, end),
        number: number.into(),
        value: written,
        unit,
        hedged,
    })
}

/// The first number behind `from` that one of `units` follows: number, unit, end of the unit. The year in 收到2024年申请5件 has another unit.
fn number_with_unit(
    words: &str,
    from: usize,
    units: &[String],
) -> Option<(Range<usize>, Unit, usize)> {
    let mut at = from;
    loop {
        let start = at + words[at..].find(|c: char| c.is_ascii_digit())?;
        let figure = words[start..]
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .map_or(words.len(), |end| start + end);
        let rest = words[figure..].trim_start_matches([' ', '余', '多']);
        let rest_at = words.len() - rest.len();
        let longest = units
            .iter()
            .filter(|unit| rest.starts_with(unit.as_str()))
            .max_by_key(|unit| unit.len());
        if let Some(unit) = longest {
            let kind = match unit.as_str() {
                "元" => Unit::Yuan,
                "万元" => Unit::Wan,
                "亿元" => Unit::Yi,
                _ => Unit::Item,
            };
            return Some((start..figure, kind, rest_at + unit.len()));
        }
        at = figure;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(words: &str) -> Vec<String> {
        let claim = Claim {
            before: vec!["新收".into(), "收到".into()],
            object: vec!["信息公开申请".into()],
            unit: vec!["件".into()],
            not: vec!["复议".into()],
            ..Claim::default()
        };
        let form = Form { claims: vec![claim], ..Form::default() };
        let found = claims(&form, &Cues::new(&form), words, &[TextRange::new(0, words.len())]);
        found
            .iter()
            .map(|claim| {
                format!(
                    "{}={}{}",
                    &words[claim.range.to_range()],
                    claim.value,
                    if claim.hedged { "~" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn a_claim_needs_every_cue_in_one_clause() {
        assert_eq!(
            stated("全年收到公民、法人和其他组织政府信息公开申请6件，上年结转0件"),
            ["收到公民、法人和其他组织政府信息公开申请6件=6"]
        );
        assert_eq!(
            stated("收到2024年政府信息公开申请 12 件"),
            ["收到2024年政府信息公开申请 12 件=12"]
        );
        assert_eq!(stated("收到政府信息公开申请近30余件"), ["收到政府信息公开申请近30余件=30~"]);
        assert!(stated("收到行政复议申请4件，政府信息公开申请").is_empty());
        assert!(stated("收到来信，政府信息公开申请6件").is_empty());
        assert!(stated("未收到政府信息公开申请。").is_empty());
    }
}
