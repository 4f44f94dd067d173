//! The counts of a run.

use std::collections::BTreeMap;

use gouji_core::ide::safe_fix;
use gouji_core::rules::Severity;
use gouji_core::snapshot::Found;
use gouji_workspace::config::FailOn;

/// Counts of one file, or of all.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    /// Files that hold a report, were named, or could not be read.
    pub(crate) files: usize,
    /// Files that could not be read or written.
    pub(crate) faults: usize,
    pub(crate) reports: usize,
    pub(crate) error: usize,
    pub(crate) warning: usize,
    pub(crate) info: usize,
    pub(crate) hint: usize,
    /// Findings that `--fix` would fix.
    pub(crate) fixable: usize,
    /// Fixes that were applied, and in how many files.
    pub(crate) fixed: usize,
    pub(crate) fixed_files: usize,
    /// Whether a finding is at or above `--fail-on`.
    pub(crate) fails: bool,
    /// By rule.
    pub(crate) rules: BTreeMap<String, RuleTotal>,
}

/// Counts of one rule.
#[derive(Debug)]
pub(crate) struct RuleTotal {
    pub(crate) severity: Severity,
    pub(crate) count: usize,
    pub(crate) fixable: usize,
}

impl Totals {
    /// Counts the findings of a file.
    pub(crate) fn add(&mut self, findings: &[Found<'_>], fail_on: FailOn, by_rule: bool) {
        for found in findings {
            let severity = found.severity();
            let fixable = usize::from(safe_fix(found).is_some());
            match severity {
                Severity::Error => self.error += 1,
                Severity::Warning => self.warning += 1,
                Severity::Info => self.info += 1,
                Severity::Hint => self.hint += 1,
            }
            self.fixable += fixable;
            self.fails |= fail_on.is_met_by(severity);
            if by_rule {
                self.rule(&found.rule().id, RuleTotal { severity, count: 1, fixable });
            }
        }
    }

    /// Adds the counts of a file.
    pub(crate) fn merge(&mut self, file: Self) {
        self.files += file.files;
        self.faults += file.faults;
        self.reports += file.reports;
        self.error += file.error;
        self.warning += file.warning;
        self.info += file.info;
        self.hint += file.hint;
        self.fixable += file.fixable;
        self.fixed += file.fixed;
        self.fixed_files += file.fixed_files;
        self.fails |= file.fails;
        for (id, total) in file.rules {
            self.rule(&id, total);
        }
    }

    /// A rule's severity is its loudest finding's.
    fn rule(&mut self, id: &str, more: RuleTotal) {
        match self.rules.get_mut(id) {
            Some(total) => {
                total.count += more.count;
                total.fixable += more.fixable;
                total.severity = total.severity.max(more.severity);
            }
            None => {
                self.rules.insert(id.to_owned(), more);
            }
        }
    }
}
