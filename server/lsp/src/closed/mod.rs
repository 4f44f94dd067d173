//! Files of the open folders that are not open themselves: what stands in them, each read once until it changes. They are those that the
//! command line would read. Whoever works here has a thread of its own, and holds no lock while it reads or checks.

mod findings;
mod outlines;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use gouji_workspace::config::Resolver;

use crate::capabilities::Client;

pub(crate) use findings::{Findings, Found, check};
pub(crate) use outlines::{Outline, Outlines};

/// What is known of the files.
#[derive(Default)]
pub(crate) struct Closed {
    pub(crate) outlines: Outlines,
    pub(crate) findings: Findings,
    generation: AtomicU64,
    listing: Mutex<Option<Listing>>,
    turn: Mutex<()>,
}

/// Files that were listed, and their times asked for.
struct Listing {
    files: Arc<Vec<PathBuf>>,
    generation: u64,
    resolver: Arc<Resolver>,
    at: Instant,
    took: Duration,
}

/// A listing stands for so many times as long as it took. Who types has an answer to a pull at every change, and asks again in two seconds: of a
/// processor, looking through thousands of files for each takes a twentieth at most.
const STANDS: u32 = 20;

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

    /// Waits until no one else looks at the files: a client that asks and cancels a hundred times keeps one processor busy, not all.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a listing that was begun at `begun` in `generation`.
    pub(crate) fn keep_listing(
        &self,
        files: &Arc<Vec<PathBuf>>,
        resolver: &Arc<Resolver>,
        (generation, begun): (u64, Instant),
    ) {
        let (files, resolver, at) = (files.clone(), resolver.clone(), Instant::now());
        let listing = Listing { files, generation, resolver, at, took: at - begun };
        *self.listing.lock().unwrap_or_else(PoisonError::into_inner) = Some(listing);
    }

    /// The last listing, while nothing is said to have changed and it is not old. Of a client that does not watch files, none.
    pub(crate) fn listing(
        &self,
        client: &Client,
        resolver: &Arc<Resolver>,
    ) -> Option<Arc<Vec<PathBuf>>> {
        let listing = self.listing.lock().unwrap_or_else(PoisonError::into_inner);
        let stands = |it: &&Listing| {
            it.generation == self.generation()
                && Arc::ptr_eq(&it.resolver, resolver)
                && it.at.elapsed() < it.took * STANDS
        };
        let listing = listing.as_ref().filter(stands).filter(|_| client.watches_files);
        listing.map(|listing| listing.files.clone())
    }
}

/// What a file is like now; none where there is none, or a pipe.
pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    Some((data.modified().ok(), data.len()))
}
