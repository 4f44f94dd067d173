//! `textDocument/didSave`

use tower_lsp::lsp_types::DidSaveTextDocumentParams;

use crate::server::Backend;

pub(crate) fn did_save(backend: &Backend, params: DidSaveTextDocumentParams) {
    backend.shared.session().save(params.text_document.uri);
    backend.shared.poll_configuration();
}
