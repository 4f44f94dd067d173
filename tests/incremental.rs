//! After every edit, what is kept and recomputed is what a fresh look at the whole text gives.

mod support;

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use gouji_core::engine::Settings;
use gouji_core::snapshot::{Found, Snapshot, Work};
use gouji_generator::{Layout, Options, Random, Report, compilation, render};
use support::{keep, note, root, settings, shared, times};

/// What a person or a program does to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// One character, inside a line.
    Types,
    /// Anything: lines, cuts, pastes, separators.
    Edits,
}

const TYPED: &[&str] =
    &["0", "1", "5", "9", "12", "件", "的", "，", "。", "、", " ", "3", "7", "申请"];
const PASTED: &[&str] = &[
    "\n",
    "\n\n",
    "\t",
    "|",
    " | ",
    "\r\n",
    "<td>",
    "</td>",
    "<tr>",
    "<br>",
    "# ",
    "一、",
    "（一）",
    "一、总体情况\n",
    "三、收到和处理政府信息公开申请情况\n",
    "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n",
    "（七）总计 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n",
    "规章\t0\t0\t0\n",
    "3.其他\n",
    "南湾区民政局2023年政府信息公开工作年度报告\n",
    "<!-- gouji-ignore requests-balance: 核实 -->\n",
    "<!-- gouji-ignore-file docnum-bracket: 核实 -->\n",
    "2023年未收到政府信息公开申请。",
    "结果\n维持",
    "𠮷",
    "\u{feff}",
    "",
];

fn edit(text: &str, hand: Hand, random: &mut Random) -> (Range<usize>, String) {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let at = floor(random.below(text.len() + 1));
    if hand == Hand::Types {
        let end = if random.chance(40) { floor((at + 3).min(text.len())) } else { at };
        let replaced = &text[at..end];
        let end = if replaced.contains(['\n', '\r']) { at } else { end };
        return (at..end, (*random.pick(TYPED)).to_owned());
    }
    let length = *random.pick(&[0, 0, 1, 3, 40, 400]);
    let end = floor((at + random.below(length + 1)).min(text.len())).max(at);
    if random.chance(15) {
        // A piece of the text itself, as after cut and paste.
        let from = floor(random.below(text.len() + 1));
        let to = floor((from + random.below(300)).min(text.len())).max(from);
        return (at..end, text[from..to].to_owned());
    }
    (at..end, (*random.pick(PASTED)).to_owned())
}

/// The first thing that two snapshots say differently.
fn difference(kept: &Snapshot, fresh: &Snapshot) -> Option<String> {
    let (mut left, mut right) = (kept.reports(), fresh.reports());
    loop {
        match (left.next(), right.next()) {
            (None, None) => break,
            (Some(left), Some(right)) => {
                let (left, right) = (left.report, right.report);
                if left.form.id != right.form.id || left.head != right.head {
                    return Some(format!("head {:#?}, should be {:#?}", left.head, right.head));
                }
                if left.parts != right.parts {
                    let pairs = left.parts.iter().zip(&right.parts);
                    let differing = pairs.enumerate().find(|(_, (left, right))| left != right);
                    let counts = (left.parts.len(), right.parts.len());
                    return Some(format!(
                        "parts {counts:?}, the first that differs {differing:#?}"
                    ));
                }
            }
            (left, _) => {
                return Some(format!(
                    "a report {}",
                    if left.is_some() { "too many" } else { "too few" }
                ));
            }
        }
    }
    let (mut left, mut right) = (kept.findings(), fresh.findings());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return None,
            (Some(left), Some(right)) if same(&left, &right) => {}
            (left, right) => {
                let told = |found: Option<Found<'_>>| {
                    found.map(|found| {
                        (
                            found.rule().id.to_string(),
                            found.range(),
                            found.severity(),
                            found.finding.clone(),
                        )
                    })
                };
                return Some(format!("finding {:#?}, should be {:#?}", told(left), told(right)));
            }
        }
    }
}

