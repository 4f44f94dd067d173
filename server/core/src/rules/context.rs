//! What a check can see, and where it puts its findings.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use super::finding::{Finding, RuleIndex};
use super::reads::{Aspect, Reads};
use crate::engine::Settings;
use crate::form::{Form, SectionIndex, Severity};
use crate::report::{BoundClaim, BoundTable, Facts, Frame, Head, Heading, Paragraph, Part, Place};
use crate::syntax::Cut;
use crate::text::TextRange;

/// A whole report, for checks that compare its parts. It records what a check looks at in which part: the check runs again when that changes, and only
/// then.
pub struct ReportCx<'a> {
    /// The report's form.
    pub form: &'a Arc<Form>,
    /// Who reports about which year.
    pub head: &'a Head,
    /// The lines of running text that hold a word that the check has named ([`Scope::ReportWith`](super::Scope::ReportWith)).
    pub mentions: &'a [Mention<'a>],
    /// What is configured.
    pub settings: &'a Settings,
    parts: &'a [Seen<'a>],
    reads: Cell<Reads>,
}

/// A part of a report as a [`ReportCx`] shows it.
#[derive(Clone, Copy)]
pub struct PartOf<'c, 'a> {
    cx: &'c ReportCx<'a>,
    part: &'a Seen<'a>,
    /// Its index.
    pub index: usize,
}

/// What there is to see of a part.
pub(crate) struct Seen<'a> {
    pub(crate) part: &'a Part,
    pub(crate) text: &'a str,
    /// What the lines of its running text say, in the order of [`Part::prose`].
    pub(crate) facts: Vec<&'a Facts>,
}

/// A line of running text with the words that it holds.
#[derive(Clone, Copy)]
pub struct Mention<'a> {
    /// The line.
    pub line: Place,
    /// The words of all checks that the line holds, ascending.
    words: &'a [u32],
    /// The check's own words, in its order.
    own: &'a [u32],
}

/// One part, for checks that compare its lines.
pub struct PartCx<'a> {
    /// The part.
    pub part: &'a Part,
    /// Its index.
    pub index: usize,
    /// Its text.
    pub text: &'a str,
    /// The cut of its text.
    pub cut: &'a Cut,
    /// Whether every character of its text shows.
    pub is_visible: bool,
    /// What the lines of its running text say, in the order of [`Part::prose`].
    pub facts: &'a [&'a Facts],
    /// The lines of running text that hold a word that the check has named ([`Scope::PartWith`](super::Scope::PartWith)).
    pub mentions: &'a [Place],
    /// The report's form.
    pub form: &'a Form,
    /// Who reports about which year.
    pub head: &'a Head,
    /// What is configured.
    pub settings: &'a Settings,
}

/// One line of running text, for checks that need no more. Its findings are kept as long as its words stay the same, so their places are relative to
/// the line: see [`LineCx::place`].
pub struct LineCx<'a> {
    /// The line's words, without indentation and trailing blanks.
    pub text: &'a str,
    /// What it says.
    pub facts: &'a Facts,
    /// The section that it stands in; `None` before the first heading and under one that the form does not know.
    pub section: Option<SectionIndex>,
    /// The report's form.
    pub form: &'a Form,
    /// Who reports about which year.
    pub head: &'a Head,
    /// What is configured.
    pub settings: &'a Settings,
}

/// One table, for checks that need no more.
pub struct TableCx<'a> {
    /// The table.
    pub table: &'a BoundTable,
    /// The index of its part.
    pub part: usize,
    /// The text of its part.
    pub text: &'a str,
    /// The report's form (the table's own is `table.form`).
    pub form: &'a Form,
    /// Who reports about which year.
    pub head: &'a Head,
    /// What is configured.
    pub settings: &'a Settings,
    /// Suppressions in the text of the part: (rule, range of the line that they speak of).
    pub suppressed: &'a [(RuleIndex, TextRange)],
}

/// Takes the findings of one rule.
pub struct Sink<'a> {
    rule: RuleIndex,
    settings: &'a Settings,
    findings: &'a mut Vec<Finding>,
}

