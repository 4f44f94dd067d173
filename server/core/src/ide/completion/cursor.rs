//! The line of the cursor, and offers made on it.

use std::ops::{Deref, Range};

use super::{Completion, CompletionKind, Situation};
use crate::form::Form;
use crate::form::skeleton::SkeletonLayout;
use crate::references::References;
use crate::report::{BoundTable, fold};
use crate::rules::layout_beside;
use crate::snapshot::{Snapshot, Spot};

/// A cursor in a report.
pub(super) struct Cursor<'a> {
    pub(super) spot: Spot<'a>,
    here: Here<'a>,
}

/// The line of a cursor, in a report or in what may become one.
pub(super) struct Here<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) situation: Situation,
    /// The text of its part, or of a document that holds no report.
    pub(super) text: &'a str,
    /// The line in that text, without the line break.
    pub(super) line: Range<usize>,
    /// Where the cursor stands, in that text.
    pub(super) at: usize,
    /// Where it stands, in the document.
    offset: usize,
}

impl<'a> Deref for Cursor<'a> {
    type Target = Here<'a>;

    fn deref(&self) -> &Here<'a> {
        &self.here
    }
}

impl<'a> Here<'a> {
    /// The line around byte `at` of `text`, which is byte `offset` of the document.
    pub(super) fn new(
        snapshot: &'a Snapshot,
        situation: Situation,
        (text, at): (&'a str, usize),
        offset: usize,
    ) -> Self {
        let at = at.min(text.len());
        Self { snapshot, situation, text, line: line_of(text, at), at, offset }
    }

    /// What may be cited.
    pub(super) fn references(&self) -> &'a References {
        &self.snapshot.dictionary().references
    }

    /// The line up to the cursor.
    pub(super) fn before(&self) -> &'a str {
        &self.text[self.line.start..self.at]
    }

    /// The line from the cursor on.
    pub(super) fn behind(&self) -> &'a str {
        &self.text[self.at..self.line.end]
    }

    /// What is written of the line, without blanks and the marks that lead a heading or a row.
    pub(super) fn typed(&self) -> &'a str {
        self.before().trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '#'))
    }

    /// The same as words are compared; `None` where only marks are written, which begin nothing that is known by its words.
    pub(super) fn words(&self) -> Option<String> {
        let (typed, words) = (self.typed(), fold(self.typed()));
        (typed.is_empty() || !words.is_empty()).then_some(words)
    }

    /// Nothing but separators stand behind the cursor.
    pub(super) fn ends_line(&self) -> bool {
        self.behind().chars().all(is_separator)
    }

    /// Bytes of the part as bytes of the document.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset - self.at;
        start + range.start..start + range.end
    }

    /// An offer that replaces the last `typed` bytes before the cursor and `behind` bytes after it; lines of `text` end in LF.
    pub(super) fn offer(
        &self,
        kind: CompletionKind,
        label: impl Into<String>,
        (typed, behind): (usize, usize),
        text: String,
    ) -> Completion {
        let start = self.at - typed;
        let written = &self.text[start..self.at];
        let shown = text.trim_start_matches('\n');
        let filter =
            if shown.starts_with(written) { shown.to_owned() } else { format!("{written}{shown}") };
        Completion {
            label: label.into(),
            detail: String::new(),
            documentation: String::new(),
            kind,
            range: self.range(start..self.at + behind),
            // Lists filter by one line.
            filter: filter.lines().next().unwrap_or_default().to_owned(),
            text,
            stops: Vec::new(),
            outdated: false,
        }
    }

    /// An offer that takes the place of the whole line, parted by an empty line from words above it.
    pub(super) fn below(
        &self,
        kind: CompletionKind,
        label: impl Into<String>,
        text: &str,
    ) -> Completion {
        let above = self.text[..self.line.start].lines().next_back();
        let before = if above.is_some_and(|line| !line.trim().is_empty()) { "\n" } else { "" };
        let sides = (self.before().len(), self.behind().len());
        self.offer(kind, label, sides, format!("{before}{text}"))
    }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        offset: usize,
        spot: Spot<'a>,
        situation: Situation,
    ) -> Self {
        let here = (spot.report.text(spot.part), spot.at);
        Self { here: Here::new(snapshot, situation, here, offset), spot }
    }

    /// The form of the report.
    pub(super) fn form(&self) -> &'a Form {
        &self.spot.report.report.form
    }

    /// How a table that comes into this report is written: like those that are there.
    pub(super) fn layout(&self) -> SkeletonLayout {
        let report = self.spot.report;
        if let Some((_, table)) = report.report.tables().next() {
            return layout_beside(table.layout);
        }
        let is_marked =
            |part: usize| report.text(part).lines().any(|line| line.trim_start().starts_with('#'));
        if (0..report.report.parts.len()).any(is_marked) {
            SkeletonLayout::Markdown
        } else {
            self.situation.layout
        }
    }

    /// The tables of the part, as far as they can be read.
    pub(super) fn tables(&self) -> impl Iterator<Item = &'a BoundTable> {
        let part = self.spot.report.report.parts.get(self.spot.part);
        let tables = part.map(|part| part.tables.as_slice()).unwrap_or_default();
        tables.iter().filter(|table| table.unreadable.is_none())
    }
}

/// The line around `at`, without its break.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |found| at + found);
    start..end
}

/// Stands between cells and rows, and is no word of theirs.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '-' | ':')
}
