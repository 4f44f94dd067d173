//! What may be put at the cursor: figures that the relations give, rows, sections and whole reports that are to come, figures of the tables in
//! the prose, citations and fixed sentences.
//!
//! Nothing is offered that the text before the cursor does not ask for: Chinese has no blanks between words, so what is replaced is the longest end
//! of that text with which an offer begins.

mod cell;
mod claim;
mod cursor;
mod paragraph;
mod phrase;
mod reference;
mod report;
mod row;
mod section;
mod suppression;

use std::ops::Range;

use crate::form::skeleton::SkeletonLayout;
use crate::snapshot::Snapshot;
use cursor::Cursor;

/// Most offers: nobody reads a longer list to its end.
const MOST: usize = 50;

/// Something that may be put at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What it says beside the label; may be empty.
    pub detail: String,
    /// More about it; empty where the text itself says all.
    pub documentation: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What is replaced, in bytes of the document: on the line of the cursor, which it holds or touches. It begins where that of every other offer of the
    /// list begins: clients that filter a list as a whole know one beginning.
    pub range: Range<usize>,
    /// What takes its place, with the line breaks of the document.
    pub text: String,
    /// Where the author goes on writing, in bytes of `text`, from left to right.
    pub stops: Vec<Stop>,
    /// Begins with what stands between the start of `range` and the cursor, so that no client throws it out.
    pub filter: String,
    /// Whether the document it cites has been replaced by another.
    pub outdated: bool,
}

/// A place in a text that its author may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// In bytes of the text.
    pub range: Range<usize>,
    /// Stops of one group hold the same words.
    pub group: usize,
}

/// What an offer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// A figure of a cell.
    Figure,
    /// A figure of the prose.
    Claim,
    /// Rows of a table.
    Row,
    /// A table.
    Table,
    /// Sections.
    Section,
    /// A whole report.
    Report,
    /// A document number or a title.
    Reference,
    /// A fixed sentence, or a paragraph with its name.
    Phrase,
    /// A rule's id.
    Rule,
}

/// What completion depends on besides the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// The year that a new report is about.
    pub year: u16,
    /// How a document without tables writes its first one.
    pub layout: SkeletonLayout,
    /// Whether the user has asked for the list. Otherwise it comes by itself, and only what is certain is offered.
    pub invoked: bool,
}

/// The offers at `offset`, best first.
pub fn completions(snapshot: &Snapshot, offset: usize, situation: Situation) -> Vec<Completion> {
    let offset = snapshot.text().clamp(offset..offset).start;
    let mut found = offers(snapshot, offset, situation);
    found.truncate(MOST);
    let line_break = line_break(snapshot);
    let start = found.iter().map(|offer| offer.range.start).min().unwrap_or(offset);
    for offer in &mut found {
        offer.begin_at(start, &snapshot.text().slice(start..offer.range.start));
        offer.break_lines(&line_break);
    }
    found
}

fn offers(snapshot: &Snapshot, offset: usize, situation: Situation) -> Vec<Completion> {
    let Some(spot) = snapshot.spot(offset) else {
        return report::complete(snapshot, offset, situation);
    };
    let cursor = Cursor::new(snapshot, offset, spot, situation);
    if let Some(rules) = suppression::complete(&cursor) {
        return rules;
    }
    if let Some(figures) = cell::complete(&cursor) {
        return figures;
    }
    let mut found = row::complete(&cursor);
    found.extend(claim::complete(&cursor));
    found.extend(reference::complete(&cursor));
    found.extend(paragraph::complete(&cursor));
    if cursor.situation.invoked {
        found.extend(phrase::complete(&cursor));
        found.extend(section::complete(&cursor));
    }
    found
}

/// The line break of the document.
fn line_break(snapshot: &Snapshot) -> String {
    let all = snapshot.text();
    match &*all.slice(all.line_content(0).end..all.line_start(1)) {
        "" => "\n".to_owned(),
        found => found.to_owned(),
    }
}

impl Completion {
    /// Also replaces `written`, which stands before its range from `start` on, by itself.
    fn begin_at(&mut self, start: usize, written: &str) {
        self.range.start = start;
        self.text.insert_str(0, written);
        self.filter.insert_str(0, written);
        for stop in &mut self.stops {
            stop.range = stop.range.start + written.len()..stop.range.end + written.len();
        }
    }

    /// Ends its lines as the document does.
    fn break_lines(&mut self, line_break: &str) {
        let longer = |at: usize| {
            at + self.text[..at].matches('\n').count() * (line_break.len() - '\n'.len_utf8())
        };
        for stop in &mut self.stops {
            stop.range = longer(stop.range.start)..longer(stop.range.end);
        }
        self.text = self.text.replace('\n', line_break);
    }
}

#[cfg(test)]
mod testing;
