//! The changes that would settle a finding on figures. One slip may break a sum of the prose, its agreement with a cell and a share, and three rules each
//! see their own side of it. Each says which single figure would have to have which value for its finding to go away; findings that the same change would
//! settle have the same cause.

use rust_decimal::Decimal;

use crate::report::Place;

/// A figure, and the values of it with which a finding would go away.
#[derive(Debug, Clone, PartialEq)]
pub struct Cure {
    /// Where the figure stands. Two places are the same figure if they start together: one rule includes the unit, another does not.
    pub place: Place,
    /// The least of these values.
    pub least: Decimal,
    /// The greatest of them.
    pub most: Decimal,
}

impl Cure {
    /// The figure at `place` would have to be `value`.
    pub(crate) fn to(place: Place, value: Decimal) -> Self {
        Self { place, least: value, most: value }
    }

    /// It would have to lie between two values.
    pub(crate) fn within(place: Place, one: Decimal, other: Decimal) -> Self {
        Self { place, least: one.min(other), most: one.max(other) }
    }

    /// Whether one change of the figure would do for both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.at() == other.at() && self.least <= other.most && other.least <= self.most
    }

    /// Identifies the figure: its part and where it starts.
    pub(crate) fn at(&self) -> (u32, u32) {
        (self.place.part, self.place.range.start)
    }

    /// Whether some value is possible: counts and amounts are not negative.
    pub(crate) fn is_possible(&self) -> bool {
        self.most >= Decimal::ZERO
    }
}
