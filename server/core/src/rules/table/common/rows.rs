//! Which rows of the form a table has.

use crate::report::{BoundRow, BoundTable, Fit, Value, fold};
use crate::text::TextRange;

/// Words for sums that a drafter adds below a group; they are neither wrong nor unknown.
const SUMS: [&str; 2] = ["小计", "合计"];

/// The row of the table that stands for a row of the form.
pub(in crate::rules::table) fn row_at(
    table: &BoundTable,
    block: usize,
    row: usize,
) -> Option<&BoundRow> {
    table.rows.iter().find(|it| it.row == Some((block, row)))
}

/// Rows with a label that the form has, and how many of them the table shows.
pub(in crate::rules::table) fn rows_shown(table: &BoundTable) -> (usize, usize) {
    let labelled = table.spec().rows().filter(|(_, _, row)| !row.label.text.is_empty());
    // Rows nearly always stand in the form's order: the next one is looked at first.
    let mut next = table.rows.iter().peekable();
    labelled.fold((0, 0), |(shown, all), (block, row, _)| {
        let is_next = next.next_if(|it| it.row == Some((block, row))).is_some();
        (shown + usize::from(is_next || row_at(table, block, row).is_some()), all + 1)
    })
}

/// Whether at least half of the rows are there. With fewer it is the table that is missing, not twenty rows.
pub(in crate::rules::table) fn is_there(table: &BoundTable) -> bool {
    let (shown, all) = rows_shown(table);
    table.unreadable.is_some() || shown * 2 >= all
}

/// The label of a row that is not there because its value left nothing: bare cells show no blank one.
pub(in crate::rules::table) fn lone_label(
    text: &str,
    table: &BoundTable,
    block: usize,
    row: usize,
) -> Option<TextRange> {
    let label = &table.spec().blocks.get(block)?.rows.get(row)?.label;
    let before = table.rows.iter().filter(|it| it.row.is_some_and(|at| at < (block, row)));
    let after = table.rows.iter().find(|it| it.row.is_some_and(|at| at > (block, row)));
    let from = before.map(|it| it.range.end).max().unwrap_or(table.range.start) as usize;
    let to = after.map_or(table.range.end, |it| it.range.start) as usize;
    let wordings: Vec<String> =
        std::iter::once(&label.text).chain(&label.accept).map(|wording| fold(wording)).collect();
    let mut at = from;
    for line in text.get(from..to)?.split_inclusive(['\n', '\r']) {
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '|');
        if !words.is_empty() && wordings.contains(&fold(words)) {
            let start = at + line.find(words).unwrap_or(0);
            return Some(TextRange::new(start, start + words.len()));
        }
        at += line.len();
    }
    None
}

/// Rows with figures whose label the form does not know, sums aside.
pub(in crate::rules::table) fn unknown_rows<'a>(
    text: &'a str,
    table: &'a BoundTable,
) -> impl Iterator<Item = &'a BoundRow> {
    let is_sum = |label: &str| SUMS.iter().any(|sum| label.ends_with(sum));
    table.rows.iter().filter(move |row| {
        let unknown = row.row.is_none() && row.fit == Fit::Extra;
        let own = row.labels.last().filter(|label| unknown && label.standard.is_none());
        let label = own.and_then(|it| text.get(it.range.to_range())).map(fold).unwrap_or_default();
        let has_figures = || row.values.iter().any(|cell| cell.value != Value::Blank);
        !label.is_empty() && !is_sum(&label) && has_figures()
    })
}

/// The missing row that an unknown label is a slip for: at most three characters differ, and most do not.
pub(in crate::rules::table) fn meant(table: &BoundTable, label: &str) -> Option<(usize, usize)> {
    let label = fold(label);
    let missing = table.spec().rows().filter(|&(block, row, spec)| {
        !spec.label.text.is_empty() && row_at(table, block, row).is_none()
    });
    let near = missing.filter_map(|(block, row, spec)| {
        let standard = fold(&spec.label.text);
        let distance = strsim::levenshtein(&label, &standard);
        (distance <= 3 && distance * 3 <= standard.chars().count())
            .then_some((distance, block, row))
    });
    near.min().map(|(_, block, row)| (block, row))
}
