//! Words of the dictionary that do not belong in a report: the check that several rules share.

use crate::dictionary::{Dictionary, UnwantedList};
use crate::references::LONGEST_TITLE;
use crate::report::Place;
use crate::rules::{Applicability, Edit, Finding, PartCx, Sink};
use crate::syntax::Shape;

/// The words of a rule's list.
pub(super) fn words<'d>(dictionary: &'d Dictionary, rule: &str) -> Vec<&'d str> {
    dictionary.unwanted(rule).into_iter().flat_map(UnwantedList::texts).collect()
}

/// The places of a part where words of `rule`'s list stand, titles of documents aside; pages in HTML keep the words around their text.
pub(super) fn places(cx: &PartCx<'_>, rule: &str) -> Vec<Place> {
    let Some(list) = cx.settings.engine().dictionary().unwanted(rule) else { return Vec::new() };
    let mut is_markup = markup(cx);
    let mut places = Vec::new();
    let title = cx.head.title.as_ref().map(|title| title.place);
    let title = title.filter(|it| it.part() == cx.index);
    for (range, line) in cx.mentioned() {
        let is_title =
            title.is_some_and(|it| it.range.start < range.end && range.start < it.range.end);
        let in_title = if is_title { list.in_title(line) } else { Vec::new() };
        for found in list.find(line).into_iter().chain(in_title) {
            let start = range.start as usize + found.start;
            if !is_quoted(&line[..found.start]) && !is_markup(start) {
                places.push(cx.place((start..start + found.len()).into()));
            }
        }
    }
    places
}

/// One finding on the first of `places`, the others related: what one program or draft left has one cause.
pub(super) fn say(
    sink: &mut Sink<'_>,
    cx: &PartCx<'_>,
    places: &[Place],
    message: impl Fn(&str) -> String,
    is_mended: bool,
) {
    let Some((&first, others)) = places.split_first() else { return };
    let count = match others.len() {
        0 => String::new(),
        more => format!("（这一部分共 {} 处）", more + 1),
    };
    let mut finding = Finding::new(first, message(cx.slice(first.range)) + &count);
    for &place in others {
        finding = finding.related(place, format!("“{}”", cx.slice(place.range)));
    }
    if is_mended {
        let edits = places.iter().map(|&place| Edit::new(place, "")).collect();
        finding = finding.fix("删去这些文字", Applicability::Choice, edits);
    }
    sink.push(finding);
}

/// Whether a title is open behind these words: 《管理办法（征求意见稿）》 is a document of that name.
fn is_quoted(before: &str) -> bool {
    let mut marks = before.chars().rev().take(LONGEST_TITLE);
    marks.find(|c| matches!(c, '《' | '》')) == Some('《')
}

/// Whether the line at a byte holds tags. To be asked from left to right: the lines are gone through once, however many places there are.
pub(super) fn markup<'a>(cx: &'a PartCx<'_>) -> impl FnMut(usize) -> bool + 'a {
    let mut lines = cx.cut.iter().peekable();
    let mut is_markup = false;
    move |at| {
        while let Some(view) = lines.next_if(|view| view.start <= at) {
            is_markup = view.line.shape == Shape::Markup;
        }
        is_markup
    }
}
