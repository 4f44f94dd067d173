//! `textDocument/didOpen`

use tower_lsp::lsp_types::DidOpenTextDocumentParams;

use crate::server::Backend;

pub(crate) fn did_open(backend: &Backend, params: &DidOpenTextDocumentParams) {
    backend.shared.session().open(&params.text_document);
    backend.shared.look_at_configuration(true);
}
