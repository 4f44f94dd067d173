//! `workspace/didChangeWatchedFiles`

use std::path::Path;

use tower_lsp::lsp_types::{DidChangeWatchedFilesParams, FileChangeType, FileEvent, Url};

use crate::convert::publication;
use crate::server::Backend;
use crate::shared::Shared;

/// What changes on disk call for.
#[derive(Default)]
struct Effects {
    /// The configuration or a form has changed: everything is checked again.
    recheck: bool,
    /// Open documents have gained or lost their files: clients that pull are told to pull again.
    refresh: bool,
}

/// A configuration or a form has changed on disk, a report that is not open has, or the file of an open document has gone or come back.
pub(crate) fn did_change_watched_files(backend: &Backend, params: &DidChangeWatchedFilesParams) {
    changed_files(backend, &params.changes);
}

/// Handles files that have been created, deleted or changed, whoever says so.
pub(crate) fn changed_files(backend: &Backend, changes: &[FileEvent]) {
    let mut effects = Effects::default();
    for change in changes {
        changed(&backend.shared, &change.uri, change.typ, &mut effects);
    }
    backend.shared.closed.move_on();
    if effects.recheck {
        backend.recheck();
    } else if effects.refresh {
        backend.refresh();
    }
    backend.shared.changed.notify_waiters();
}

fn changed(shared: &Shared, uri: &Url, change: FileChangeType, effects: &mut Effects) {
    let path = uri.to_file_path().ok();
    match change {
        FileChangeType::DELETED => {
            // A deleted folder takes its files with it, and there is no event for each of them.
            let open = shared.session().open_below(uri, path.as_deref());
            for uri in open {
                effects.refresh = true;
                lose(shared, &uri);
            }
        }
        FileChangeType::CREATED => {
            effects.refresh |= shared.find_file(uri, path.as_deref());
        }
        // An open document counts as it is in the editor, whatever its file says now.
        _ => {}
    }
    let Some(path) = path else { return };
    shared.closed.findings.forget(&path);
    if !is_ignore_file(&path) {
        effects.recheck |= is_configuration(shared, &path);
    }
}

/// Clears what is shown of a document whose file is gone.
fn lose(shared: &Shared, uri: &Url) {
    let mut session = shared.session();
    session.lose_file(uri);
    if !session.client().pulls {
        let message = publication(&session.spelling(uri), None, std::iter::empty());
        shared.output.publish(uri, message);
    }
}

/// Whether the file only says which other files a walk passes over.
fn is_ignore_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == ".gitignore" || name == ".ignore")
}

/// Whether the path is a configuration, a form or what a form names, may become one (any TOML file), or is a folder with one in it.
fn is_configuration(shared: &Shared, path: &Path) -> bool {
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let resolver = shared.session().resolver().clone();
    is_toml || resolver.files().iter().any(|file| file.starts_with(path))
}
