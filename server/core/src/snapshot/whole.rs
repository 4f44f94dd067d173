//! The findings of checks of whole reports, and which of them stay valid after an edit.

use std::sync::Arc;

use super::lines::Line;
use super::state::{PartState, ReportState, kept};
use crate::engine::Settings;
use crate::report::Part;
use crate::rules::{Aspect, Finding, Mention, Reads, ReportCx, Scope, Seen, Sink};

/// What one check of a whole report has found.
#[derive(Clone, Default)]
pub(super) struct Verdict {
    reads: Reads,
    findings: Vec<Arc<Finding>>,
}

/// An edit of one part that left the report's head and form.
pub(super) struct Change<'a> {
    /// What the checks had found before.
    pub(super) verdicts: &'a [Verdict],
    /// The index of the part.
    pub(super) part: usize,
    /// The part before.
    pub(super) before: (&'a PartState, &'a Part),
}

impl Verdict {
    pub(super) fn findings(&self) -> &[Arc<Finding>] {
        &self.findings
    }
}

/// The findings of the checks of the whole report, in the order of the registry. Checks that have looked at nothing that `change` has touched do not run
/// again.
pub(super) fn verdicts(
    state: &ReportState,
    settings: &Settings,
    change: Option<&Change<'_>>,
) -> Vec<Verdict> {
    let parts: Vec<Seen<'_>> = (state.parts.iter().zip(&state.report.parts))
        .map(|(own, part)| Seen {
            part,
            text: &own.input.segment.text,
            facts: own.lines.iter().map(Line::facts).collect(),
        })
        .collect();
    let (registry, anchors) = (settings.engine().registry(), settings.engine().anchors());
    let touched = change.map(|change| change.touched(state));
    let mut mentions = Vec::new();
    let checks = anchors.scopes().reports.common(&state.running).enumerate();
    let verdict = |(at, index): (usize, usize)| {
        let known = change.and_then(|change| change.verdicts.get(at));
        if let (Some(known), Some(change), Some(touched)) = (known, change, touched) {
            let is_mentioned = touched.meets(Reads::default().with(change.part, Aspect::Prose))
                && state.parts[change.part].anchors.has(index);
            if !is_mentioned && !known.reads.meets(touched) {
                return known.clone();
            }
        }
        let scheduled = &registry.checks[index];
        let (Scope::Report(check) | Scope::ReportWith(_, check)) = &scheduled.check else {
            return Verdict::default();
        };
        mentions.clear();
        if anchors.scopes().reports_with.has(index) {
            let parts = state.parts.iter().enumerate();
            mentions.extend(parts.flat_map(|(at, part)| {
                let lines = part.mentions(at, index);
                lines
                    .map(|(place, line)| Mention::new(place, line.words(), anchors.words_of(index)))
            }));
        }
        let cx =
            ReportCx::new((&state.report.form, &state.report.head), &parts, &mentions, settings);
        let mut findings = Vec::new();
        check(&cx, &mut Sink::new(scheduled.rule, settings, &mut findings));
        let findings = kept(findings, known.map_or(&[], |known| &known.findings));
        let lines = mentions.iter().map(|it| it.line.part as usize);
        let reads = lines.fold(cx.reads(), |all, part| all.with(part, Aspect::Prose));
        Verdict { reads, findings }
    };
    checks.map(verdict).collect()
}

impl Change<'_> {
    /// What of the part has changed. Places are relative to the start of the part, so what has moved within it counts as changed.
    fn touched(&self, state: &ReportState) -> Reads {
        let (old, was) = self.before;
        let (new, is) = (&*state.parts[self.part], &*state.report.parts[self.part]);
        let opening = |state: &PartState, part: &Part| {
            let end = part.heading.as_ref().map_or(0, |heading| heading.range.end as usize);
            state.input.segment.text.get(..end).map(str::to_owned)
        };
        let has_heading = was.heading == is.heading
            && (was.has_content, was.has_picture) == (is.has_content, is.has_picture)
            && opening(old, was) == opening(new, is);
        let has_prose = was.claims == is.claims
            && was.joined == is.joined
            && old.lines.len() == new.lines.len()
            && old.lines.iter().zip(&new.lines).all(|(old, new)| old.is(new));
        let has_tables = was.tables.len() == is.tables.len()
            && was.tables.iter().zip(&is.tables).all(|(was, is)| was.is_same(is));
        let aspects = [
            (has_heading, Aspect::Heading),
            (has_prose, Aspect::Prose),
            (has_tables, Aspect::Tables),
            (false, Aspect::Text),
        ];
        let lost = aspects.into_iter().filter(|(stands, _)| !stands);
        lost.fold(Reads::default(), |all, (_, aspect)| all.with(self.part, aspect))
    }
}
