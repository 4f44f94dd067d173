//! A law or document that the text cites: its title, and whether it is in force.

use super::{Hover, Markup};
use crate::references::{Reference, Status, document_numbers, quoted_titles};
use crate::report::Place;
use crate::snapshot::Spot;
use crate::text::TextRange;

pub(super) fn hover(spot: Spot<'_>, markup: Markup) -> Option<Hover> {
    let text = spot.report.text(spot.part);
    let is_break = |c| matches!(c, '\n' | '\r');
    let start = text[..spot.at].rfind(is_break).map_or(0, |at| at + 1);
    let end = text[spot.at..].find(is_break).map_or(text.len(), |at| spot.at + at);
    let (line, at) = (&text[start..end], spot.at - start);
    let references = &spot.report.snapshot().dictionary().references;
    let numbers = document_numbers(line).filter_map(|number| {
        let from = references.start_of(&number)?;
        Some((from..number.range.end, references.by_number(&number)?))
    });
    let titles = quoted_titles(line)
        .filter_map(|title| Some((title.range, references.by_title(title.title)?)));
    let (range, reference) =
        numbers.chain(titles).find(|(range, _)| (range.start..=range.end).contains(&at))?;
    let place = Place::new(spot.part, TextRange::from(range).shifted(start));
    Some(Hover { range: spot.report.range(place), text: said(reference, markup) })
}

fn said(reference: &Reference, markup: Markup) -> String {
    let status = match (reference.status, &reference.replaced_by) {
        (Status::Current, _) => "现行".to_owned(),
        (Status::Replaced, Some(heir)) => format!("已被 {heir} 取代"),
        (Status::Replaced, None) => "已被取代".to_owned(),
        (Status::Historical, _) => "较早的文件，引用前请核对是否仍有效".to_owned(),
    };
    let status = match &reference.number {
        Some(number) => format!("{number}，{status}"),
        None => status,
    };
    let note = if reference.verified { "" } else { "（供参考）" };
    markup.paragraphs(&[
        markup.bold(&format!("《{}》", reference.title)),
        markup.words(&format!("{status}{note}")),
        markup.words(&reference.note),
    ])
}
