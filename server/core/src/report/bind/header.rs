//! Which of a block's columns its header shows.

use std::ops::Range;
use std::sync::Arc;

use super::{Candidate, Page};
use crate::form::{Block, Column, Form};
use crate::report::fold::fold;
use crate::report::header::HeaderWords;
use crate::report::model::{BoundHeader, BoundLabel};
use crate::syntax::Shape;
use crate::text::TextRange;

/// A header cell may be broken over so many lines.
const PIECES: usize = 4;

/// What the words before a block's first row show of its columns: their indexes, or `None` when the words are no header at all.
///
/// Labels may be split over cells and lines (商业⏎企业) and stand in any order (总计 in the first of two header rows), so they are looked for in the
/// words as a whole. The labels of column groups are taken out first: 法人或其他组织 holds the word 其他.
pub(super) fn columns(header: &HeaderWords, folded: &str) -> Option<Vec<usize>> {
    if !header.labels.iter().any(|(_, label)| label.find(folded).is_some()) {
        return None;
    }
    let mut words = folded.to_owned();
    for group in &header.groups {
        group.replace_in(&mut words, "\n");
    }
    let mut shown = Vec::with_capacity(header.columns);
    for (index, label) in &header.labels {
        if shown.contains(index) {
            continue;
        }
        if let Some(at) = label.find(&words) {
            shown.push(*index);
            words.replace_range(at..at + label.words().len(), "\n");
        }
    }
    shown.sort_unstable();
    (shown.len() * 2 > header.columns).then_some(shown)
}

/// Do most of the block's labels, each counted once, stand in cells of `context`? Repeated ones may be gone.
pub(super) fn is_shown(page: &Page<'_>, context: Range<usize>, block: &Block) -> bool {
    let mut due: Vec<&str> = Vec::new();
    for column in &block.columns {
        due.push(&column.label.text);
        due.extend(column.groups.iter().map(String::as_str));
    }
    due.sort_unstable();
    due.dedup();
    let bound = bound(page, context, Vec::new());
    let mut shown: Vec<&str> =
        bound.labels.iter().filter_map(|it| it.standard.as_deref()).collect();
    shown.sort_unstable();
    shown.dedup();
    shown.retain(|label| due.contains(label));
    shown.len() * 2 > due.len()
}

/// The column of a line in which the first value stands, where each header cell stands above its values: the first and the last are as far apart as
/// the values are.
pub(super) fn grid(
    page: &Page<'_>,
    context: &Range<usize>,
    block: &Block,
    columns: &[usize],
) -> Option<u16> {
    let column = |of: usize| {
        let label = &block.columns[of].label.text;
        page.tokens.labels_before(context.clone()).find_map(|at| {
            let token = page.tokens.list[at];
            let standard = page.source.lexicon.header(page.tokens.fold(at))?;
            let in_line = matches!(token.shape, Shape::Tabbed | Shape::Piped);
            (in_line && **standard == **label).then_some(token.column)
        })
    };
    let first = column(*columns.first()?)?;
    let last = column(*columns.last()?)?;
    (usize::from(last) + 1 == usize::from(first) + columns.len()).then_some(first)
}

/// Is `folded` a wording of the column's label?
pub(super) fn names(page: &Page<'_>, folded: &str, column: &Column) -> bool {
    page.source.lexicon.header(folded).is_some_and(|standard| **standard == *column.label.text)
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
    BoundHeader { range, columns, labels, foreign: None }
}

/// The label of another form's block in a header that shows none of its own block's columns.
pub(super) fn foreign(
    page: &Page<'_>,
    Candidate { form, spec: own, .. }: Candidate<'_>,
    block: usize,
    header: &BoundHeader,
) -> Option<TextRange> {
    let forms = &page.source.lexicon.forms;
    let shows = |block: &Block, label: &BoundLabel| {
        label
            .standard
            .as_deref()
            .is_some_and(|it| block.columns.iter().any(|c| *c.label.text == *it))
    };
    if header.labels.iter().any(|label| own.blocks.iter().any(|block| shows(block, label))) {
        return None;
    }
    let is_other = |it: &&Arc<Form>| it.family == forms[form].family && it.id != forms[form].id;
    let mut blocks = forms
        .iter()
        .filter(is_other)
        .filter_map(|other| other.tables.iter().find(|it| it.id == own.id)?.blocks.get(block));
    let label = blocks.find_map(|block| header.labels.iter().find(|label| shows(block, label)))?;
    Some(label.range)
}

/// The form's remark at the beginning of these cells; it may run on over lines.
fn note(page: &Page<'_>, texts: &[usize]) -> Option<(usize, Arc<str>)> {
    let first = *texts.first()?;
    // In a narrow column the first pieces alone do not tell the remark.
    let begins = texts.iter().take(2 * PIECES).map(|&last| page.tokens.joined(first, last));
    let standard = begins.into_iter().find_map(|words| page.source.lexicon.note(words))?.clone();
    let whole = fold(&standard);
    let more =
        texts[1..].iter().take_while(|&&next| whole.starts_with(page.tokens.joined(first, next)));
    Some((1 + more.count(), standard))
}
