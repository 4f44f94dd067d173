//! `--fix`: the safe fixes, which may be applied unattended.

use gouji_core::ide::{SafeFixes, apply_edits, safe_fixes};
use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::FileSettings;

/// Most rounds of fixes. A fix may make another possible, which ends after a few rounds; two rules that undo each other's fixes would never end.
const ROUNDS: usize = 10;

/// A text after fixes.
pub(crate) struct Fixed {
    pub(crate) text: String,
    pub(crate) snapshot: Snapshot,
    /// How many fixes were applied.
    pub(crate) count: usize,
}

/// Applies the safe fixes until none is left; `None` if there are none. Of two fixes that touch, the first is applied; the other follows in the next round
/// if the text still has that finding.
pub(crate) fn fix(text: &str, snapshot: &Snapshot, settings: &FileSettings) -> Option<Fixed> {
    let mut fixed = round(text, snapshot, settings)?;
    for _ in 1..ROUNDS {
        match round(&fixed.text, &fixed.snapshot, settings) {
            Some(next) => fixed = Fixed { count: fixed.count + next.count, ..next },
            None => break,
        }
    }
    Some(fixed)
}

fn round(text: &str, snapshot: &Snapshot, settings: &FileSettings) -> Option<Fixed> {
    let SafeFixes { edits, count } = safe_fixes(settings.findings(snapshot));
    if count == 0 {
        return None;
    }
    let text = apply_edits(text, &edits)?;
    let snapshot = Snapshot::settled(&text, settings.settings.clone());
    Some(Fixed { text, snapshot, count })
}
