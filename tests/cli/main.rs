//! The command line as its users see it: the real program on real files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod check;
mod config;
mod data;
mod fix;
mod input;
mod support;
