//! Where the report's year stands and means the report's year, not that of a document, a date or a comparison.

use std::ops::Range;

use super::in_parts;
use crate::references::quoted_titles;
use crate::report::{Place, fold, year_value, years};
use crate::snapshot::ReportView;

/// Joins two dates to a stretch of time.
const JOINTS: [&str; 9] = ["起至", "起到", "至", "到", "—", "－", "–", "-", "～"];
const FIRST_DAYS: [&str; 2] = ["1月1日", "一月一日"];
const LAST_DAYS: [&str; 2] = ["12月31日", "十二月三十一日"];
/// Before the last day of the year that figures are counted up to.
const UNTIL: [&str; 2] = ["截至", "截止"];
/// Behind the year of a document: （2024年修订）, 2024年版.
const EDITIONS: [&str; 6] = ["修", "新修", "版", "印", "公布", "施行"];

/// Where the year of a report stands.
pub(super) fn places(report: ReportView<'_>) -> Vec<Place> {
    let head = &report.report.head;
    let Some(year) = head.year else { return Vec::new() };
    let find = |text: &str| {
        let quoted: Vec<Range<usize>> = quoted_titles(text).map(|title| title.range).collect();
        let own = |(range, value): (Range<usize>, u16)| {
            let quoted = quoted.iter().find(|it| it.start <= range.start && range.end <= it.end);
            (value == year && is_own(report, text, &range, quoted)).then_some(range)
        };
        years(text).filter_map(own).collect()
    };
    let mut places = in_parts(report, find);
    places.extend(head.title.as_ref().and_then(|title| title.year.as_ref()).map(|it| it.place));
    places
}

/// Is it the report's year that stands at `range`, perhaps in a quoted title?
fn is_own(
    report: ReportView<'_>,
    text: &str,
    range: &Range<usize>,
    quoted: Option<&Range<usize>>,
) -> bool {
    let before = text[..range.start].trim_end_matches(' ');
    let behind: String = next(&text[range.end..], 32);
    let Some(behind) = behind.strip_prefix('年') else { return false };
    let behind = behind.strip_prefix('度').unwrap_or(behind);
    if let Some(quoted) = quoted {
        let inner = text[quoted.start..range.start].trim_start_matches('《').trim();
        return names_the_report(report, behind) && (inner.is_empty() || is_agency(report, inner));
    }
    if names_the_report(report, behind) {
        let issuer = &report.report.form.issuer;
        let is_other =
            issuer.endings.iter().chain(&issuer.regions).any(|it| before.ends_with(it.as_str()));
        return !is_other || ends_with_agency(report, before);
    }
    opens_period(behind) || closes_period(before, behind) || opens_sentence(before, behind)
}

/// Does the report's name follow: 政府信息公开…报告?
fn names_the_report(report: ReportView<'_>, behind: &str) -> bool {
    let title = &report.report.form.title;
    title.first().is_some_and(|word| fold(behind).starts_with(&fold(word)))
}

fn is_agency(report: ReportView<'_>, words: &str) -> bool {
    let head = &report.report.head;
    [&head.agency, &head.agency_full].into_iter().flatten().any(|it| it.text == words)
}

fn ends_with_agency(report: ReportView<'_>, before: &str) -> bool {
    let head = &report.report.head;
    let issuer = &report.report.form.issuer;
    [&head.agency, &head.agency_full].into_iter().flatten().any(|it| {
        before.strip_suffix(it.text.as_str()).is_some_and(|rest| {
            !issuer.regions.iter().any(|ending| rest.ends_with(ending.as_str()))
        })
    })
}

/// 2024年1月1日至2024年12月31日: the first year. A first of January alone is the day on which something came into force.
fn opens_period(behind: &str) -> bool {
    let Some(rest) = FIRST_DAYS.iter().find_map(|day| behind.strip_prefix(day)) else {
        return false;
    };
    let Some(rest) = JOINTS.iter().find_map(|joint| rest.strip_prefix(joint)) else { return false };
    let rest = rest.trim_start_matches(['—', '-', '～']);
    let last = rest
        .split_once('年')
        .map_or(rest, |(year, day)| if year_value(year).is_some() { day } else { rest });
    LAST_DAYS.iter().any(|day| last.starts_with(day))
}

/// The second year of that, or the day up to which is counted.
fn closes_period(before: &str, behind: &str) -> bool {
    LAST_DAYS.iter().any(|day| behind.starts_with(day))
        && JOINTS.iter().chain(&UNTIL).any(|it| before.ends_with(it))
}

/// 2024年，我局…: the year that a sentence, a heading or a line begins with is what it is about.
fn opens_sentence(before: &str, behind: &str) -> bool {
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let begins = line.trim_matches([' ', '\t', '\u{3000}', '#', '*']).is_empty()
        || line.ends_with(['。', '；', '！', '？', '：', ';'])
        || (line.ends_with(['、', '）', '.']) && line.chars().count() <= 8);
    let is_date = behind.starts_with(|c: char| c.is_ascii_digit())
        || behind.find('月').is_some_and(|at| behind[..at].chars().count() <= 2);
    begins && !is_date && !EDITIONS.iter().any(|it| behind.starts_with(it))
}

/// The next characters, blanks aside.
fn next(text: &str, count: usize) -> String {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    line.chars().filter(|c| !c.is_whitespace()).take(count).collect()
}

/// Can `new` be a report's year?
pub(super) fn check(new: &str) -> Result<(), String> {
    let is_year = new.len() == 4 && new.bytes().all(|byte| byte.is_ascii_digit());
    if is_year && year_value(new).is_some() {
        Ok(())
    } else {
        Err("年度应是四位数字，如 2025".to_owned())
    }
}

/// The digits of `new` as those of `old` are written: 二〇二四, ２０２４.
pub(super) fn written_like(old: &str, new: &str) -> String {
    let plain: Vec<char> = match old.chars().find(|c| !c.is_whitespace()) {
        Some(c) if c.is_ascii_digit() => return new.to_owned(),
        Some('０'..='９') => "０１２３４５６７８９".chars().collect(),
        _ => "〇一二三四五六七八九".chars().collect(),
    };
    new.chars().map(|c| c.to_digit(10).map_or(c, |digit| plain[digit as usize])).collect()
}
