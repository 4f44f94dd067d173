//! A table's figures, as far as relations may use them.

use rust_decimal::Decimal;

use crate::form::{CellIndex, Column, Each, Equation, Relation, Table, ValueKind};
use crate::repair::Kind;
use crate::report::{BoundRow, BoundTable, Fit, Unit, Value};
use crate::text::TextRange;

/// The known figures of a table by cell.
pub(crate) struct Figures<'a> {
    table: &'a BoundTable,
    values: Vec<Option<Decimal>>,
    /// Those that are integers, as nearly all are.
    integers: Vec<Option<i64>>,
    /// Rows that the form does not have, with figures that may belong to a sum around them.
    strangers: Vec<TextRange>,
}

impl<'a> Figures<'a> {
    /// Nothing is known of an unreadable table.
    pub(crate) fn new(table: &'a BoundTable) -> Self {
        let spec = table.spec();
        let mut values = Vec::with_capacity(spec.cell_count);
        for (column, cell) in columns(spec).zip(&table.cells) {
            values.push(cell.as_ref().and_then(|cell| in_unit(cell.value, &column.values)));
        }
        values.resize(spec.cell_count, None);
        // Of two rows with one label nobody knows which is meant.
        let twins = table.rows.iter().filter(|row| row.fit == Fit::Duplicate);
        for (block, row) in twins.filter_map(|row| row.row) {
            let first = spec.cell_at(block, row, 0);
            let width = spec.blocks[block].columns.len();
            values.iter_mut().skip(first).take(width).for_each(|it| *it = None);
        }
        let strangers = table.rows.iter().filter(|row| is_stranger(spec, row));
        let strangers = strangers.map(|row| row.range).collect();
        let integers = values.iter().map(|value| integer((*value)?)).collect();
        Self { table, values, integers, strangers }
    }

    /// By cell.
    pub(super) fn values(&self) -> &[Option<Decimal>] {
        &self.values
    }

    pub(crate) fn get(&self, cell: CellIndex) -> Option<Decimal> {
        self.values.get(cell).copied().flatten()
    }

    /// The sum, when all of it is known.
    pub(crate) fn sum(&self, cells: &[CellIndex]) -> Option<Decimal> {
        cells.iter().try_fold(Decimal::ZERO, |sum, &cell| sum.checked_add(self.get(cell)?))
    }

    /// Whether integers alone show that the sides agree, or that one of them is unknown. Most tables need no more than this.
    pub(super) fn surely_agree(&self, equation: &Equation) -> bool {
        if equation.left.iter().chain(&equation.right).any(|&cell| self.get(cell).is_none()) {
            return true;
        }
        let sum = |cells: &[CellIndex]| {
            cells.iter().try_fold(0_i64, |sum, &cell| sum.checked_add(self.integers[cell]?))
        };
        sum(&equation.left).is_some_and(|left| Some(left) == sum(&equation.right))
    }

    /// Whether a row that the form does not have stands among the terms of a sum over rows: it may be one of them.
    pub(crate) fn may_lack_a_row(&self, relation: &Relation, equation: &Equation) -> bool {
        relation.each == Each::Column
            && !self.strangers.is_empty()
            && [(&equation.left, &equation.right), (&equation.right, &equation.left)].iter().any(
                |(side, other)| {
                    let total = other.as_slice();
                    let cells = side.iter().chain(if total.len() == 1 { total } else { &[] });
                    let ranges =
                        cells.filter_map(|&cell| self.table.cell(cell)).map(|cell| cell.range);
                    let span = ranges.reduce(TextRange::cover);
                    side.len() > 1
                        && span.is_some_and(|span| {
                            self.strangers.iter().any(|it| span.touches(it.start as usize))
                        })
                },
            )
    }
}

/// What new values of the cells must be.
pub(super) fn kinds(spec: &Table) -> Vec<Kind> {
    columns(spec).map(|column| kind(&column.values)).collect()
}

/// How readily the cells change.
pub(super) fn weights(spec: &Table) -> Vec<Decimal> {
    let rows = spec.blocks.iter().flat_map(|block| block.rows.iter().map(move |row| (block, row)));
    let pairs = rows
        .flat_map(|(block, row)| block.columns.iter().map(|column| (row.weight, column.weight)));
    pairs
        .map(
            |(row, column)| {
                if row == Decimal::ONE { column } else { row.checked_mul(column).unwrap_or(row) }
            },
        )
        .collect()
}

/// Figures of a row by column, where the row has exactly one for each column of its block.
pub(super) fn by_column(row: &BoundRow, columns: &[Column]) -> Vec<Option<Decimal>> {
    if row.values.len() != columns.len() {
        return vec![None; columns.len()];
    }
    row.values
        .iter()
        .zip(columns)
        .map(|(cell, column)| in_unit(cell.value, &column.values))
        .collect()
}

/// The group whose own row this is, when it is one: block and label.
pub(super) fn group_of<'s>(spec: &'s Table, row: &BoundRow) -> Option<(usize, &'s str)> {
    if row.row.is_some() || row.fit != Fit::Extra {
        return None;
    }
    let label = row.labels.last()?.standard.as_ref()?;
    let mut groups = spec
        .rows()
        .flat_map(|(block, _, row)| row.groups.iter().map(move |group| (block, group.as_str())));
    groups.find(|(_, group)| *group == label.as_ref())
}

fn is_stranger(spec: &Table, row: &BoundRow) -> bool {
    let counts = |value: Value| value.number().is_some_and(|number| !number.is_zero());
    row.row.is_none()
        && row.fit == Fit::Extra
        && group_of(spec, row).is_none()
        && row.values.iter().any(|cell| counts(cell.value))
}

fn columns(spec: &Table) -> impl Iterator<Item = &Column> {
    spec.blocks.iter().flat_map(|block| block.rows.iter().flat_map(|_| &block.columns))
}

fn integer(value: Decimal) -> Option<i64> {
    if value.scale() == 0 { i64::try_from(value.mantissa()).ok() } else { None }
}

fn kind(values: &ValueKind) -> Kind {
    match values {
        ValueKind::Count => Kind::Count,
        ValueKind::Change => Kind::Change,
        ValueKind::Amount { decimals, .. } => Kind::Amount { decimals: *decimals },
    }
}

/// The number, unless a unit behind it is another than the column's: 251000元 in a column of 万元 is no term of a sum.
fn in_unit(value: Value, kind: &ValueKind) -> Option<Decimal> {
    let Value::Number(number, written) = value else { return None };
    let same = match (written.unit, kind) {
        (None, _) | (Some(Unit::Item), ValueKind::Count | ValueKind::Change) => true,
        (Some(Unit::Yuan), ValueKind::Amount { unit, .. }) => unit == "元",
        (Some(Unit::Wan), ValueKind::Amount { unit, .. }) => unit == "万元",
        (Some(Unit::Yi), ValueKind::Amount { unit, .. }) => unit == "亿元",
        _ => false,
    };
    // A count below zero is a slip of the pen, and said to be one.
    let is_slip =
        number.is_sign_negative() && !number.is_zero() && matches!(kind, ValueKind::Count);
    (same && !is_slip).then_some(number)
}
