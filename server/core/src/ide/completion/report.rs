//! In a document that is empty, or holds nothing but an agency's name or a title: a whole report.

use std::ops::Range;
use std::sync::Arc;

use super::cursor::Here;
use super::{Completion, CompletionKind, Situation, Stop, phrase, reference};
use crate::form::Form;
use crate::form::skeleton::{SkeletonLayout, heading, section_text, skeleton};
use crate::report::fold;
use crate::snapshot::Snapshot;

/// Stands for the agency's name until its author writes it.
const AGENCY: &str = "机关名称";
/// Longest name of an agency, in characters.
const LONGEST: usize = 40;
/// Bytes of a document that may become a report: a title and a preface.
const LARGEST: usize = 20_000;
/// Years that are offered: the one that is due, the one that runs, the one before.
const YEARS: [i16; 3] = [0, 1, -1];

/// The title of a report that has no sections yet.
struct Title<'t, 'f> {
    agency: &'t str,
    year: u16,
    form: &'f Form,
    /// In bytes of the document.
    line: Range<usize>,
}

/// Reports of the years that may be meant; below a title what its preface cites, and the rest of its report.
pub(super) fn complete(
    snapshot: &Snapshot,
    offset: usize,
    situation: Situation,
) -> Vec<Completion> {
    // Looked at only as far as needed: a document without a report may be a large one of another kind.
    if snapshot.text().len() > LARGEST {
        return Vec::new();
    }
    let whole = snapshot.text().to_string();
    let line = Here::new(snapshot, situation, (&whole, offset), offset);
    let forms = snapshot.settings().engine().forms();
    let title = Title::of(&whole, forms);
    if let Some(title) = title.filter(|title| title.line.end < line.line.start) {
        return below(&line, &title);
    }
    if !situation.invoked || whole.trim().chars().count() > LONGEST {
        return Vec::new();
    }
    alone(&line, forms)
}

/// On a line below the title.
fn below(line: &Here<'_>, title: &Title<'_, '_>) -> Vec<Completion> {
    let is_bare = line.text.trim() == line.text[title.line.clone()].trim();
    if is_bare && line.situation.invoked {
        let whole = skeleton(title.form, title.agency, title.year, title.layout(line));
        let rest = whole.split_once('\n').map_or("", |(_, rest)| rest).to_owned();
        return vec![offer(title.form, title.year, line, (rest, Vec::new()))];
    }
    let mut found = reference::complete(line);
    if line.situation.invoked {
        found.extend(phrase::begun(line, title.form, (title.agency, Some(title.year)), |_| false));
        found.extend(sections(line, title));
    }
    found
}

/// On the only line that is written, or on an empty line below it.
fn alone(line: &Here<'_>, forms: &[Arc<Form>]) -> Vec<Completion> {
    let (only, written) = (line.text.trim(), line.text[line.line.clone()].trim());
    if written != only {
        return Vec::new();
    }
    let layout = line.situation.layout;
    if let Some((agency, year, form)) = begun(only, forms) {
        return vec![offer(form, year, line, (skeleton(form, agency, year, layout), Vec::new()))];
    }
    let mut offers = Vec::new();
    for year in YEARS.iter().filter_map(|by| line.situation.year.checked_add_signed(*by)) {
        let mut families: Vec<&str> = Vec::new();
        for form in forms.iter().filter(|form| form.years.contains(year)) {
            let begins = only.is_empty() || form.title_standard.contains(only);
            if families.contains(&form.family.as_str()) || !(begins || is_agency(form, only)) {
                continue;
            }
            families.push(&form.family);
            let agency = if begins { AGENCY } else { only };
            let text = skeleton(form, agency, year, layout);
            let stops = if begins { places(&text, AGENCY) } else { Vec::new() };
            offers.push(offer(form, year, line, (text, stops)));
        }
    }
    offers
}

/// The first section and all of them, on a line of its own at the end.
fn sections(line: &Here<'_>, title: &Title<'_, '_>) -> Vec<Completion> {
    let Title { agency, year, form, .. } = title;
    let Some((typed, first)) = line.words().zip(form.sections.first()) else { return Vec::new() };
    let is_begun = |words: &str| fold(words).starts_with(&typed);
    let is_meant = is_begun(&heading(first)) || is_begun(&first.heading);
    if !is_meant || !line.text[line.at..].trim().is_empty() {
        return Vec::new();
    }
    let layout = title.layout(line);
    let text = |section| section_text(form, section, agency, Some(*year), layout);
    let offer = |label: String, detail: &str, text: &str| {
        let mut offer = line.below(CompletionKind::Section, label, text.trim_end_matches('\n'));
        detail.clone_into(&mut offer.detail);
        offer
    };
    let mut offers = vec![offer(heading(first), "插入这一部分", &text(0))];
    if typed.is_empty() {
        let all: Vec<String> = (0..form.sections.len()).map(text).collect();
        let label = format!("全部 {} 个部分", all.len());
        offers.push(offer(label, "各部分的标题和空表，数字为 0", &all.join("\n")));
    }
    offers
}

impl<'t, 'f> Title<'t, 'f> {
    /// The title in the first line that is not empty.
    fn of(whole: &'t str, forms: &'f [Arc<Form>]) -> Option<Self> {
        let first = whole.lines().find(|line| !line.trim().is_empty())?;
        let start = first.as_ptr() as usize - whole.as_ptr() as usize;
        let (agency, year, rest) = split(first)?;
        let says = |form: &Form| {
            let mut rest = Some(rest);
            form.title.iter().all(|word| {
                rest = rest.and_then(|it| it.split_once(word.as_str())).map(|(_, rest)| rest);
                rest.is_some()
            })
        };
        let form = forms.iter().find(|form| form.years.contains(year) && says(form))?;
        Some(Self { agency, year, form, line: start..start + first.len() })
    }