impl<'a> ReportCx<'a> {
    pub(crate) fn new(
        (form, head): (&'a Arc<Form>, &'a Head),
        parts: &'a [Seen<'a>],
        mentions: &'a [Mention<'a>],
        settings: &'a Settings,
    ) -> Self {
        Self { form, head, mentions, settings, parts, reads: Cell::default() }
    }

    /// What has been looked at so far.
    pub(crate) fn reads(&self) -> Reads {
        self.reads.get()
    }

    /// The part at `index`.
    pub fn part(&self, index: usize) -> Option<PartOf<'_, 'a>> {
        self.parts.get(index).map(|part| PartOf { cx: self, part, index })
    }

    /// All parts in the order of the text.
    pub fn parts(
        &self,
    ) -> impl DoubleEndedIterator<Item = PartOf<'_, 'a>> + ExactSizeIterator + Clone {
        let parts = self.parts.iter().enumerate();
        parts.map(|(index, part)| PartOf { cx: self, part, index })
    }

    /// All tables with the index of their part.
    pub fn tables(&self) -> impl Iterator<Item = (usize, &'a BoundTable)> {
        self.parts().flat_map(|part| part.tables().iter().map(move |table| (part.index, table)))
    }

    /// All text of a part; empty for an index beyond the last one.
    pub fn whole(&self, part: usize) -> &'a str {
        self.part(part).map_or("", |part| part.text())
    }

    /// The words at `place`.
    pub fn text(&self, place: Place) -> &'a str {
        self.whole(place.part()).get(place.range.to_range()).unwrap_or("")
    }

    /// The words at a place in a heading.
    pub(crate) fn heading_words(&self, place: Place) -> &'a str {
        self.part(place.part()).map_or("", |part| part.in_heading(place.range))
    }

    /// The words of a line of running text, or of a piece of one.
    pub fn line(&self, place: Place) -> &'a str {
        self.part(place.part()).map_or("", |part| part.line(place.range))
    }

    /// The years of a line of running text.
    pub(crate) fn frames(&self, line: Place) -> &'a [Frame] {
        let facts = self.part(line.part()).and_then(|part| part.facts_of(line.range));
        facts.map_or(&[], |it| &it.frames)
    }

    fn note(&self, part: usize, aspect: Aspect) {
        self.reads.set(self.reads.get().with(part, aspect));
    }
}

impl<'a> PartOf<'_, 'a> {
    fn note(&self, aspect: Aspect) {
        self.cx.note(self.index, aspect);
    }

    /// The heading that opens it.
    pub fn heading(&self) -> Option<&'a Heading> {
        self.note(Aspect::Heading);
        self.part.part.heading.as_ref()
    }

    /// What stands before the words of its heading: an indent, marks, tags. `None` without a heading.
    pub(crate) fn before_heading(&self) -> Option<&'a str> {
        self.part.text.get(..self.heading()?.range.start as usize)
    }

    /// The words at a range of its heading.
    pub(crate) fn in_heading(&self, range: TextRange) -> &'a str {
        let heading = self.heading();
        debug_assert!(heading.is_some_and(|it| range.end <= it.range.end));
        self.part.text.get(range.to_range()).unwrap_or("")
    }

    /// The section that its heading opens; `None` without one that the form knows.
    pub fn section(&self) -> Option<SectionIndex> {
        self.heading()?.section
    }

    /// Whether anything but blanks stands below the heading.
    pub(crate) fn has_content(&self) -> bool {
        self.note(Aspect::Heading);
        self.part.part.has_content
    }

    /// Whether something stands in for a table that is no text: a picture, an attachment.
    pub(crate) fn has_picture(&self) -> bool {
        self.note(Aspect::Heading);
        self.part.part.has_picture
    }

    /// Its tables.
    pub fn tables(&self) -> &'a [BoundTable] {
        self.note(Aspect::Tables);
        &self.part.part.tables
    }

    /// The claims of its running text.
    pub fn claims(&self) -> &'a [BoundClaim] {
        self.note(Aspect::Prose);
        &self.part.part.claims
    }

    /// The lines of its running text.
    pub fn prose(&self) -> &'a [TextRange] {
        self.note(Aspect::Prose);
        &self.part.part.prose
    }

    /// What a line of its running text says.
    pub(crate) fn facts_of(&self, line: TextRange) -> Option<&'a Facts> {
        let at = self.prose().binary_search_by_key(&line.start, |it| it.start).ok()?;
        self.part.facts.get(at).copied()
    }

    /// The words of a line of its running text, or of a piece of one.
    pub fn line(&self, range: TextRange) -> &'a str {
        let prose = self.prose();
        debug_assert!({
            let line = prose[..prose.partition_point(|line| line.start <= range.start)].last();
            line.is_some_and(|line| range.end <= line.end)
        });
        self.part.text.get(range.to_range()).unwrap_or("")
    }

    /// The paragraphs of its running text, a line each or the lines that the page's edge made of one.
    pub(crate) fn paragraphs(&self) -> Vec<Paragraph<'a>> {
        self.note(Aspect::Prose);
        self.part.part.paragraphs(self.part.text)
    }

    /// The paragraphs in which these lines of its running text stand, which ascend.
    pub(crate) fn paragraphs_of(
        &self,
        lines: impl Iterator<Item = TextRange>,
    ) -> Vec<Paragraph<'a>> {
        self.note(Aspect::Prose);
        self.part.part.paragraphs_of(self.part.text, lines)
    }

    /// Whether a line of its running text is one of several of a paragraph.
    pub(crate) fn is_joined(&self, line: TextRange) -> bool {
        self.note(Aspect::Prose);
        self.part.part.paragraph_at(line).len() > 1
    }

    /// Its text, with all that stands between lines of running text.
    pub fn text(&self) -> &'a str {
        self.note(Aspect::Text);
        self.part.text
    }

    /// `range` as a place.
    pub fn place(&self, range: TextRange) -> Place {
        Place::new(self.index, range)
    }
}

