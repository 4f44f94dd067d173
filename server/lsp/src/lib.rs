//! The language server of gouji: the only place that knows the protocol.
//!
//! `shell` moves messages, and nothing else touches a stream. `session` holds the open documents and changes in the order in which messages were sent.
//! `worker` checks what has changed once no more input is queued. `handlers` answers requests, one file a method. `convert` alone turns values of
//! core into values of the protocol.

mod actions;
mod capabilities;
mod checked;
mod closed;
mod commands;
mod convert;
mod diagnostics;
mod document;
mod handlers;
mod parent;
mod patch;
mod progress;
mod pull;
mod server;
mod session;
mod shared;
mod shell;
mod spelling;
mod view;
mod worker;

pub use shell::run;
