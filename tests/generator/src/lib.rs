//! Makes annual reports for tests: random figures whose sums hold, prose of our own that agrees with them, and the same report in every layout
//! that real ones come in.
//!
//! Everything follows from a seed, so a failing test names the seed and anybody can make the same report again. The forms' labels stand here a
//! second time on purpose: a reader that misreads the form's own data would otherwise be tested against its own mistake.

#![expect(clippy::format_push_string, reason = "short texts, read more often than made")]

mod facts;
mod folding;
mod form;
mod grid;
mod layouts;
mod losses;
mod mutate;
mod prose;
mod random;
mod render;
mod report;

pub use facts::Facts;
pub use form::Form;
pub use mutate::Change;
pub use random::Random;
pub use render::{Layout, compilation, lost, render};
pub use report::{Busyness, Options, Report, Script};
