//! Whole reports in, findings out.

mod acceptance;
mod explanations;
mod mechanisms;
mod own_form;
mod seeds;
mod sums;

use std::sync::Arc;

use crate::engine::{Engine, Settings};
use crate::rules::Finding;
use crate::rules::testing::{Hit, apply_edits, check, report};
use crate::snapshot::Snapshot;

const REVIEW: &str = "0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
const SUMS: [&str; 6] = [
    "requests-results-total",
    "requests-balance",
    "requests-row-total",
    "review-total",
    "direct-suit-total",
    "suit-after-review-total",
];

/// A clean report in which the rows with these labels say something else.
fn filled(year: u16, rows: &[(&str, &str)]) -> String {
    let mut text = report("云岭县水利局", year);
    for (label, values) in rows {
        let lines: Vec<_> = text
            .lines()
            .filter(|line| line.contains(&format!("{label} | 0 |")))
            .map(str::to_owned)
            .collect();
        let [line] = lines.as_slice() else { panic!("{label}: {lines:?}") };
        let (labels, _) = line.split_once(" | 0 |").expect("zeros behind the label");
        text = text.replace(line.as_str(), &format!("{labels} | {values} |"));
    }
    text
}

/// A requests table that agrees: 12 requests and one from the year before, of natural persons but for two, and two left over.
fn requests() -> String {
    filled(2025, &SOUND)
}

const SOUND: [(&str, &str); 8] = [
    ("一、本年新收政府信息公开申请数量", "10 | 2 | 0 | 0 | 0 | 0 | 12"),
    ("二、上年结转政府信息公开申请数量", "3 | 0 | 0 | 0 | 0 | 0 | 3"),
    ("（一）予以公开", "6 | 1 | 0 | 0 | 0 | 0 | 7"),
    ("4.保护第三方合法权益", "1 | 0 | 0 | 0 | 0 | 0 | 1"),
    ("1.本机关不掌握相关政府信息", "3 | 1 | 0 | 0 | 0 | 0 | 4"),
    ("3.其他", "1 | 0 | 0 | 0 | 0 | 0 | 1"),
    ("（七）总计", "11 | 2 | 0 | 0 | 0 | 0 | 13"),
    ("四、结转下年度继续办理", "2 | 0 | 0 | 0 | 0 | 0 | 2"),
];

/// The findings on sums.
fn sums(text: &str) -> Vec<Hit> {
    check(text).into_iter().filter(|hit| SUMS.contains(&hit.rule.as_str())).collect()
}

#[track_caller]
fn one(text: &str) -> Hit {
    let hits = sums(text);
    let [hit] = hits.as_slice() else { panic!("{hits:#?}\n{text}") };
    hit.clone()
}

/// The findings themselves, for their data.
fn findings(text: &str, settings: Settings) -> Vec<(String, Finding)> {
    let snapshot = Snapshot::new(text, Arc::new(settings));
    snapshot
        .findings()
        .map(|found| (found.rule().id.to_string(), Finding::clone(found.finding)))
        .collect()
}

fn builtin() -> Settings {
    Settings::new(Engine::builtin())
}
