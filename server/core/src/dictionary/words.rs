//! Wrong words and their corrections.

use std::ops::Range;

use serde::Deserialize;

use crate::text::Words;

/// A wrong word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// As it is written.
    pub wrong: String,
    /// As it should be.
    pub right: String,
    /// Behind one of these it is part of another word, and not wrong.
    #[serde(default)]
    pub after: Vec<String>,
    /// Before one of these it is part of another word, and not wrong.
    #[serde(default)]
    pub before: Vec<String>,
    /// It is wrong only before a figure.
    #[serde(default)]
    pub figure: bool,
}

/// Words that are searched for together.
#[derive(Debug, Default)]
pub struct WordList {
    words: Vec<Word>,
    set: Words,
}

impl Word {
    /// Whether the characters at `range` of the line are this word and not part of another.
    pub(crate) fn is_at(&self, line: &str, range: &Range<usize>) -> bool {
        let (before, behind) = (&line[..range.start], &line[range.end..]);
        let is_figure = || behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
        !self.after.iter().any(|it| before.ends_with(it.as_str()))
            && !self.before.iter().any(|it| behind.starts_with(it.as_str()))
            && (!self.figure || is_figure())
    }

    /// Whether the correction contains the wrong word, so that correcting it would never end.
    pub fn never_ends(&self) -> bool {
        self.wrong != self.right
            && self
                .right
                .match_indices(&self.wrong)
                .any(|(at, it)| self.is_at(&self.right, &(at..at + it.len())))
    }
}

impl WordList {
    pub(super) fn new(mut words: Vec<Word>) -> Self {
        words.retain(|word| !word.wrong.is_empty() && word.wrong != word.right);
        let set = Words::new(words.iter().map(|word| word.wrong.as_str()));
        Self { words, set }
    }

    /// The wrong words.
    pub fn wrong(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.wrong.as_str())
    }

    /// Where words of the list stand in a line, the longest at each place.
    pub fn find<'w>(
        &'w self,
        line: &str,
    ) -> impl Iterator<Item = (Range<usize>, &'w Word)> + use<'w> {
        let mut found = Vec::new();
        self.set.each(line, |hit| {
            let (range, word) = (hit.start..hit.end, &self.words[hit.word]);
            if word.is_at(line, &range) {
                found.push((range, word));
            }
        });
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let is_next = range.start >= end;
            end = if is_next { range.end } else { end };
            is_next
        });
        found.into_iter()
    }
}
