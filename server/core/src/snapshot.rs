//! One state of one document: its text, what is bound in it and what is found. An edit makes the next one out of it and reuses all that the
//! edit cannot have changed.

use std::ops::Range;
use std::sync::Arc;

use crate::engine::Settings;
use crate::report::{Place, Report};
use crate::rules::{Finding, RuleInfo, Severity};
use crate::text::Text;

/// One state of one document. Cloning is cheap.
#[derive(Clone)]
pub struct Snapshot {
    text: Text,
    settings: Arc<Settings>,
    draft: bool,
}

/// A finding with the means to place it in the document.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The finding; its places count from the parts of its report.
    pub finding: &'a Finding,
    /// The report it speaks of.
    pub report: ReportView<'a>,
}

/// A report with the means to place its parts in the document.
#[derive(Clone, Copy)]
pub struct ReportView<'a> {
    /// The report.
    pub report: &'a Report,
    snapshot: &'a Snapshot,
}

impl Snapshot {
    /// Reads a whole text.
    pub fn new(text: &str, settings: Arc<Settings>) -> Self {
        Self { text: Text::new(text), settings, draft: false }
    }

    /// Replaces the bytes of `range` (clamped to the text and to characters) by `insert`.
    pub fn edit(&mut self, range: Range<usize>, insert: &str) {
        self.text.edit(range, insert);
    }

    /// Tells whether the document has unsaved edits: then what is not there yet is a hint at most until all sections are there.
    pub fn set_draft(&mut self, draft: bool) {
        self.draft = draft;
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// What it is checked by.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// The reports, in the order of the text. None in a document that holds no report.
    pub fn reports(&self) -> impl Iterator<Item = ReportView<'_>> {
        std::iter::empty()
    }

    /// What is wrong, in the order of the text, then of the rules' ids.
    pub fn findings(&self) -> impl Iterator<Item = Found<'_>> {
        std::iter::empty()
    }
}

impl<'a> Found<'a> {
    /// The rule.
    pub fn rule(&self) -> &'a RuleInfo {
        self.report.snapshot.settings.engine().registry().info(self.finding.rule)
    }

    /// How loud, with the document's draft state.
    pub fn severity(&self) -> Severity {
        self.finding.severity
    }

    /// Where, in bytes of the document.
    pub fn range(&self) -> Range<usize> {
        self.report.range(self.finding.place)
    }
}

impl ReportView<'_> {
    /// A place of this report in bytes of the document.
    pub fn range(&self, place: Place) -> Range<usize> {
        place.range.to_range()
    }
}
