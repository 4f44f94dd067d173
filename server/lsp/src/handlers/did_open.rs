//! `textDocument/didOpen`

use tower_lsp::lsp_types::DidOpenTextDocumentParams;

use crate::server::Backend;

pub(crate) fn did_open(backend: &Backend, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    backend.shared.session().open(document.uri, document.version, &document.text);
}
