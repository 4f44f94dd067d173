//! Several cells stated in one breath: 行政许可、行政处罚、行政强制分别为12件、3件、0件.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::numbers::{LONGEST, number_with_unit};
use super::{ADVERBS, JOINS};
use crate::form::{Claim, Form};
use crate::report::model::{BoundClaim, Unit};
use crate::report::prose::{Hedges, figure_end};
use crate::report::value;

/// What says that the figures come in the order of the names.
const IN_ORDER: &str = "分别";
/// Nearly no line holds it, and this says so at once.
static ORDERS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(IN_ORDER));
/// Marks before which the list cannot begin.
const STOPS: [char; 9] = ['，', ',', '。', '；', ';', '：', ':', '（', '('];
/// What may stand between it and the first figure: 分别为, 分别作出; 分别压缩到 counts something else.
const LEAD: &str = "为是有达作做出共计 ";
/// What may follow the last name: 处理决定数量; 行政许可案卷 is something else.
const TAIL: &str = "的处理决定件宗数量 ";

/// Adds the claims that lists of a line make.
pub(super) fn listed(form: &Form, hedges: &Hedges, words: &str, found: &mut Vec<BoundClaim>) {
    let mut seen = 0;
    for at in ORDERS.find_iter(words.as_bytes()) {
        // A list has one such word, so that no word is looked at for two lists: 甲、乙分别甲、乙分别….
        let from = std::mem::replace(&mut seen, at + IN_ORDER.len());
        let stop = words[from..at].rfind(STOPS).map(|stop| from + stop);
        let start = match stop {
            Some(stop) => stop + words[stop..].chars().next().map_or(0, char::len_utf8),
            None if from == 0 => 0,
            None => continue,
        };
        let names: Vec<&str> = words[start..at].split(JOINS).map(str::trim).collect();
        let Some(figures) = figures(words, at + IN_ORDER.len(), hedges) else { continue };
        let (Some(last), true) = (figures.last(), names.len() > 1) else { continue };
        if figures.len() != names.len() || names.contains(&"") {
            continue;
        }
        let said = &words[start..last.end];
        let own: Vec<Option<usize>> = names
            .iter()
            .enumerate()
            .map(|(index, name)| {
                form.claims.iter().position(|claim| {
                    is_named(claim, name, index, names.len()) && !is_ruled_out(claim, said)
                })
            })
            .collect();
        // 行政许可、行政处罚案卷 counts something else.
        if !matches!(own.as_slice(), [Some(_), .., Some(_)]) {
            continue;
        }
        for (index, claim) in own.into_iter().enumerate() {
            let Some((claim, of)) = claim.and_then(|at| Some((at, form.claims.get(at)?))) else {
                continue;
            };
            let (figure, behind) = (&figures[index], &words[last.range.end..last.end]);
            let has_unit = of.unit.iter().any(|unit| behind.trim() == unit);
            let Some(value) = value::read(&words[figure.range.clone()]).number() else { continue };
            if has_unit {
                found.push(BoundClaim {
                    claim,
                    range: (figure.range.start..figure.end).into(),
                    number: figure.range.clone().into(),
                    value,
                    unit: Unit::Item,
                    hedged: false,
                    year: None,
                    of_office: false,
                    is_loose: false,
                });
            }
        }
    }
}

/// Adds the claims of names that follow a claim with their figures: 作出行政许可12件、行政处罚3件.
pub(super) fn continued(form: &Form, hedges: &Hedges, words: &str, found: &mut Vec<BoundClaim>) {
    let is_listed = |it: &BoundClaim| {
        form.claims.get(it.claim).is_some_and(|of| !of.listed.is_empty())
            && !it.hedged
            && !it.is_loose
    };
    if !found.iter().any(is_listed) {
        return;
    }
    let sure = found.iter().filter(|it| !it.is_loose);
    let known: BTreeSet<u32> = sure.map(|it| it.number.start).collect();
    let (mut at, own) = (0, found.len());
    // Those that are added are looked at in their turn.
    while let Some(claim) = found.get(at) {
        at += 1;
        let next = is_listed(claim).then(|| next(form, hedges, words, claim.range.end as usize));
        found.extend(next.flatten().filter(|it| !known.contains(&it.number.start)));
    }
    // Behind a sure one a loose one is sure.
    let continued: BTreeSet<u32> = found[own..].iter().map(|it| it.number.start).collect();
    found.retain(|it| !it.is_loose || !continued.contains(&it.number.start));
}

/// The claim that begins behind a mark at `end`: a name and its figure.
fn next(form: &Form, hedges: &Hedges, words: &str, end: usize) -> Option<BoundClaim> {
    let rest = words[end..].strip_prefix(['、', '和', '，', ','])?;
    form.claims.iter().enumerate().find_map(|(claim, of)| {
        let name = of.listed.iter().find(|name| rest.starts_with(name.as_str()))?;
        let figure = rest[name.len()..].trim_start_matches(ADVERBS);
        let start = words.len() - figure.len();
        let reach = figure.char_indices().take(LONGEST).last();
        let near = start + reach.map_or(0, |(at, c)| at + c.len_utf8());
        let number = number_with_unit(&words[..near], start, &of.unit, hedges)?;
        let is_ruled_out = of.not.iter().any(|it| words[number.end..].starts_with(it.as_str()));
        if number.range.start != start || number.hedged || is_ruled_out {
            return None;
        }
        let value = value::read(&words[number.range.clone()]).number()?;
        let range = (words.len() - rest.len()..number.end).into();
        let (number, unit) = (number.range.into(), number.unit);
        let (hedged, year, of_office, is_loose) = (false, None, false, false);
        Some(BoundClaim { claim, range, number, value, unit, hedged, year, of_office, is_loose })
    })
}

