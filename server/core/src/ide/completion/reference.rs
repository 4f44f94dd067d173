//! Document numbers, and titles of laws and documents.

use super::cursor::Here;
use super::{Completion, CompletionKind};
use crate::references::{Reference, Status, quoted_titles};

/// Characters of a number that must be there before it is offered.
const LEAST: usize = 2;

/// Titles within 《, the number behind a title, and a number of which the beginning is written.
pub(super) fn complete(line: &Here<'_>) -> Vec<Completion> {
    let mut found = match open_title(line.before()) {
        Some(typed) => titles(line, typed),
        None => match open_bracket(line.before()) {
            Some((title, typed)) => number_of(line, title, typed),
            None => numbers(line),
        },
    };
    found.sort_by_key(|offer| offer.outdated);
    found
}

/// What is written of a title that is not closed.
fn open_title(before: &str) -> Option<&str> {
    let start = before.rfind('《')? + '《'.len_utf8();
    (!before[start..].contains('》')).then(|| &before[start..])
}

/// The title before the bracket that is open, and what is written in it.
fn open_bracket(before: &str) -> Option<(&str, &str)> {
    let (head, typed) = before.rsplit_once(['（', '('])?;
    let title = quoted_titles(head).last().filter(|title| title.range.end == head.len())?;
    (!typed.contains(['）', ')'])).then_some((title.title, typed))
}

fn titles(line: &Here<'_>, typed: &str) -> Vec<Completion> {
    let closed = line.behind().starts_with('》');
    let mut offers: Vec<Completion> = Vec::new();
    for reference in line.references().iter() {
        for name in std::iter::once(&reference.title).chain(&reference.names) {
            let is_new = offers.iter().all(|it| it.label != *name);
            if is_new && name.contains(typed) && name != typed {
                let text = if closed { name.clone() } else { format!("{name}》") };
                let sides = (typed.len(), 0);
                let mut offer = line.offer(CompletionKind::Reference, name, sides, text);
                offer.detail = reference.number.clone().unwrap_or_default();
                describe(&mut offer, reference);
                offers.push(offer);
            }
        }
    }
    offers.sort_by_key(|offer| !offer.label.starts_with(typed));
    offers
}

fn number_of(line: &Here<'_>, title: &str, typed: &str) -> Vec<Completion> {
    let is_meant = |reference: &&Reference| {
        reference.title == title || reference.names.iter().any(|name| name == title)
    };
    let meant = line.references().iter().filter(is_meant);
    let numbers = meant.filter_map(|reference| Some((reference, reference.number.as_deref()?)));
    let closed = line.behind().starts_with(['）', ')']);
    numbers
        .filter(|(_, number)| number.starts_with(typed) && *number != typed)
        .map(|(reference, number)| {
            let text = if closed { number.to_owned() } else { format!("{number}）") };
            number_offer(line, reference, number, typed.len(), text)
        })
        .collect()
}

fn numbers(line: &Here<'_>) -> Vec<Completion> {
    let numbers = line
        .references()
        .iter()
        .filter_map(|reference| Some((reference, reference.number.as_deref()?)));
    numbers
        .filter_map(|(reference, number)| {
            let typed = overlap(line.before(), number)?;
            Some(number_offer(line, reference, number, typed, number.to_owned()))
        })
        .collect()
}

/// Bytes of the longest end of `before` with which `text` begins, if it is long enough and not all of it.
pub(super) fn overlap(before: &str, text: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, _)| at).skip(LEAST);
    let longest = ends.filter(|&end| before.ends_with(&text[..end])).last()?;
    (!before.ends_with(text)).then_some(longest)
}

fn number_offer(
    line: &Here<'_>,
    reference: &Reference,
    number: &str,
    typed: usize,
    text: String,
) -> Completion {
    let mut offer = line.offer(CompletionKind::Reference, number, (typed, 0), text);
    offer.detail.clone_from(&reference.title);
    describe(&mut offer, reference);
    offer
}

fn describe(offer: &mut Completion, reference: &Reference) {
    offer.outdated = reference.status == Status::Replaced;
    let state = match (&reference.replaced_by, reference.status) {
        (Some(heir), _) => format!("已由{heir}取代。"),
        (None, Status::Replaced) => "已不再适用。".to_owned(),
        (None, Status::Historical) => "较早的文件，是否仍有效请自行核对。".to_owned(),
        (None, Status::Current) => "现行。".to_owned(),
    };
    let vouched = if reference.verified { "" } else { "（供参考）" };
    let number = reference.number.iter().map(|number| format!("（{number}）")).collect::<String>();
    offer.documentation =
        format!("《{}》{number}\n{state}{}{vouched}", reference.title, reference.note);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, first, offers, quiet};
    use crate::ide::testing::changed;

    fn prose(words: &str) -> String {
        changed(&[("（三）政府信息管理。", &format!("{words}\n（三）政府信息管理。"))])
    }

    #[test]
    fn a_number_follows_from_its_beginning() {
        let text = prose("按照国办公开办函〔$0的要求");
        assert_eq!(quiet(&text)[0], "国办公开办函〔2021〕30号");
        assert_eq!(
            accepted(&text, "国办公开办函〔2021〕30号"),
            prose("按照国办公开办函〔2021〕30号的要求")
        );
        let offer = first(&text);
        assert!(offer.documentation.contains("现行"), "{}", offer.documentation);
        assert!(quiet(&prose("按照国办公开办函〔2021〕30号$0的要求")).is_empty());
        assert!(quiet(&prose("按照国$0的要求")).is_empty());
    }

    #[test]
    fn what_was_replaced_comes_last_and_says_so() {
        let found = offers(&prose("国务院令第$0"));
        let numbers: Vec<&str> = found.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(numbers.first(), Some(&"国务院令第711号"), "{numbers:?}");
        let old = found.iter().find(|it| it.label == "国务院令第492号").expect("offered");
        assert!(old.outdated && old.documentation.contains("已由国务院令第711号取代"), "{old:?}");
        assert!(found.is_sorted_by_key(|it| it.outdated), "{numbers:?}");
    }

    #[test]
    fn a_title_is_closed_once() {
        let title = "中华人民共和国政府信息公开条例";
        assert_eq!(
            accepted(&prose("根据《政府信息公开条$0"), title),
            prose(&format!("根据《{title}》"))
        );
        assert_eq!(
            accepted(&prose("根据《$0》规定"), title),
            prose(&format!("根据《{title}》规定"))
        );
        let whole = offers(&prose("根据《中华人民共和国政府信息公开条例$0》"));
        assert!(whole.iter().all(|it| it.label != title), "what stands there is not offered");
    }

    #[test]
    fn a_title_has_its_number_behind_it() {
        let text = prose("根据《中华人民共和国政府信息公开条例》（$0");
        assert_eq!(quiet(&text), ["国务院令第711号", "国务院令第492号"]);
        let number = "国务院令第711号";
        assert_eq!(
            accepted(&text, number),
            prose("根据《中华人民共和国政府信息公开条例》（国务院令第711号）")
        );
        let text = prose("根据《政府信息公开条例》（国务院令$0）");
        assert_eq!(accepted(&text, number), prose("根据《政府信息公开条例》（国务院令第711号）"));
        assert!(quiet(&prose("根据有关条例（$0")).is_empty());
    }
}
