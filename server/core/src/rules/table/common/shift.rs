//! Labels that stand in another column than those of their kind.

use super::is_grid;
use crate::report::{BoundRow, BoundTable, Layout};

/// A row whose label stands in the wrong column.
pub(in crate::rules::table) struct Shifted<'a> {
    /// The row.
    pub(in crate::rules::table) row: &'a BoundRow,
    /// The column of its label.
    pub(in crate::rules::table) column: usize,
    /// The column that its siblings share.
    pub(in crate::rules::table) expected: usize,
    /// A sibling that stands right.
    pub(in crate::rules::table) sibling: &'a BoundRow,
}

/// The rows of a grid whose own label is not in the column of most of its siblings.
pub(in crate::rules::table) fn shifted(table: &BoundTable) -> Vec<Shifted<'_>> {
    if !is_grid(table.layout) || has_idle_column(table) {
        return Vec::new();
    }
    let mut seen: Vec<((usize, usize), usize, &BoundRow)> = (table.rows.iter())
        .filter_map(|row| Some((level_of(table, row)?, row.columns?.0 as usize, row)))
        .collect();
    // The rows of a level stay in the order of the text.
    seen.sort_unstable_by_key(|(level, _, row)| (*level, row.range.start));
    let levels = seen.chunk_by(|one, other| one.0 == other.0);
    let uneven = levels.filter(|level| level.iter().any(|it| it.1 != level[0].1));
    let mut shifted: Vec<_> = uneven.flat_map(in_level).filter(|it| !goes_on(table, it)).collect();
    shifted.sort_unstable_by_key(|it| it.row.range.start);
    shifted
}

/// Does a column stand between all labels and all values in which neither is? What reads a PDF sees columns where there are none, and puts a label that
/// is set in the middle into any of them.
fn has_idle_column(table: &BoundTable) -> bool {
    let columns =
        || table.rows.iter().filter(|row| row.row.is_some()).filter_map(|row| row.columns);
    let last_label = columns().map(|(label, _)| label).max();
    let first_value = columns().map(|(_, value)| value).min();
    last_label.zip(first_value).is_some_and(|(label, value)| label + 1 < value)
}

/// Block and depth of a row with a label.
fn level_of(table: &BoundTable, row: &BoundRow) -> Option<(usize, usize)> {
    let (block, at) = row.row?;
    let spec = table.spec().blocks.get(block)?.rows.get(at)?;
    (!spec.label.text.is_empty()).then_some((block, spec.groups.len()))
}

/// The shifted rows among those of one depth.
///
/// Rows that begin with equally many group labels are siblings. Were all rows of the depth, the first row of every group would look shifted where the
/// spans of the groups were collapsed.
fn in_level<'a>(level: &[((usize, usize), usize, &'a BoundRow)]) -> Vec<Shifted<'a>> {
    let all: Vec<usize> = level.iter().map(|it| it.1).collect();
    let mut shifted = Vec::new();
    for &(_, column, row) in level {
        let siblings = || level.iter().filter(|it| it.2.labels.len() == row.labels.len());
        let own: Vec<usize> = siblings().map(|it| it.1).collect();
        // Two siblings that differ say nothing of each other; then all rows of the level decide.
        let Some(expected) = usual(&own).or_else(|| usual(&all)) else { continue };
        let sibling = siblings().find(|it| it.1 == expected).map(|it| it.2);
        if let Some(sibling) = sibling.filter(|_| column != expected) {
            shifted.push(Shifted { row, column, expected, sibling });
        }
    }
    shifted
}

/// Do the values stand as far from where its sibling's are as the label does? In Markdown that is a row of a narrower table, which goes on behind a page's
/// end: `| （七）总计 | 246 |` below `| 三、… | （六）… | 3.其他 | 3 |`. Between tabs a row slips as a whole where one is lost before it.
fn goes_on(table: &BoundTable, it: &Shifted<'_>) -> bool {
    let between = |row: &BoundRow| row.columns.and_then(|(label, value)| value.checked_sub(label));
    table.layout == Layout::Markdown && between(it.row) == between(it.sibling)
}

/// The column of more than half.
pub(in crate::rules::table) fn usual(columns: &[usize]) -> Option<usize> {
    let count = |column: usize| columns.iter().filter(|it| **it == column).count();
    columns.iter().copied().find(|&column| count(column) * 2 > columns.len())
}
