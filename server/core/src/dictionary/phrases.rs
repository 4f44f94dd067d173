//! Phrases that are fixed to the letter, and the search for near misses.

use std::ops::Range;

use serde::Deserialize;

use crate::text::Words;

/// A phrase that is fixed to the letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// The wording.
    pub text: String,
    /// Similar wordings that are right as well.
    #[serde(default)]
    pub also: Vec<String>,
}

/// Phrases that are searched for together.
#[derive(Debug, Default)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// The beginnings of all phrases, then their ends.
    ends: Words,
}

/// Characters at either end of a phrase by which a near miss is recognised.
const ANCHOR: usize = 3;
const OTHER_END: usize = 2;
/// Characters from which on a phrase may differ in two places; shorter ones in one.
const LONG: usize = 14;

impl Phrase {
    /// The fewest characters of a phrase: a shorter one is similar to too many other words.
    pub const SHORTEST: usize = 8;

    fn slips(&self) -> usize {
        if self.text.chars().count() < LONG { 1 } else { 2 }
    }
}

impl Phrases {
    pub(super) fn new(mut phrases: Vec<Phrase>) -> Self {
        phrases.retain(|phrase| phrase.text.chars().count() >= Phrase::SHORTEST);
        let ends = Words::new(ends(&phrases));
        Self { phrases, ends }
    }

    /// Words of which a line must have one to hold a near miss.
    pub fn ends(&self) -> impl Iterator<Item = &str> {
        ends(&self.phrases)
    }

    /// The near misses in a line, each with its phrase.
    pub fn near<'p>(&'p self, line: &str) -> Vec<(Range<usize>, &'p Phrase)> {
        let mut found: Vec<(Range<usize>, &Phrase)> = Vec::new();
        let mut anchors = Vec::new();
        self.ends.find(line, &mut anchors);
        anchors.sort_by_key(|anchor| (anchor.end, anchor.word));
        for anchor in anchors {
            let is_start = anchor.word < self.phrases.len();
            let phrase = &self.phrases[anchor.word % self.phrases.len()];
            // Most often it is the phrase itself.
            let is_exact = if is_start {
                line[anchor.start..].starts_with(&phrase.text)
            } else {
                line[..anchor.end].ends_with(&phrase.text)
            };
            if is_exact {
                continue;
            }
            let near = if is_start {
                behind(phrase, line, anchor.start)
            } else {
                before(phrase, line, anchor.end)
            };
            if let Some(range) = near
                && !found.iter().any(|(it, _)| it.start < range.end && range.start < it.end)
            {
                found.push((range, phrase));
            }
        }
        found
    }
}

/// The beginnings of phrases, then their ends.
fn ends(phrases: &[Phrase]) -> impl Iterator<Item = &str> {
    let starts = phrases.iter().map(|phrase| first(&phrase.text, ANCHOR));
    starts.chain(phrases.iter().map(|phrase| last(&phrase.text, ANCHOR)))
}

/// The near miss of a phrase that should begin at `start`.
fn behind(phrase: &Phrase, line: &str, start: usize) -> Option<Range<usize>> {
    let rest = &line[start..];
    let length = phrase.text.chars().count();
    let windows = (length - phrase.slips()..=length + phrase.slips()).filter_map(|count| {
        let end = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(count)?;
        Some(&rest[..end])
    });
    let windows = windows.filter(|window| window.ends_with(last(&phrase.text, OTHER_END)));
    nearest(phrase, line, start, windows)
}

/// The near miss of a phrase that should end at `end`.
fn before(phrase: &Phrase, line: &str, end: usize) -> Option<Range<usize>> {
    let rest = &line[..end];
    let length = phrase.text.chars().count();
    let windows = (length - phrase.slips()..=length + phrase.slips()).filter_map(|count| {
        let (start, _) = rest.char_indices().rev().nth(count - 1)?;
        Some(&rest[start..])
    });
    let windows = windows.filter(|window| window.starts_with(first(&phrase.text, OTHER_END)));
    nearest(phrase, line, end, windows)
}

/// The window with the fewest differences; `None` if one of them is the phrase, or another right wording. `at` is the end that all windows share.
fn nearest<'l>(
    phrase: &Phrase,
    line: &'l str,
    at: usize,
    windows: impl Iterator<Item = &'l str>,
) -> Option<Range<usize>> {
    let plain = |text: &str| text.replace(|c: char| "、，,。 ".contains(c), "");
    let mut right = None;
    let is_right = |wording: &String| {
        line[at..].starts_with(wording.as_str()) || line[..at].ends_with(wording.as_str())
    };
    let mut best: Option<(usize, &str)> = None;
    for window in windows {
        let right = right.get_or_insert_with(|| plain(&phrase.text));
        let slips = strsim::osa_distance(&plain(window), right);
        if slips == 0 {
            return None;
        }
        if slips <= phrase.slips() && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, window));
        }
    }
    let (_, window) = best.filter(|_| !phrase.also.iter().any(is_right))?;
    let start = window.as_ptr() as usize - line.as_ptr() as usize;
    Some(start..start + window.len())
}

/// The first `count` characters.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

/// The last `count` characters.
fn last(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count - 1).map_or(text, |(at, _)| &text[at..])
}
