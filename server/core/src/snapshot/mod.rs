//! One state of one document: its text, its bound reports and their findings. An edit derives the next state and reuses everything that the edit cannot
//! have changed.
//!
//! The unit of reuse is the part, the text between two top-level headings: an edit inside one re-cuts the edited lines, binds that part again and
//! reruns the checks that read it. This fast path is taken only if it is certain that no border moves; otherwise the borders are found anew, and parts
//! with the same text are reused.

mod assembly;
mod binding;
mod bound;
mod causes;
mod lines;
mod paragraphs;
mod segment;
mod state;
#[cfg(test)]
mod tests;
mod whole;
mod window;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::dictionary::Dictionary;
use crate::engine::Settings;
use crate::report::{PartBorder, Place, Report, borders};
use crate::rules::{Finding, RuleInfo, Severity};
use crate::syntax::Cut;
use crate::text::{Text, TextRange};
use segment::Segment;
use state::{Checks, PartInput, ReportState};
use window::Windows;

/// One state of one document. Cloning is cheap.
#[derive(Clone)]
pub struct Snapshot {
    /// Put together from the parts when it is first asked for: most files of a folder have no findings to place.
    text: OnceLock<Text>,
    settings: Arc<Settings>,
    draft: bool,
    reports: Arc<Vec<Arc<ReportState>>>,
    /// The text of a document without a report.
    loose: Option<Arc<Segment>>,
    /// The findings that suppressions leave of each report, if the document has suppressions.
    unsuppressed: Option<Arc<Vec<Vec<Arc<Finding>>>>>,
    /// Whether only the texts and findings of the reports are kept.
    is_settled: bool,
}

/// How much had to be read again after an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// The edited line; everything else in its part was only moved.
    Figure,
    /// The edited lines and the part that holds them.
    Part,
    /// A report whose head or form changed.
    Report,
    /// The borders of all reports.
    Document,
}

/// A finding with the means to place it in the document.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The finding; its places count from the parts of its report.
    pub finding: &'a Arc<Finding>,
    /// The report it speaks of.
    pub report: ReportView<'a>,
}

/// A report with the means to place its parts in the document.
#[derive(Clone, Copy)]
pub struct ReportView<'a> {
    /// The report.
    pub report: &'a Report,
    state: &'a ReportState,
    snapshot: &'a Snapshot,
    start: usize,
}

/// A byte of a document, and the part of a report that it lies in.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// The report.
    pub report: ReportView<'a>,
    /// The index of the part.
    pub part: usize,
    /// Bytes from the part's start.
    pub at: usize,
}

impl Snapshot {
    /// Reads a whole text.
    pub fn new(text: &str, settings: Arc<Settings>) -> Self {
        Self::of(text, settings, false)
    }

    /// Reads a whole text for its findings alone. What is bound in a report is dropped before the next one is bound, so that a file of a thousand reports
    /// takes the memory of one. The snapshot has no tables and no lines; an edit reads the text anew.
    pub fn settled(text: &str, settings: Arc<Settings>) -> Self {
        Self::of(text, settings, true)
    }

    fn of(text: &str, settings: Arc<Settings>, is_settled: bool) -> Self {
        let mut snapshot = Self {
            text: OnceLock::new(),
            settings,
            draft: false,
            reports: Arc::default(),
            loose: None,
            unsuppressed: None,
            is_settled,
        };
        snapshot.read(text, Checks::Run);
        snapshot.suppress();
        snapshot
    }

    /// Replaces the bytes of `range` (clamped to the text and to characters) by `insert`.
    pub fn edit(&mut self, range: Range<usize>, insert: &str) -> Work {
        let work = self.apply(range, insert, Checks::Run);
        self.suppress();
        work
    }

    /// Sets whether the document has unsaved edits. Then findings on what is missing are hints at most until all sections are there.
    pub fn set_draft(&mut self, draft: bool) {
        self.draft = draft;
    }

    /// The text.
    pub fn text(&self) -> &Text {
        self.text.get_or_init(|| {
            let loose = self.loose.iter().map(|loose| loose.text.clone());
            let parts = self.reports.iter().flat_map(|report| &report.parts);
            Text::of(parts.map(|part| part.input.segment.text.clone()).chain(loose))
        })
    }

    /// The settings that it is checked with.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// The word lists and the laws and documents that are known.
    pub fn dictionary(&self) -> &Dictionary {
        self.settings.engine().dictionary()
    }

