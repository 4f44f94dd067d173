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
    solved(table, |cell| known(table, cell), wanted)
}

/// The values of `blank` cells if nothing but zeros and totals was left out: zeros, and in a cell that other cells add up to, their sum. `None` if that
/// would break a relation, so that one of them must stand for something else.
pub(in crate::rules::table) fn with_zeros(
    table: &BoundTable,
    blank: &[CellIndex],
) -> Option<BTreeMap<CellIndex, Decimal>> {
    let equations = equations(table);
    let is_side = |side: &[CellIndex], cell| matches!(side, [one] if *one == cell);
    let is_total =
        |cell| equations.iter().any(|it| is_side(&it.left, cell) || is_side(&it.right, cell));
    let (totals, parts): (Vec<_>, Vec<_>) = blank.iter().partition(|cell| is_total(**cell));
    let known = |cell| known(table, cell).or(parts.contains(&cell).then_some(Decimal::ZERO));
    let sums = solved(table, known, |cell| totals.contains(&cell));
    let value = |cell| known(cell).or(sums.get(&cell).map(|it| it.value));
    let sum = |side: &[CellIndex]| {
        side.iter().try_fold(Decimal::ZERO, |sum, &cell| sum.checked_add(value(cell)?))
    };
    let holds = |equation: &&Equation| match (sum(&equation.left), sum(&equation.right)) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    };
    let touches = |equation: &&&Equation| {
        equation.left.iter().chain(&equation.right).any(|cell| blank.contains(cell))
    };
    if !equations.iter().filter(touches).all(holds) {
        return None;
    }
    blank.iter().map(|&cell| Some((cell, value(cell)?))).collect()
}

/// The equations of a table that are sums.
fn equations(table: &BoundTable) -> Vec<&Equation> {
    (table.form.relations.iter())
        .filter(|relation| {
            relation.table == table.table && relation.comparison == Comparison::Equal
        })
        .flat_map(|relation| &relation.instances)
        .collect()
}

/// [`forced_values`], with the cells that count as `known`.
fn solved(
    table: &BoundTable,
    known: impl Fn(CellIndex) -> Option<Decimal>,
    wanted: impl Fn(CellIndex) -> bool,
) -> BTreeMap<CellIndex, Forced> {
    let equations = equations(table);
    let mut solved: BTreeMap<CellIndex, Forced> = BTreeMap::new();
    let mut refuted: BTreeSet<CellIndex> = BTreeSet::new();
    // Each round solves a cell or is the last, so a table of blanks ends too.
    loop {
        let mut round: BTreeMap<CellIndex, Vec<Decimal>> = BTreeMap::new();
        let value = |cell| known(cell).or(solved.get(&cell).map(|it| it.value));
        for equation in &equations {
            if let Some((cell, value)) = solve(equation, value, &wanted) {
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
    equation: &Equation,
    known: impl Fn(CellIndex) -> Option<Decimal>,
    wanted: impl Fn(CellIndex) -> bool,
) -> Option<(CellIndex, Decimal)> {
    let mut unknown = None;
    let mut sums = [Decimal::ZERO; 2];
    for (side, &cell) in equation
        .left
        .iter()
        .map(|cell| (0, cell))
        .chain(equation.right.iter().map(|cell| (1, cell)))
    {
        match known(cell) {
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
