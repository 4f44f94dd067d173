//! Wrong words and their right ones: `data/words.toml`.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::rules::{Applicability, Edit, Finding, LineCx, Sink};

/// The dictionary that gouji brings.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/words.toml")).unwrap_or_default());

/// Both lists.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Slips of the pen.
    pub(super) typo: Vec<Word>,
    /// Names that the form does not use.
    pub(super) term: Vec<Word>,
}

/// A wrong word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Word {
    wrong: String,
    right: String,
    /// Not right behind one of these.
    #[serde(default)]
    after: Vec<String>,
    /// Not right before one of these.
    #[serde(default)]
    before: Vec<String>,
    /// Only right before a figure.
    #[serde(default)]
    figure: bool,
}

impl Word {
    fn is_at(&self, line: &str, range: &Range<usize>) -> bool {
        let (before, behind) = (&line[..range.start], &line[range.end..]);
        let is_figure = || behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
        !self.after.iter().any(|it| before.ends_with(it.as_str()))
            && !self.before.iter().any(|it| behind.starts_with(it.as_str()))
            && (!self.figure || is_figure())
    }
}

/// Where words of the list stand in a line, the longest at each place.
fn found<'w>(line: &str, words: &'w [Word]) -> Vec<(Range<usize>, &'w Word)> {
    let mut found: Vec<_> = (words.iter())
        .flat_map(|word| {
            memchr::memmem::find_iter(line.as_bytes(), word.wrong.as_bytes())
                .map(move |at| (at..at + word.wrong.len(), word))
        })
        .filter(|(range, word)| word.is_at(line, range))
        .collect();
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|(range, _)| {
        range.start >= end && {
            end = range.end;
            true
        }
    });
    found
}

/// Says each word of `words` in the line, with `message` of the wrong and the right one.
pub(super) fn check(
    cx: &LineCx<'_>,
    sink: &mut Sink<'_>,
    words: &[Word],
    message: fn(&str, &str) -> String,
) {
    for (range, word) in found(cx.text, words) {
        let place = cx.place(range);
        let edit = Edit::new(place, word.right.clone());
        sink.push(Finding::new(place, message(&word.wrong, &word.right)).fix(
            format!("改为“{}”", word.right),
            Applicability::Choice,
            vec![edit],
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_is_read_and_mends_for_good() {
        let words: Words =
            toml::from_str(include_str!("../../../data/words.toml")).expect("a right file");
        assert!(words.typo.len() > 5 && !words.term.is_empty());
        for word in words.typo.iter().chain(&words.term) {
            assert!(found(&word.right, &words.typo).is_empty(), "{}", word.right);
            assert!(found(&word.right, &words.term).is_empty(), "{}", word.right);
        }
    }
}
