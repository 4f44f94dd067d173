//! What is kept of a report: its parts with what is bound in them, and the findings of each scope.

use std::sync::Arc;

use super::causes::by_cause;
use super::lines::{self, Before, Line, Surroundings};
use super::paragraphs;
use super::segment::Segment;
use super::whole::{Change, Verdict, verdicts};
use super::{Work, binding};
use crate::engine::Settings;
use crate::form::Form;
use crate::report::{Facts, HeadingMark, Part, Place, Report, Template, Typed};
use crate::rules::{CheckSet, Finding, PartCx, RuleIndex, Scope, Sink, TableCx, check_sums};
use crate::text::TextRange;

/// A report with everything that was worked out about it.
#[derive(Clone)]
pub(super) struct ReportState {
    pub(super) family: usize,
    /// Index of the report's form.
    pub(super) form: usize,
    pub(super) report: Report,
    /// The checks that are on and for reports of this form and year.
    pub(super) running: CheckSet,
    pub(super) parts: Vec<Arc<PartState>>,
    /// What each check of the whole report found.
    whole: Arc<[Verdict]>,
    /// Everything, in the order of the text, then of the rules' ids.
    pub(super) findings: Vec<Arc<Finding>>,
    /// Bytes of all parts.
    pub(super) len: usize,
}

/// A part with what is found in it.
pub(super) struct PartState {
    pub(super) input: PartInput,
    pub(super) lines: Vec<Line>,
    /// The checks that wait for a word of any line.
    pub(super) anchors: CheckSet,
    /// What checks of the part and of its tables found.
    findings: Vec<Arc<Finding>>,
}

/// Whether what is bound is checked too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checks {
    /// Run the checks.
    Run,
    /// Skip them: findings are not asked for.
    Skip,
}

/// What a part is bound from.
#[derive(Clone)]
pub(super) struct PartInput {
    pub(super) segment: Arc<Segment>,
    pub(super) heading: Option<HeadingMark>,
    /// The template that all its lines were taken from, if any. It saves work and never changes a result.
    pub(super) template: Option<Arc<Template>>,
}

impl PartInput {
    /// A part that was cut on its own.
    pub(super) fn new(segment: Arc<Segment>, heading: Option<HeadingMark>) -> Self {
        Self { segment, heading, template: None }
    }

    fn is(&self, other: &Self) -> bool {
        self.segment == other.segment && self.heading == other.heading
    }
}

impl ReportState {
    /// Binds and checks a report. Parts of `old` with the same text and heading are taken over.
    pub(super) fn new(
        settings: &Settings,
        family: usize,
        inputs: Vec<PartInput>,
        old: Option<&Self>,
        checks: Checks,
    ) -> Self {
        let (form, report) = binding::report(settings.engine(), family, &inputs, old);
        let len = inputs.iter().map(|input| input.segment.text.len()).sum();
        let parts = inputs.into_iter().map(|input| Arc::new(PartState::unchecked(input))).collect();
        let running = running(settings, &report.form, report.head.year);
        let (whole, findings) = (Arc::default(), Vec::new());
        let mut state = Self { family, form, report, running, parts, whole, findings, len };
        if checks == Checks::Run {
            for at in 0..state.parts.len() {
                state.check_part(settings, at, None);
            }
            state.whole = verdicts(&state, settings, None).into();
            state.merge(settings);
        }
        state
    }

