//! A report's memo: its parts with what is bound in them, and the findings of each scope.

use std::sync::Arc;

use super::binding;
use super::segment::Segment;
use crate::engine::Settings;
use crate::report::{HeadingMark, Place, Report};
use crate::rules::{Finding, ReportCx, RuleIndex, Scope, Sink, TableCx, check_sums};
use crate::text::TextRange;

/// A report with all that is known of it.
#[derive(Clone)]
pub(super) struct ReportState {
    pub(super) family: usize,
    /// Index of the report's form.
    pub(super) form: usize,
    pub(super) report: Report,
    pub(super) parts: Vec<Arc<PartState>>,
    structure: Vec<Arc<Finding>>,
    figures: Vec<Arc<Finding>>,
    /// Everything, in the order of the text, then of the rules' ids.
    pub(super) findings: Vec<Arc<Finding>>,
    /// Bytes of all parts.
    pub(super) len: usize,
}

/// A part with what is found in its tables.
pub(super) struct PartState {
    pub(super) input: PartInput,
    tables: Vec<Arc<Finding>>,
}

/// What a part is bound from.
#[derive(Clone, PartialEq)]
pub(super) struct PartInput {
    pub(super) segment: Arc<Segment>,
    pub(super) heading: Option<HeadingMark>,
}

/// The two scopes that see the whole report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    Structure,
    Figures,
}

impl ReportState {
    /// Binds and checks a report. Parts of `old` with the same text and heading are taken over.
    pub(super) fn new(
        settings: &Settings,
        family: usize,
        inputs: Vec<PartInput>,
        old: Option<&Self>,
    ) -> Self {
        let (form, report) = binding::report(settings.engine(), family, &inputs, old);
        let len = inputs.iter().map(|input| input.segment.text.len()).sum();
        let parts = inputs
            .into_iter()
            .map(|input| Arc::new(PartState { input, tables: Vec::new() }))
            .collect();
        let mut state = Self {
            family,
            form,
            report,
            parts,
            structure: Vec::new(),
            figures: Vec::new(),
            findings: Vec::new(),
            len,
        };
        for at in 0..state.parts.len() {
            let tables = state.check_tables(settings, at);
            state.parts[at] = Arc::new(PartState { input: state.parts[at].input.clone(), tables });
        }
        state.structure = state.check_report(settings, Pass::Structure);
        state.figures = state.check_report(settings, Pass::Figures);
        state.merge(settings);
        state
    }

    /// The report with another text in one part, when that moves no border; `None` when more than the part must be bound anew.
    pub(super) fn with_segment(
        &self,
        settings: &Settings,
        at: usize,
        segment: Arc<Segment>,
    ) -> Option<Self> {
        let old = &self.parts[at];
        let heading = match &old.input.heading {
            Some(_) => Some(segment.heading()?),
            None => None,
        };
        let input = PartInput { segment, heading };
        let part = Arc::new(binding::part(settings.engine(), self.family, self.form, &input));
        let mut state = self.clone();
        state.len = self.len - old.input.segment.text.len() + input.segment.text.len();
        state.report.parts[at] = part.clone();
        state.parts[at] = Arc::new(PartState { input, tables: Vec::new() });
        if !binding::still_holds(settings.engine(), &state, at) {
            return None;
        }
        let tables = state.check_tables(settings, at);
        state.parts[at] = Arc::new(PartState { input: state.parts[at].input.clone(), tables });
        // A check of the report may read any of its words (a header's 元, a section that is moved), so that what is bound does not tell whether
        // its findings stand: 万 typed over another character of a header leaves every figure and every place.
        state.structure = state.check_report(settings, Pass::Structure);
        state.figures = state.check_report(settings, Pass::Figures);
        state.merge(settings);
        Some(state)
    }

    /// Is the report made of exactly these parts?
    pub(super) fn is_made_of(&self, inputs: &[PartInput]) -> bool {
        self.parts.len() == inputs.len()
            && self.parts.iter().zip(inputs).all(|(part, input)| part.input == *input)
    }

    fn text(&self, part: usize) -> &str {
        &self.parts[part].input.segment.text
    }

    fn check_tables(&self, settings: &Settings, at: usize) -> Vec<Arc<Finding>> {
        let tables = &self.report.parts[at].tables;
        if tables.is_empty() {
            return Vec::new();
        }
        let registry = settings.engine().registry();
        let suppressed = self.suppressed(settings, at);
        let mut findings = Vec::new();
        for table in tables {
            let (form, head) = (&*self.report.form, &*self.report.head);
            let cx = TableCx {
                table,
                part: at,
                text: self.text(at),
                form,
                head,
                settings,
                suppressed: &suppressed,
            };
            for scheduled in &registry.checks {
                let Scope::Table(check) = &scheduled.check else { continue };
                if settings.severity(scheduled.rule).is_some()
                    && scheduled.is_for(&table.form, head.year)
                {
                    check(&cx, &mut Sink::new(scheduled.rule, settings, &mut findings));
                }
            }
            if let rules @ [first, ..] = registry.relation_rules(&table.form) {
                check_sums(&cx, rules, &mut Sink::new(*first, settings, &mut findings));
            }
        }
        findings.into_iter().map(Arc::new).collect()
    }

    /// The rules that a part's own suppressions turn off, with the lines for which they do.
    fn suppressed(&self, settings: &Settings, at: usize) -> Vec<(RuleIndex, TextRange)> {
        let segment: &Segment = &self.parts[at].input.segment;
        let whole = TextRange::new(0, segment.text.len());
        let lines = segment.directives.iter().flat_map(|placed| {
            let target = if placed.directive.whole_file { whole } else { placed.target };
            placed.directive.rules.iter().map(move |(id, _)| (id, target))
        });
        lines
            .filter_map(|(id, target)| Some((settings.engine().registry().find(id)?, target)))
            .collect()
    }

    fn check_report(&self, settings: &Settings, pass: Pass) -> Vec<Arc<Finding>> {
        let texts: Vec<&str> = (0..self.parts.len()).map(|part| self.text(part)).collect();
        let cx = ReportCx { report: &self.report, texts: &texts, settings };
        let mut findings = Vec::new();
        for scheduled in &settings.engine().registry().checks {
            let check = match &scheduled.check {
                Scope::Structure(check) if pass == Pass::Structure => check,
                Scope::Figures(check) if pass == Pass::Figures => check,
                _ => continue,
            };
            if settings.severity(scheduled.rule).is_some()
                && scheduled.is_for(&self.report.form, self.report.head.year)
            {
                check(&cx, &mut Sink::new(scheduled.rule, settings, &mut findings));
            }
        }
        findings.into_iter().map(Arc::new).collect()
    }

    fn merge(&mut self, settings: &Settings) {
        let registry = settings.engine().registry();
        let tables = self.parts.iter().flat_map(|part| &part.tables);
        let mut findings: Vec<_> =
            self.structure.iter().chain(&self.figures).chain(tables).cloned().collect();
        let key = |finding: &Finding| -> (Place, &str) {
            (finding.place, &registry.info(finding.rule).id)
        };
        findings.sort_by(|a, b| key(a).cmp(&key(b)));
        self.findings = findings;
    }
}
