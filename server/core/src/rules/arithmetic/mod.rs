//! Whether figures add up: the relations of a form's tables, and rules for what relations cannot reach.

mod component_exceeds;
mod explain;
mod figures;
mod fix;
mod group_subtotal;
mod inequality;
mod params;
mod shape;
mod sums;
#[cfg(test)]
mod tests;
mod total_derivable;
mod wording;

pub(super) use component_exceeds::COMPONENT_EXCEEDS;
pub(crate) use figures::Figures;
pub(super) use group_subtotal::GROUP_SUBTOTAL;
pub(crate) use shape::Shapes;
pub(crate) use sums::check_sums;
pub(super) use total_derivable::TOTAL_DERIVABLE;
pub(crate) use wording::{beside, show};
