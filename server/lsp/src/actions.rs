//! The edits behind code actions, in bytes of the document.

use std::collections::BTreeMap;
use std::ops::Range;

use gouji_core::rules::{Applicability, Fix};
use gouji_core::snapshot::{Found, Snapshot};
use gouji_core::text::line_break as line_break_of;

use crate::checked::Checked;

/// Replacements that do not overlap.
pub(crate) type Edits = Vec<(Range<usize>, String)>;

/// The edits of one fix.
pub(crate) fn fix(found: Found<'_>, fix: &Fix) -> Edits {
    fix.edits.iter().map(|edit| (found.report.range(edit.place), edit.text.clone())).collect()
}

/// The edits of every safe fix. Of fixes that touch the same text the first one is taken; the others are found again afterwards.
pub(crate) fn fix_all(checked: &Checked) -> Edits {
    let mut taken: BTreeMap<usize, (Range<usize>, String)> = BTreeMap::new();
    for found in checked.findings() {
        let Some(safe) =
            found.finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe)
        else {
            continue;
        };
        let edits = fix(found, safe);
        let overlaps = |(range, _): &(Range<usize>, String)| {
            let before = taken.range(..=range.start).next_back();
            let after = taken.range(range.start..).next();
            before.is_some_and(|(start, (it, _))| it.end > range.start || *start == range.start)
                || after.is_some_and(|(start, _)| *start < range.end)
        };
        if !edits.iter().any(overlaps) {
            taken.extend(edits.into_iter().map(|edit| (edit.0.start, edit)));
        }
    }
    taken.into_values().collect()
}

/// A line above the finding that silences its rule there, or one more rule in the line that is there already.
pub(crate) fn ignore_here(snapshot: &Snapshot, found: Found<'_>) -> Edits {
    let rule = &found.rule().id;
    let text = snapshot.text();
    let line = text.line_of(found.range().start);
    if let Some(above) = line.checked_sub(1).map(|above| text.line_content(above)) {
        const OPENING: &str = "<!-- gouji-ignore ";
        if let Some(at) = text.slice(above.clone()).find(OPENING) {
            let at = above.start + at + OPENING.len();
            return vec![(at..at, format!("{rule}, "))];
        }
    }
    let at = text.line_start(line);
    vec![(at..at, format!("<!-- gouji-ignore {rule}: 理由 -->{}", line_break(snapshot)))]
}

/// A line at the top that silences the finding's rule in the whole file.
pub(crate) fn ignore_in_file(snapshot: &Snapshot, found: Found<'_>) -> Edits {
    let text = snapshot.text();
    // A byte order mark stays the first character.
    let at = if text.slice(0..3) == "\u{feff}" { 3 } else { 0 };
    vec![(
        at..at,
        format!("<!-- gouji-ignore-file {}: 理由 -->{}", found.rule().id, line_break(snapshot)),
    )]
}

/// How the document ends its lines.
fn line_break(snapshot: &Snapshot) -> &'static str {
    let text = snapshot.text();
    line_break_of(&text.slice(text.line_content(0).end..text.line_start(1)))
}

#[cfg(test)]
mod tests {
    use gouji_core::engine::{Engine, Settings};

    use super::*;

    #[test]
    fn the_line_break_is_the_documents_own() {
        let settings = std::sync::Arc::new(Settings::new(Engine::builtin()));
        for (text, expected) in [
            ("", "\n"),
            ("一", "\n"),
            ("一\n二\r\n", "\n"),
            ("一\r\n二\n", "\r\n"),
            ("一\r二", "\r"),
        ] {
            assert_eq!(line_break(&Snapshot::new(text, settings.clone())), expected);
        }
    }
}
