//! `workspace/didChangeWorkspaceFolders`

use tower_lsp::lsp_types::{DidChangeWorkspaceFoldersParams, Url, WorkspaceFolder};

use crate::server::Backend;

/// Checks every open document again: paths in the editor's settings are relative to the first folder, which may have changed.
pub(crate) fn did_change_workspace_folders(
    backend: &Backend,
    params: &DidChangeWorkspaceFoldersParams,
) {
    let uris = |folders: &[WorkspaceFolder]| {
        folders.iter().map(|folder| folder.uri.clone()).collect::<Vec<Url>>()
    };
    backend
        .shared
        .session()
        .change_folders(&uris(&params.event.added), &uris(&params.event.removed));
    backend.recheck();
}
