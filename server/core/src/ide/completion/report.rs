//! In a document that is empty, or holds nothing but an agency's name or a title: a whole report.

use std::ops::Range;
use std::sync::Arc;

use super::{Completion, CompletionKind, Situation, Stop};
use crate::form::Form;
use crate::form::skeleton::{SkeletonLayout, section_text, skeleton};
use crate::snapshot::Snapshot;

/// Stands for the agency's name until its author writes it.
const AGENCY: &str = "机关名称";
/// Longest name of an agency, in characters.
const LONGEST: usize = 40;
/// Bytes of a document that may become a report: a title and a preface.
const LARGEST: usize = 20_000;
/// Years that are offered: the one that is due, the one that runs, the one before.
const YEARS: [i16; 3] = [0, 1, -1];

/// Reports of the years that may be meant; below a title the rest of its report.
pub(super) fn complete(
    snapshot: &Snapshot,
    offset: usize,
    situation: Situation,
) -> Vec<Completion> {
    let text = snapshot.text();
    // Looked at only as far as needed: a document without a report may be a large one of another kind.
    if !situation.invoked || text.len() > LARGEST {
        return Vec::new();
    }
    let whole = text.to_string();
    let (line, only) = (text.line_content(text.line_of(offset)), whole.trim());
    let written = text.slice(line.clone());
    let forms = snapshot.settings().engine().forms();
    if only.contains(['\n', '\r']) {
        return sections(&whole, line, forms, situation.layout).into_iter().collect();
    }
    if only.chars().count() > LONGEST {
        return Vec::new();
    }
    if let Some((agency, year, form)) = titled(only, forms) {
        let whole = skeleton(form, agency, year, situation.layout);
        let below = whole.split_once('\n').map_or("", |(_, below)| below);
        // On the title's own line the title is written anew with all that follows it.
        let text = if written.trim().is_empty() { below.to_owned() } else { whole };
        return vec![offer(form, year, (line, &written), (text, Vec::new()))];
    }
    if written.trim() != only {
        return Vec::new();
    }
    let is_agency =
        |form: &Form| form.issuer.endings.iter().any(|ending| only.ends_with(ending.as_str()));
    let mut offers = Vec::new();
    for year in YEARS.iter().filter_map(|by| situation.year.checked_add_signed(*by)) {
        let mut families: Vec<&str> = Vec::new();
        for form in forms.iter().filter(|form| form.years.contains(year)) {
            let begins = only.is_empty() || form.title_standard.contains(only);
            if families.contains(&form.family.as_str()) || !(begins || is_agency(form)) {
                continue;
            }
            families.push(&form.family);
            let agency = if begins { AGENCY } else { only };
            let text = skeleton(form, agency, year, situation.layout);
            let stops = if begins { places(&text, AGENCY) } else { Vec::new() };
            offers.push(offer(form, year, (line.clone(), &written), (text, stops)));
        }
    }
    offers
}

/// All sections, on an empty line behind a title and what its author has written below it.
fn sections(
    whole: &str,
    line: Range<usize>,
    forms: &[Arc<Form>],
    layout: SkeletonLayout,
) -> Option<Completion> {
    let is_empty = whole[line.clone()].trim().is_empty() && whole[line.end..].trim().is_empty();
    let title = whole.lines().map(str::trim).find(|line| !line.is_empty())?;
    let (agency, year, form) = titled(title, forms).filter(|_| is_empty)?;
    let all = (0..form.sections.len())
        .map(|section| section_text(form, section, agency, Some(year), layout));
    let text = all.collect::<Vec<_>>().join("\n");
    // Parted from the words above by an empty line.
    let above = whole[..line.start].lines().next_back().unwrap_or_default();
    let before = if above.trim().is_empty() { "" } else { "\n" };
    let written = whole[line.clone()].to_owned();
    let text = format!("{before}{}", text.trim_end_matches('\n'));
    let mut offer = offer(form, year, (line, &written), (text, Vec::new()));
    "各部分的标题和空表，数字为 0".clone_into(&mut offer.detail);
    Some(offer)
}

