//! Which row of which table the words before a run of values name.

use super::Source;
use super::runs::{Run, Token};
use crate::report::fold::{fold, fold_into};
use crate::report::lexicon::RowRef;
use crate::syntax::{CellKind, Shape};

/// A label may be broken over so many cells: a character a line in the header, four pieces of a wrapped label.
const PIECES: usize = 6;
/// Words longer than this are prose.
const LONGEST_PIECE: usize = 300;

/// The rows that a run's words may name, and the tokens of the label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) rows: Vec<RowRef>,
    pub(super) label: std::ops::Range<usize>,
}

/// Names the row of `run`. Tries, in this order: the last cell, the last cells joined, the end of the joined words, a typo, a remark in brackets, and
/// the beginning of a label that goes on below its values.
pub(super) fn name(source: &Source<'_>, tokens: &[Token], run: &Run) -> Named {
    let pieces: Vec<usize> = run
        .context
        .clone()
        .rev()
        .filter(|&at| {
            tokens[at].kind == CellKind::Text
                && tokens[at].range.len() <= LONGEST_PIECE
                && !is_upright(source, tokens[at])
        })
        .take(PIECES)
        .collect();
    let Some(&last) = pieces.first() else { return Named::default() };
    let lexicon = source.lexicon;
    let folded = fold(source.words(tokens[last]));
    let named =
        |rows: &[RowRef], first: usize| Named { rows: rows.to_vec(), label: first..last + 1 };
    let rows = lexicon.rows(&folded);
    if !rows.is_empty() {
        return named(rows, last);
    }
    let mut joined = folded.clone();
    for &piece in &pieces[1..] {
        joined = fold(source.words(tokens[piece])) + &joined;
        let rows = lexicon.rows(&joined);
        if !rows.is_empty() {
            return named(rows, piece);
        }
    }
    let rows = lexicon.rows_ending(&joined);
    // A short label at the end of other words is not yet a row: 其他主动公开的规章.
    if rows.iter().any(|row| !row.weak) && ends_at_piece(source, tokens, &pieces, rows) {
        return named(rows, last);
    }
    let rows = lexicon.rows_near(&folded);
    if !rows.is_empty() {
        return named(rows, last);
    }
    let words = source.words(tokens[last]);
    if let Some(remark) = words.rfind(['（', '(']).filter(|&at| at > 0) {
        let rows = lexicon.rows(&fold(&words[..remark]));
        if !rows.is_empty() {
            return named(rows, last);
        }
    }
    if matches!(tokens[last].shape, Shape::Bare | Shape::Spaced) {
        let rows = lexicon.rows_wrapped(&joined);
        let first = rows.first().map(|row| (row.form, row.table, row.block, row.row));
        // 属于行政… begins two labels: only its neighbours can tell which.
        if rows.iter().all(|row| {
            Some((row.table, row.block, row.row))
                == first.map(|(_, table, block, it)| (table, block, it))
                || Some(row.form) != first.map(|it| it.0)
        }) {
            return Named {
                rows,
                label: pieces[pieces.len() - 1].max(last.saturating_sub(2))..last + 1,
            };
        }
    }
    Named::default()
}

/// The folds of all words of a context, for header labels.
pub(super) fn folded_context(
    source: &Source<'_>,
    tokens: &[Token],
    context: std::ops::Range<usize>,
) -> String {
    let mut folded = String::new();
    for token in tokens[context]
        .iter()
        .filter(|token| token.kind == CellKind::Text && token.range.len() <= LONGEST_PIECE)
    {
        fold_into(source.words(*token), &mut folded);
        folded.push('\n');
    }
    folded
}

/// 三、本年度办理结果 is printed upright beside its rows: in the text of a PDF its characters stand alone between other words.
fn is_upright(source: &Source<'_>, token: Token) -> bool {
    token.shape == Shape::Bare && source.words(token).chars().count() == 1
}

/// Does the label begin where a piece begins (with a numeral or a group's label before it), or is it long enough to stand by itself?
fn ends_at_piece(source: &Source<'_>, tokens: &[Token], pieces: &[usize], rows: &[RowRef]) -> bool {
    let Some(row) = rows.first() else { return false };
    let label = &source.lexicon.forms[row.form].tables[row.table].blocks[row.block].rows[row.row]
        .label
        .text;
    // 其他主动公开文件（不含规范性文件） names in its remark what it is not.
    let closes = |words: &str| words.trim_end().ends_with(['）', ')']);
    if pieces.first().is_some_and(|&last| closes(source.words(tokens[last]))) && !closes(label) {
        return false;
    }
    let label = fold(label);
    label.chars().count() >= 6
        || pieces.iter().any(|&piece| {
            let words = fold(source.words(tokens[piece]));
            source.lexicon.group(words.strip_suffix(&*label).unwrap_or(&words)).is_some()
        })
}