/// A figure of the list, with what counts it.
struct Figure {
    range: Range<usize>,
    /// Behind its unit.
    end: usize,
}

/// The figures from `at` on that stand one behind the other: 12件、3件和0件, 12、3、0件.
fn figures(words: &str, at: usize, hedges: &Hedges) -> Option<Vec<Figure>> {
    let first = words[at..].find(|c: char| !LEAD.contains(c))?;
    let lead = words[at..at + first].trim_end();
    if hedges.before.iter().any(|hedge| lead.ends_with(hedge.as_str())) {
        return None;
    }
    let (mut found, mut from) = (Vec::new(), at + first);
    loop {
        if !words[from..].starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let end = figure_end(words, from);
        let rest = words[end..].trim_start_matches(' ');
        // 30余件 says less than it seems.
        if hedges.after.iter().any(|hedge| rest.starts_with(hedge.as_str())) {
            return None;
        }
        let unit = rest.chars().next().filter(|c| c.is_alphabetic() && !JOINS.contains(c));
        let behind = words.len() - rest.len() + unit.map_or(0, char::len_utf8);
        found.push(Figure { range: from..end, end: behind });
        let Some(next) = words[behind..].strip_prefix(JOINS) else { return Some(found) };
        from = words.len() - next.trim_start_matches(' ').len();
    }
}

/// Words may stand before the first name and behind the last: 作出行政许可、行政强制处理决定.
fn is_named(claim: &Claim, name: &str, index: usize, count: usize) -> bool {
    claim.listed.iter().any(|own| match index {
        0 => name.ends_with(own.as_str()),
        _ if index + 1 == count => name
            .strip_prefix(own.as_str())
            .is_some_and(|tail| tail.chars().all(|c| TAIL.contains(c))),
        _ => name == own,
    })
}

/// A word that holds a name of the list joins two of them to one figure, which is not so here.
fn is_ruled_out(claim: &Claim, said: &str) -> bool {
    let names = |word: &str| claim.listed.iter().any(|own| word.contains(own.as_str()));
    let rules_out = |word: &&String| !names(word) && word.as_str() != IN_ORDER;
    claim.not.iter().filter(rules_out).any(|word| said.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::rules::testing::{assert_findings, hits, saying};

    fn stated(words: &str) -> Vec<(usize, String)> {
        let claim = |name: &str| Claim {
            listed: vec![name.to_owned()],
            unit: vec!["件".into()],
            not: vec!["公开".into(), "许可、处罚".into()],
            ..Claim::default()
        };
        let form = Form { claims: vec![claim("许可"), claim("处罚")], ..Form::default() };
        let mut found = Vec::new();
        listed(&form, &Dictionary::builtin().hedges, words, &mut found);
        found.iter().map(|it| (it.claim, words[it.range.to_range()].to_owned())).collect()
    }

    #[test]
    fn figures_belong_to_the_names_in_order() {
        let both = [(0, "12件".to_owned()), (1, "3件".to_owned())];
        assert_eq!(stated("全年，作出许可、处罚决定分别为12件、3件。"), both);
        assert_eq!(stated("许可和处罚分别12件和3件"), both);
        assert_eq!(stated("许可、检查、处罚分别为12、9、3件")[1], (1, "3件".to_owned()));
    }

    #[test]
    fn what_is_no_list_of_the_kind_states_nothing() {
        for words in [
            "许可、处罚分别为12件、3件、5件",
            "许可、处罚分别为12件",
            "公开许可、处罚分别为12件、3件",
            "许可、处罚分别为约12件、3件",
            "许可、处罚分别为12余件、3件",
            "许可、处罚分别公开，共12件、3件",
            "许可、处罚分别为12条、3条",
            "许可分别为12件、3件",
            "许可、处罚案卷分别为12件、3件",
            "许可、处罚案卷分别评查12件、3件",
            "许可、处罚时限分别压缩到12件、3件",
        ] {
            assert_eq!(stated(words), [], "{words}");
        }
    }

    #[test]
    fn a_listed_figure_is_compared_with_its_cell() {
        let says = "全年作出行政许可、行政处罚、行政强制分别为⟦narrative-licensing-mismatch: 5件⟧、0件、0件。";
        assert_findings(&saying(says), &["narrative-licensing-mismatch"]);
        let says = "全年作出行政许可、行政处罚、行政强制分别为0件、0件、0件。";
        assert_eq!(hits(&saying(says), "narrative-penalty-mismatch"), []);
        let says =
            "全年作出行政许可0件、⟦narrative-penalty-mismatch: 行政处罚300件⟧，行政强制0件。";
        assert_findings(&saying(says), &["narrative-penalty-mismatch"]);
        for says in [
            "全年作出行政许可0件、行政处罚公开300件。",
            "全年作出行政许可0件、行政处罚300余件。",
            "全年作出行政许可0件、行政处罚300件等。",
            "全年作出行政许可0件。行政处罚300件。",
            "全年公开行政许可0件、行政处罚300件。",
        ] {
            assert_eq!(hits(&saying(says), "narrative-penalty-mismatch"), [], "{says}");
        }
        let says = "全年县局、镇所作出行政许可分别为5件、3件。";
        assert_eq!(hits(&saying(says), "narrative-licensing-mismatch"), []);
    }
}
