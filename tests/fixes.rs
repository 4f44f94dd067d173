//! What runs unattended is safe: over all example reports and random slips in them, no figure, year or citation changes, nothing new is wrong, and
//! a second run finds nothing to do.

mod support;

use std::collections::BTreeMap;

use gouji_core::ide::{apply_edits, safe_fix, safe_fixes};
use gouji_core::references::document_numbers;
use gouji_core::report::fold;
use gouji_core::rules::Group;
use gouji_core::snapshot::{Found, Snapshot};
use gouji_generator::Random;
use support::{cells, examples, settings};

/// As many as the command line makes.
const ROUNDS: usize = 10;

#[test]
fn all_safe_fixes_of_an_example_change_no_fact() {
    let mut fixed = 0;
    for (name, text) in examples() {
        match problem(&text) {
            Ok(count) => fixed += count,
            Err(problem) => panic!("{name}: {problem}"),
        }
    }
    assert!(fixed >= 6, "only {fixed} fixes");
}

#[test]
fn all_safe_fixes_after_random_slips_change_no_fact() {
    let examples = examples();
    let count = support::times("GOUJI_TEST_REPORTS", 100);
    support::for_each_seed("safe fixes", count, 0, |seed| {
        let mut random = Random::new(seed);
        let (name, text) = random.pick(&examples);
        let text = slipped(text, &mut random);
        let problem = problem(&text).err()?;
        Some(format!("{name}: {problem} in {}", support::keep(&format!("fixes-{seed}.txt"), &text)))
    });
}

/// What goes wrong in drafts: widths, doubled marks, blanks, what was pasted along.
const SLIPS: [&str; 28] = [
    ",",
    ".",
    "，，",
    "。。",
    "、。",
    ";",
    ":",
    " ",
    "\u{a0}",
    "\u{3000}",
    "\t",
    "（",
    "(",
    "〔",
    "[",
    "”",
    "\"",
    "《",
    "》》",
    "１",
    "２０２４",
    "1,234",
    "截止",
    "截止到12月31日",
    "国办公开办函[2021]30号",
    "第",
    "\u{200b}",
    "\u{7}",
];

/// The text with a few slips, mostly where a line has words.
fn slipped(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..random.between(1, 6) {
        let at = random.below(text.len() + 1);
        let at = (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        match random.below(4) {
            0 => {
                let next = text[at..].chars().next().map_or(0, char::len_utf8);
                text.replace_range(at..at + next, "");
            }
            1 => {
                let next = text[at..].chars().next().map_or(0, char::len_utf8);
                let again = text[at..at + next].to_owned();
                text.insert_str(at, &again);
            }
            _ => text.insert_str(at, SLIPS[random.below(SLIPS.len())]),
        }
    }
    text
}

/// The fixes made, or what they broke.
fn problem(text: &str) -> Result<usize, String> {
    let (mut now, mut count) = (text.to_owned(), 0);
    for _ in 0..ROUNDS {
        let snapshot = Snapshot::new(&now, settings());
        for found in snapshot.findings() {
            changes_no_fact(&now, &found)?;
        }
        let fixes = safe_fixes(snapshot.findings());
        if fixes.count == 0 {
            return if count == 0 { Ok(0) } else { compare(text, &snapshot).map(|()| count) };
        }
        count += fixes.count;
        now = apply_edits(&now, &fixes.edits).ok_or("edits that overlap or cut a character")?;
    }
    Err(format!("not done after {ROUNDS} rounds"))
}

/// A safe fix writes the digits that it takes away, whatever their width. What is left over from a web page is no fact: its address may go.
fn changes_no_fact(text: &str, found: &Found<'_>) -> Result<(), String> {
    let Some(fix) = safe_fix(found).filter(|_| found.rule().group != Group::Leftover) else {
        return Ok(());
    };
    let old: String =
        fix.edits.iter().map(|edit| digits(&text[found.report.range(edit.place)])).collect();
    let new: String = fix.edits.iter().map(|edit| digits(&edit.text)).collect();
    if old == new { Ok(()) } else { Err(format!("{} makes {old} {new}", found.rule().id)) }
}

fn digits(text: &str) -> String {
    fold(text).chars().filter(char::is_ascii_digit).collect()
}

/// The figures of all tables, the citations and the findings, before and after.
fn compare(before: &str, after: &Snapshot) -> Result<(), String> {
    let before = Snapshot::new(before, settings());
    let (old, new) = (figures(&before), figures(after));
    // A fix may make a figure readable; one that could be read stays what it was.
    for (key, value) in old.iter().filter(|(_, value)| !value.is_empty()) {
        if new.get(key) != Some(value) {
            return Err(format!("{key}: {value} became {:?}", new.get(key)));
        }
    }
    let (old, mut new) = (citations(&before), citations(after).into_iter());
    if !old.iter().all(|citation| new.any(|it| it == *citation)) {
        return Err(format!("citations {old:?} became {:?}", citations(after)));
    }
    let (old, new) = (by_rule(&before), by_rule(after));
    // What is in the way of reading hides what it stands in: a control character within a month leaves no period that could be wrong.
    if ["control-char", "nbsp-or-ideographic-space"].iter().any(|rule| old.contains_key(*rule)) {
        return Ok(());
    }
    let worse = new.iter().find(|(rule, count)| old.get(*rule).unwrap_or(&0) < count);
    worse.map_or(Ok(()), |(rule, count)| {
        Err(format!("{rule}: {count} findings where there were {:?}", old.get(rule)))
    })
}

fn figures(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let reports = snapshot.reports().enumerate();
    reports
        .flat_map(|(at, report)| {
            cells(report.report).into_iter().map(move |(key, value)| (format!("{at} {key}"), value))
        })
        .collect()
}

/// Year and sequence of every document number.
fn citations(snapshot: &Snapshot) -> Vec<(Option<u16>, u32)> {
    let text = snapshot.text().to_string();
    document_numbers(&text).map(|it| (it.year, it.sequence)).collect()
}

fn by_rule(snapshot: &Snapshot) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for found in snapshot.findings() {
        *counts.entry(found.rule().id.to_string()).or_insert(0) += 1;
    }
    counts
}
