//! `workspace/didChangeWorkspaceFolders`

use tower_lsp::lsp_types::{DidChangeWorkspaceFoldersParams, Url, WorkspaceFolder};

use crate::server::Backend;

/// The paths of the editor's settings count from the first folder.
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