    /// The reports, in the order of the text. None in a document that holds no report.
    pub fn reports(&self) -> impl Iterator<Item = ReportView<'_>> {
        let mut start = 0;
        self.reports.iter().map(move |state| {
            let view = ReportView { report: &state.report, state, snapshot: self, start };
            start += state.len;
            view
        })
    }

    /// The part that holds `offset`, or the last one; `None` in a document without a report.
    pub fn spot(&self, offset: usize) -> Option<Spot<'_>> {
        let (at, part, start) = self.part_at(offset)?;
        let state = &*self.reports[at];
        let before: usize =
            state.parts[..part].iter().map(|part| part.input.segment.text.len()).sum();
        let report =
            ReportView { report: &state.report, state, snapshot: self, start: start - before };
        Some(Spot { report, part, at: offset.saturating_sub(start) })
    }

    /// The findings, in the order of the text, then of the rules' ids.
    pub fn findings(&self) -> impl Iterator<Item = Found<'_>> {
        self.reports().enumerate().flat_map(move |(at, report)| {
            let findings =
                self.unsuppressed.as_ref().map_or(&report.state.findings, |lists| &lists[at]);
            findings.iter().map(move |finding| Found { finding, report })
        })
    }

    fn apply(&mut self, range: Range<usize>, insert: &str, checks: Checks) -> Work {
        self.text();
        let mut text = self.text.take().unwrap_or_default();
        let range = text.edit(range, insert);
        self.text = text.into();
        if std::mem::take(&mut self.is_settled) {
            self.reports = Arc::default();
        }
        self.edit_part(range, insert, checks).unwrap_or_else(|| {
            let text = self.text().to_string();
            self.read(&text, checks);
            Work::Document
        })
    }

    /// Finds the borders of the whole text, and binds the reports that are not known already.
    fn read(&mut self, text: &str, checks: Checks) {
        let settings = self.settings.clone();
        let old = std::mem::take(&mut self.reports);
        // After an edit in one report of many, the others have the same index, counted from the beginning or from the end.
        let windows = if old.is_empty() { Windows::new } else { Windows::one };
        let mut reports = Vec::new();
        self.loose = None;
        for (window, found) in windows(settings.engine(), text) {
            if found.is_empty() {
                debug_assert!(reports.is_empty(), "a later window begins with a report");
                self.loose = Some(Arc::new(window.one()));
                break;
            }
            let parts: Vec<&PartBorder> = found.iter().flat_map(|report| &report.parts).collect();
            let lines: Vec<usize> = parts.iter().map(|part| part.line).collect();
            let mut inputs = window.split(&lines).zip(&parts).map(|((segment, template), part)| {
                let input = PartInput::new(Arc::new(segment), part.heading.clone());
                PartInput { template, ..input }
            });
            for (at, report) in found.iter().enumerate() {
                let inputs: Vec<_> = inputs.by_ref().take(report.parts.len()).collect();
                let from_end = (old.len() + at).checked_sub(found.len()).and_then(|at| old.get(at));
                let same = |state: &&Arc<ReportState>| state.is_made_of(&inputs);
                if let Some(known) = old.get(at).filter(same).or(from_end.filter(same)) {
                    reports.push(known.clone());
                    continue;
                }
                let old = old.get(at).map(|old| &**old);
                let mut state = ReportState::new(&settings, report.family, inputs, old, checks);
                if self.is_settled {
                    state.settle();
                }
                reports.push(Arc::new(state));
            }
        }
        self.reports = Arc::new(reports);
    }

    /// The fast path: an edit inside one part that moves no border.
    fn edit_part(&mut self, range: Range<usize>, insert: &str, checks: Checks) -> Option<Work> {
        let lexicon = self.settings.engine().lexicon();
        if let Some(loose) = &self.loose {
            let (segment, _) = loose.edited(lexicon, range, insert);
            if !borders(lexicon, &segment.marks).is_empty() {
                return None;
            }
            self.loose = Some(Arc::new(segment));
            return Some(Work::Part);
        }
        let (at, part, start) = self.part_at(range.start)?;
        let state = &self.reports[at];
        let old = &state.parts[part].input.segment;
        if range.end > start + old.text.len() {
            return None;
        }
        let range = range.start - start..range.end - start;
        let (segment, typed) = old.edited(lexicon, range, insert);
        let is_last = at + 1 == self.reports.len() && part + 1 == state.parts.len();
        // The next part must still begin on a line of its own. It begins with words, so a CR at the end here cannot join an LF there.
        if !old.same_borders(&segment) || !(is_last || segment.cut.is_closed(&segment.text)) {
            return None;
        }
        let segment = Arc::new(segment);
        let fast = state.with_segment(&self.settings, part, segment.clone(), typed, checks);
        let (next, work) = fast.unwrap_or_else(|| {
            let mut inputs: Vec<_> = state.parts.iter().map(|part| part.input.clone()).collect();
            let heading = inputs[part].heading.as_ref().and_then(|_| segment.heading());
            inputs[part] = PartInput::new(segment, heading);
            let next = ReportState::new(&self.settings, state.family, inputs, Some(state), checks);
            (next, Work::Report)
        });
        Arc::make_mut(&mut self.reports)[at] = Arc::new(next);
        Some(work)
    }

    /// Report, part and first byte of the part that holds `offset`.
    fn part_at(&self, offset: usize) -> Option<(usize, usize, usize)> {
        let mut start = 0;
        for (at, report) in self.reports.iter().enumerate() {
            let is_last = at + 1 == self.reports.len();
            if offset >= start + report.len && !is_last {
                start += report.len;
                continue;
            }
            for (part, state) in report.parts.iter().enumerate() {
                let len = state.input.segment.text.len();
                if offset < start + len || (is_last && part + 1 == report.parts.len()) {
                    return Some((at, part, start));
                }
                start += len;
            }
        }
        None
    }
}

