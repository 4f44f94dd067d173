//! What an editor writes on its user's behalf leaves every figure what it is, over all reports of ours.

mod support;

use std::collections::BTreeMap;

use gouji_core::ide::{self, AmbiguousWidth, FormatOptions, SkeletonLayout};
use gouji_core::snapshot::Snapshot;
use support::{cells, examples, settings};

/// The figures of every report of a text.
fn figures(text: &str) -> Vec<BTreeMap<String, String>> {
    let snapshot = Snapshot::new(text, settings());
    snapshot.reports().map(|report| cells(report.report)).collect()
}

#[test]
fn a_table_that_is_written_anew_says_the_same() {
    let mut written = BTreeMap::new();
    for (name, text) in examples() {
        let snapshot = Snapshot::new(&text, settings());
        let tables = snapshot.reports().flat_map(|report| {
            report.report.tables().map(move |(part, table)| {
                report.range(gouji_core::report::Place::new(part, table.range))
            })
        });
        let before = figures(&text);
        for table in tables {
            for layout in [SkeletonLayout::Markdown, SkeletonLayout::Tabs] {
                let Some(rewrite) = ide::rewritten(&snapshot, &table, layout) else { continue };
                let mut text = text.clone();
                text.replace_range(rewrite.range, &rewrite.text);
                let same = figures(&text) == before;
                assert!(same, "{name}, {layout:?}: {}", support::keep("rewritten.txt", &text));
                *written.entry(name.clone()).or_insert(0) += 1;
            }
        }
    }
    support::note(&format!("{written:?}"));
    assert!(written.len() >= 20, "only {written:?}");
}

fn formatted(text: &str, options: FormatOptions) -> String {
    let edits = ide::format(&Snapshot::new(text, settings()), options);
    let (mut new, mut at) = (String::new(), 0);
    for (range, insert) in edits {
        assert!(at <= range.start, "edits overlap or are out of order at {range:?}");
        new.push_str(&text[at..range.start]);
        new.push_str(&insert);
        at = range.end;
    }
    new + &text[at..]
}

fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_numeric()).collect()
}

/// Formats, and says what has changed beside blanks; nothing when all is as it should be.
fn harm(text: &str, options: FormatOptions) -> Option<String> {
    let once = formatted(text, options);
    let twice = formatted(&once, options);
    let wrong = |what: &str| Some(format!("{what}: {}", support::keep("formatted.txt", &once)));
    if digits(&once) != digits(text) {
        return wrong("a digit changed");
    }
    if figures(&once) != figures(text) {
        return wrong("a figure changed");
    }
    if twice != once {
        return wrong("not stable");
    }
    None
}

#[test]
fn formatting_changes_no_figure_and_comes_to_rest() {
    let all = FormatOptions {
        ambiguous: AmbiguousWidth::Narrow,
        trim_lines: true,
        end_last_line: true,
        trim_end: true,
    };
    let mut changed = 0;
    for (name, text) in examples() {
        for options in [FormatOptions::default(), all] {
            let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            assert_eq!(harm(&text, options), None, "{name}");
            assert_eq!(harm(&windows, options), None, "{name} with CRLF");
            changed += usize::from(formatted(&text, options) != text);
        }
    }
    assert!(changed >= 18, "only {changed} texts changed");
}

#[test]
fn formatting_survives_any_edit() {
    let reports: Vec<_> = examples().into_iter().filter(|(_, text)| text.contains('|')).collect();
    let count = support::times("GOUJI_EDITING", 60);
    support::for_each_seed("formatting after random edits", count, 0, |seed| {
        let mut random = gouji_generator::Random::new(seed);
        let (name, text) = random.pick(&reports);
        let mut text = text.clone();
        for _ in 0..4 {
            let at = random.below(text.len());
            let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let inserts = ["|", " | ", "  ", "\t", "\n", "𠮷", "７", "”", "0", "| --- |", "规 章"];
            let insert: &&str = random.pick(&inserts);
            text.insert_str(at, insert);
        }
        harm(&text, FormatOptions::default()).map(|harm| format!("{name}: {harm}"))
    });
}
