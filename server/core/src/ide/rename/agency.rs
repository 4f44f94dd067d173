//! Where an agency's name stands and means that agency.

use std::ops::Range;

use super::in_parts;
use crate::form::Issuer;
use crate::report::{Named, Place};
use crate::snapshot::ReportView;

/// Characters behind a region in which another body's name ends: 青石县 in 青石县退役军人事务局.
const NAME: usize = 16;
/// Characters of a name.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=40;

/// Where `named` stands in its report.
pub(super) fn places(report: ReportView<'_>, named: &Named) -> Vec<Place> {
    let issuer = &report.report.form.issuer;
    let own = report.text(named.place.part()).get(named.place.range.to_range());
    let spellings = [Some(named.text.as_str()), own.filter(|own| *own != named.text)];
    let head = &report.report.head;
    let longer = [&head.agency, &head.agency_full].into_iter().flatten();
    let longer: Vec<&str> = longer
        .map(|other| other.text.as_str())
        .filter(|other| other.len() > named.text.len() && other.contains(&named.text))
        .collect();
    let find = |text: &str| {
        let found = spellings.iter().flatten().flat_map(|name| occurrences(issuer, text, name));
        let others: Vec<_> = longer
            .iter()
            .flat_map(|name| text.match_indices(name))
            .map(|(at, name)| at..at + name.len())
            .collect();
        let inside = |it: &Range<usize>| {
            others.iter().any(|other| other.start <= it.start && it.end <= other.end)
        };
        found.filter(|it| !inside(it)).collect()
    };
    let mut places = in_parts(report, find);
    places.push(named.place);
    places
}

/// Where `name` stands and no longer name does: 云岭市青石县水利局 and 青石县水利局办公室 are other bodies.
fn occurrences<'a>(
    issuer: &'a Issuer,
    text: &'a str,
    name: &'a str,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let is_region = issuer.regions.iter().any(|ending| name.ends_with(ending.as_str()));
    text.match_indices(name).map(|(at, name)| at..at + name.len()).filter(move |it| {
        let (before, behind) = (&text[..it.start], &text[it.end..]);
        let is_longer = issuer.regions.iter().any(|ending| before.ends_with(ending.as_str()))
            || issuer.endings.iter().any(|ending| behind.starts_with(ending.as_str()));
        !is_longer && (!is_region || !begins_a_name(issuer, behind))
    })
}

/// Do the words behind a region make another name of it? Its own bodies and the regions in it begin with it.
fn begins_a_name(issuer: &Issuer, behind: &str) -> bool {
    let run: String = behind.chars().take_while(|c| c.is_alphabetic()).take(NAME).collect();
    issuer.endings.iter().chain(&issuer.regions).any(|ending| run.contains(ending.as_str()))
}

/// Can `new` be an agency's name?
pub(super) fn check(new: &str) -> Result<(), String> {
    if !LENGTHS.contains(&new.chars().count()) {
        return Err(format!("机关名称应有 {} 至 {} 个字", LENGTHS.start(), LENGTHS.end()));
    }
    match new.chars().find(|c| !c.is_alphabetic() && !matches!(c, '（' | '）' | '(' | ')')) {
        Some(c) => Err(format!("机关名称里不能有“{}”", c.escape_debug())),
        None => Ok(()),
    }
}
