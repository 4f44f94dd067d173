//! `workspace/didChangeWatchedFiles`

use tower_lsp::lsp_types::DidChangeWatchedFilesParams;

use crate::server::Backend;

/// Configuration or a form has changed on the disk.
pub(crate) fn did_change_watched_files(backend: &Backend, params: &DidChangeWatchedFilesParams) {
    if !params.changes.is_empty() {
        backend.recheck();
    }
}