    /// The report with another text in one part, which must move no border; `None` if more than that part has to be bound anew.
    pub(super) fn with_segment(
        &self,
        settings: &Settings,
        at: usize,
        segment: Arc<Segment>,
        typed: Option<Typed>,
        checks: Checks,
    ) -> Option<(Self, Work)> {
        let old = &self.parts[at];
        let heading = match &old.input.heading {
            Some(_) => Some(segment.heading()?),
            None => None,
        };
        let input = PartInput::new(segment, heading);
        let moved = typed.and_then(|it| self.report.parts[at].typed(&input.segment.text, it));
        let work = if moved.is_some() { Work::Figure } else { Work::Part };
        let part = moved.unwrap_or_else(|| {
            let before = (&*self.report.parts[at], self.text(at));
            binding::part(settings.engine(), self.family, self.form, &input, Some(before))
        });
        let mut state = self.clone();
        state.len = self.len - old.input.segment.text.len() + input.segment.text.len();
        state.report.parts[at] = Arc::new(part);
        state.parts[at] = Arc::new(PartState::unchecked(input));
        if !binding::still_holds(settings.engine(), &state, at) {
            return None;
        }
        if checks == Checks::Run {
            state.check_edited(settings, at, self);
        }
        Some((state, work))
    }

    /// The report, which differs from `old` in the part `at` only, with that part checked.
    pub(super) fn checked(&self, settings: &Settings, at: usize, old: &Self) -> Self {
        let mut state = self.clone();
        state.check_edited(settings, at, old);
        state
    }

    fn check_edited(&mut self, settings: &Settings, at: usize, old: &Self) {
        self.check_part(settings, at, Some(old));
        let before = (&*old.parts[at], &*old.report.parts[at]);
        let change = Change { verdicts: &old.whole, part: at, before };
        self.whole = verdicts(self, settings, Some(&change)).into();
        self.merge(settings);
    }

    /// Drops everything that is not needed to place and show findings.
    pub(super) fn settle(&mut self) {
        for part in &mut self.parts {
            let segment = Arc::new(part.input.segment.settled());
            *part = Arc::new(PartState::unchecked(PartInput::new(segment, None)));
        }
        for part in &mut self.report.parts {
            *part = Arc::new(Part { heading: part.heading.clone(), ..Part::default() });
        }
        self.whole = Arc::default();
    }

    /// Is the report made of exactly these parts?
    pub(super) fn is_made_of(&self, inputs: &[PartInput]) -> bool {
        self.parts.len() == inputs.len()
            && self.parts.iter().zip(inputs).all(|(part, input)| part.input.is(input))
    }

    fn text(&self, part: usize) -> &str {
        &self.parts[part].input.segment.text
    }

    /// Checks the part at `at`; lines that `before`, the same report with the same head, has too are taken over.
    fn check_part(&mut self, settings: &Settings, at: usize, before: Option<&Self>) {
        let surroundings = Surroundings {
            form: &self.report.form,
            head: &self.report.head,
            settings,
            running: &self.running,
            part: &self.report.parts[at],
            at,
            text: self.text(at),
        };
        let known = before.map_or(&[][..], |before| &before.parts[at].findings);
        let before = before.map(|before| Before {
            lines: &before.parts[at].lines,
            part: &before.report.parts[at],
            text: before.text(at),
        });
        let lines = lines::lines(&surroundings, before.as_ref());
        let anchors = CheckSet::union(lines.iter().map(Line::anchors));
        let mut part =
            PartState { input: self.parts[at].input.clone(), lines, anchors, findings: Vec::new() };
        let mut findings = Vec::new();
        paragraphs::of_joined_lines(&surroundings, &mut findings);
        self.check_words(settings, at, &part, &mut findings);
        self.check_tables(settings, at, &mut findings);
        part.findings = kept(findings, known);
        self.parts[at] = Arc::new(part);
    }

    fn check_words(
        &self,
        settings: &Settings,
        at: usize,
        part: &PartState,
        findings: &mut Vec<Finding>,
    ) {
        let facts = part.facts();
        let (form, head) = (&*self.report.form, &*self.report.head);
        let mut mentions = Vec::new();
        let scopes = settings.engine().anchors().scopes();
        let awaited = CheckSet::union([&scopes.any_part, &part.anchors]);
        for index in scopes.parts.common(&self.running).filter(|&index| awaited.has(index)) {
            let scheduled = &settings.engine().registry().checks[index];
            let (Scope::Part(check) | Scope::PartWith(_, check) | Scope::PartListed(_, check)) =
                &scheduled.check
            else {
                continue;
            };
            mentions.clear();
            mentions.extend(part.mentions(at, index).map(|(place, _)| place));
            let cx = PartCx {
                part: &self.report.parts[at],
                index: at,
                text: self.text(at),
                cut: &self.parts[at].input.segment.cut,
                is_visible: self.parts[at].input.segment.is_visible,
                facts: &facts,
                mentions: &mentions,
                form,
                head,
                settings,
            };
            check(&cx, &mut Sink::new(scheduled.rule, settings, findings));
        }
    }

