//! Snapshots that are bound but not checked, for requests that cannot wait for findings.

use std::ops::Range;
use std::sync::Arc;

use super::Snapshot;
use super::state::{Checks, ReportState};

impl Snapshot {
    /// The state after `edits`, each applied to the text that the one before has left; bound but not checked, so its findings are the old ones. It must not
    /// be edited any further, but [completed](Snapshot::completed).
    #[must_use]
    pub fn bound<'a>(&self, edits: impl IntoIterator<Item = (Range<usize>, &'a str)>) -> Self {
        let mut bound = self.clone();
        // Indexed by report, and there may be other reports now.
        bound.unsuppressed = None;
        for (range, insert) in edits {
            bound.apply(range, insert, Checks::Skip);
        }
        bound
    }

    /// Checks a bound snapshot that was made from this state, without binding anything again. `None` if the edits have changed more than one part, or the head or
    /// form of a report.
    #[must_use]
    pub fn completed(&self, mut bound: Self) -> Option<Self> {
        let is_of_reports = self.loose.is_none() && bound.loose.is_none() && !self.is_settled;
        if !is_of_reports || bound.reports.len() != self.reports.len() {
            return None;
        }
        for (new, old) in Arc::make_mut(&mut bound.reports).iter_mut().zip(&*self.reports) {
            if !Arc::ptr_eq(new, old) {
                *new = Arc::new(new.checked(&self.settings, changed_part(new, old)?, old));
            }
        }
        bound.suppress();
        Some(bound)
    }
}

/// The index of the part that differs, if it is the only one and head and form are the same.
fn changed_part(new: &ReportState, old: &ReportState) -> Option<usize> {
    let is_same_report = new.form == old.form
        && Arc::ptr_eq(&new.report.head, &old.report.head)
        && new.parts.len() == old.parts.len();
    let mut changed =
        (0..new.parts.len()).filter(|&at| !Arc::ptr_eq(&new.parts[at], &old.parts[at]));
    match (changed.next(), changed.next()) {
        (Some(at), None) if is_same_report => Some(at),
        _ => None,
    }
}
