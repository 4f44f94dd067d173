//! The lines of a part's running text with their facts and findings, which are kept as long as the words of a line stay the same.

use std::sync::Arc;

use crate::engine::Settings;
use crate::form::Form;
use crate::report::{Facts, Head, Part};
use crate::rules::{CheckSet, Finding, LineCx, Scope, Sink};
use crate::text::{TextRange, same_ends};

/// A line of running text.
#[derive(Clone)]
pub(super) struct Line {
    /// In the part's text.
    range: TextRange,
    own: Arc<Own>,
    /// Its findings, with places in the part.
    placed: Arc<[Arc<Finding>]>,
}

/// What follows from the words of a line alone.
struct Own {
    facts: Facts,
    /// The checks that wait for one of its words.
    anchors: CheckSet,
    /// The words that checks wait for and the line holds, ascending.
    words: Box<[u32]>,
    /// The findings of checks of lines, with places relative to the line.
    findings: Vec<Finding>,
}

/// What the findings of a part's lines depend on besides their words.
pub(super) struct Surroundings<'a> {
    pub(super) form: &'a Form,
    pub(super) head: &'a Head,
    pub(super) settings: &'a Settings,
    /// The checks that run for reports of this form and year.
    pub(super) running: &'a CheckSet,
    pub(super) part: &'a Part,
    /// The index of the part.
    pub(super) at: usize,
    pub(super) text: &'a str,
}

/// The same part of the same report before an edit that has changed neither form nor head.
pub(super) struct Before<'a> {
    pub(super) lines: &'a [Line],
    pub(super) part: &'a Part,
    pub(super) text: &'a str,
}

impl Line {
    /// Its findings, with places in the part.
    pub(super) fn findings(&self) -> &[Arc<Finding>] {
        &self.placed
    }

    /// Its range in the part.
    pub(super) fn range(&self) -> TextRange {
        self.range
    }

    /// Its facts.
    pub(super) fn facts(&self) -> &Facts {
        &self.own.facts
    }

    /// The checks that wait for one of its words.
    pub(super) fn anchors(&self) -> &CheckSet {
        &self.own.anchors
    }

    /// The words that checks wait for and the line holds, ascending.
    pub(super) fn words(&self) -> &[u32] {
        &self.own.words
    }

    /// Whether it is the same line at the same place.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.range == other.range && Arc::ptr_eq(&self.own, &other.own)
    }

    fn new(cx: &Surroundings<'_>, range: TextRange, text: &str, memory: &mut Vec<u32>) -> Self {
        let (registry, all) = (cx.settings.engine().registry(), cx.settings.engine().anchors());
        let facts = Facts::read(text);
        let line = LineCx {
            text,
            facts: &facts,
            section: section(cx.part),
            form: cx.form,
            head: cx.head,
            settings: cx.settings,
        };
        let mut findings = Vec::new();
        let (anchors, words) = all.of(text, memory);
        let mut run = |index: usize| {
            let scheduled = &registry.checks[index];
            if let Scope::Line(check) | Scope::LineWith(_, check) | Scope::LineListed(_, check) =
                &scheduled.check
            {
                check(&line, &mut Sink::new(scheduled.rule, cx.settings, &mut findings));
            }
        };
        all.scopes().any_line.common(cx.running).for_each(&mut run);
        anchors.common(cx.running).for_each(run);
        let placed = placed(&findings, cx.at, range);
        Self { range, own: Arc::new(Own { facts, anchors, words, findings }), placed }
    }

    /// The same line, moved to `range`.
    fn at(&self, part: usize, range: TextRange) -> Self {
        let mut line = self.clone();
        if range != line.range {
            line.placed = placed(&line.own.findings, part, range);
        }
        line.range = range;
        line
    }
}

/// Reads and checks the lines of a part. Lines at either end that have the same words as in `before` are taken over.
pub(super) fn lines(cx: &Surroundings<'_>, before: Option<&Before<'_>>) -> Vec<Line> {
    let prose = &cx.part.prose;
    let mut memory = Vec::new();
    let word = |range: TextRange| cx.text.get(range.to_range()).unwrap_or("");
    let before = before.filter(|before| section(before.part) == section(cx.part));
    let Some(before) = before else {
        let new = |&range: &TextRange| Line::new(cx, range, word(range), &mut memory);
        return prose.iter().map(new).collect();
    };
    let old = |line: &Line| before.text.get(line.range.to_range()).unwrap_or("");
    let same = |line: &Line, range: &TextRange| old(line) == word(*range);
    let (head, tail) = same_ends(before.lines, prose, same);
    let keep = |line: &Line, range: TextRange| line.at(cx.at, range);
    let mut lines = Vec::with_capacity(prose.len());
    lines.extend(before.lines.iter().zip(&prose[..head]).map(|(line, &range)| keep(line, range)));
    let fresh = &prose[head..prose.len() - tail];
    lines.extend(fresh.iter().map(|&range| Line::new(cx, range, word(range), &mut memory)));
    let (old_tail, new_tail) =
        (&before.lines[before.lines.len() - tail..], &prose[prose.len() - tail..]);
    lines.extend(old_tail.iter().zip(new_tail).map(|(line, &range)| keep(line, range)));
    lines
}

fn placed(findings: &[Finding], part: usize, line: TextRange) -> Arc<[Arc<Finding>]> {
    // The usual case, without an allocation.
    if findings.is_empty() {
        return Arc::default();
    }
    let place = |finding: &Finding| Arc::new(finding.clone().placed(part, line.start as usize));
    findings.iter().map(place).collect()
}

fn section(part: &Part) -> Option<usize> {
    part.heading.as_ref().and_then(|heading| heading.section)
}
