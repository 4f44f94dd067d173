//! The fixes that may run unattended.

use gouji_core::ide::{SafeFixes, apply_edits, safe_fixes};
use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::FileSettings;

/// Fixes that make room for others end after a few rounds; a rule that undoes another's fix would go on for ever.
const ROUNDS: usize = 10;

/// A text after its fixes.
pub(crate) struct Fixed {
    pub(crate) text: String,
    pub(crate) snapshot: Snapshot,
    /// Fixes applied.
    pub(crate) count: usize,
}

/// Applies the safe fixes until none is left; `None` when there is none. Of two that touch the earlier wins, and the text is checked again.
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
