//! The findings of closed files, written as diagnostics.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::Resolver;
use gouji_workspace::decode;
use gouji_workspace::file::{self, Stamp};

use crate::capabilities::Client;
use crate::checked::{Checked, Named, written_id};
use crate::diagnostics::Diagnostics;
use crate::shared::Shared;
use crate::worker::document_settings;

/// Bytes of findings that are kept: those of some thousand reports. Clients that pull keep the findings themselves and name them by id, so the id
/// alone is kept of the files beyond; they are read again only for a client that has forgotten them.
const ROOM: usize = 32 << 20;
/// Bytes of the largest file that is read, a compilation of a thousand reports. Anything larger is a log or a dump, and would be held in memory
/// several times over.
const LARGEST: u64 = 32 << 20;

/// What is known of the findings of all closed files.
#[derive(Default)]
pub(crate) struct Findings(Mutex<State>);

#[derive(Default)]
struct State {
    /// The configuration that the files were checked with.
    resolver: Option<Arc<Resolver>>,
    files: HashMap<PathBuf, Cached>,
    /// Bytes that the kept findings take.
    taken: usize,
    /// Whether the user has cancelled the work; then files that were never read stay unread.
    is_given_up: bool,
}

/// One file when it was last read.
struct Cached {
    /// `None` once the file is said to have changed, even if its stamp is the same.
    stamp: Option<Stamp>,
    id: u64,
    /// `None` if there was no room to keep them.
    items: Option<Arc<str>>,
}

/// The findings of one file as JSON, without the brackets, and their id.
#[derive(Clone)]
pub(crate) struct FileFindings {
    pub(crate) id: u64,
    pub(crate) items: Arc<str>,
}

impl Findings {
    /// The files of a listing that is still valid that were never read.
    pub(crate) fn unread<'f>(&self, files: &'f [PathBuf]) -> Vec<&'f Path> {
        let state = self.lock();
        let files = files.iter().filter(|_| !state.is_given_up);
        files.map(PathBuf::as_path).filter(|path| !state.files.contains_key(*path)).collect()
    }

    /// Begins a look at `files`, which are all that there are now, and returns those that have to be read. Forgets the files that are gone, and all
    /// of them after a change of the configuration.
    pub(crate) fn begin<'f>(
        &self,
        resolver: &Arc<Resolver>,
        files: &'f [PathBuf],
    ) -> Vec<&'f Path> {
        let stamps: Vec<_> = files.iter().map(|path| Stamp::of(path)).collect();
        let mut state = self.lock();
        if !state.resolver.as_ref().is_some_and(|it| Arc::ptr_eq(it, resolver)) {
            *state = State { resolver: Some(resolver.clone()), ..State::default() };
        }
        let there: HashSet<&Path> = files.iter().map(PathBuf::as_path).collect();
        state.files.retain(|path, _| there.contains(path.as_path()));
        state.taken = state.files.values().map(Cached::size).sum();
        let is_new = |(path, stamp): (&'f PathBuf, Option<Stamp>)| {
            let known = state.files.get(path);
            let is_wanted = !state.is_given_up || known.is_some();
            let is_new = stamp.is_some() && known.is_none_or(|known| known.stamp != stamp);
            (is_wanted && is_new).then_some(path.as_path())
        };
        files.iter().zip(stamps).filter_map(is_new).collect()
    }

    /// The id of the findings of a file when it was last read, and the findings themselves if they are kept.
    pub(crate) fn known(&self, path: &Path) -> Option<(u64, Option<FileFindings>)> {
        let state = self.lock();
        let known = state.files.get(path)?;
        let id = known.id;
        Some((id, known.items.clone().map(|items| FileFindings { id, items })))
    }

    /// The findings of a file as it is now, if they are kept.
    pub(crate) fn current(&self, resolver: &Arc<Resolver>, path: &Path) -> Option<FileFindings> {
        let stamp = Some(Stamp::of(path)?);
        let state = self.lock();
        let is_by = state.resolver.as_ref().is_some_and(|it| Arc::ptr_eq(it, resolver));
        let known = state.files.get(path).filter(|known| is_by && known.stamp == stamp)?;
        Some(FileFindings { id: known.id, items: known.items.clone()? })
    }

    /// To be called when a file has changed, or may have.
    pub(crate) fn forget(&self, path: &Path) {
        if let Some(known) = self.lock().files.get_mut(path) {
            known.stamp = None;
        }
    }

    /// To be called when the user has cancelled the work.
    pub(crate) fn give_up(&self) {
        self.lock().is_given_up = true;
    }

    /// Keeps the findings of a file that had `stamp` before it was read.
    fn keep(
        &self,
        resolver: &Arc<Resolver>,
        path: &Path,
        stamp: Option<Stamp>,
        found: &FileFindings,
    ) {
        let mut state = self.lock();
        if !state.resolver.as_ref().is_some_and(|it| Arc::ptr_eq(it, resolver)) {
            return;
        }
        state.taken -= state.files.get(path).map_or(0, Cached::size);
        let fits = state.taken + found.items.len() <= ROOM;
        let known = Cached { stamp, id: found.id, items: fits.then(|| found.items.clone()) };
        state.taken += known.size();
        state.files.insert(path.to_owned(), known);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cached {
    fn size(&self) -> usize {
        self.items.as_ref().map_or(0, |items| items.len())
    }
}

/// Reads and checks a file, and keeps its findings.
pub(crate) fn check(
    shared: &Shared,
    client: &Arc<Client>,
    resolver: &Arc<Resolver>,
    path: &Path,
) -> FileFindings {
    // Taken before the file is read, so that a change meanwhile is noticed.
    let stamp = Stamp::of(path);
    let read = || read(shared, client, resolver, path, stamp);
    let read = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        tracing::error!(path = %path.display(), "a check panicked");
        None
    });
    let (id, items) = read.unwrap_or_else(|| (Diagnostics::default().result_id(), String::new()));
    let found = FileFindings { id, items: items.into() };
    shared.closed.findings.keep(resolver, path, stamp, &found);
    found
}

/// The id and the diagnostics of a file; `None` if it cannot be read.
fn read(
    shared: &Shared,
    client: &Arc<Client>,
    resolver: &Arc<Resolver>,
    path: &Path,
    stamp: Option<Stamp>,
) -> Option<(u64, String)> {
    if stamp.is_none_or(|stamp| stamp.length > LARGEST) {
        return None;
    }
    let bytes = file::bytes(path).ok()?;
    let text = decode::borrowed(&bytes).ok()?.0;
    let settings = document_settings(shared, resolver, path);
    let snapshot = Snapshot::settled(&text, settings.core().clone());
    let (uri, spelling) = {
        let session = shared.session();
        let uri = session.uri_of(path)?;
        let spelling = session.spelling(&uri);
        (uri, spelling)
    };
    let named = Named { uri: &uri, spelling: &spelling };
    let checked = Checked::new(named, 0, snapshot, settings, client, &Diagnostics::default());
    let items: Vec<&str> = checked.diagnostics.json().collect();
    Some((checked.diagnostics.result_id(), items.join(",")))
}

impl FileFindings {
    /// Their id as the protocol has it.
    pub(crate) fn result_id(&self) -> String {
        written_id(self.id)
    }
}
