//! The output formats of `check`, one file each.

mod diff;
mod excerpt;
mod json;
mod statistics;
mod text;

use gouji_core::snapshot::{Found, Snapshot};

pub(crate) use diff::Diff;
pub(crate) use gouji_workspace::output::write;
pub(crate) use json::{Json, SCHEMA};
pub(crate) use statistics::{StatisticsJson, StatisticsText};
pub(crate) use text::{Text, severity_name, summary};

use crate::check::totals::Totals;

/// An output format. [`Format::file`] is called on many threads at the same time, where the files are checked; the outputs are then printed in order.
pub(crate) trait Format: Sync {
    /// Before the first file.
    fn begin(&self) -> Vec<u8> {
        Vec::new()
    }

    /// The output for one file; empty if there is nothing to print.
    fn file(&self, file: &File<'_>) -> Vec<u8>;

    /// Between two files whose output is not empty.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// After the last file.
    fn end(&self, totals: &Totals) -> Vec<u8>;
}

/// A checked file.
pub(crate) struct File<'a> {
    /// As output shows it.
    pub(crate) path: &'a str,
    /// Whether the user named this very file.
    pub(crate) explicit: bool,
    /// Its text and reports; `None` when it could not be read.
    pub(crate) snapshot: Option<&'a Snapshot>,
    pub(crate) findings: &'a [Found<'a>],
    /// The text before and after its fixes, where they are only to be shown.
    pub(crate) change: Option<(&'a str, &'a str)>,
    /// Why it could not be read or written.
    pub(crate) error: Option<&'a str>,
}

impl File<'_> {
    /// How many reports it holds.
    pub(crate) fn reports(&self) -> usize {
        self.snapshot.map_or(0, |snapshot| snapshot.reports().count())
    }

    /// Whether the file belongs in the output: a file that was found in a folder is skipped if it holds no report.
    pub(crate) fn is_listed(&self) -> bool {
        self.explicit || self.error.is_some() || self.reports() > 0
    }
}
