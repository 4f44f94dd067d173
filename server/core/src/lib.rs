//! Reads report documents, checks their figures against each other and says what would repair them.
//!
//! Pure: no I/O, no clock, no protocol. Broken input is not an error: it gives a value and findings.

pub mod dictionary;
pub mod engine;
pub mod form;
pub mod ide;
pub mod nearest;
mod packed;
pub mod references;
pub mod repair;
pub mod report;
pub mod rules;
pub mod snapshot;
pub mod syntax;
pub mod text;

/// Exact figures.
pub use rust_decimal::Decimal;
