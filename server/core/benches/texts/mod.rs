//! What the benches read.

// Each bench is a program of its own and uses some of these.
#![allow(dead_code)]

use std::sync::Arc;

use gouji_core::engine::{Engine, Settings};
use gouji_core::snapshot::Snapshot;
use gouji_generator::{Busyness, Layout, Options, Report, compilation, render};

/// The title and first heading of a report.
const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n一、总体情况\n";

/// gouji's own forms, with every rule on, those that are off unless asked for too.
pub(crate) fn settings() -> Arc<Settings> {
    let mut settings = Settings::new(Engine::builtin());
    let rules = settings.engine().registry().rules().iter();
    let ids: Vec<String> = rules.map(|rule| rule.id.to_string()).collect();
    for id in ids {
        if let Some(rule) = settings.engine().registry().find(&id) {
            settings.enable(rule);
        }
    }
    Arc::new(settings)
}

/// A report as a bureau writes it.
fn report(seed: u64) -> Report {
    let options = Options { figures: Busyness::Usual, prose: 6700, ..Options::default() };
    Report::random(seed, &options)
}

/// A report of some 10 KB: two thirds are running text, which layouts leave alone.
pub(crate) fn one(layout: Layout) -> String {
    render(&report(0), layout)
}

/// A report in many copies whose headings end in other blanks, so that none is read as another's copy, which takes a fifth less.
pub(crate) fn strangers(text: &str) -> Vec<String> {
    const COUNT: usize = 40;
    const LONGEST: usize = 40;
    let is_heading = |line: &str| line.contains("情况") && line.chars().count() < LONGEST;
    let copy = |blanks: usize| {
        let lines = text.lines().map(|line| {
            let blanks = if is_heading(line) { blanks } else { 0 };
            format!("{line}{}\n", " ".repeat(blanks))
        });
        lines.collect()
    };
    (0..COUNT).map(copy).collect()
}

/// So many reports in one file.
pub(crate) fn many(count: u64) -> String {
    compilation(&(0..count).map(report).collect::<Vec<_>>(), Layout::Pipes)
}

/// A report whose first part holds `words` so many times, each on a line of its own or all in one.
pub(crate) fn of(words: &str, count: usize, is_line: bool) -> String {
    let end = if is_line { "。\n" } else { "，" };
    format!("{HEAD}{}\n", format!("{words}{end}").repeat(count))
}

/// A report whose second part holds `row` so many times.
pub(crate) fn rows(row: &str, count: usize) -> String {
    format!("{HEAD}依法公开。\n二、主动公开政府信息情况\n{}\n", row.repeat(count))
}

/// Everything that an editor shows of a document.
pub(crate) fn look(snapshot: &Snapshot) -> usize {
    snapshot.reports().count() + snapshot.findings().map(|found| found.range().end).sum::<usize>()
}

/// An open document and a place where something is typed and taken back.
pub(crate) struct Typing {
    snapshot: Snapshot,
    at: usize,
    typed: &'static str,
}

impl Typing {
    /// A digit before a figure of the requests table in the middle of `text`.
    pub(crate) fn digit(text: &str, settings: Arc<Settings>) -> Self {
        Self::behind("1.本机关不掌握相关政府信息 | ", "1", text, settings)
    }

    /// A character in the prose in the middle of `text`.
    pub(crate) fn word(text: &str, settings: Arc<Settings>) -> Self {
        Self::behind("梳理公开事项", "细", text, settings)
    }

    fn behind(words: &str, typed: &'static str, text: &str, settings: Arc<Settings>) -> Self {
        let middle =
            (text.len() / 2..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let at = text[middle..].find(words).map(|at| at + middle).or_else(|| text.find(words));
        let at = at.expect("words of a report in pipes") + words.len();
        let snapshot = Snapshot::new(text, settings);
        look(&snapshot);
        Self { snapshot, at, typed }
    }

    /// Types it and takes it back: two passes.
    pub(crate) fn twice(&mut self) -> usize {
        self.snapshot.edit(self.at..self.at, self.typed);
        let first = look(&self.snapshot);
        self.snapshot.edit(self.at..self.at + self.typed.len(), "");
        first + look(&self.snapshot)
    }
}
