//! Figures that may well be written so and yet can hardly be meant: amounts in the wrong unit, counts beyond what an issuer of that level has.

mod amount_decimals;
mod amount_floor;
mod amount_unit;
mod evidence;
mod level_band;
mod nonzero;
pub(super) mod params;
mod percent_range;
mod share;

pub(super) use amount_decimals::{AMOUNT_NOISE, AMOUNT_PRECISION};
pub(super) use amount_floor::AMOUNT_FLOOR;
pub(super) use amount_unit::AMOUNT_UNIT;
pub(super) use level_band::LEVEL_BAND;
pub(super) use nonzero::NONZERO;
pub(super) use percent_range::PERCENT_RANGE;
pub(super) use share::SHARE;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
