//! The claims of a part after an edit. Those of lines that have not changed are taken over.

use std::ops::Range;

use super::claims::{Cues, claims, is_heading};
use super::model::BoundClaim;
use crate::form::Form;
use crate::text::{TextRange, same_ends};

/// Running text: lines of a part.
pub(super) struct Prose<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a [TextRange],
    /// Paragraphs of several of them.
    pub(super) joined: &'a [Range<u32>],
}

/// The claims in `prose`; those of lines that `before`, the same part with its claims before an edit, has too are taken over from there.
pub(super) fn kept_claims(
    form: &Form,
    cues: &Cues,
    prose: &Prose<'_>,
    before: Option<(Prose<'_>, &[BoundClaim])>,
) -> Vec<BoundClaim> {
    let Prose { text, lines, joined } = *prose;
    // Where a page's edge breaks sentences, what a line says depends on others.
    let before = before.filter(|(old, _)| joined.is_empty() && old.joined.is_empty());
    let Some((old, known)) = before else { return claims(form, cues, (text, lines, joined), "") };
    let same = |was: &TextRange, is: &TextRange| old.text[was.to_range()] == text[is.to_range()];
    let (head, mut tail) = same_ends(old.lines, lines, same);
    // What a heading says holds up to the next one.
    let has_heading =
        |it: &Prose<'_>| (head..it.lines.len() - tail).any(|at| is_heading(it.line(at)));
    if has_heading(prose) || has_heading(&old) {
        while tail > 0 && !is_heading(prose.line(lines.len() - tail)) {
            tail -= 1;
        }
    }
    let fresh = &lines[head..lines.len() - tail];
    let above = (0..head).rev().map(|at| prose.line(at)).find(|line| is_heading(line));
    let mut found = claims(form, cues, (text, fresh, &[]), above.unwrap_or(""));
    for claim in known {
        let line = old.lines.partition_point(|line| line.end <= claim.range.start);
        let now = if line < head {
            line
        } else if line >= old.lines.len() - tail {
            line + lines.len() - old.lines.len()
        } else {
            continue;
        };
        let (from, to) = (old.lines[line].start, lines[now].start);
        let moved =
            |it: TextRange| TextRange { start: it.start - from + to, end: it.end - from + to };
        let (range, number) = (moved(claim.range), moved(claim.number));
        found.push(BoundClaim { range, number, ..claim.clone() });
    }
    found.sort_by_key(|claim| (claim.range.start, claim.claim));
    found
}

impl Prose<'_> {
    fn line(&self, at: usize) -> &str {
        &self.text[self.lines[at].to_range()]
    }
}
