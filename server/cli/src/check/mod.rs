//! What `gouji check` does with one file beyond its findings: fixes and counts.

pub(crate) mod fix;
pub(crate) mod totals;
