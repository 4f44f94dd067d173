//! The closed files: those of the workspace folders that the command line would read and that are not open in the editor. Each is read once until it
//! changes. Work here is done on threads of its own, which hold no lock while they read or check.

mod findings;
mod outlines;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use gouji_workspace::config::Resolver;

use crate::capabilities::Client;

pub(crate) use findings::{FileFindings, Findings, check};
pub(crate) use outlines::{Outline, Outlines};

/// What is known of the closed files.
#[derive(Default)]
pub(crate) struct Closed {
    pub(crate) outlines: Outlines,
    pub(crate) findings: Findings,
    generation: AtomicU64,
    listing: Mutex<Option<Listing>>,
    turn: Mutex<()>,
}

/// The files that the last walk found.
struct Listing {
    files: Arc<Vec<PathBuf>>,
    generation: u64,
    resolver: Arc<Resolver>,
    at: Instant,
    took: Duration,
}

/// How many times as long as it took to make a listing stays valid. While someone types, clients pull again two seconds after each change; with this
/// factor, walking through thousands of files for those pulls takes a twentieth of one processor at most.
const STANDS: u32 = 20;

impl Closed {
    /// A number that grows whenever another look at the folders may find something new.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// To be called when files have been created, deleted, changed or closed.
    pub(crate) fn move_on(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }

    /// Waits until nobody else looks at the files: a client that asks and cancels a hundred times then keeps one processor busy and not all.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the listing of a walk that began at `begun`, in `generation`.
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

    /// The last listing, if it is recent and nothing has changed since. Never for a client that does not watch files, which would not say so.
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
