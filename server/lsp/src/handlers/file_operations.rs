//! `workspace/didCreateFiles`, `workspace/didRenameFiles`, `workspace/didDeleteFiles`: changes that the user makes to files in the editor, which file
//! watchers report late or not at all. Renaming a folder is one event, without one for each file in it.

use tower_lsp::lsp_types::{
    CreateFilesParams, DeleteFilesParams, FileChangeType, FileEvent, FileOperationFilter,
    FileOperationPattern, FileOperationRegistrationOptions, RenameFilesParams, Url,
    WorkspaceFileOperationsServerCapabilities,
};

use super::did_change_watched_files::changed_files;
use crate::server::Backend;

/// Registers for all files and folders: a folder of reports may have any name.
pub(crate) fn capabilities() -> WorkspaceFileOperationsServerCapabilities {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None };
    let filter = FileOperationFilter { scheme: Some("file".to_owned()), pattern };
    let all = Some(FileOperationRegistrationOptions { filters: vec![filter] });
    WorkspaceFileOperationsServerCapabilities {
        did_create: all.clone(),
        did_rename: all.clone(),
        did_delete: all,
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

pub(crate) fn did_create_files(backend: &Backend, params: &CreateFilesParams) {
    let created = params.files.iter().map(|file| (file.uri.as_str(), FileChangeType::CREATED));
    apply(backend, created);
}

pub(crate) fn did_rename_files(backend: &Backend, params: &RenameFilesParams) {
    let moved = params.files.iter().flat_map(|file| {
        let old = (file.old_uri.as_str(), FileChangeType::DELETED);
        [old, (file.new_uri.as_str(), FileChangeType::CREATED)]
    });
    apply(backend, moved);
}

pub(crate) fn did_delete_files(backend: &Backend, params: &DeleteFilesParams) {
    let gone = params.files.iter().map(|file| (file.uri.as_str(), FileChangeType::DELETED));
    apply(backend, gone);
}

fn apply<'a>(backend: &Backend, events: impl Iterator<Item = (&'a str, FileChangeType)>) {
    let event = |(uri, typ): (&str, _)| Some(FileEvent::new(Url::parse(uri).ok()?, typ));
    changed_files(backend, &events.filter_map(event).collect::<Vec<_>>());
}
