//! What an edit binds, before it is checked: for what cannot wait for findings.

use std::ops::Range;
use std::sync::Arc;

use super::Snapshot;
use super::state::{Checks, ReportState};

impl Snapshot {
    /// What `edits` make of the text, each applied to what the one before has left: bound but not checked, so that its findings are those of
    /// before. Not to be edited any further, but to be [completed](Snapshot::completed).
    #[must_use]
    pub fn glance<'a>(&self, edits: impl IntoIterator<Item = (Range<usize>, &'a str)>) -> Self {
        let mut glance = self.clone();
        // Counted by reports, of which there may be others now.
        glance.unsuppressed = None;
        for (range, insert) in edits {
            glance.apply(range, insert, Checks::Skip);
        }
        glance
    }

    /// A glance at edits of this state, checked: the state that the edits make, without binding anything again. `None` where they have changed
    /// more than one part, or a report's head or form.
    #[must_use]
    pub fn completed(&self, mut glance: Self) -> Option<Self> {
        let is_of_reports = self.loose.is_none() && glance.loose.is_none() && !self.is_settled;
        if !is_of_reports || glance.reports.len() != self.reports.len() {
            return None;
        }
        for (new, old) in Arc::make_mut(&mut glance.reports).iter_mut().zip(&*self.reports) {
            if !Arc::ptr_eq(new, old) {
                *new = Arc::new(new.checked(&self.settings, changed_part(new, old)?, old));
            }
        }
        glance.suppress();
        Some(glance)
    }
}

/// The index of the only part that differs, where head and form are the same.
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
