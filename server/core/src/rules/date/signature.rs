//! The date that a report is signed with.

use super::written::written;
use crate::report::{Place, fold};
use crate::rules::{PartOf, ReportCx};
use crate::text::TextRange;

/// Lines of running text that are looked at, from the end: below the signature may stand what a page prints or a stray page number.
const LINES: usize = 8;
/// Characters of a line that names the issuer before the date.
const LONGEST: usize = 40;

/// A date at the end of a report, in a line of its own or behind the issuer's name, or below its title.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed {
    pub(super) place: Place,
    pub(super) year: u16,
    pub(super) month: u16,
    pub(super) day: u16,
}

/// The last such date; where there is none, the one that stands in brackets below the title.
pub(super) fn signed(cx: &ReportCx<'_>) -> Option<Signed> {
    let part = cx.parts().next_back()?;
    let at_end = tail(cx).rev().find_map(|range| {
        dated(&part, range, |before| {
            without_brackets(before).is_empty() || names_issuer(cx, before)
        })
    });
    at_end.or_else(|| below_title(cx))
}

/// The date in brackets in a line of its own, right below the title.
fn below_title(cx: &ReportCx<'_>) -> Option<Signed> {
    let title = cx.head.title.as_ref()?.place;
    let part = cx.part(title.part())?;
    let behind = part.prose().iter().find(|range| range.start >= title.range.end)?;
    // A bare date may be the day on which a page was put up or copied.
    dated(&part, *behind, |before| matches!(before.trim(), "（" | "("))
}

/// The date that a line ends with and that is the only one in it, if `accepts` what stands before it.
fn dated(
    part: &PartOf<'_, '_>,
    range: TextRange,
    accepts: impl Fn(&str) -> bool,
) -> Option<Signed> {
    let words = part.line(range);
    let dates = written(words);
    let [date] = dates.as_slice() else { return None };
    let (before, behind) = (&words[..date.range.start], &words[date.range.end..]);
    (accepts(before) && without_brackets(behind).is_empty()).then(|| Signed {
        place: part.place(TextRange::from(date.range.clone()).shifted(range.start as usize)),
        year: date.year,
        month: date.month,
        day: date.day,
    })
}

/// The last lines of the report's running text.
pub(super) fn tail<'a>(cx: &ReportCx<'a>) -> impl DoubleEndedIterator<Item = TextRange> + use<'a> {
    let prose = cx.parts().next_back().map_or(&[][..], |part| part.prose());
    prose[prose.len().saturating_sub(LINES)..].iter().copied()
}

fn without_brackets(words: &str) -> &str {
    words.trim_matches([' ', '\u{3000}', '（', '）', '(', ')'])
}

fn names_issuer(cx: &ReportCx<'_>, words: &str) -> bool {
    let is_sentence = words.contains(['。', '，', '；', '：', '、', '《', ',', ';', ':']);
    let folded = fold(words);
    !is_sentence
        && words.chars().count() <= LONGEST
        && cx.form.issuer.endings.iter().any(|ending| folded.ends_with(ending.as_str()))
}
