//! Which of a block's columns its header shows.

use std::ops::Range;
use std::sync::Arc;

use super::Page;
use crate::report::fold::fold;
use crate::report::lexicon::HeaderWords;
use crate::report::model::{BoundHeader, BoundLabel};

/// A header cell may be broken over so many lines.
const PIECES: usize = 4;

/// What the words before a block's first row show of its columns: their indexes, or `None` when the words are no header at all.
///
/// Labels may be split over cells and lines (商业⏎企业) and stand in any order (总计 in the first of two header rows), so they are looked for in the
/// words as a whole. The labels of column groups are taken out first: 法人或其他组织 holds the word 其他.
pub(super) fn columns(header: &HeaderWords, folded: &str) -> Option<Vec<usize>> {
    if !header.labels.iter().any(|(_, label)| folded.contains(label.as_str())) {
        return None;
    }
    let mut words = folded.to_owned();
    for group in &header.groups {
        words = words.replace(group.as_str(), "\n");
    }
    let mut shown = Vec::with_capacity(header.columns);
    for (index, label) in &header.labels {
        if shown.contains(index) {
            continue;
        }
        if let Some(at) = words.find(label.as_str()) {
            shown.push(*index);
            words.replace_range(at..at + label.len(), "\n");
        }
    }
    shown.sort_unstable();
    (shown.len() * 2 > header.columns).then_some(shown)
}

/// The header cells in `context`, with the form's wording where they have one.
pub(super) fn bound(page: &Page<'_>, context: Range<usize>, columns: Vec<usize>) -> BoundHeader {
    let mut texts: Vec<usize> = page.tokens.labels_before(context).collect();
    texts.reverse();
    let mut labels = Vec::new();
    let mut at = 0;
    while at < texts.len() {
        // A label may be broken over cells; the longest joined one wins.
        let found = (1..=PIECES.min(texts.len() - at)).rev().find_map(|pieces| {
            let joined = page.tokens.joined(texts[at], texts[at + pieces - 1]);
            page.source.lexicon.header(joined).map(|standard| (pieces, standard.clone()))
        });
        let found = found.or_else(|| note(page, &texts[at..]));
        let pieces = found.as_ref().map_or(1, |(pieces, _)| *pieces);
        let (first, last) = (page.tokens.list[texts[at]], page.tokens.list[texts[at + pieces - 1]]);
        let standard = found.map(|(_, standard)| standard);
        labels.push(BoundLabel { range: first.range.cover(last.range), standard });
        at += pieces;
    }
    // A sentence between the heading and the table is no part of the header.
    let first = labels.iter().position(|label| label.standard.is_some()).unwrap_or(labels.len());
    labels.drain(..first);
    let range = labels.first().map(|label| label.range.cover(labels[labels.len() - 1].range));
    BoundHeader { range, columns, labels }
}

/// The form's remark at the beginning of these cells; it may run on over lines.
fn note(page: &Page<'_>, texts: &[usize]) -> Option<(usize, Arc<str>)> {
    let first = *texts.first()?;
    let second = texts.get(1).copied().unwrap_or(first);
    // Broken early, the first piece alone does not tell the remark.
    let begins = [page.tokens.fold(first), page.tokens.joined(first, second)];
    let standard = begins.into_iter().find_map(|words| page.source.lexicon.note(words))?.clone();
    let whole = fold(&standard);
    let more =
        texts[1..].iter().take_while(|&&next| whole.starts_with(page.tokens.joined(first, next)));
    Some((1 + more.count(), standard))
}
