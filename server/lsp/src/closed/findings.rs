//! What is found in files that are not open, as it is shown.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::Resolver;
use gouji_workspace::{decode, file};

use super::{Stamp, stamp};
use crate::capabilities::Client;
use crate::checked::{Checked, Named, written_id};
use crate::shared::Shared;
use crate::shown::Shown;
use crate::worker::given;

/// Bytes of findings that are kept: those of some thousand reports. A client that pulls keeps them itself and names them by their id, so that
/// of the files beyond the id is enough; they are read again only for a client that has forgotten them.
const ROOM: usize = 32 << 20;
/// Bytes of a file that is read: a compilation of a thousand reports. Whatever is larger is no report, but a log or a dump, and would stand in memory
/// several times over.
const LARGEST: u64 = 32 << 20;

/// What is known of the files.
#[derive(Default)]
pub(crate) struct Findings(Mutex<State>);

#[derive(Default)]
struct State {
    /// What they were checked by.
    resolver: Option<Arc<Resolver>>,
    files: HashMap<PathBuf, Known>,
    /// Bytes that the findings take.
    taken: usize,
    /// The user has stopped the work: no file is read that never was.
    is_given_up: bool,
}

struct Known {
    /// When it was read; none of a file that is said to have changed since, whatever its stamp.
    stamp: Option<Stamp>,
    id: u64,
    /// None where there was no room.
    items: Option<Arc<str>>,
}

/// The findings of a file as JSON, without the brackets, and their id.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) id: u64,
    pub(crate) items: Arc<str>,
}

impl Findings {
    /// The files that were never read, of a listing that still stands.
    pub(crate) fn unread<'f>(&self, files: &'f [PathBuf]) -> Vec<&'f Path> {
        let state = self.lock();
        let files = files.iter().filter(|_| !state.is_given_up);
        files.map(PathBuf::as_path).filter(|path| !state.files.contains_key(*path)).collect()
    }

    /// Begins a look at `files`, which are all there are: of those that are gone nothing is kept, and nothing at all after a change of
    /// configuration. The files that have to be read.
    pub(crate) fn begin<'f>(
        &self,
        resolver: &Arc<Resolver>,
        files: &'f [PathBuf],
    ) -> Vec<&'f Path> {
        let stamps: Vec<_> = files.iter().map(|path| stamp(path)).collect();
        let mut state = self.lock();
        if !state.resolver.as_ref().is_some_and(|it| Arc::ptr_eq(it, resolver)) {
            *state = State { resolver: Some(resolver.clone()), ..State::default() };
        }
        let there: HashSet<&Path> = files.iter().map(PathBuf::as_path).collect();
        state.files.retain(|path, _| there.contains(path.as_path()));
        state.taken = state.files.values().map(Known::size).sum();
        let is_new = |(path, stamp): (&'f PathBuf, Option<Stamp>)| {
            let known = state.files.get(path);
            let is_wanted = !state.is_given_up || known.is_some();
            let is_new = stamp.is_some() && known.is_none_or(|known| known.stamp != stamp);
            (is_wanted && is_new).then_some(path.as_path())
        };
        files.iter().zip(stamps).filter_map(is_new).collect()
    }

    /// The id of what was found in a file when it was read last, and that itself where it is kept.
    pub(crate) fn known(&self, path: &Path) -> Option<(u64, Option<Found>)> {
        let state = self.lock();
        let known = state.files.get(path)?;
        let id = known.id;
        Some((id, known.items.clone().map(|items| Found { id, items })))
    }

    /// What was found in a file as it is now, if that is kept.
    pub(crate) fn current(&self, resolver: &Arc<Resolver>, path: &Path) -> Option<Found> {
        let stamp = Some(stamp(path)?);
        let state = self.lock();
        let is_by = state.resolver.as_ref().is_some_and(|it| Arc::ptr_eq(it, resolver));
        let known = state.files.get(path).filter(|known| is_by && known.stamp == stamp)?;
        Some(Found { id: known.id, items: known.items.clone()? })
    }

    /// A file has changed, or may have.
    pub(crate) fn forget(&self, path: &Path) {
        if let Some(known) = self.lock().files.get_mut(path) {
            known.stamp = None;
        }
    }

    /// The user has stopped the work.
    pub(crate) fn give_up(&self) {
        self.lock().is_given_up = true;
    }

    /// Keeps what was found by `resolver` in a file, which had that stamp before it was read.
    fn keep(&self, resolver: &Arc<Resolver>, path: &Path, stamp: Option<Stamp>, found: &Found) {
        let mut state = self.lock();
        if !state.resolver.as_ref().is_some_and(|it| Arc::ptr_eq(it, resolver)) {
            return;
        }
        state.taken -= state.files.get(path).map_or(0, Known::size);
        let fits = state.taken + found.items.len() <= ROOM;
        let known = Known { stamp, id: found.id, items: fits.then(|| found.items.clone()) };
        state.taken += known.size();
        state.files.insert(path.to_owned(), known);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn size(&self) -> usize {
        self.items.as_ref().map_or(0, |items| items.len())
    }
}

/// Reads a file and keeps what is found in it.
pub(crate) fn check(
    shared: &Shared,
    client: &Arc<Client>,
    resolver: &Arc<Resolver>,
    path: &Path,
) -> Found {
    // Before it is read: what changes meanwhile is read again.
    let stamp = stamp(path);
    let read = || read(shared, client, resolver, path, stamp);
    let read = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        tracing::error!(path = %path.display(), "a check panicked");
        None
    });
    let (id, items) = read.unwrap_or_else(|| (Shown::default().result_id(), String::new()));
    let found = Found { id, items: items.into() };
    shared.closed.findings.keep(resolver, path, stamp, &found);
    found
}

/// Nothing of a file that cannot be read.
fn read(
    shared: &Shared,
    client: &Arc<Client>,
    resolver: &Arc<Resolver>,
    path: &Path,
    stamp: Option<Stamp>,
) -> Option<(u64, String)> {
    if stamp.is_none_or(|(_, length)| length > LARGEST) {
        return None;
    }
    let bytes = file::bytes(path).ok()?;
    let text = decode::borrowed(&bytes).ok()?.0;
    let given = given(shared, resolver, path);
    let snapshot = Snapshot::settled(&text, given.settings().clone());
    let (uri, spelling) = {
        let session = shared.session();
        let uri = session.uri_of(path)?;
        let spelling = session.spelling(&uri);
        (uri, spelling)
    };
    let named = Named { uri: &uri, spelling: &spelling };
    let checked = Checked::new(named, 0, snapshot, given, client, &Shown::default());
    let items: Vec<&str> = checked.shown.json().collect();
    Some((checked.shown.result_id(), items.join(",")))
}

impl Found {
    /// Its id as it goes over the wire.
    pub(crate) fn result_id(&self) -> String {
        written_id(self.id)
    }
}
