#![allow(clippy::unwrap_used)]

use gouji_generator::{Layout, Options, Random, Report, compilation, render};

use super::*;
use crate::engine::Engine;
use crate::form::skeleton::{SkeletonLayout, skeleton};

fn snapshot(text: &str) -> Snapshot {
    Snapshot::new(text, Arc::new(Settings::new(Engine::builtin())))
}

/// All that a snapshot says, for comparison.
fn said(snapshot: &Snapshot) -> String {
    let mut said = bound(snapshot);
    for found in snapshot.findings() {
        let rule = &found.rule().id;
        said += &format!("{:?} {rule} {:?} {:?}\n", found.range(), found.severity(), found.finding);
    }
    said
}

/// All that is bound in a snapshot.
fn bound(snapshot: &Snapshot) -> String {
    let mut said = String::new();
    for view in snapshot.reports() {
        let report = view.report;
        said += &format!("{} {:?}\n{:?}\n", report.form.id, report.head, report.parts);
        said += &format!(
            "{:?}\n",
            view.range(Place::new(report.parts.len(), crate::text::TextRange::empty(0)))
        );
    }
    said
}

/// Edits of each fixture: an optimised build makes ten times as many.
const EDITS: usize = if cfg!(debug_assertions) { 12 } else { 120 };

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
    let (mut fast, mut completed_too) = (0, 0);
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
        let before_edit = incremental.clone();
        let unchecked = before_edit.bound([(start..end, insert)]);
        fast += usize::from(incremental.edit(start..end, insert) <= Work::Part);
        let fresh = snapshot(&text);
        assert_eq!(bound(&unchecked), bound(&fresh), "seed {seed} round {round}");
        if let Some(completed) = before_edit.completed(unchecked) {
            assert_eq!(said(&completed), said(&fresh), "seed {seed} round {round}");
            completed_too += 1;
        }
        if said(&incremental) != said(&fresh) {
            let (a, b) = (said(&incremental), said(&fresh));
            let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            panic!("seed {seed} round {round}: {start}..{end} by {insert:?}\n{line:?}\n{before:?}");
        }
    }
    // An edit that moves what is bound is completed without binding anything again.
    assert!(completed_too >= fast / 2, "{completed_too} completed, {fast} fast");
    fast
}

#[test]
fn an_edited_snapshot_equals_a_fresh_one() {
    for (seed, layout) in Layout::READABLE.into_iter().enumerate() {
        let report = Report::random(seed as u64, &Options::random(&mut Random::new(seed as u64)));
        fuzz(&render(&report, layout), seed as u64, EDITS, false);
    }
    let reports: Vec<_> =
        (0..3).map(|seed| Report::random(seed, &Options::random(&mut Random::new(seed)))).collect();
    fuzz(&compilation(&reports, Layout::Pipes), 99, EDITS, false);
}

#[test]
fn typing_takes_the_fast_path() {
    let (mut fast, mut all) = (0, 0);
    for (seed, layout) in Layout::READABLE.into_iter().enumerate() {
        let report = Report::random(seed as u64, &Options::random(&mut Random::new(seed as u64)));
        fast += fuzz(&render(&report, layout), seed as u64, EDITS, true);
        all += EDITS;
    }
    assert!(fast * 100 >= all * 90, "{fast} of {all} edits took the fast path");
}

#[test]
fn a_digit_of_a_table_moves_what_is_bound() {
    let (mut fast, mut all) = (0, 0);
    for (seed, layout) in Layout::READABLE.into_iter().enumerate() {
        let mut random = Random::new(seed as u64);
        let options = Options { blanks: seed % 3 == 0, ..Options::random(&mut random) };
        let mut text = render(&Report::random(seed as u64, &options), layout);
        let mut incremental = snapshot(&text);
        for round in 0..EDITS {
            let figures: Vec<_> = incremental
                .reports()
                .flat_map(|view| {
                    let cells = view.report.tables().flat_map(|(part, table)| {
                        table.cells.iter().flatten().map(move |cell| Place::new(part, cell.range))
                    });
                    cells.map(|place| view.range(place)).collect::<Vec<_>>()
                })
                .filter(|range| !range.is_empty())
                .collect();
            let cell = random.pick(&figures).clone();
            let at = floor(&text, cell.start + random.below(cell.len() + 1));
            let end = if random.chance(30) { cell.end } else { at };
            let insert = *random.pick(&["1", "0", "27", "9", "", ".", "件"]);
            text.replace_range(at..end, insert);
            fast += usize::from(incremental.edit(at..end, insert) == Work::Figure);
            all += 1;
            assert_eq!(said(&incremental), said(&snapshot(&text)), "{layout:?} round {round}");
        }
    }
    assert!(fast * 100 >= all * 50, "{fast} of {all} edits moved what is bound");
}

#[test]
fn a_settled_snapshot_finds_the_same_and_is_read_anew_by_an_edit() {
    let reports: Vec<Report> =
        (0..4).map(|seed| Report::random(seed, &Options::default())).collect();
    let text = compilation(&reports, Layout::Pipes).replacen("（七）总计 | ", "（七）总计 | 9", 2)
        + "\n<!-- gouji-ignore table-cell-blank: 试 -->\n";
    let found = |snapshot: &Snapshot| {
        let found = |it: Found<'_>| (it.range(), it.severity(), it.finding.clone());
        snapshot.findings().map(found).collect::<Vec<_>>()
    };
    let whole = snapshot(&text);
    let mut settled = Snapshot::settled(&text, whole.settings().clone());
    assert!(found(&whole).len() > 1);
    assert_eq!(found(&settled), found(&whole));
    assert_eq!(settled.text().to_string(), text);
    assert_eq!(settled.reports().count(), whole.reports().count());

    let insert = "全年收到申请3件。\n";
    assert_eq!(settled.edit(text.len()..text.len(), insert), Work::Document);
    assert_eq!(said(&settled), said(&snapshot(&(text + insert))));
}

#[test]
fn a_report_that_is_being_written_gets_hints_at_most() {
    let engine = Engine::builtin();
    let form = engine.forms().iter().find(|form| form.years.contains(2025)).expect("a form");
    for layout in [SkeletonLayout::Pipes, SkeletonLayout::Markdown, SkeletonLayout::Tabs] {
        let whole: Vec<char> = skeleton(form, "青石县水利局", 2025, layout).chars().collect();
        let mut draft = snapshot("");
        draft.set_draft(true);
        for typed in whole.chunks(3) {
            let end = draft.text().len();
            draft.edit(end..end, &typed.iter().collect::<String>());
            if draft.reports().any(|report| report.is_whole()) {
                break;
            }
            for found in draft.findings() {
                let loud = (found.rule().id.to_string(), &found.finding.message);
                assert_eq!(found.severity(), Severity::Hint, "{loud:?}\n{}", draft.text());
            }
        }
        assert!(draft.reports().any(|report| report.is_whole()));
    }
}
