//! Which row of which table the words before a run of values name.

use std::borrow::Cow;
use std::ops::Range;

use super::Source;
use super::runs::{Run, Tokens};
use crate::report::fold::fold;
use crate::report::lexicon::RowRef;
use crate::syntax::{CellKind, Shape};

/// A label may be broken over so many cells: four pieces of a wrapped label and what stands above it.
const PIECES: usize = 6;

/// The rows that a run's words may name, and the tokens of the label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub(super) rows: Cow<'a, [RowRef]>,
    pub(super) label: Range<usize>,
}

/// Names the row of `run`. Tries, in this order: the last cell, the last cells joined, the end of the joined words, a typo, a remark in brackets, and
/// the beginning of a label that goes on below its values. Blanks alone (`filled` is false) are a row only behind its exact label.
pub(super) fn name<'a>(
    source: &Source<'a>,
    tokens: &Tokens<'_>,
    run: &Run,
    filled: bool,
) -> Named<'a> {
    let lexicon = source.lexicon;
    let mut pieces = tokens.labels_before(run.context.clone()).take(PIECES);
    let Some(last) = pieces.next() else { return Named::default() };
    let named = |rows: &'a [RowRef], first: usize| Named {
        rows: Cow::Borrowed(rows),
        label: first..last + 1,
    };
    let folded = tokens.fold(last);
    let rows = lexicon.rows(folded);
    if !rows.is_empty() && !goes_on(source.words(tokens.list[last])) {
        return named(rows, last);
    }
    let mut first = last;
    for piece in pieces {
        first = piece;
        let rows = lexicon.rows(tokens.joined(first, last));
        if !rows.is_empty() {
            return named(rows, first);
        }
    }
    if !filled {
        return Named::default();
    }
    let joined = tokens.joined(first, last);
    let rows = lexicon.rows_ending(joined);
    // A short label at the end of other words is not yet a row: 其他主动公开的规章.
    if rows.iter().any(|row| !row.weak) && stands_alone(source, tokens, first..last + 1, rows) {
        return named(rows, last);
    }
    let rows = lexicon.rows_near(folded);
    if !rows.is_empty() {
        return named(rows, last);
    }
    let words = source.words(tokens.list[last]);
    for (remark, _) in words.match_indices(['（', '(']).filter(|(at, _)| *at > 0) {
        let rows = lexicon.rows(&fold(&words[..remark]));
        if !rows.is_empty() {
            return named(rows, last);
        }
    }
    if matches!(tokens.list[last].shape, Shape::Bare | Shape::Spaced) {
        let rows = lexicon.rows_wrapped(joined);
        if is_one_row(&rows) {
            let first = first.max(last.saturating_sub(2));
            return Named { rows: Cow::Owned(rows), label: first..last + 1 };
        }
    }
    upright(source, tokens, run).unwrap_or_default()
}

/// Whether words close a bracket that they don't open: 其他情形） is the end of a label broken over lines, not the row 其他.
fn goes_on(words: &str) -> bool {
    let mut open = 0_usize;
    words.chars().any(|c| match c {
        '（' | '(' => {
            open += 1;
            false
        }
        '）' | ')' => open.checked_sub(1).map(|less| open = less).is_none(),
        _ => false,
    })
}

/// A label in a column so narrow that it is printed upright, wholly or in part: `规⏎章 0 0 0`.
fn upright<'a>(source: &Source<'a>, tokens: &Tokens<'_>, run: &Run) -> Option<Named<'a>> {
    const LONGEST: usize = 12;
    let words = run.context.clone().rev().take(LONGEST);
    let mut label = String::new();
    for at in words.take_while(|&at| tokens.list[at].kind == CellKind::Text) {
        label.insert_str(0, &fold(source.words(tokens.list[at])));
        let rows = source.lexicon.rows(&label);
        if !rows.is_empty() && at + 1 < run.context.end {
            return Some(Named { rows: Cow::Borrowed(rows), label: at..run.context.end });
        }
    }
    None
}

/// 属于行政… begins two labels of a form: only its neighbours can tell which. One row in each of several forms is fine.
fn is_one_row(rows: &[RowRef]) -> bool {
    let place = |row: &RowRef| (row.table, row.block, row.row);
    rows.iter()
        .all(|row| rows.iter().all(|other| row.form != other.form || place(row) == place(other)))
}

/// Does the label begin where a piece begins (with a numeral or a group's label before it), or is it long enough to stand by itself?
fn stands_alone(
    source: &Source<'_>,
    tokens: &Tokens<'_>,
    pieces: Range<usize>,
    rows: &[RowRef],
) -> bool {
    let Some(row) = rows.first() else { return false };
    let label = source.lexicon.row_label(*row);
    // 其他主动公开文件（不含规范性文件） names in its remark what it is not.
    let closes = |words: &str| words.trim_end().ends_with(['）', ')']);
    let last = tokens.labels_before(pieces.clone()).next();
    if last.is_some_and(|last| closes(source.words(tokens.list[last]))) && !closes(label) {
        return false;
    }
    let label = fold(label);
    label.chars().count() >= 6
        || tokens.labels_before(pieces).any(|piece| {
            let words = tokens.fold(piece);
            source.lexicon.group(words.strip_suffix(&*label).unwrap_or(words)).is_some()
        })
}
