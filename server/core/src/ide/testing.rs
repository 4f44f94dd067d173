//! Helpers of the features' tests: a text with `$0` at the cursor in, what a user sees out.

use std::ops::Range;
use std::sync::Arc;

use crate::engine::{Engine, Settings};
use crate::rules::testing::report;
use crate::snapshot::Snapshot;

/// The state of a text, checked by every rule as its author set it.
pub(super) fn snapshot(text: &str) -> Snapshot {
    Snapshot::new(text, Arc::new(Settings::new(Engine::builtin())))
}

/// The text without its `$0`, and where that stood.
pub(super) fn cursor(fixture: &str) -> (Snapshot, usize) {
    let at = fixture.find("$0").expect("a fixture has its $0");
    (snapshot(&fixture.replacen("$0", "", 1)), at)
}

/// An annual report of 2024 with every figure zero, in which `changes` (old, new) are made, one after the other.
pub(super) fn changed(changes: &[(&str, &str)]) -> String {
    let mut text = report("青石县水利局", 2024);
    for (old, new) in changes {
        assert!(text.contains(old), "“{old}” does not stand in:\n{text}");
        text = text.replacen(old, new, 1);
    }
    text
}

/// The words at a range, which must not cut a character.
pub(super) fn words(snapshot: &Snapshot, range: &Range<usize>) -> String {
    let text = snapshot.text().to_string();
    text.get(range.clone()).unwrap_or_else(|| panic!("{range:?} cuts a character")).to_owned()
}
