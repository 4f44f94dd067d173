//! What would mend a finding on figures. One slip may break a sum of the prose, its agreement with a cell and a share: three rules each see their own
//! side of it. Each says which one figure would have to be another for it to have nothing to say, and findings that one such change mends are of one
//! cause.

use rust_decimal::Decimal;

use crate::report::Place;

/// A figure that, were it another, would leave nothing of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Cure {
    /// Where it stands. The figure is known by where it starts: one rule counts its unit in, another does not.
    pub place: Place,
    /// The least that it would have to be.
    pub least: Decimal,
    /// The most.
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

    /// Whether one change of one figure is both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.at() == other.at() && self.least <= other.most && other.least <= self.most
    }

    /// The figure.
    pub(crate) fn at(&self) -> (u32, u32) {
        (self.place.part, self.place.range.start)
    }

    /// Whether counts and amounts go so far down.
    pub(crate) fn is_possible(&self) -> bool {
        self.most >= Decimal::ZERO
    }
}
