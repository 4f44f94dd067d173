//! Files of the open folders that are not open themselves: what stands in them, each read once until it changes. They are those that the
//! command line would read. Whoever works here has a thread of its own, and holds no lock while it reads or checks.

mod findings;
mod outlines;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use gouji_workspace::walk;

pub(crate) use findings::{Findings, Found, check};
pub(crate) use outlines::{Outline, Outlines};

/// What is known of the files.
#[derive(Default)]
pub(crate) struct Closed {
    pub(crate) outlines: Outlines,
    pub(crate) findings: Findings,
    generation: AtomicU64,
}

/// Equal for a file that has not changed.
type Stamp = (Option<SystemTime>, u64);

impl Closed {
    /// Moves on whenever a look at the folders may find something else than before.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Files have come, gone or changed, or are not open any more.
    pub(crate) fn move_on(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }
}

/// The files below folders in the order of their paths, `most` of them, and how many there are.
pub(crate) fn files(folders: &[PathBuf], most: usize) -> (Vec<PathBuf>, usize) {
    let entries = walk::files(folders).into_iter();
    let mut files: Vec<_> =
        entries.filter(|entry| entry.problem.is_none()).map(|entry| entry.path).collect();
    let all = files.len();
    files.truncate(most);
    (files, all)
}

pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok(), data.len()))
}
