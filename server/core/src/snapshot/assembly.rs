//! Applies the suppressions in the document to its findings, and reports suppressions that are unknown or unused.

use std::sync::Arc;

use super::segment::Placed;
use super::{ReportView, Snapshot};
use crate::report::Place;
use crate::rules::{Applicability, Edit, Finding, RuleIndex, Sink};
use crate::text::TextRange;

/// A suppression with its place in its report.
struct Suppression<'a> {
    report: usize,
    part: usize,
    placed: &'a Placed,
    rule: Option<RuleIndex>,
    id: &'a str,
    /// The rule's id in the part's text.
    range: TextRange,
    used: bool,
}

impl Suppression<'_> {
    fn covers(&self, report: usize, rule: RuleIndex, place: Place) -> bool {
        if self.rule != Some(rule) {
            return false;
        }
        let target = self.placed.target;
        let in_line = place.part as usize == self.part
            && (target.start..target.end).contains(&place.range.start);
        // A suppression on the last line of a part applies to the first line of the next one, its heading.
        let in_next =
            target.is_empty() && place.part as usize == self.part + 1 && place.range.start == 0;
        self.placed.directive.whole_file || (report == self.report && (in_line || in_next))
    }
}

impl ReportView<'_> {
    /// Whether a suppression in the document turns the rule off at this place.
    pub(crate) fn suppresses(&self, rule: RuleIndex, place: Place) -> bool {
        let reports = &self.snapshot.reports;
        let Some(report) = reports.iter().position(|it| std::ptr::eq(Arc::as_ptr(it), self.state))
        else {
            return false;
        };
        self.snapshot.suppressions().iter().any(|it| it.covers(report, rule, place))
    }
}

impl Snapshot {
    /// Applies the suppressions, if the document has any.
    pub(super) fn suppress(&mut self) {
        let mut suppressions = self.suppressions();
        if suppressions.is_empty() {
            self.unsuppressed = None;
            return;
        }
        let mut lists = Vec::with_capacity(self.reports.len());
        for (at, report) in self.reports.iter().enumerate() {
            let mut list = Vec::with_capacity(report.findings.len());
            for finding in &report.findings {
                let mut covered = false;
                for suppression in
                    suppressions.iter_mut().filter(|it| it.covers(at, finding.rule, finding.place))
                {
                    suppression.used = true;
                    covered = true;
                }
                // What another finding explains is there all the same, and would be told without it.
                for &(rule, place) in &finding.explains {
                    let own = suppressions.iter_mut().filter(|it| it.covers(at, rule, place));
                    own.for_each(|it| it.used = true);
                }
                if !covered {
                    list.push(finding.clone());
                }
            }
            lists.push(list);
        }
        for suppression in &suppressions {
            if let Some(finding) = self.finding_about(suppression) {
                let list = &mut lists[suppression.report];
                let at = list.partition_point(|it| it.place <= finding.place);
                list.insert(at, Arc::new(finding));
            }
        }
        self.unsuppressed = Some(Arc::new(lists));
    }

    fn suppressions(&self) -> Vec<Suppression<'_>> {
        let registry = self.settings.engine().registry();
        let mut found = Vec::new();
        for (report, state) in self.reports.iter().enumerate() {
            for (part, it) in state.parts.iter().enumerate() {
                for placed in &it.input.segment.directives {
                    for (id, range) in &placed.directive.rules {
                        let range = range.shifted(placed.start);
                        found.push(Suppression {
                            report,
                            part,
                            placed,
                            rule: registry.find(id),
                            id,
                            range,
                            used: false,
                        });
                    }
                }
            }
        }
        found
    }

    fn finding_about(&self, suppression: &Suppression<'_>) -> Option<Finding> {
        let registry = self.settings.engine().registry();
        let place = Place::new(suppression.part, suppression.range);
        let (rule, finding) = match suppression.rule {
            None => {
                let nearest = registry
                    .nearest(suppression.id)
                    .map_or_else(String::new, |near| format!("，是否指 {near}？"));
                (
                    "unknown-suppression",
                    Finding::new(
                        place,
                        format!("忽略标记中的规则“{}”不存在{nearest}", suppression.id),
                    ),
                )
            }
            // A relation that is ignored is left out before sums are merged, so whether it was needed is not known.
            Some(rule)
                if suppression.used
                    || self.settings.severity(rule).is_none()
                    || self.is_relation(rule) =>
            {
                return None;
            }
            Some(_) => {
                let line = self.line_around(suppression);
                let finding = Finding::new(
                    place,
                    format!("这里没有 {} 的问题，忽略标记不起作用，可以删去", suppression.id),
                );
                (
                    "unused-suppression",
                    if suppression.placed.directive.rules.len() == 1 {
                        finding.fix(
                            "删去这个忽略标记",
                            Applicability::Safe,
                            vec![Edit::new(line, "")],
                        )
                    } else {
                        finding
                    },
                )
            }
        };
        let mut findings = Vec::new();
        Sink::new(registry.find(rule)?, &self.settings, &mut findings).push(finding);
        findings.pop()
    }

    fn is_relation(&self, rule: RuleIndex) -> bool {
        let engine = self.settings.engine();
        engine.forms().iter().any(|form| engine.registry().relation_rules(form).contains(&rule))
    }

    fn line_around(&self, suppression: &Suppression<'_>) -> Place {
        let text = &self.reports[suppression.report].parts[suppression.part].input.segment.text;
        let start = suppression.placed.start;
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at + 1);
        Place::new(suppression.part, TextRange::new(start, end))
    }
}
