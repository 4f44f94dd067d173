//! Wrong words and their right ones.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// A wrong word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// As it is written.
    pub wrong: String,
    /// As it should be.
    pub right: String,
    /// It is another word behind one of these.
    #[serde(default)]
    pub after: Vec<String>,
    /// It is another word before one of these.
    #[serde(default)]
    pub before: Vec<String>,
    /// It is wrong only before a figure.
    #[serde(default)]
    pub figure: bool,
}

/// Words that are looked for together.
#[derive(Debug, Default)]
pub struct WordList {
    words: Vec<Word>,
    matcher: Option<AhoCorasick>,
}

impl Word {
    /// Whether the word at `range` of the line is this one and no other.
    pub fn is_at(&self, line: &str, range: &Range<usize>) -> bool {
        let (before, behind) = (&line[..range.start], &line[range.end..]);
        let is_figure = || behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
        !self.after.iter().any(|it| before.ends_with(it.as_str()))
            && !self.before.iter().any(|it| behind.starts_with(it.as_str()))
            && (!self.figure || is_figure())
    }

    /// Whether the right word holds the wrong one, so that mending it would never end.
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
        let matcher = AhoCorasick::new(words.iter().map(|word| &word.wrong)).ok();
        Self { words, matcher }
    }

    /// Where words of the list stand in a line, the longest at each place.
    pub fn find<'w>(
        &'w self,
        line: &str,
    ) -> impl Iterator<Item = (Range<usize>, &'w Word)> + use<'w> {
        let mut found = Vec::new();
        if let Some(matcher) = &self.matcher {
            let matches = matcher.find_overlapping_iter(line);
            found.extend(matches.map(|it| (it.range(), &self.words[it.pattern().as_usize()])));
            found.retain(|(range, word)| word.is_at(line, range));
        }
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
