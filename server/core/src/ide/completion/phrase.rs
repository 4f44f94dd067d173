//! Fixed sentences of the form: the statistics period with the report's year, and the like.

use super::cursor::{Cursor, Here};
use super::{Completion, CompletionKind, Stop};
use crate::form::skeleton::filled;
use crate::form::{Form, Phrase};
use crate::report::Heading;

/// Characters of a sentence that must be there before it is offered in the middle of a line.
const LEAST: usize = 2;
/// Stands for a figure that the author fills in.
const NUMBER: &str = "{number}";

/// The sentences that begin with what is written of the present one, or whose name does; on an empty line those of the section.
pub(super) fn complete(cursor: &Cursor<'_>) -> Vec<Completion> {
    let part = cursor.spot.report.report.parts.get(cursor.spot.part);
    let heading: Option<&Heading> = part.and_then(|part| part.heading.as_ref());
    let section = heading.and_then(|heading| heading.section);
    let is_here = |phrase: &Phrase| match heading {
        Some(_) => phrase.section.is_some() && phrase.section == section,
        None => phrase.section.is_none(),
    };
    let is_heading = heading.is_some_and(|heading| heading.range.touches(cursor.at));
    if is_heading || cursor.tables().any(|table| table.range.touches(cursor.at)) {
        return Vec::new();
    }
    let head = &cursor.spot.report.report.head;
    let agency = head.agency.as_ref().map_or("", |agency| &agency.text);
    begun(cursor, cursor.form(), (agency, head.year), is_here)
}

/// The sentences of a form that begin with what is written of the present one, or whose name does or ends it; on an empty line those that are due
/// there.
pub(super) fn begun(
    line: &Here<'_>,
    form: &Form,
    (agency, year): (&str, Option<u16>),
    is_due: impl Fn(&Phrase) -> bool,
) -> Vec<Completion> {
    let before = line.before();
    let sentence = before
        .rfind(['。', '！', '？', '；'])
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let typed = before[sentence..].trim_start();
    let mut offers = Vec::new();
    for phrase in &form.phrases {
        let (text, stops) = written(&filled(&phrase.text, agency, year));
        let long = typed.chars().count() >= LEAST;
        let is_named = phrase.name.starts_with(typed) || typed.ends_with(phrase.name.as_str());
        let begun = long && (text.starts_with(typed) || is_named);
        let due = typed.is_empty() && is_due(phrase);
        // A sentence of the section that is there already is not written twice.
        if line.ends_line() && (begun || due) && !line.text.contains(&text) {
            let sides = (typed.len(), 0);
            let mut offer = line.offer(CompletionKind::Phrase, &phrase.name, sides, text);
            offer.stops = stops;
            offers.push(offer);
        }
    }
    offers
}

/// A sentence with its figures as stops.
fn written(filled: &str) -> (String, Vec<Stop>) {
    let mut pieces = filled.split(NUMBER);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    let mut stops = Vec::new();
    for (group, piece) in pieces.enumerate() {
        stops.push(Stop { range: text.len()..text.len() + 1, group });
        text.push('0');
        text.push_str(piece);
    }
    (text, stops)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, listed, offers};
    use crate::ide::testing::changed;

    const FEE: &str = "2024年度，本机关未收取政府信息公开信息处理费。";

    #[test]
    fn the_period_has_the_reports_year() {
        let period = "本报告所列数据的统计期限为2024年1月1日至2024年12月31日。";
        let text = changed(&[]);
        assert!(text.contains(period));
        for typed in ["统计期限", "统计", "本报告所列数据", "数据统计期限"] {
            let text = changed(&[(period, &format!("{typed}$0"))]);
            assert_eq!(accepted(&text, "统计期限"), changed(&[]), "{typed}");
        }
        assert!(
            listed(&changed(&[(period, &format!("{period}统计期限$0"))])).is_empty(),
            "it is there"
        );
    }

    #[test]
    fn the_fee_has_its_two_sentences_and_their_figures_are_stops() {
        let text = changed(&[(FEE, "$0")]);
        let found = offers(&text);
        let names: Vec<&str> = found.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(names, ["信息处理费（未收取）", "信息处理费（有收取）"]);
        assert_eq!(accepted(&text, names[0]), changed(&[]));
        let paid = &found[1];
        let figures: Vec<&str> = paid.stops.iter().map(|it| &paid.text[it.range.clone()]).collect();
        assert_eq!(figures, ["0", "0", "0"]);
        assert!(paid.text.contains("发出收费通知0件，总金额0元"), "{}", paid.text);
    }

    #[test]
    fn another_section_has_no_such_sentence() {
        let text = changed(&[("（三）政府信息管理。", "$0\n（三）政府信息管理。")]);
        assert!(listed(&text).is_empty(), "{:?}", listed(&text));
    }
}
