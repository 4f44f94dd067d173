//! Complete reports for the tests of this group, to be changed line by line.

use crate::engine::Engine;
use crate::form::skeleton::{SkeletonLayout, skeleton};
use crate::rules::testing::{Hit, check};

const AGENCY: &str = "云岭县水利局";

/// An all-zero report of 2025 with tables between pipes.
pub(in crate::rules::table) fn pipes() -> String {
    report(2025, SkeletonLayout::Pipes)
}

/// The same with tables between tabs.
pub(in crate::rules::table) fn tabs() -> String {
    report(2025, SkeletonLayout::Tabs)
}

/// The same with tables in Markdown.
pub(in crate::rules::table) fn markdown() -> String {
    report(2025, SkeletonLayout::Markdown)
}

/// An all-zero report of 2019 with tables between pipes.
pub(in crate::rules::table) fn old() -> String {
    report(2019, SkeletonLayout::Pipes)
}

fn report(year: u16, layout: SkeletonLayout) -> String {
    let engine = Engine::builtin();
    let mut forms = engine.forms().iter();
    let form = forms.find(|form| form.years.contains(year)).expect("a form for the year");
    skeleton(form, AGENCY, year, layout)
}

/// A report between pipes with a cell a line, each led by a tab.
pub(in crate::rules::table) fn tab_led(pipes: &str) -> String {
    by_cell(pipes, |cells| {
        cells.iter().map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n"
    })
}

/// A report between pipes with a cell a line, each ended by a pipe, and a lone pipe before each row.
pub(in crate::rules::table) fn pipe_ended(pipes: &str) -> String {
    by_cell(pipes, |cells| {
        "|\n".to_owned() + &cells.iter().map(|cell| format!("{cell} |\n")).collect::<String>()
    })
}

/// A report between pipes with nothing but a cell a line: a blank cell leaves nothing.
pub(in crate::rules::table) fn bare(pipes: &str) -> String {
    by_cell(pipes, |cells| {
        cells.iter().filter(|cell| !cell.is_empty()).map(|cell| format!("{cell}\n")).collect()
    })
}

fn by_cell(pipes: &str, row: impl Fn(&[&str]) -> String) -> String {
    let mut text = String::new();
    for line in pipes.lines() {
        match line.trim_end().strip_suffix('|') {
            Some(cells) => {
                text.push_str(&row(&cells.split('|').map(str::trim).collect::<Vec<_>>()));
            }
            None => text.push_str(&format!("{line}\n")),
        }
    }
    text
}

/// The text with `from`, which stands there, replaced once.
#[track_caller]
pub(in crate::rules::table) fn swap(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "“{from}” does not stand in:\n{text}");
    text.replacen(from, to, 1)
}

/// The findings of this group, as rule and words.
pub(in crate::rules::table) fn table_hits(text: &str) -> Vec<Hit> {
    let mut hits = check(text);
    let is_own = |hit: &Hit| {
        hit.rule.starts_with("table-")
            || hit.rule == "fee-unit-caption-missing"
            || hit.rule == "review-column-group-missing"
    };
    hits.retain(is_own);
    hits
}

/// The ids of [`table_hits`].
pub(in crate::rules::table) fn table_rules(text: &str) -> Vec<String> {
    table_hits(text).into_iter().map(|hit| hit.rule).collect()
}
