//! The exit statuses. Nothing else decides how the program ends.

use std::process::ExitCode;

/// An exit status; the greater one prevails.
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
