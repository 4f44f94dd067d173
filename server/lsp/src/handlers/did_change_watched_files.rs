//! `workspace/didChangeWatchedFiles`

use std::path::Path;

use gouji_workspace::walk;
use tower_lsp::lsp_types::{DidChangeWatchedFilesParams, FileChangeType, FileEvent, Url};

use crate::convert::publication;
use crate::server::Backend;
use crate::shared::Shared;

/// What a change on the disk asks for.
#[derive(Default)]
struct Outcome {
    /// Everything is read by something else.
    recheck: bool,
    /// Documents that are open have other findings.
    refresh: bool,
}

/// Configuration or a form has changed on the disk, a report that is not open, or the file of a document is gone or there again.
pub(crate) fn did_change_watched_files(backend: &Backend, params: &DidChangeWatchedFilesParams) {
    changed_files(backend, &params.changes);
}

/// Files have come, gone or changed.
pub(crate) fn changed_files(backend: &Backend, changes: &[FileEvent]) {
    let mut outcome = Outcome::default();
    for change in changes {
        changed(&backend.shared, &change.uri, change.typ, &mut outcome);
    }
    backend.shared.closed.move_on();
    if outcome.recheck {
        backend.recheck();
    } else if outcome.refresh {
        backend.refresh();
    }
    backend.shared.changed.notify_waiters();
}

fn changed(shared: &Shared, uri: &Url, change: FileChangeType, outcome: &mut Outcome) {
    let path = uri.to_file_path().ok();
    match change {
        FileChangeType::DELETED => {
            // A folder that is gone takes its files with it, and nobody names them.
            let open = shared.session().open_below(uri, path.as_deref());
            for uri in open {
                outcome.refresh = true;
                lose(shared, &uri);
            }
        }
        FileChangeType::CREATED => {
            outcome.refresh |= shared.find_file(uri, path.as_deref());
        }
        // What is under edit counts, whatever the disk says.
        _ => {}
    }
    let Some(path) = path else { return };
    shared.closed.findings.forget(&path);
    if !walk::is_text(&path) && !is_walks_own(&path) {
        outcome.recheck |= is_configuration(shared, &path);
    }
}

/// Nothing is shown of a document whose file is gone.
fn lose(shared: &Shared, uri: &Url) {
    let mut session = shared.session();
    session.lose_file(uri);
    if !session.client().pulls {
        let message = publication(&session.spelling(uri), None, std::iter::empty());
        shared.output.publish(uri, message);
    }
}

/// Whether it says which files there are, and no more.
fn is_walks_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == ".gitignore" || name == ".ignore")
}

/// Whether it is a configuration or a form, may become one, or holds one.
fn is_configuration(shared: &Shared, path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let resolver = shared.session().resolver().clone();
    is_toml || resolver.files().iter().any(|file| file.starts_with(path))
}
