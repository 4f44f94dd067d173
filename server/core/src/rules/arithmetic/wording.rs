//! What messages about sums call cells, and how they state a sum.

use rust_decimal::Decimal;

use super::figures::Figures;
use crate::form::{CellIndex, Each, Equation, Relation, Table};

/// A figure as messages print it.
pub(crate) fn show(figure: Decimal) -> String {
    // Nearly all figures are integers, and a finding shows two dozen of them.
    match i64::try_from(figure.mantissa()) {
        Ok(integer) if figure.scale() == 0 => integer.to_string(),
        _ => figure.normalize().to_string(),
    }
}

/// A row: （六）3.其他.
pub(super) fn row_title(spec: &Table, cell: CellIndex) -> &str {
    spec.names(cell).map_or("", |names| &names.row)
}

/// A column: 自然人.
pub(super) fn column_title(spec: &Table, cell: CellIndex) -> &str {
    spec.names(cell).map_or("", |names| &names.column)
}

/// A cell: （六）3.其他·自然人.
pub(super) fn cell_title(spec: &Table, cell: CellIndex) -> &str {
    spec.names(cell).map_or("", |names| &names.cell)
}

/// A cell beside a finding at `base`: what both have in common is left out.
pub(crate) fn beside(spec: &Table, base: CellIndex, cell: CellIndex) -> &str {
    let ((block, row, column), (own_block, own_row, own_column)) =
        (spec.locate(cell), spec.locate(base));
    let row_name = row_title(spec, cell);
    if block == own_block && column == own_column && !row_name.is_empty() {
        row_name
    } else if (block, row) == (own_block, own_row) || row_name.is_empty() {
        column_title(spec, cell)
    } else {
        cell_title(spec, cell)
    }
}

/// Where a relation holds: “自然人”列. Empty for one of the whole table, whose sides name it.
pub(super) fn scope(spec: &Table, relation: &Relation, equation: &Equation) -> String {
    match relation.each {
        Each::Column => format!("“{}”列", column_title(spec, equation.total)),
        Each::Row => format!("“{}”行", row_title(spec, equation.total)),
        Each::Table => String::new(),
    }
}

/// The whole: “自然人”列：办理结果分项之和 233 ≠（七）总计 234（差 1）.
pub(super) fn statement(
    spec: &Table,
    relation: &Relation,
    equation: &Equation,
    figures: &Figures<'_>,
    sums: (Decimal, Decimal),
) -> String {
    let scope = match scope(spec, relation, equation) {
        scope if scope.is_empty() => scope,
        scope => format!("{scope}："),
    };
    let (left, right) =
        (side(&equation.left, figures, sums.0), side(&equation.right, figures, sums.1));
    let gap = if relation.right.starts_with('（') { "" } else { " " };
    format!(
        "{scope}{} {left} ≠{gap}{} {right}（差 {}）",
        relation.left,
        relation.right,
        difference(sums)
    )
}

/// The same, after a statement of the same relation: “总计”列 233 ≠ 234（差 1）.
pub(super) fn short_statement(
    spec: &Table,
    relation: &Relation,
    equation: &Equation,
    sums: (Decimal, Decimal),
) -> String {
    format!(
        "{} {} ≠ {}（差 {}）",
        scope(spec, relation, equation),
        show(sums.0),
        show(sums.1),
        difference(sums)
    )
}

fn difference((left, right): (Decimal, Decimal)) -> String {
    show(left.checked_sub(right).unwrap_or_default().abs())
}

/// A sum with its terms where they are few: 6+1=7.
fn side(cells: &[CellIndex], figures: &Figures<'_>, sum: Decimal) -> String {
    if !(2..=3).contains(&cells.len()) {
        return show(sum);
    }
    let terms: Vec<_> = cells.iter().filter_map(|&cell| figures.get(cell)).map(show).collect();
    if terms.len() < cells.len() {
        return show(sum);
    }
    format!("{}={}", terms.join("+"), show(sum))
}
