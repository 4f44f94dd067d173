#![allow(clippy::unwrap_used)]

use gouji_generator::{Layout, Options, Random, Report, compilation, render};

use super::*;
use crate::engine::Engine;

fn snapshot(text: &str) -> Snapshot {
    Snapshot::new(text, Arc::new(Settings::new(Engine::builtin())))
}

/// All that a snapshot says, for comparison.
fn said(snapshot: &Snapshot) -> String {
    let mut said = String::new();
    for view in snapshot.reports() {
        let report = view.report;
        said += &format!("{} {:?}\n{:?}\n", report.form.id, report.head, report.parts);
        said += &format!(
            "{:?}\n",
            view.range(Place::new(report.parts.len(), crate::text::TextRange::empty(0)))
        );
    }
    for found in snapshot.findings() {
        let rule = &found.rule().id;
        said += &format!("{:?} {rule} {:?} {:?}\n", found.range(), found.severity(), found.finding);
    }
    said
}

/// What people type, and what breaks parsers.
const HAZARDS: &[&str] = &[
    "1",
    "0",
    "7",
    "的",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "|",
    " ",
    "  ",
    "<td>",
    "</td>",
    "</p>",
    "<!--",
    "-->",
    "𠮷",
    "e\u{301}",
    "、",
    "。",
    "三、",
    "报告",
    "总体情况",
    "六、其他需要报告的事项",
    "2024年",
    "<!-- gouji-ignore table-cell-blank: 试 -->\n",
    "\u{feff}",
    "（七）总计",
    "/",
];

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Random edits; the incremental state equals a fresh one after each. Returns how many took the fast path.
fn fuzz(text: &str, seed: u64, rounds: usize, typing: bool) -> usize {
    let mut random = Random::new(seed);
    let mut text = text.to_owned();
    let mut incremental = snapshot(&text);
    let mut fast = 0;
    for round in 0..rounds {
        let start = floor(&text, random.below(text.len() + 1));
        let (end, insert) = if typing {
            let insert = *random.pick(&["1", "0", "的", "和", "数", "5"]);
            if random.chance(30) {
                (text[start..].chars().next().map_or(start, |c| start + c.len_utf8()), "")
            } else {
                (start, insert)
            }
        } else {
            let end = floor(&text, start + if random.chance(50) { 0 } else { random.below(40) })
                .max(start);
            (end, if random.chance(20) { "" } else { *random.pick(HAZARDS) })
        };
        let before = std::env::var_os("GOUJI_FUZZ_LOG").map(|_| text.clone());
        text.replace_range(start..end, insert);
        fast += usize::from(incremental.edit(start..end, insert) == Work::Part);
        let fresh = snapshot(&text);
        if said(&incremental) != said(&fresh) {
            let (a, b) = (said(&incremental), said(&fresh));
            let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            panic!("seed {seed} round {round}: {start}..{end} by {insert:?}\n{line:?}\n{before:?}");
        }
    }
    fast
}

#[test]
fn an_edited_snapshot_equals_a_fresh_one() {
    for (seed, layout) in Layout::READABLE.into_iter().enumerate() {
        let report = Report::random(seed as u64, &Options::random(&mut Random::new(seed as u64)));
        fuzz(&render(&report, layout), seed as u64, 150, false);
    }
    let reports: Vec<_> =
        (0..3).map(|seed| Report::random(seed, &Options::random(&mut Random::new(seed)))).collect();
    fuzz(&compilation(&reports, Layout::Pipes), 99, 200, false);
}

#[test]
fn typing_takes_the_fast_path() {
    let (mut fast, mut all) = (0, 0);
    for (seed, layout) in Layout::READABLE.into_iter().enumerate() {
        let report = Report::random(seed as u64, &Options::random(&mut Random::new(seed as u64)));
        fast += fuzz(&render(&report, layout), seed as u64, 60, true);
        all += 60;
    }
    assert!(fast * 100 >= all * 90, "{fast} of {all} edits took the fast path");
}

#[test]
fn dump() {
    if let Ok(name) = std::env::var("DUMP") {
        let text = std::fs::read_to_string(name).unwrap();
        let snapshot = snapshot(&text);
        for view in snapshot.reports() {
            println!("{:?} {:?}", view.report.form.id, view.report.head);
            for part in &view.report.parts {
                println!(
                    "-- {:?} prose {} claims {}",
                    part.heading.as_ref().map(|it| (it.section, &it.text)),
                    part.prose.len(),
                    part.claims.len()
                );
                for table in &part.tables {
                    let known = table
                        .cells
                        .iter()
                        .flatten()
                        .filter(|cell| cell.value.number().is_some())
                        .count();
                    let some = table.cells.iter().flatten().count();
                    println!(
                        "   {} {} {:?} cells {} some {some} numbers {known} rows {} {:?} cols {:?}",
                        table.form.id,
                        table.spec().id,
                        table.layout,
                        table.cells.len(),
                        table.rows.len(),
                        table.unreadable,
                        table.headers.iter().map(|it| it.columns.len()).collect::<Vec<_>>()
                    );
                    for row in &table.rows {
                        if row.fit != crate::report::Fit::Exact || row.row.is_none() {
                            println!(
                                "      {:?} {:?} {}",
                                row.row,
                                row.fit,
                                row.labels.last().map_or("", |label| &view.text(
                                    view.report
                                        .parts
                                        .iter()
                                        .position(|it| Arc::ptr_eq(it, part))
                                        .unwrap()
                                )[label.range.to_range()])
                            );
                        }
                    }
                }
            }
        }
        for found in snapshot.findings() {
            println!("{} {:?} {}", found.rule().id, found.severity(), found.finding.message);
        }
    }
}

#[test]
fn layouts_dbg() {
    for layout in Layout::READABLE {
        let mut bad = 0;
        let mut first = String::new();
        for seed in 0..40 {
            let report = Report::random(seed, &Options::random(&mut Random::new(seed)));
            let text = render(&report, layout);
            let snapshot = snapshot(&text);
            let mut wrong = Vec::new();
            for (key, value) in report.cells() {
                let got = snapshot
                    .reports()
                    .next()
                    .and_then(|view| view.report.number(&key))
                    .map(|it| it.to_string());
                if got.as_deref() != Some(value.as_str()) {
                    wrong.push(format!("{key}: {value} {got:?}"));
                }
            }
            if !wrong.is_empty() {
                bad += 1;
                if first.is_empty() {
                    first = format!(
                        "seed {seed} {} wrong: {:?}",
                        wrong.len(),
                        &wrong[..wrong.len().min(4)]
                    );
                    std::fs::write(format!("/tmp/bad-{}.txt", layout.name()), &text).unwrap();
                }
            }
        }
        println!("{:<20} bad {bad} {first}", layout.name());
    }
    let _ = (said, compilation, Random::new(1));
}
