//! What a check sees, and where it puts its findings.

use super::finding::{Finding, RuleIndex, Severity};
use crate::engine::Settings;
use crate::form::{Form, SectionIndex};
use crate::report::{BoundTable, Facts, Frame, Head, Part, Place, Report};
use crate::syntax::Cut;
use crate::text::TextRange;

/// A whole report, for checks of structure and of figures.
pub struct ReportCx<'a> {
    /// The report.
    pub report: &'a Report,
    /// The text of each part.
    pub texts: &'a [&'a str],
    /// What the lines of each part's running text say, in the order of [`Part::prose`].
    pub facts: &'a [Vec<&'a Facts>],
    /// The lines of running text that hold a word that the check has named ([`Scope::ReportWith`](super::Scope::ReportWith)).
    pub mentions: &'a [Place],
    /// What is configured.
    pub settings: &'a Settings,
}

/// One part, for checks of what its lines are to one another.
pub struct PartCx<'a> {
    /// The part.
    pub part: &'a Part,
    /// Its index.
    pub index: usize,
    /// Its text.
    pub text: &'a str,
    /// The cut of its text.
    pub cut: &'a Cut,
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

/// One line of running text, for checks that need no more. Its findings are kept as long as its words stand, so their places count from the line:
/// see [`LineCx::place`].
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

/// Takes findings for one rule.
pub struct Sink<'a> {
    rule: RuleIndex,
    settings: &'a Settings,
    findings: &'a mut Vec<Finding>,
}

impl ReportCx<'_> {
    /// The words at `place`.
    pub fn text(&self, place: Place) -> &str {
        self.texts
            .get(place.part as usize)
            .and_then(|text| text.get(place.range.to_range()))
            .unwrap_or("")
    }

    /// The years of a line of running text.
    pub(crate) fn frames(&self, line: Place) -> &[Frame] {
        let part = line.part as usize;
        let facts = self.report.parts.get(part).and_then(|it| {
            let at = it.prose.binary_search_by_key(&line.range.start, |it| it.start).ok()?;
            self.facts.get(part)?.get(at)
        });
        facts.map_or(&[], |it| &it.frames)
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
    pub fn mentioned(&self) -> impl Iterator<Item = (TextRange, &'a str)> {
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
    pub fn is_off(&self, rule: RuleIndex, range: TextRange) -> bool {
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

    /// Says `finding` with the severity of its rule.
    pub fn push(&mut self, finding: Finding) {
        self.push_as(self.rule, finding);
    }

    /// Says `finding` with a severity of its own, unless the rule's severity is configured.
    pub fn push_at(&mut self, severity: Severity, finding: Finding) {
        let severity = self.settings.configured(self.rule).unwrap_or(severity);
        self.findings.push(Finding { rule: self.rule, severity, ..finding });
    }

    /// Says `finding` for another rule of the same check.
    pub fn push_as(&mut self, rule: RuleIndex, finding: Finding) {
        let Some(severity) = self.settings.severity(rule) else { return };
        self.findings.push(Finding { rule, severity, ..finding });
    }
}