    fn check_tables(&self, settings: &Settings, at: usize, findings: &mut Vec<Finding>) {
        let tables = &self.report.parts[at].tables;
        if tables.is_empty() {
            return;
        }
        let registry = settings.engine().registry();
        let suppressed = self.suppressed(settings, at);
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
            // A table may be of another form than its report.
            let own = (table.form.id != form.id).then(|| running(settings, &table.form, head.year));
            let running = own.as_ref().unwrap_or(&self.running);
            for index in settings.engine().anchors().scopes().tables.common(running) {
                let scheduled = &registry.checks[index];
                let Scope::Table(check) = &scheduled.check else { continue };
                check(&cx, &mut Sink::new(scheduled.rule, settings, findings));
            }
            if let rules @ [first, ..] = registry.relation_rules(&table.form)
                && let Some(shapes) = registry.shapes(&table.form)
            {
                check_sums(&cx, (rules, shapes), &mut Sink::new(*first, settings, findings));
            }
        }
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

    fn merge(&mut self, settings: &Settings) {
        let registry = settings.engine().registry();
        let parts = self.parts.iter().flat_map(|part| {
            part.findings.iter().chain(part.lines.iter().flat_map(Line::findings))
        });
        let mut findings: Vec<_> =
            self.whole.iter().flat_map(Verdict::findings).chain(parts).cloned().collect();
        let key = |finding: &Finding| -> (Place, &str) {
            (finding.place, &registry.info(finding.rule).id)
        };
        findings.sort_by(|a, b| key(a).cmp(&key(b)));
        self.findings = by_cause(findings);
    }
}

/// Replaces findings that equal known ones by those, so that pointers stay the same across an edit and whoever has shown a finding recognises it.
pub(super) fn kept(findings: Vec<Finding>, known: &[Arc<Finding>]) -> Vec<Arc<Finding>> {
    // An edit adds or removes a few findings, so an equal one is not far away.
    const FAR: usize = 8;
    let mut next = 0;
    let keep = |finding: Finding| {
        let near = known[next..].iter().take(FAR).position(|it| **it == finding);
        let Some(at) = near else { return Arc::new(finding) };
        next += at + 1;
        known[next - 1].clone()
    };
    findings.into_iter().map(keep).collect()
}

/// The checks that are on and for reports of this form and year.
fn running(settings: &Settings, form: &Form, year: Option<u16>) -> CheckSet {
    let registry = settings.engine().registry();
    let (checks, form) = (&registry.checks, registry.form(form));
    CheckSet::new(checks.len(), |index| {
        let scheduled = &checks[index];
        settings.severity(scheduled.rule).is_some() && scheduled.is_for(form, year)
    })
}

impl PartState {
    fn facts(&self) -> Vec<&Facts> {
        self.lines.iter().map(Line::facts).collect()
    }

    /// The lines that hold a word for which the check at `index` waits; the part is the one at `at`.
    pub(super) fn mentions(&self, at: usize, index: usize) -> impl Iterator<Item = (Place, &Line)> {
        let lines = if self.anchors.has(index) { self.lines.as_slice() } else { &[] };
        let awaited = lines.iter().filter(move |line| line.anchors().has(index));
        awaited.map(move |line| (Place::new(at, line.range()), line))
    }

    fn unchecked(input: PartInput) -> Self {
        let (lines, anchors, findings) = (Vec::new(), CheckSet::default(), Vec::new());
        Self { input, lines, anchors, findings }
    }
}
