//! Cells, gathered into as few findings as they have causes.

use crate::form::{CellIndex, Table};
use crate::report::{BoundRow, BoundTable, Cell, Fit};
use crate::rules::{Applicability, Edit, Finding, Sink, TableCx};
use crate::text::TextRange;

/// The cells of a table whose place is known, by index.
pub(in crate::rules::table) fn assigned(
    table: &BoundTable,
) -> impl Iterator<Item = (CellIndex, &Cell)> {
    table.cells.iter().enumerate().filter_map(|(index, cell)| Some((index, cell.as_ref()?)))
}

/// The assigned cells of a row, left to right; none for a row whose values could not be assigned.
pub(in crate::rules::table) fn values_of<'a>(
    table: &'a BoundTable,
    row: &BoundRow,
) -> impl Iterator<Item = (CellIndex, &'a Cell)> {
    let cells = match row.row {
        Some((block, at)) if row.fit == Fit::Exact => {
            let columns = table.spec().blocks[block].columns.len();
            let first = table.spec().cell_at(block, at, 0);
            first..first + columns
        }
        _ => 0..0,
    };
    cells.filter_map(|index| Some((index, table.cell(index)?)))
}

/// Cells that ask for the same thing, gathered by row or by column, whichever makes fewer groups; all of them where they are most of the table.
pub(in crate::rules::table) fn gathered(spec: &Table, cells: &[CellIndex]) -> Vec<Vec<CellIndex>> {
    if cells.len() > 2 && cells.len() * 2 > spec.cell_count {
        return vec![cells.to_vec()];
    }
    let rows = grouped(cells, |cell| (spec.locate(cell).0, spec.locate(cell).1));
    let columns = grouped(cells, |cell| (spec.locate(cell).0, spec.locate(cell).2));
    if columns.len() < rows.len() { columns } else { rows }
}

fn grouped(cells: &[CellIndex], key: impl Fn(CellIndex) -> (usize, usize)) -> Vec<Vec<CellIndex>> {
    let mut groups: Vec<((usize, usize), Vec<CellIndex>)> = Vec::new();
    for &cell in cells {
        let of = key(cell);
        match groups.iter_mut().find(|(it, _)| *it == of) {
            Some((_, group)) => group.push(cell),
            None => groups.push((of, vec![cell])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Puts a figure into a blank cell, between blanks where the cell has room for them.
pub(in crate::rules::table) fn filled(cx: &TableCx<'_>, range: TextRange, figure: &str) -> Edit {
    let behind = cx.text.get(range.end as usize..).unwrap_or("");
    let roomy = range.is_empty() && behind.starts_with("  ");
    let tight = range.is_empty() && behind.starts_with(" |");
    let place = cx.place(if roomy || tight { range.shifted(1) } else { range });
    Edit::new(place, if tight { format!("{figure} ") } else { figure.to_owned() })
}

/// Words of a table that should read otherwise.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::rules::table) struct Rewrite {
    /// Where they stand.
    pub(in crate::rules::table) range: TextRange,
    /// What should stand there.
    pub(in crate::rules::table) text: String,
    /// What a message about this one alone says.
    pub(in crate::rules::table) message: String,
}

/// One finding for all `rewrites`, at the first, with one fix for all. `None` without any.
pub(in crate::rules::table) fn one_finding(
    cx: &TableCx<'_>,
    rewrites: &[Rewrite],
    message: impl Into<String>,
    fix: Option<(&str, Applicability)>,
) -> Option<Finding> {
    let (first, others) = rewrites.split_first()?;
    let mut finding = Finding::new(cx.place(first.range), message);
    for other in others {
        finding = finding.related(cx.place(other.range), other.message.clone());
    }
    if let Some((title, applicability)) = fix {
        let edits =
            rewrites.iter().map(|it| Edit::new(cx.place(it.range), it.text.clone())).collect();
        finding = finding.fix(title, applicability, edits);
    }
    Some(finding)
}

/// One finding for the cells that are written alike wrongly: what is wrong with the first, how many there are, what to do (`advice`).
pub(in crate::rules::table) fn alike(
    cx: &TableCx<'_>,
    sink: &mut Sink<'_>,
    rewrites: &[Rewrite],
    advice: &str,
    fix: (&str, Applicability),
) {
    let Some(first) = rewrites.first() else { return };
    let more = match rewrites.len() {
        1 => String::new(),
        count => format!("（{}共 {count} 格）", cx.table.spec().name),
    };
    let message = format!("{}{more}；{advice}", first.message);
    if let Some(finding) = one_finding(cx, rewrites, message, Some(fix)) {
        sink.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Block, Column, Row};

    #[test]
    fn cells_gather_where_fewer_groups_are() {
        let block = Block {
            columns: vec![Column::default(); 3],
            rows: vec![Row::default(); 4],
            ..Block::default()
        };
        let spec = Table { blocks: vec![block], cell_count: 12, ..Table::default() };
        assert_eq!(gathered(&spec, &[2, 5, 8]), [vec![2, 5, 8]], "one column");
        assert_eq!(gathered(&spec, &[3, 4, 5]), [vec![3, 4, 5]], "one row");
        assert_eq!(gathered(&spec, &[0, 4]), [vec![0], vec![4]], "no common cause");
        assert_eq!(gathered(&spec, &[0, 1, 2, 3, 4, 5, 6, 7]).len(), 1, "most of the table");
        assert!(gathered(&spec, &[]).is_empty());
    }
}
