//! The edits of fixes: of one fix, and of all safe fixes of a document together.

use std::collections::BTreeMap;

use super::Edits;
use crate::rules::{Applicability, Fix};
use crate::snapshot::Found;

/// The safe fixes of a document that can be made together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeFixes {
    /// What they write, in the order of the text.
    pub edits: Edits,
    /// How many fixes that is.
    pub count: usize,
}

/// What a fix of a finding writes, in bytes of the document.
pub fn fix_edits(found: Found<'_>, fix: &Fix) -> Edits {
    fix.edits.iter().map(|edit| (found.report.range(edit.place), edit.text.clone())).collect()
}

/// The fix of a finding that may run unattended.
pub fn safe_fix<'a>(found: &Found<'a>) -> Option<&'a Fix> {
    found.finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
}

/// The safe fixes of `findings`, which must be in the order of the text. Of fixes that touch the same text only the first is taken; the findings of the
/// others are still there afterwards.
pub fn safe_fixes<'a>(findings: impl Iterator<Item = Found<'a>>) -> SafeFixes {
    let mut taken: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    let mut count = 0;
    for found in findings {
        let Some(fix) = safe_fix(&found) else { continue };
        let edits = fix_edits(found, fix);
        let text = found.report.snapshot().text();
        let changes = edits.iter().any(|(range, insert)| text.slice(range.clone()) != **insert);
        // An insertion at the edge of another edit could go before or after it.
        let touches = |start: usize, end: usize| {
            let before = taken.range(..=start).next_back();
            let behind = taken.range(start..).next();
            before.is_some_and(|(&at, &(to, _))| {
                to > start || at == start || (end == start && to == start)
            }) || behind.is_some_and(|(&at, &(to, _))| at < end || (at == to && at == end))
        };
        if changes && !edits.iter().any(|(range, _)| touches(range.start, range.end)) {
            taken.extend(
                edits.into_iter().map(|(range, insert)| (range.start, (range.end, insert))),
            );
            count += 1;
        }
    }
    let edits = taken.into_iter().map(|(start, (end, insert))| (start..end, insert)).collect();
    SafeFixes { edits, count }
}

/// `text` with `edits` applied. `None` unless they are in order, do not overlap and lie between characters: to apply some of them would corrupt the text.
pub fn apply_edits(text: &str, edits: &Edits) -> Option<String> {
    let mut new = String::with_capacity(text.len());
    let mut end = 0;
    for (range, insert) in edits {
        new.push_str(text.get(end..range.start)?);
        new.push_str(insert);
        end = range.end;
    }
    new.push_str(text.get(end..)?);
    Some(new)
}
