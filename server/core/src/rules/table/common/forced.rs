//! Values that the table's relations leave no choice about.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::form::{CellIndex, Comparison, Equation, ValueKind};
use crate::report::{BoundTable, Unit, Value};

/// The value that a cell must have, if the figures around it are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forced {
    /// The value.
    pub(crate) value: Decimal,
    /// How many relations say so, each by itself.
    pub(crate) witnesses: usize,
}

/// Solves the table's equations for the cells that are `wanted`, one unknown at a time. A cell about which two relations disagree, or whose value
/// would not fit the column, is left out.
pub(crate) fn forced_values(
    table: &BoundTable,
    wanted: impl Fn(CellIndex) -> bool,
) -> BTreeMap<CellIndex, Forced> {
    let equations: Vec<&Equation> = (table.form.relations.iter())
        .filter(|relation| {
            relation.table == table.table && relation.comparison == Comparison::Equal
        })
        .flat_map(|relation| &relation.instances)
        .collect();
    let mut solved: BTreeMap<CellIndex, Forced> = BTreeMap::new();
    let mut refuted: BTreeSet<CellIndex> = BTreeSet::new();
    // Each round solves a cell or is the last, so a table of blanks ends too.
    loop {
        let mut round: BTreeMap<CellIndex, Vec<Decimal>> = BTreeMap::new();
        for equation in &equations {
            if let Some((cell, value)) = solve(table, equation, &solved, &wanted) {
                round.entry(cell).or_default().push(value);
            }
        }
        let mut progress = false;
        for (cell, values) in round {
            let value = values[0];
            let agreed = values.iter().all(|it| *it == value) && fits(table, cell, value);
            if agreed && !refuted.contains(&cell) {
                solved.insert(cell, Forced { value, witnesses: values.len() });
                progress = true;
            } else {
                refuted.insert(cell);
            }
        }
        if !progress {
            return solved;
        }
    }
}

/// The only unknown of an equation, if it is wanted, with its value.
fn solve(
    table: &BoundTable,
    equation: &Equation,
    solved: &BTreeMap<CellIndex, Forced>,
    wanted: &impl Fn(CellIndex) -> bool,
) -> Option<(CellIndex, Decimal)> {
    let mut unknown = None;
    let mut sums = [Decimal::ZERO; 2];
    for (side, &cell) in equation
        .left
        .iter()
        .map(|cell| (0, cell))
        .chain(equation.right.iter().map(|cell| (1, cell)))
    {
        match known(table, cell).or(solved.get(&cell).map(|it| it.value)) {
            Some(value) => sums[side] = sums[side].checked_add(value)?,
            None if unknown.is_none() && wanted(cell) => unknown = Some((side, cell)),
            None => return None,
        }
    }
    let (side, cell) = unknown?;
    Some((cell, sums[1 - side].checked_sub(sums[side])?))
}

/// A number in the unit of its column; 251000元 in a column of 万元 is none.
fn known(table: &BoundTable, cell: CellIndex) -> Option<Decimal> {
    match table.cell(cell)?.value {
        Value::Number(value, written) if matches!(written.unit, None | Some(Unit::Item)) => {
            Some(value)
        }
        _ => None,
    }
}

fn fits(table: &BoundTable, cell: CellIndex, value: Decimal) -> bool {
    let (block, _, column) = table.spec().locate(cell);
    match &table.spec().blocks[block].columns[column].values {
        ValueKind::Count => value >= Decimal::ZERO && value.is_integer(),
        ValueKind::Change => value.is_integer(),
        ValueKind::Amount { .. } => value >= Decimal::ZERO,
    }
}
