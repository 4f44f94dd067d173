//! The edits behind code actions, as byte ranges of the document.

use gouji_core::ide::{Edits, safe_fixes};
use gouji_core::snapshot::{Found, Snapshot};
use gouji_core::text::line_break as line_break_of;

use crate::checked::Checked;

/// The edits of all safe fixes that can be made together.
pub(crate) fn fix_all(checked: &Checked) -> Edits {
    safe_fixes(checked.findings()).edits
}

/// Suppresses the finding's rule at its line: by a directive on a line above, or by one more rule in the directive that is already there.
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

/// Suppresses the finding's rule in the whole file, by a directive at the top.
pub(crate) fn ignore_in_file(snapshot: &Snapshot, found: Found<'_>) -> Edits {
    let text = snapshot.text();
    // A byte order mark stays the first character.
    let at = if text.slice(0..3) == "\u{feff}" { 3 } else { 0 };
    vec![(
        at..at,
        format!("<!-- gouji-ignore-file {}: 理由 -->{}", found.rule().id, line_break(snapshot)),
    )]
}

/// The line break that the document uses.
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
