//! The language server of gouji: the only place that knows the protocol.
//!
//! `shell` moves messages and nothing else touches a stream; `session` holds every open document and is written in the order of the wire;
//! `worker` checks what has changed once nothing more is queued; `handlers` answers, one file a method; `convert` alone turns values of the
//! core into values of the protocol.

mod actions;
mod capabilities;
mod checked;
mod closed;
mod commands;
mod convert;
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
mod shown;
mod spelling;
mod view;
mod worker;

pub use shell::run;