fn same(left: &Found<'_>, right: &Found<'_>) -> bool {
    left.finding == right.finding
        && left.range() == right.range()
        && left.severity() == right.severity()
        && left
            .finding
            .related
            .iter()
            .all(|it| left.report.range(it.place) == right.report.range(it.place))
}

/// Edits after which the text is taken afresh: too many leave nothing of a report.
const ROUND: u64 = 40;

/// Edits `text` again and again and fails at the first edit after which the two ways differ. Returns how many edits made only a part anew.
fn edit_and_compare(
    fixture: &(String, String),
    seed: u64,
    hand: Hand,
    settings: &Arc<Settings>,
) -> u64 {
    let (name, text) = fixture;
    let random = &mut Random::new(seed);
    let mut text = text.clone();
    let mut kept = Snapshot::new(&text, settings.clone());
    let mut by_part = 0;
    for number in 0..ROUND {
        let (range, insert) = edit(&text, hand, random);
        by_part += u64::from(kept.edit(range.clone(), &insert) <= Work::Part);
        let before = text.clone();
        text.replace_range(range.clone(), &insert);
        let draft = random.chance(2);
        kept.set_draft(draft);
        let mut fresh = Snapshot::new(&text, settings.clone());
        fresh.set_draft(draft);
        if let Some(problem) = difference(&kept, &fresh) {
            let kept = keep(&format!("edit {seed}.txt"), &before);
            panic!("{name}, edit {number}: {range:?} of {kept} by {insert:?}\n{problem}");
        }
    }
    by_part
}

/// Texts to edit: every layout, compilations, the example reports, and the samples when they are there.
fn fixtures() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (seed, layout) in (0..).zip(Layout::READABLE.into_iter().chain(Layout::LOSSY)) {
        let options = Options { prose: 1500, ..Options::random(&mut Random::new(seed)) };
        all.push((layout.name().to_owned(), render(&Report::random(seed, &options), layout)));
    }
    let two =
        [1, 2].map(|seed| Report::random(seed, &Options { prose: 1500, ..Options::default() }));
    all.push(("compilation".to_owned(), compilation(&two, Layout::Tabs)));
    let folders = [Some(root().join("tests/reports")), shared("seeds")];
    for folder in folders.into_iter().flatten() {
        let files = std::fs::read_dir(&folder)
            .unwrap_or_else(|problem| panic!("{}: {problem}", folder.display()));
        let mut paths: Vec<_> = files
            .filter_map(|file| Some(file.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|it| it != "json"))
            .collect();
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path)
                .unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
            all.push((path.display().to_string(), text));
        }
    }
    all
}

/// Edits all fixtures in turn; returns the share of edits, in percent, that made only a part anew.
fn all_fixtures(hand: Hand) -> u64 {
    let settings = settings();
    let fixtures = fixtures();
    let rounds = times("GOUJI_TEST_EDITS", 4000).div_ceil(ROUND).div_ceil(2);
    let by_part = AtomicU64::new(0);
    support::for_each_seed("rounds of edits", rounds, 0, |seed| {
        let fixture = &fixtures[seed as usize % fixtures.len()];
        by_part.fetch_add(edit_and_compare(fixture, seed, hand, &settings), Ordering::Relaxed);
        None
    });
    by_part.into_inner() * 100 / (rounds * ROUND)
}

#[test]
fn typing_keeps_what_a_fresh_look_gives_and_makes_little_anew() {
    let share = all_fixtures(Hand::Types);
    note(&format!("{share} % of typed characters made only a part anew"));
    assert!(share >= 90, "only {share} % of typed characters made only a part anew");
}

#[test]
fn any_edit_keeps_what_a_fresh_look_gives() {
    let share = all_fixtures(Hand::Edits);
    note(&format!("{share} % of edits made only a part anew"));
    assert!(share >= 20, "only {share} % of edits made only a part anew");
}
