//! Whether a table's values can be known at all: labels, lines or columns may be gone. Nowhere else in `bind` is a digit read, and here only where
//! rows lack values: `report::typed` counts on it.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::Source;
use super::fit::{Place, Row};
use crate::report::model::{Layout, Unreadable};
use crate::report::value;
use crate::syntax::{CellKind, Shape};

/// A block's rows with their places.
pub(super) struct Block<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) places: Vec<Place>,
    pub(super) columns: usize,
}

/// How the table around the rows is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    pub(super) layout: Layout,
    /// Rows are padded to the grid's width.
    pub(super) padded: bool,
    /// A lone pipe stands before each row.
    pub(super) separated: bool,
}

/// Why the values of a table cannot be known, judged by all its rows.
pub(super) fn unreadable(
    source: &Source<'_>,
    blocks: &[Block<'_>],
    manner: Manner,
) -> Option<Unreadable> {
    let rows = || blocks.iter().flat_map(|block| block.rows.iter().map(|row| (row, block.columns)));
    let in_commas = |(row, place): (&Row<'_>, &Place)| {
        matches!(place, Place::Width(_)) && row.run.iter().any(|it| it.shape == Shape::Commas)
    };
    if blocks.iter().any(|block| block.rows.iter().zip(&block.places).any(in_commas)) {
        return Some(Unreadable::CommasAmbiguous);
    }
    // Twice the columns behind one label: the labels between are gone.
    if rows().any(|(row, columns)| columns > 1 && row.filled() >= 2 * columns) {
        return Some(Unreadable::LabelsLost);
    }
    if matches!(manner.layout, Layout::Bare | Layout::Spaces) && lines_dropped(source, blocks) {
        let is_empty = rows().all(|(row, _)| row.filled() == 0);
        return Some(if is_empty { Unreadable::NoValues } else { Unreadable::LinesDropped });
    }
    let keeps_blanks = rows().any(|(row, _)| row.keeps_blanks());
    let lost = rows().any(|(row, columns)| is_collapsed(row, columns, keeps_blanks, manner))
        || (!keeps_blanks && totals_follow_at_once(source, rows()));
    lost.then_some(Unreadable::ColumnsLost)
}

/// Bare cells leave nothing for a blank, and a crawler that drops repeated lines leaves nothing for a second 0. A row with all its values has lost
/// none; but where no value comes twice, or many rows lack some, the others are no better than luck.
fn lines_dropped(source: &Source<'_>, blocks: &[Block<'_>]) -> bool {
    let wide = || blocks.iter().filter(|block| block.columns > 1);
    let is_short = |place: &&Place| !matches!(place, Place::At(_));
    let all: usize = wide().map(|block| block.places.len()).sum();
    let short = wide().flat_map(|block| &block.places).filter(is_short).count();
    let mut seen = HashSet::new();
    let mut values = wide().flat_map(|block| &block.rows).flat_map(|row| row.run);
    let repeated = values.any(|token| !seen.insert(source.words(*token)));
    short > 0 && (!repeated || short * 4 > all)
}

/// Values that moved to the left when the blanks between them went to the row's end.
fn is_collapsed(row: &Row<'_>, columns: usize, keeps_blanks: bool, manner: Manner) -> bool {
    let filled = row.filled();
    if filled == 0 || filled >= columns || row.width() > filled {
        return false;
    }
    // The padding takes the cells that the row lacks.
    if row.padding > 0 && row.cells.len() < columns {
        return true;
    }
    // One pipe behind the values is the blank of the last column, or the padding for one that was lost before it: 2, 5, blank or 2, blank, 5.
    let trailing = &row.cells[filled.min(row.cells.len())..];
    let one_pipe = matches!(trailing, [token] if token.shape == Shape::LonePipe);
    one_pipe && manner.padded && !manner.separated && !keeps_blanks
}

/// 7, 1, 8 and then blanks: the last value is the sum of those before it, so it stood in the last column. A row whose total was left blank does not
/// look like this, or only by chance.
fn totals_follow_at_once<'a>(
    source: &Source<'_>,
    rows: impl Iterator<Item = (&'a Row<'a>, usize)>,
) -> bool {
    let packed = |(row, columns): &(&Row<'_>, usize)| {
        (2..columns.saturating_sub(1)).contains(&row.filled()) && row.cells.len() >= *columns
    };
    let mut found = false;
    for (row, _) in rows.filter(packed) {
        let numbers = row
            .run
            .iter()
            .filter(|token| token.kind == CellKind::Number)
            .map(|token| value::read(source.words(*token)).number());
        let Some(numbers) = numbers.collect::<Option<Vec<Decimal>>>() else { return false };
        let Some((total, parts)) = numbers.split_last() else { return false };
        let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
        if sum != Some(*total) {
            return false;
        }
        found |= *total > Decimal::ZERO;
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::hits;

    #[test]
    fn a_comma_that_may_part_a_figure_leaves_its_table_unread() {
        let head = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n";
        let rows = "规章,0,0,0\n行政规范性文件,1,0,2\n行政处罚,9\n行政强制,0\n行政事业性收费,0\n";
        let certain = format!("{head}{rows}行政许可,1024\n");
        let ambiguous = format!("{head}{rows}行政许可,1,024\n");
        for rule in ["table-unreadable", "table-row-width", "table-cell-blank"] {
            assert!(hits(&certain, rule).is_empty(), "{rule}");
        }
        assert_eq!(hits(&ambiguous, "table-unreadable").len(), 1);
        assert!(hits(&ambiguous, "table-row-width").is_empty());
    }
}
