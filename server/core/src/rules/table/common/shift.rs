//! Labels that stand in another column than those of their kind.

use super::{Shape, column_of, is_grid, shape_of};
use crate::report::{BoundRow, BoundTable};

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

struct Seen<'a> {
    row: &'a BoundRow,
    block: usize,
    depth: usize,
    column: usize,
}

impl Seen<'_> {
    /// Rows of one kind are laid out alike: equally deep, and beginning with equally many group labels. Without the latter every first row of a group
    /// would look shifted where the spans of the groups were collapsed.
    fn kind(&self) -> (usize, usize, usize) {
        (self.block, self.depth, self.row.labels.len())
    }
}

/// The rows of a grid whose own label is not in the column of most of its siblings.
pub(in crate::rules::table) fn shifted<'a>(text: &str, table: &'a BoundTable) -> Vec<Shifted<'a>> {
    if !is_grid(table.layout) {
        return Vec::new();
    }
    let seen: Vec<Seen<'a>> = table.rows.iter().filter_map(|row| see(text, table, row)).collect();
    let mut shifted = Vec::new();
    let alike = |a: &Seen<'_>, b: &Seen<'_>| {
        (a.block, a.depth) != (b.block, b.depth) || a.column == b.column
    };
    if seen.iter().enumerate().all(|(at, a)| {
        seen[at + 1..]
            .iter()
            .find(|b| (b.block, b.depth) == (a.block, a.depth))
            .is_none_or(|b| alike(a, b))
    }) {
        return shifted;
    }
    for it in &seen {
        let siblings = || seen.iter().filter(|other| other.kind() == it.kind());
        let level = seen.iter().filter(|other| (other.block, other.depth) == (it.block, it.depth));
        let own: Vec<usize> = siblings().map(|it| it.column).collect();
        let level: Vec<usize> = level.map(|it| it.column).collect();
        // Two siblings that differ say nothing of each other; then all rows of the level decide.
        let Some(expected) = usual(&own).or_else(|| usual(&level)) else { continue };
        let sibling = siblings().find(|other| other.column == expected);
        if let Some(sibling) = sibling.filter(|_| it.column != expected) {
            shifted.push(Shifted {
                row: it.row,
                column: it.column,
                expected,
                sibling: sibling.row,
            });
        }
    }
    shifted
}

/// The column of a row's first value once its label is where it belongs.
pub(in crate::rules::table) fn start_of(
    text: &str,
    table: &BoundTable,
    row: &BoundRow,
    shifted: &[Shifted<'_>],
) -> Option<usize> {
    let moved = shifted.iter().find(|it| std::ptr::eq(it.row, row)).map_or(row, |it| it.sibling);
    shape_of(text, table, moved).map(|Shape { first_value, .. }| first_value)
}

fn see<'a>(text: &str, table: &BoundTable, row: &'a BoundRow) -> Option<Seen<'a>> {
    let (block, at) = row.row?;
    let own = row.labels.last()?;
    let words = text.get(row.range.to_range())?;
    let is_one_line = memchr::memchr2(b'\n', b'\r', words.as_bytes()).is_none();
    let depth = table.spec().blocks.get(block)?.rows.get(at)?.groups.len();
    is_one_line.then(|| Seen {
        row,
        block,
        depth,
        column: column_of(text, own.range.start as usize, table.layout),
    })
}

/// The column of more than half.
fn usual(columns: &[usize]) -> Option<usize> {
    let count = |column: usize| columns.iter().filter(|it| **it == column).count();
    columns.iter().copied().find(|&column| count(column) * 2 > columns.len())
}
