//! The wording of tables' headers, folded once.

use std::ops::Range;

use memchr::memmem::Finder;

use super::fold::fold;
use crate::form::{Block, Column, Label};

/// What a block's header may show.
pub(crate) struct HeaderWords {
    /// Number of columns.
    pub(crate) columns: usize,
    /// Labels over several columns.
    pub(crate) groups: Vec<Needle>,
    /// All wordings of the columns' labels with the index of the column, longest first.
    pub(crate) labels: Vec<(usize, Needle)>,
    /// Columns below one group each, with the group's own words; empty where the groups don't tell all columns apart.
    pub(crate) parts: Vec<(Range<usize>, Needle)>,
}

/// Words that are looked for again and again.
pub(crate) struct Needle {
    words: Box<str>,
    finder: Finder<'static>,
}

impl HeaderWords {
    pub(crate) fn new(block: &Block) -> Self {
        let mut groups: Vec<String> = block
            .columns
            .iter()
            .flat_map(|column| &column.groups)
            .map(|group| fold(group))
            .collect();
        groups.extend(block.banner.iter().map(|banner| fold(&banner.text)));
        groups.sort_unstable();
        groups.dedup();
        let wordings = |label: &Label| {
            std::iter::once(&label.text)
                .chain(&label.accept)
                .map(|words| fold(words))
                .collect::<Vec<_>>()
        };
        let columns = block.columns.iter().enumerate();
        let mut labels: Vec<_> = columns
            .flat_map(|(index, column)| {
                wordings(&column.label).into_iter().map(move |label| (index, label))
            })
            .collect();
        labels.sort_unstable_by_key(|(index, label)| (std::cmp::Reverse(label.len()), *index));
        Self {
            columns: block.columns.len(),
            groups: groups.into_iter().map(Needle::new).collect(),
            labels: labels.into_iter().map(|(index, label)| (index, Needle::new(label))).collect(),
            parts: parts(&block.columns),
        }
    }
}

impl Needle {
    fn new(words: String) -> Self {
        Self { finder: Finder::new(words.as_bytes()).into_owned(), words: words.into() }
    }

    pub(crate) fn words(&self) -> &str {
        &self.words
    }

    /// Puts `mark` in place of the words wherever they stand, from left to right; what comes to stand by that is left.
    pub(crate) fn replace_in(&self, text: &mut String, mark: &str) {
        let mut from = 0;
        while let Some(at) = self.find(&text[from..]).map(|at| from + at) {
            text.replace_range(at..at + self.words.len(), mark);
            from = at + mark.len();
        }
    }

    /// Where the words stand first.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        self.finder.find(text.as_bytes())
    }
}

fn parts(columns: &[Column]) -> Vec<(Range<usize>, Needle)> {
    let mut parts: Vec<(Range<usize>, &str)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let Some(group) = column.groups.last() else { return Vec::new() };
        match parts.iter_mut().find(|(_, other)| *other == group) {
            None => parts.push((index..index + 1, group)),
            Some((columns, _)) if columns.end == index => columns.end += 1,
            Some(_) => return Vec::new(),
        }
    }
    parts.into_iter().map(|(columns, group)| (columns, Needle::new(fold(group)))).collect()
}
