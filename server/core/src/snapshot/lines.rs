//! The lines of a part's running text with their facts and findings, which are kept as long as the words of a line stay the same.

use std::sync::Arc;

use super::paragraphs;
use crate::engine::Settings;
use crate::form::Form;
use crate::report::{Facts, Head, Part, lines_of};
use crate::rules::{CheckSet, Finding, LineCx, Scope, Sink};
use crate::text::{TextRange, same_ends};

/// A line of running text.
#[derive(Clone)]
pub(super) struct Line {
    /// In the part's text.
    range: TextRange,
    /// Whether it is one of several lines of a paragraph.
    is_joined: bool,
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
    /// Those of checks of paragraphs, which count where the line is one.
    alone: Vec<Finding>,
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

    fn new(
        cx: &Surroundings<'_>,
        (range, is_joined): (TextRange, bool),
        memory: &mut Vec<u32>,
    ) -> Self {
        let (registry, all) = (cx.settings.engine().registry(), cx.settings.engine().anchors());
        let text = cx.words(range);
        let facts = Facts::read(text);
        let line = cx.line(text, &facts);
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
        let alone = paragraphs::of_line(cx, &line, &anchors);
        let own = Arc::new(Own { facts, anchors, words, findings, alone });
        let placed = own.placed(cx.at, range, is_joined);
        Self { range, is_joined, own, placed }
    }

    /// The same line, moved to `range`.
    fn at(&self, part: usize, range: TextRange, is_joined: bool) -> Self {
        let mut line = self.clone();
        if (range, is_joined) != (line.range, line.is_joined) {
            line.placed = line.own.placed(part, range, is_joined);
        }
        (line.range, line.is_joined) = (range, is_joined);
        line
    }
}

impl Own {
    fn placed(&self, part: usize, line: TextRange, is_joined: bool) -> Arc<[Arc<Finding>]> {
        let alone = if is_joined { &[][..] } else { &self.alone };
        // The usual case, without an allocation.
        if self.findings.is_empty() && alone.is_empty() {
            return Arc::default();
        }
        let place = |finding: &Finding| Arc::new(finding.clone().placed(part, line.start as usize));
        self.findings.iter().chain(alone).map(place).collect()
    }
}

impl<'a> Surroundings<'a> {
    /// The words at `range` of the part.
    pub(super) fn words(&self, range: TextRange) -> &'a str {
        self.text.get(range.to_range()).unwrap_or("")
    }

    /// A line of the part, for checks.
    pub(super) fn line<'l>(&self, text: &'l str, facts: &'l Facts) -> LineCx<'l>
    where
        'a: 'l,
    {
        let (section, settings) = (section(self.part), self.settings);
        LineCx { text, facts, section, form: self.form, head: self.head, settings }
    }
}

/// Reads and checks the lines of a part. Lines at either end that have the same words as in `before` are taken over.
pub(super) fn lines(cx: &Surroundings<'_>, before: Option<&Before<'_>>) -> Vec<Line> {
    let mut memory = Vec::new();
    let mut joined = cx.part.joined.iter().map(lines_of).peekable();
    let prose: Vec<(TextRange, bool)> = (cx.part.prose.iter().enumerate())
        .map(|(at, range)| {
            while joined.next_if(|run| run.end <= at).is_some() {}
            (*range, joined.peek().is_some_and(|run| run.contains(&at)))
        })
        .collect();
    let before = before.filter(|before| section(before.part) == section(cx.part));
    let Some(before) = before else {
        return prose.iter().map(|line| Line::new(cx, *line, &mut memory)).collect();
    };
    let old = |line: &Line| before.text.get(line.range.to_range()).unwrap_or("");
    let same = |line: &Line, (range, _): &(TextRange, bool)| old(line) == cx.words(*range);
    let (head, tail) = same_ends(before.lines, &prose, same);
    let keep = |(line, (range, is_joined)): (&Line, &(TextRange, bool))| {
        line.at(cx.at, *range, *is_joined)
    };
    let mut lines = Vec::with_capacity(prose.len());
    lines.extend(before.lines.iter().zip(&prose[..head]).map(keep));
    let fresh = &prose[head..prose.len() - tail];
    lines.extend(fresh.iter().map(|line| Line::new(cx, *line, &mut memory)));
    let (old_tail, new_tail) =
        (&before.lines[before.lines.len() - tail..], &prose[prose.len() - tail..]);
    lines.extend(old_tail.iter().zip(new_tail).map(keep));
    lines
}

fn section(part: &Part) -> Option<usize> {
    part.heading.as_ref().and_then(|heading| heading.section)
}
