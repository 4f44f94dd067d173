//! A block without row labels that the text prints in parts: a small table for each group of its columns, or a row for each.

use std::ops::Range;

use super::assign::{self, Instance};
use super::fit::Row;
use super::{Candidate, Page};
use crate::report::header::HeaderWords;

/// The row that `run` is a part of, and the columns that it holds: as many as the one group has that stands before it.
///
/// Where the words before it name several groups, they are the header of the whole block, and its values are not all there.
pub(super) fn part_of(
    page: &Page<'_>,
    run: usize,
    Candidate { form, table, spec }: Candidate<'_>,
    open: Option<&Instance>,
) -> Option<((usize, usize), Range<usize>)> {
    let lexicon = page.source.lexicon;
    let named = &page.runs[run];
    if page.source.section != Some(spec.section) || named.named.rows.iter().any(|row| !row.weak) {
        return None;
    }
    let (block, words) = (0..spec.blocks.len())
        .map(|block| (block, lexicon.header_words(form, table, block)))
        .find(|(_, words)| words.parts.len() > 1)?;
    let columns = named_columns(page, run, words)?;
    let row = Row::new(page.values(run), false);
    let is_whole = row.cells.len() == columns.len() || row.width() == columns.len();
    let entries = || open.into_iter().flat_map(|it| &it.entries);
    let mut before = entries().filter(|entry| entry.row == Some((block, 0)));
    // In whatever order they stand, each once.
    let is_apart = |part: &Range<usize>| part.end <= columns.start || columns.end <= part.start;
    let is_new = before.all(|entry| entry.part.as_ref().is_some_and(is_apart));
    (is_whole && is_new).then_some(((block, 0), columns))
}

fn named_columns(page: &Page<'_>, run: usize, words: &HeaderWords) -> Option<Range<usize>> {
    let context = assign::header_context(page, &page.runs[run].run.context);
    let mut found: Option<&Range<usize>> = None;
    // Cells between the group and its values, the last first.
    let mut below = Vec::new();
    for at in page.tokens.labels_before(context) {
        let folded = page.tokens.fold(at);
        let group = words.parts.iter().find(|(_, group)| group.find(folded).is_some());
        let Some((group, _)) = group.filter(|_| is_header(words, folded)) else {
            below.extend(found.is_none().then_some(at));
            continue;
        };
        if found.is_some_and(|found| found != group) {
            return None;
        }
        found = Some(group);
    }
    let group = found?;
    let between = match (below.last(), below.first()) {
        (Some(&first), Some(&last)) => page.tokens.joined(first, last),
        _ => "",
    };
    shows_all_or_none(words, group, between).then(|| group.clone())
}

/// The text of a PDF may have the headers of two groups among each other, and then their values.
fn shows_all_or_none(words: &HeaderWords, group: &Range<usize>, between: &str) -> bool {
    let of = |column: usize| words.labels.iter().filter(move |(index, _)| *index == column);
    let mut rest = between;
    let in_order = group.clone().all(|column| {
        let found = of(column).find_map(|(_, label)| Some(label.find(rest)? + label.words().len()));
        found.map(|end| rest = &rest[end..]).is_some()
    });
    let shows = |text: &str| {
        group.clone().any(|column| of(column).any(|(_, label)| label.find(text).is_some()))
    };
    if in_order { !shows(rest) } else { !shows(between) }
}

/// Nothing but groups: 行政诉讼（未经复议直接起诉）, and no sentence about them.
fn is_header(words: &HeaderWords, folded: &str) -> bool {
    let mut rest = folded.to_owned();
    for group in &words.groups {
        group.replace_in(&mut rest, "");
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::hits;

    #[test]
    fn groups_are_read_in_any_order() {
        let table = "青石县水利局2024年政府信息公开工作年度报告
四、政府信息公开行政复议、行政诉讼情况
| 类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
|---|---|---|---|---|---|
| 复议后起诉 | 8 | 0 | 1 | 1 | 10 |
| 行政复议 | 27 | 10 | 9 | 15 | 62 |
| 未经复议直接起诉 | 3 | 0 | 0 | 0 | 3 |
";
        let found = hits(table, "review-total");
        assert_eq!(found.iter().map(|hit| hit.words.as_str()).collect::<Vec<_>>(), ["62"]);
        assert!(hits(table, "suit-after-review-total").is_empty());
        assert!(hits(table, "table-cell-blank").is_empty());
    }
}
