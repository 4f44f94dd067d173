//! `textDocument/didChange`

use tower_lsp::lsp_types::DidChangeTextDocumentParams;

use crate::server::Backend;

pub(crate) fn did_change(backend: &Backend, params: DidChangeTextDocumentParams) {
    let document = params.text_document;
    backend.shared.session().change(document.uri, document.version, &params.content_changes);
}
