//! `textDocument/didOpen`

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tower_lsp::lsp_types::TextDocumentItem;

use crate::shared::Shared;

pub(crate) fn did_open(shared: &Arc<Shared>, document: &TextDocumentItem) {
    if catch_unwind(AssertUnwindSafe(|| shared.session().open(document))).is_err() {
        tracing::error!("opening a document panicked");
    }
    shared.poll_configuration_at_times();
}
