//! The line of the cursor, and offers made on it.

use std::ops::Range;

use super::{Completion, CompletionKind, Situation};
use crate::form::Form;
use crate::form::skeleton::SkeletonLayout;
use crate::references::References;
use crate::report::BoundTable;
use crate::rules::layout_beside;
use crate::snapshot::{Snapshot, Spot};

/// A cursor in a report.
pub(super) struct Cursor<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) spot: Spot<'a>,
    pub(super) situation: Situation,
    /// The text of its part.
    pub(super) text: &'a str,
    /// Its line in the part, without the line break.
    pub(super) line: Range<usize>,
    /// Where it stands, in the part.
    pub(super) at: usize,
    /// Where it stands, in the document.
    offset: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        offset: usize,
        spot: Spot<'a>,
        situation: Situation,
    ) -> Self {
        let text = spot.report.text(spot.part);
        let at = spot.at.min(text.len());
        Self { snapshot, spot, situation, text, line: line_of(text, at), at, offset }
    }

    /// What may be cited.
    pub(super) fn references(&self) -> &'a References {
        &self.snapshot.dictionary().references
    }

    /// The form of the report.
    pub(super) fn form(&self) -> &'a Form {
        &self.spot.report.report.form
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
        let filter =
            if text.starts_with(written) { text.clone() } else { format!("{written}{text}") };
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
