//! Which repairs are shown first. Ranks only: what is a repair is decided by the sums alone.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::System;
use super::net::Net;
use super::slip::{Slip, between};

/// The rank of some changes; less is better. Compared field by field: how well the changes are explained, how readily the rows change,
/// whether a figure appears from nothing, how much changes.
///
/// Every field grows the same way whatever it is added to, so the best of a product of choices are products of the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    strange: u32,
    /// Product of the weights, in thousandths each.
    weight: u64,
    from_zero: u32,
    /// Relative changes in millionths, together.
    relative: u64,
}

impl Default for Key {
    fn default() -> Self {
        Self { strange: 0, weight: 1, from_zero: 0, relative: 0 }
    }
}

impl Key {
    /// The rank with one more change.
    pub(super) fn with(self, net: &Net, system: &System<'_>, cell: u32, delta: i128) -> Self {
        let from = net.value(cell);
        let size = |value: i128| u64::try_from(value.unsigned_abs()).unwrap_or(u64::MAX);
        let relative =
            if from == 0 { 1_000_000 } else { size(delta).saturating_mul(1_000_000) / size(from) };
        Self {
            strange: self.strange + strangeness(from, delta, net.unit()),
            weight: self.weight.saturating_mul(thousandths(system.weights.get(cell as usize))),
            from_zero: self.from_zero + u32::from(from == 0),
            relative: self.relative.saturating_add(relative),
        }
    }
}

/// 0 for a change that a slip of the hand explains, 1 for one that a slip would explain as well as much else (nearly every change by less
/// than ten is a single digit), 2 for one without explanation.
fn strangeness(from: i128, delta: i128, unit: i128) -> u32 {
    let large = delta.unsigned_abs() > 2 * unit.unsigned_abs();
    // The whole figure is the difference: written in the wrong place, or counted twice.
    if from != 0 && (from == delta || from == -delta) {
        return u32::from(!large);
    }
    match between(from, from.saturating_add(delta)) {
        Some(Slip::Swap | Slip::Zero) => 0,
        Some(Slip::Digit) if from == 0 => 2,
        Some(Slip::Digit) => u32::from(delta.unsigned_abs() < 10 * unit.unsigned_abs()),
        None => 2,
    }
}

fn thousandths(weight: Option<&Decimal>) -> u64 {
    let weight = weight.and_then(|it| it.checked_mul(Decimal::ONE_THOUSAND)?.round().to_u64());
    weight.unwrap_or(1_000).clamp(1, 1_000_000)
}
