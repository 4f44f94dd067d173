//! `textDocument/didChange`

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tower_lsp::lsp_types::DidChangeTextDocumentParams;

use crate::shared::Shared;

pub(crate) fn did_change(shared: &Arc<Shared>, params: DidChangeTextDocumentParams) {
    let document = params.text_document;
    let change =
        || shared.session().change(document.uri, document.version, &params.content_changes);
    if catch_unwind(AssertUnwindSafe(change)).is_err() {
        tracing::error!("an edit panicked");
    }
    shared.poll_configuration_at_times();
}
