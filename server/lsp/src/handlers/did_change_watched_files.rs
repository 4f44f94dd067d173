//! `workspace/didChangeWatchedFiles`

use tower_lsp::lsp_types::{DidChangeWatchedFilesParams, FileChangeType};

use crate::convert::publication;
use crate::server::Backend;

/// Configuration or a form has changed on the disk, or the file of a document is gone or there again.
pub(crate) fn did_change_watched_files(backend: &Backend, params: &DidChangeWatchedFilesParams) {
    let shared = &backend.shared;
    let (mut is_gone, mut others) = (false, false);
    for change in &params.changes {
        let mut session = shared.session();
        if change.typ != FileChangeType::DELETED || !session.lose_file(&change.uri) {
            // What is under edit counts, whatever the disk says.
            others |= change.typ == FileChangeType::CREATED || !session.is_open(&change.uri);
            continue;
        }
        is_gone = true;
        if !session.client().pulls {
            let message = publication(session.spelling(&change.uri), None, std::iter::empty());
            shared.output.publish(&change.uri, message);
        }
    }
    if others {
        backend.recheck();
    } else if is_gone {
        backend.refresh();
    }
    shared.changed.notify_waiters();
}
