//! Checking one file: its findings, its repairs and its counts.

pub(crate) mod fix;
pub(crate) mod totals;
