//! The fixes that may run unattended.

use std::ops::Range;

use gouji_core::rules::{Applicability, Fix};
use gouji_core::snapshot::{Found, Snapshot};
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

/// Applies the safe fixes until none is left; `None` when there is none. Of two that overlap the earlier wins, and the text is checked again.
pub(crate) fn fix(text: &str, snapshot: &Snapshot, settings: &FileSettings) -> Option<Fixed> {
    let (edits, count) = choose(text, snapshot, settings);
    let mut fixed = apply(text, &edits, settings, count)?;
    for _ in 1..ROUNDS {
        let (edits, count) = choose(&fixed.text, &fixed.snapshot, settings);
        match apply(&fixed.text, &edits, settings, fixed.count + count) {
            Some(next) => fixed = next,
            None => break,
        }
    }
    Some(fixed)
}

/// The fix of a finding that may run unattended.
pub(crate) fn safe<'a>(found: &Found<'a>) -> Option<&'a Fix> {
    found.finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
}

type Edit = (Range<usize>, String);

/// Edits that do not touch each other, in the order of the text, and how many fixes they make up.
fn choose(text: &str, snapshot: &Snapshot, settings: &FileSettings) -> (Vec<Edit>, usize) {
    let mut taken: Vec<Edit> = Vec::new();
    let mut count = 0;
    for found in settings.findings(snapshot) {
        let Some(fix) = safe(&found) else { continue };
        let edits: Vec<Edit> = fix
            .edits
            .iter()
            .map(|edit| (found.report.range(edit.place), edit.text.clone()))
            .collect();
        let changes = edits
            .iter()
            .any(|(range, insert)| text.get(range.clone()).is_some_and(|old| old != insert));
        if changes
            && edits.iter().all(|(range, _)| taken.iter().all(|(other, _)| !collide(range, other)))
        {
            taken.extend(edits);
            count += 1;
        }
    }
    taken.sort_by_key(|(range, _)| (range.start, range.end));
    (taken, count)
}

/// Whether two edits can't both be made. An insertion at the edge of another edit could go before or after it.
fn collide(a: &Range<usize>, b: &Range<usize>) -> bool {
    if a.is_empty() || b.is_empty() {
        a.start <= b.end && b.start <= a.end
    } else {
        a.start < b.end && b.start < a.end
    }
}

fn apply(text: &str, edits: &[Edit], settings: &FileSettings, count: usize) -> Option<Fixed> {
    if edits.is_empty() {
        return None;
    }
    let mut fixed = String::with_capacity(text.len());
    let mut end = 0;
    for (range, insert) in edits {
        fixed.push_str(text.get(end..range.start)?);
        fixed.push_str(insert);
        end = range.end;
    }
    fixed.push_str(text.get(end..)?);
    let snapshot = Snapshot::new(&fixed, settings.settings.clone());
    Some(Fixed { text: fixed, snapshot, count })
}