/// Agency, year and form of a line that is a title.
fn titled<'t, 'f>(line: &'t str, forms: &'f [Arc<Form>]) -> Option<(&'t str, u16, &'f Form)> {
    let title = line.trim_start_matches(['#', ' ']);
    let digits = title.find(|c: char| c.is_ascii_digit())?;
    let year: u16 = title.get(digits..digits + 4)?.parse().ok()?;
    let rest = title.get(digits + 4..)?.strip_prefix('年')?;
    let says = |form: &Form| {
        let mut rest = Some(rest);
        form.title.iter().all(|word| {
            rest = rest.and_then(|it| it.split_once(word.as_str())).map(|(_, rest)| rest);
            rest.is_some()
        })
    };
    let form = forms.iter().find(|form| form.years.contains(year) && says(form))?;
    Some((title[..digits].trim(), year, form))
}

fn offer(
    form: &Form,
    year: u16,
    (range, written): (Range<usize>, &str),
    (text, stops): (String, Vec<Stop>),
) -> Completion {
    Completion {
        label: format!("{year}年{}", form.title_standard),
        detail: "完整的空白报告，数字为 0".to_owned(),
        documentation: String::new(),
        kind: CompletionKind::Report,
        range,
        filter: written.to_owned() + &form.title_standard,
        text,
        stops,
        outdated: false,
    }
}

fn places(text: &str, words: &str) -> Vec<Stop> {
    let found = text.match_indices(words);
    found.map(|(at, words)| Stop { range: at..at + words.len(), group: 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{SITUATION, accepted, listed, offers, quiet};
    use crate::ide::testing::snapshot;

    #[test]
    fn an_empty_document_may_become_a_report() {
        let names: Vec<String> = offers("$0").into_iter().map(|offer| offer.label).collect();
        let year = SITUATION.year;
        let name = |year: u16| format!("{year}年政府信息公开工作年度报告");
        assert_eq!(names, [name(year), name(year + 1), name(year - 1)]);
        let offer = &offers("\n$0\n")[0];
        assert!(
            offer.text.starts_with("机关名称2025年政府信息公开工作年度报告\n"),
            "{}",
            offer.text
        );
        assert!(offer.stops.len() > 1 && offer.stops.iter().all(|stop| stop.group == 0));
        assert!(quiet("$0").is_empty());
    }

    #[test]
    fn an_agency_that_stands_there_is_the_reports() {
        let text = accepted("青石县水利局$0", "2025年政府信息公开工作年度报告");
        let found = snapshot(&text);
        let report = found.reports().next().expect("a report");
        assert_eq!(
            report.report.head.agency.as_ref().map(|it| it.text.as_str()),
            Some("青石县水利局")
        );
        assert_eq!(found.findings().count(), 0, "{text}");
    }

    #[test]
    fn a_title_is_followed_by_its_report() {
        let title = "青石县水利局2020年政府信息公开工作年度报告";
        let label = "2020年政府信息公开工作年度报告";
        let whole = accepted(&format!("{title}$0"), label);
        assert!(
            whole.starts_with(&format!("{title}\n")) && whole.contains("政府集中采购"),
            "{whole}"
        );
        assert_eq!(accepted(&format!("{title}\n$0"), label), whole);
        assert_eq!(snapshot(&whole).findings().count(), 0, "{whole}");
    }

    #[test]
    fn a_title_with_a_preface_is_followed_by_its_sections() {
        let (title, preface) =
            ("青石县水利局2024年政府信息公开工作年度报告", "现将本机关情况公布如下。");
        let label = "2024年政府信息公开工作年度报告";
        for text in [format!("{title}\n{preface}\n$0"), format!("{title}\n\n{preface}\n\n$0\n")] {
            let whole = accepted(&text, label);
            assert!(whole.contains(&format!("{preface}\n\n一、总体情况")), "{whole}");
            let found = snapshot(&whole);
            assert_eq!(
                found.reports().next().map(|report| report.is_whole()),
                Some(true),
                "{whole}"
            );
        }
        // Before the preface, or behind words of another kind, there is nothing to go on with.
        assert!(offers(&format!("{title}\n$0\n{preface}\n")).is_empty());
        assert!(offers(&format!("会议通知\n{preface}\n$0")).is_empty());
    }

    #[test]
    fn another_document_is_left_alone() {
        assert!(listed("会议通知$0").is_empty());
        assert!(listed("青石县水利局$0\n会议通知\n").is_empty());
        assert_eq!(listed("年度报告$0").len(), 3);
    }
}