    /// How what comes below is written.
    fn layout(&self, line: &Here<'_>) -> SkeletonLayout {
        let is_marked = line.text[self.line.clone()].trim_start().starts_with('#');
        if is_marked { SkeletonLayout::Markdown } else { line.situation.layout }
    }
}

/// Agency, year and form of a title that is being written, from its year on.
fn begun<'t, 'f>(only: &'t str, forms: &'f [Arc<Form>]) -> Option<(&'t str, u16, &'f Form)> {
    if let Some(title) = Title::of(only, forms) {
        return Some((title.agency, title.year, title.form));
    }
    let (agency, year, rest) = split(only)?;
    let is_begun = |form: &&Arc<Form>| {
        form.years.contains(year)
            && is_agency(form, agency)
            && form.title_standard.starts_with(rest.trim_end())
    };
    Some((agency, year, forms.iter().find(is_begun)?))
}

/// What stands before the year of a title, the year, and what stands behind 年.
fn split(line: &str) -> Option<(&str, u16, &str)> {
    let title = line.trim_start_matches(['#', ' ']);
    let digits = title.find(|c: char| c.is_ascii_digit())?;
    let year: u16 = title.get(digits..digits + 4)?.parse().ok()?;
    let rest = title.get(digits + 4..)?.strip_prefix('年')?;
    Some((title[..digits].trim(), year, rest))
}

fn is_agency(form: &Form, name: &str) -> bool {
    form.issuer.endings.iter().any(|ending| name.ends_with(ending.as_str()))
}

/// A whole report in the place of the line.
fn offer(
    form: &Form,
    year: u16,
    line: &Here<'_>,
    (text, stops): (String, Vec<Stop>),
) -> Completion {
    let label = format!("{year}年{}", form.title_standard);
    let sides = (line.before().len(), line.behind().len());
    let mut offer = line.offer(CompletionKind::Report, label, sides, text);
    "完整的空白报告，数字为 0".clone_into(&mut offer.detail);
    if !stops.is_empty() {
        // What the list shows, for one who goes on typing; the text begins with words that stand for others.
        offer.filter = format!("{}{}", line.before(), offer.label);
    }
    offer.stops = stops;
    offer
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
        for text in [format!("{title}\n{preface}\n$0"), format!("{title}\n\n{preface}\n\n$0\n")] {
            let one = accepted(&text, "一、总体情况");
            assert!(one.contains(&format!("{preface}\n\n一、总体情况\n（一）主动公开")), "{one}");
            let whole = accepted(&text, "全部 6 个部分");
            assert!(whole.contains(&format!("{preface}\n\n一、总体情况")), "{whole}");
            let found = snapshot(&whole);
            assert_eq!(
                found.reports().next().map(|report| report.is_whole()),
                Some(true),
                "{whole}"
            );
        }
        for typed in ["一", "一、总", "总体"] {
            let text = format!("{title}\n{preface}\n\n{typed}$0");
            assert_eq!(listed(&text), ["一、总体情况 插入这一部分"], "{typed}");
        }
        let marked = accepted(&format!("# {title}\n\n{preface}\n\n$0"), "全部 6 个部分");
        assert!(marked.contains("\n## 二、主动公开政府信息情况\n"), "{marked}");
        // Before the preface, or behind words of another kind, there is nothing to go on with.
        assert!(offers(&format!("{title}\n$0\n{preface}\n")).is_empty());
        assert!(offers(&format!("会议通知\n{preface}\n$0")).is_empty());
        assert!(offers(&format!("{title}\n{preface}\n（$0")).is_empty());
    }

    #[test]
    fn a_preface_cites_before_there_is_a_section() {
        let title = "青石县水利局2024年政府信息公开工作年度报告";
        let below = |line: &str| format!("{title}\n{line}");
        let law = "中华人民共和国政府信息公开条例";
        assert_eq!(quiet(&below("根据《$0"))[0], law);
        assert_eq!(accepted(&below("根据《政府信$0"), law), below(&format!("根据《{law}》")));
        assert_eq!(quiet(&below(&format!("根据《{law}》（$0")))[0], "国务院令第711号");
        assert_eq!(quiet(&below("（国办公开办函〔$0"))[0], "国办公开办函〔2021〕30号");
        assert_eq!(
            accepted(&below("统计期限$0"), "统计期限"),
            below("本报告所列数据的统计期限为2024年1月1日至2024年12月31日。")
        );
        assert!(quiet("会议通知\n根据《$0").is_empty());
    }

    #[test]
    fn a_title_that_is_begun_goes_on() {
        let title = "青石县水利局2024年政府信息公开工作年度报告";
        for typed in ["青石县水利局2024年", "青石县水利局2024年政府信息"] {
            let whole = accepted(&format!("{typed}$0"), "2024年政府信息公开工作年度报告");
            assert!(whole.starts_with(&format!("{title}\n")), "{whole}");
        }
        assert!(offers("会议通知2024年$0").is_empty());
        assert!(offers("青石县水利局2024年工作总结$0").is_empty());
    }

    #[test]
    fn another_document_is_left_alone() {
        assert!(listed("会议通知$0").is_empty());
        assert!(listed("青石县水利局$0\n会议通知\n").is_empty());
        assert_eq!(listed("年度报告$0").len(), 3);
    }
}
