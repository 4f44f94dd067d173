//! What a check sees, and where it puts its findings.

use super::finding::{Finding, RuleIndex, Severity};
use crate::engine::Settings;
use crate::form::Form;
use crate::report::{BoundTable, Head, Place, Report};
use crate::text::TextRange;

/// A whole report, for checks of structure and of figures.
pub struct ReportCx<'a> {
    /// The report.
    pub report: &'a Report,
    /// The text of each part.
    pub texts: &'a [&'a str],
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
