//! Which of a block's columns its header shows.

use std::sync::Arc;

use super::Source;
use super::runs::Token;
use crate::form::Block;
use crate::report::fold::fold;
use crate::report::model::{BoundHeader, BoundLabel};
use crate::syntax::CellKind;

/// What the words before a block's first row show of its columns: their indexes, or `None` when the words are no header at all.
///
/// Labels may be split over cells and lines (商业⏎企业) and stand in any order (总计 in the first of two header rows), so they are looked for in the
/// words as a whole. The labels of column groups are taken out first: 法人或其他组织 holds the word 其他.
pub(super) fn columns(block: &Block, folded: &str) -> Option<Vec<usize>> {
    let mut words = folded.replace('\n', "");
    let mut groups: Vec<_> = block
        .columns
        .iter()
        .flat_map(|column| &column.groups)
        .chain(block.banner.iter().map(|banner| &banner.text))
        .collect();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        words = words.replace(&fold(group), "\n");
    }
    let mut labels: Vec<(usize, String)> = Vec::new();
    for (index, column) in block.columns.iter().enumerate() {
        for wording in std::iter::once(&column.label.text).chain(&column.label.accept) {
            labels.push((index, fold(wording)));
        }
    }
    labels.sort_by_key(|(_, label)| std::cmp::Reverse(label.len()));
    let mut shown = Vec::new();
    for (index, label) in labels {
        if shown.contains(&index) {
            continue;
        }
        if let Some(at) = words.find(&label) {
            shown.push(index);
            words.replace_range(at..at + label.len(), "\n");
        }
    }
    shown.sort_unstable();
    (shown.len() * 2 > block.columns.len()).then_some(shown)
}

/// The header cells among `tokens`, with the form's wording where they have one.
pub(super) fn bound(
    source: &Source<'_>,
    tokens: &[Token],
    context: std::ops::Range<usize>,
    columns: Vec<usize>,
) -> BoundHeader {
    let mut labels = Vec::new();
    let texts: Vec<usize> = context.filter(|&at| tokens[at].kind == CellKind::Text).collect();
    let mut at = 0;
    while at < texts.len() {
        // A label may be broken over cells; the longest joined one wins.
        let found = (1..=4.min(texts.len() - at)).rev().find_map(|pieces| {
            let joined: String = texts[at..at + pieces]
                .iter()
                .map(|&piece| fold(source.words(tokens[piece])))
                .collect();
            source.lexicon.header(&joined).map(|standard| (pieces, standard.clone()))
        });
        let found = found.or_else(|| note(source, tokens, &texts[at..]));
        let pieces = found.as_ref().map_or(1, |(pieces, _)| *pieces);
        let range = tokens[texts[at]].range.cover(tokens[texts[at + pieces - 1]].range);
        labels.push(BoundLabel { range, standard: found.map(|(_, standard)| standard) });
        at += pieces;
    }
    // A sentence between the heading and the table is no part of the header.
    let first = labels.iter().position(|label| label.standard.is_some()).unwrap_or(labels.len());
    labels.drain(..first);
    let range = labels.first().map(|label| label.range.cover(labels[labels.len() - 1].range));
    BoundHeader { range, columns, labels }
}

/// The form's remark at the beginning of these cells; it may run on over lines.
fn note(source: &Source<'_>, tokens: &[Token], texts: &[usize]) -> Option<(usize, Arc<str>)> {
    let mut joined = fold(source.words(tokens[*texts.first()?]));
    let second = texts.get(1).map(|&next| fold(source.words(tokens[next]))).unwrap_or_default();
    // Broken early, the first piece alone does not tell the remark.
    let standard = source
        .lexicon
        .note(&joined)
        .or_else(|| source.lexicon.note(&(joined.clone() + &second)))?;
    let whole = fold(standard);
    let mut pieces = 1;
    for &next in &texts[1..] {
        joined.push_str(&fold(source.words(tokens[next])));
        if !whole.starts_with(&joined) {
            break;
        }
        pieces += 1;
    }
    Some((pieces, standard.clone()))
}
