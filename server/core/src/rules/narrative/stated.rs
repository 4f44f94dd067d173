//! What a figure of the running text says in the unit of the cell that it is compared with.

use rust_decimal::Decimal;

use crate::form::{CellIndex, Form, TableIndex, ValueKind};
use crate::report::{BoundClaim, Unit};

/// 元 in a 万元.
const FACTOR: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// What a claim states, in the unit of its cell.
pub(super) struct Stated<'f> {
    pub(super) value: Decimal,
    /// From the text's unit to the cell's.
    pub(super) factor: Decimal,
    /// How far a true figure may be from it.
    pub(super) slack: Decimal,
    /// The cell's unit, of an amount.
    pub(super) unit: Option<&'f str>,
}

impl Stated<'_> {
    /// Whether `value` may be what is meant.
    pub(super) fn may_be(&self, value: Decimal) -> bool {
        let difference = self.value.checked_sub(value).map(|it| it.abs());
        difference.is_none_or(|it| it.is_zero() || it < self.slack)
    }
}

/// What `claim` states of `cells`; `None` when the units do not meet.
pub(super) fn in_cell_unit<'f>(
    form: &'f Form,
    cells: &[(TableIndex, CellIndex)],
    claim: &BoundClaim,
) -> Option<Stated<'f>> {
    let (table, cell) = cells.first()?;
    let table = form.tables.get(*table)?;
    let (block, _, column) = table.locate(*cell);
    let unit = match &table.blocks.get(block)?.columns.get(column)?.values {
        ValueKind::Amount { unit, .. } => Some(unit.as_str()),
        _ => None,
    };
    let factor = match (unit, claim.unit) {
        (None, Unit::Item) | (Some("元"), Unit::Yuan) | (Some("万元"), Unit::Wan) => {
            Decimal::ONE
        }
        (Some("万元"), Unit::Yuan) => Decimal::ONE.checked_div(FACTOR)?,
        (Some("万元"), Unit::Yi) | (Some("元") | None, Unit::Wan) => FACTOR,
        (None, Unit::Yi) => FACTOR.checked_mul(FACTOR)?,
        _ => return None,
    };
    // 730.6万元 is right for 730.5963, 1.2万件 for 12345, cut or rounded; a count is what it is.
    let last = if claim.hedged {
        last_digit(claim.value).max(claim.value.checked_div(Decimal::TEN)?)
    } else if unit.is_some() || claim.unit != Unit::Item {
        Decimal::new(1, claim.value.scale())
    } else {
        Decimal::ZERO
    };
    Some(Stated {
        value: claim.value.checked_mul(factor)?,
        factor,
        slack: last.checked_mul(factor)?,
        unit,
    })
}

/// The worth of the last digit that is not 0: 100 of 1300.
fn last_digit(value: Decimal) -> Decimal {
    let value = value.normalize();
    let mut worth = Decimal::new(1, value.scale());
    while !value.is_zero() {
        let Some(next) = worth.checked_mul(Decimal::TEN) else { break };
        if !value.checked_rem(next).is_some_and(|rest| rest.is_zero()) {
            break;
        }
        worth = next;
    }
    worth
}

/// One is ten thousand times the other, but for half a hundredth.
pub(super) fn is_slip(one: Decimal, other: Decimal) -> bool {
    let (small, large) = (one.min(other), one.max(other));
    let Some(expected) = small.checked_mul(FACTOR) else { return false };
    let tolerance = expected.checked_div(Decimal::from(200)).unwrap_or_default();
    !small.is_zero() && large.checked_sub(expected).is_some_and(|it| it.abs() <= tolerance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_of_a_round_figure_has_its_worth() {
        assert_eq!(last_digit(Decimal::from(1300)), Decimal::from(100));
        assert_eq!(last_digit(Decimal::new(126, 1)), Decimal::new(1, 1));
    }
}
