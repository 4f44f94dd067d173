//! How the program ends. Nothing else decides an exit status.

use std::process::ExitCode;

/// The exit status; the order is that of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Something at or above `--fail-on`.
    Findings,
    /// Wrong usage, an unreadable file or a bad configuration.
    Failure,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::from(0),
            Status::Findings => Self::from(1),
            Status::Failure => Self::from(2),
        }
    }
}
