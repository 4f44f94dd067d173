//! Which repairs are shown first. Ranks only: what is a repair is decided by the sums alone.

use rust_decimal::Decimal;

use super::System;
use super::net::Net;
use super::slip::{Slip, between};

/// The rank of some changes; less is better. Compared field by field: how well the changes are explained, how readily the cells change, how
/// much changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    strange: u32,
    /// Product of the weights, in thousandths each.
    weight: u64,
    /// Relative changes in millionths, together.
    relative: u64,
}

impl Key {
    /// The rank of one change.
    pub(super) fn new(net: &Net<'_>, system: &System<'_>, cell: u32, delta: i128) -> Self {
        let from = net.value(cell);
        let size = |value: i128| u64::try_from(value.unsigned_abs()).unwrap_or(u64::MAX);
        let relative =
            if from == 0 { 1_000_000 } else { size(delta).saturating_mul(1_000_000) / size(from) };
        Self {
            strange: strangeness(from, delta, net.unit()),
            weight: thousandths(system.weights.get(cell as usize)),
            relative,
        }
    }

    /// The rank of both changes together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            strange: self.strange + other.strange,
            weight: self.weight.saturating_mul(other.weight),
            relative: self.relative.saturating_add(other.relative),
        }
    }
}

/// 0 for a change that a slip of the hand explains, 1 for one that a slip would explain as well as much else (nearly every change by less
/// than ten is a single digit), 2 for one without explanation, and more than two of those together for a figure out of nothing: most cells
/// of a report are zero, and rightly so.
fn strangeness(from: i128, delta: i128, unit: i128) -> u32 {
    let large = delta.unsigned_abs() > 2 * unit.unsigned_abs();
    if from == 0 {
        return 5;
    }
    // The whole figure is the difference: written in the wrong place, or counted twice.
    if from == delta || from == -delta {
        return u32::from(!large);
    }
    match between(from, from.saturating_add(delta)) {
        Some(Slip::Swap | Slip::Zero) => 0,
        Some(Slip::Digit) => u32::from(delta.unsigned_abs() < 10 * unit.unsigned_abs()),
        None => 2,
    }
}

fn thousandths(weight: Option<&Decimal>) -> u64 {
    let weight = weight.copied().unwrap_or(Decimal::ONE);
    let power = |exponent: u32| 10_i128.checked_pow(exponent).unwrap_or(i128::MAX);
    let thousandths = match weight.scale() {
        0 => weight.mantissa().saturating_mul(1_000),
        places @ 1..=3 => weight.mantissa().saturating_mul(power(3 - places)),
        places => weight.mantissa() / power(places - 3),
    };
    u64::try_from(thousandths).unwrap_or(1).clamp(1, 1_000_000)
}
