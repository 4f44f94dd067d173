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
    pub(super) typo: List,
    /// Names that the form does not use.
    pub(super) term: List,
}

/// Words with the set of their wrong forms, by which one scan of a line finds all.
#[derive(Default, Deserialize)]
#[serde(from = "Vec<Word>")]
pub(super) struct List {
    words: Vec<Word>,
    wrong: crate::report::Words,
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

impl From<Vec<Word>> for List {
    fn from(words: Vec<Word>) -> Self {
        let wrong = crate::report::Words::new(words.iter().map(|word| word.wrong.as_str()));
        Self { words, wrong }
    }
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
fn found<'w>(line: &str, list: &'w List) -> Vec<(Range<usize>, &'w Word)> {
    let mut found = Vec::new();
    list.wrong.each(line, |hit| {
        let (range, word) = (hit.start..hit.end, &list.words[hit.word]);
        if word.is_at(line, &range) {
            found.push((range, word));
        }
    });
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
    words: &List,
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
        assert!(words.typo.words.len() > 5 && !words.term.words.is_empty());
        for word in words.typo.words.iter().chain(&words.term.words) {
            assert!(found(&word.right, &words.typo).is_empty(), "{}", word.right);
            assert!(found(&word.right, &words.term).is_empty(), "{}", word.right);
        }
    }
}
