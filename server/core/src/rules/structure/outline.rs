//! The top-level headings that count, and what the text around them looks like.

use crate::form::{Section, SectionIndex};
use crate::report::{Heading, Named, Place, fold, is_traditional};
use crate::rules::{PartOf, ReportCx};
use crate::text::TextRange;

/// A recognised heading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// Index of its part.
    pub(super) part: usize,
    /// Which section it opens.
    pub(super) section: SectionIndex,
    /// The heading.
    pub(super) heading: &'a Heading,
}

impl Entry<'_> {
    /// Where the heading stands.
    pub(super) fn place(&self) -> Place {
        Place::new(self.part, self.heading.range)
    }
}

/// The recognised headings in the order of the text. Empty where there is nothing to measure them by: with fewer than two different ones the text
/// may be an excerpt, and for a year before the first form of the family no form says what must be there.
pub(super) fn outline<'a>(cx: &ReportCx<'a>) -> Vec<Entry<'a>> {
    let entries: Vec<_> = cx.parts().filter_map(entry).collect();
    let distinct = entries.iter().any(|entry| entry.section != entries[0].section);
    if distinct && year_has_form(cx) { entries } else { Vec::new() }
}

fn entry<'a>(part: PartOf<'_, 'a>) -> Option<Entry<'a>> {
    let heading = part.heading()?;
    Some(Entry { part: part.index, section: heading.section?, heading })
}

/// Is there a form for the report's year? None says what a report before the first one must hold.
pub(in crate::rules) fn year_has_form(cx: &ReportCx<'_>) -> bool {
    let forms = cx.settings.engine().forms();
    let family = forms.iter().filter(|form| form.family == cx.form.family);
    cx.head.year.is_none_or(|year| {
        cx.form.years.contains(year) || family.into_iter().any(|form| form.years.contains(year))
    })
}

/// Does the report hide the words of its form, so that it says nothing about what is missing?
pub(super) fn hides_words(cx: &ReportCx<'_>) -> bool {
    match &cx.head.title {
        Some(title) => title.hides_words,
        // Without a title the headings tell: 一、總體情況.
        None => cx.parts().filter_map(entry).any(|entry| {
            let wording = Place::new(entry.part, entry.heading.wording);
            cx.heading_words(wording).chars().any(is_traditional)
        }),
    }
}

/// Does a character that shows as nothing stand in `text`? Words may not be found in it.
pub(super) fn is_broken_up(text: &str) -> bool {
    text.contains(['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}'])
}

/// The value of a section's numeral in the form: 三 is 3.
pub(super) fn ordinal(section: &Section) -> Option<u32> {
    let digit =
        |c: char| "一二三四五六七八九".chars().position(|it| it == c).map(|at| at as u32 + 1);
    match section.number.chars().collect::<Vec<_>>()[..] {
        ['十'] => Some(10),
        ['十', ones] => Some(10 + digit(ones)?),
        [tens, '十'] => Some(10 * digit(tens)?),
        [tens, '十', ones] => Some(10 * digit(tens)? + digit(ones)?),
        [one] if digit(one).is_some() => digit(one),
        _ => section.number.parse().ok(),
    }
}

/// Where a name stands. The signature's part is counted from the end: it is the last one, whichever that is.
pub(super) fn in_report(cx: &ReportCx<'_>, name: &Named) -> Place {
    let last = cx.parts().len().saturating_sub(1);
    Place::new(name.place.part().min(last), name.place.range)
}

/// Where the line of `offset` begins.
pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1)
}

/// The line of `offset` from `offset` on, without its end and blanks before that.
pub(super) fn rest_of_line(text: &str, offset: usize) -> TextRange {
    let rest = text.get(offset..).unwrap_or("");
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    TextRange::new(offset, offset + line.trim_end().len())
}

/// `insert` with the line ends of `text`.
pub(super) fn with_line_ends_of(text: &str, insert: &str) -> String {
    if text.contains("\r\n") { insert.replace('\n', "\r\n") } else { insert.to_owned() }
}

/// Where the last section's own text ends: before trailing blanks and a signature (an agency's name and a date on lines of their own).
pub(super) fn end_of_body(text: &str, prose: &[TextRange], endings: &[String]) -> usize {
    let signs = |line: &str| {
        is_date(line)
            || (line.chars().count() <= 30
                && endings.iter().any(|ending| line.ends_with(ending.as_str())))
    };
    let lines = prose.iter().rev().map(|range| text.get(range.to_range()).unwrap_or(""));
    let signature = lines.take(3).take_while(|line| signs(&fold(line))).count();
    match prose.len().checked_sub(signature).and_then(|first| prose.get(first)) {
        Some(line) => line_start(text, line.start as usize),
        None => text.trim_end().len(),
    }
}

fn is_date(line: &str) -> bool {
    let dated = line.ends_with('日') && line.contains('年') && line.contains('月');
    dated
        && line.chars().all(|c| c.is_ascii_digit() || "年月日〇零一二三四五六七八九十".contains(c))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_values() {
        let of = |number: &str| ordinal(&Section { number: number.into(), ..Section::default() });
        assert_eq!(
            ["一", "十", "十二", "二十", "二十三", "4"].map(of),
            [1, 10, 12, 20, 23, 4].map(Some)
        );
        assert_eq!(of("甲"), None);
    }

    #[test]
    fn a_date_alone_signs() {
        assert!(is_date("2026年1月25日"));
        assert!(is_date("二〇二六年一月二十五日"));
        assert!(!is_date("截至2025年12月31日"));
    }

    #[test]
    fn the_body_ends_before_the_signature() {
        let text = "五、问题\n已改进。\n\n云岭县水利局\n2026年1月20日\n";
        let range = |words: &str| {
            TextRange::from(text.find(words).unwrap()..text.find(words).unwrap() + words.len())
        };
        let prose = ["已改进。", "云岭县水利局", "2026年1月20日"].map(range).to_vec();
        assert_eq!(end_of_body(text, &prose, &["局".into()]), text.find("云岭").unwrap());
        let unsigned = "五、问题\n已改进。\n\n";
        assert_eq!(end_of_body(unsigned, &[TextRange::new(13, 25)], &[]), 25);
    }
}