impl<'a> Mention<'a> {
    pub(crate) fn new(line: Place, words: &'a [u32], own: &'a [u32]) -> Self {
        Self { line, words, own }
    }

    /// Does the line hold one of the check's words at these indexes?
    pub fn holds(&self, indexes: Range<usize>) -> bool {
        // A line has few words and a check may have a hundred. A linear scan of small numbers is faster here than a search for each.
        let own = self.own.get(indexes).unwrap_or_default();
        self.words.iter().any(|word| own.contains(word))
    }
}

impl PartCx<'_> {
    /// The words at `range` of the part.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.to_range()).unwrap_or("")
    }

    /// `range` of the part as a place.
    pub fn place(&self, range: TextRange) -> Place {
        Place::new(self.index, range)
    }

    /// The lines of running text with their places in the part and what they say.
    pub fn lines(&self) -> impl Iterator<Item = (TextRange, &str, &Facts)> {
        let lines = self.part.prose.iter().zip(self.facts);
        lines.map(|(range, facts)| (*range, self.slice(*range), *facts))
    }
}

impl<'a> PartCx<'a> {
    /// The lines of [`PartCx::mentions`] with their places in the part.
    pub(crate) fn mentioned(&self) -> impl Iterator<Item = (TextRange, &'a str)> {
        let lines = self.mentions.iter().map(|line| line.range);
        lines.map(|range| (range, self.text.get(range.to_range()).unwrap_or("")))
    }
}

impl LineCx<'_> {
    /// The words at `range` of the line.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.to_range()).unwrap_or("")
    }

    /// `range` of the line as a place, for findings of this check only.
    pub fn place(&self, range: impl Into<TextRange>) -> Place {
        Place::new(0, range.into())
    }
}

impl TableCx<'_> {
    /// The words at `range` of the table's part.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.to_range()).unwrap_or("")
    }

    /// `range` of the table's part as a place.
    pub fn place(&self, range: TextRange) -> Place {
        Place::new(self.part, range)
    }

    /// Whether `rule` is off, everywhere or for what starts at `range`. A relation that is off is left out before relations are merged.
    pub(crate) fn is_off(&self, rule: RuleIndex, range: TextRange) -> bool {
        self.settings.severity(rule).is_none()
            || self
                .suppressed
                .iter()
                .any(|&(it, line)| it == rule && (line.start..line.end).contains(&range.start))
    }
}

impl<'a> Sink<'a> {
    pub(crate) fn new(
        rule: RuleIndex,
        settings: &'a Settings,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Self { rule, settings, findings }
    }

    /// Reports `finding` with the severity of its rule.
    pub fn push(&mut self, finding: Finding) {
        self.push_as(self.rule, finding);
    }

    /// Reports `finding` with this severity, unless the user has configured the rule's.
    pub(crate) fn push_at(&mut self, severity: Severity, finding: Finding) {
        let severity = self.settings.configured(self.rule).unwrap_or(severity);
        self.findings.push(Finding { rule: self.rule, severity, ..finding });
    }

    /// Reports `finding` for another rule of the same check.
    pub(crate) fn push_as(&mut self, rule: RuleIndex, finding: Finding) {
        let Some(severity) = self.settings.severity(rule) else { return };
        self.findings.push(Finding { rule, severity, ..finding });
    }
}
