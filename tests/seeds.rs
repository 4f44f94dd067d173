//! Published reports, where they are at hand, are read and judged as a careful person did.

mod support;

use support::{expected, note, shared};

#[test]
fn published_reports_are_judged_as_expected() {
    let Some(folder) = shared("seeds") else { return };
    let outcome = expected::compare(&folder);
    note(&format!("{} expectations met", outcome.met));
    if !outcome.unknown.is_empty() {
        note(&format!("no such rule or group:\n  {}", outcome.unknown.join("\n  ")));
    }
    assert!(outcome.problems.is_empty(), "{}", outcome.problems.join("\n"));
}