impl<'a> Found<'a> {
    /// The rule.
    pub fn rule(&self) -> &'a RuleInfo {
        self.report.snapshot.settings.engine().registry().info(self.finding.rule)
    }

    /// Its severity. In a draft that lacks a section, a finding on something missing is a hint at most.
    pub fn severity(&self) -> Severity {
        let severity = self.finding.severity;
        if self.report.snapshot.draft
            && severity > Severity::Hint
            && (self.finding.is_unfinished || self.rule().unfinished)
            && !self.report.is_whole()
        {
            return Severity::Hint;
        }
        severity
    }

    /// Where, in bytes of the document.
    pub fn range(&self) -> Range<usize> {
        self.report.range(self.finding.place)
    }

    /// First byte and text of each part that it names. As long as these texts are the same and begin on the same lines, the finding looks the same.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &'a Arc<str>)> {
        let related = self.finding.related.iter().map(|it| it.place.part);
        let mut parts: Vec<_> = std::iter::once(self.finding.place.part).chain(related).collect();
        parts.sort_unstable();
        parts.dedup();
        let report = self.report;
        parts.into_iter().filter_map(move |part| {
            let text = &report.state.parts.get(part as usize)?.input.segment.text;
            Some((report.part(part as usize).start, text))
        })
    }
}

impl<'a> ReportView<'a> {
    /// The snapshot that it belongs to.
    pub fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    /// Its byte range in the document.
    pub fn whole(&self) -> Range<usize> {
        self.start..self.start + self.state.len
    }

    /// A part in bytes of the document; empty for an index beyond the last one.
    pub fn part(&self, part: usize) -> Range<usize> {
        self.range(Place::new(part, TextRange::new(0, self.text(part).len())))
    }

    /// A place of this report in bytes of the document.
    pub fn range(&self, place: Place) -> Range<usize> {
        let parts = &self.state.parts;
        let last = parts.len().saturating_sub(1);
        let before: usize = parts[..(place.part as usize).min(last)]
            .iter()
            .map(|part| part.input.segment.text.len())
            .sum();
        place.range.shifted(self.start + before).to_range()
    }

    /// The text of a part.
    pub fn text(&self, part: usize) -> &'a str {
        self.state.parts.get(part).map_or("", |part| &part.input.segment.text)
    }

    /// The lines of a part with their cells; `None` for an index beyond the last one.
    pub(crate) fn cut(&self, part: usize) -> Option<&'a Cut> {
        self.state.parts.get(part).map(|part| &part.input.segment.cut)
    }

    /// Whether all sections of the form are there.
    pub fn is_whole(&self) -> bool {
        let has = |section| {
            self.report.parts.iter().any(|part| {
                part.heading.as_ref().is_some_and(|heading| heading.section == Some(section))
            })
        };
        (0..self.report.form.sections.len()).all(has)
    }
}
