//! Sessions over real standard input and output: the program as an editor starts it.

// Messages are written down as literals, and a literal is handed over.
#![allow(clippy::needless_pass_by_value)]

#[path = "../support/mod.rs"]
mod support;

mod actions;
mod client;
mod commands;
mod completion;
mod diagnostics;
mod edits;
mod faults;
mod formatting;
mod garbage;
mod hints;
mod hover;
mod lenses;
mod lifecycle;
mod navigation;
mod outline;
mod positions;
mod preview;
mod pulls;
mod rename;
mod slices;
mod soak;
mod spelling;
mod texts;
mod tokens;
mod workspace;
