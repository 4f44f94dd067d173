//! `textDocument/didClose`

use tower_lsp::lsp_types::DidCloseTextDocumentParams;

use crate::server::Backend;
use crate::session;

pub(crate) fn did_close(backend: &Backend, params: &DidCloseTextDocumentParams) {
    let uri = &params.text_document.uri;
    let mut session = backend.shared.session();
    // Under the lock: a result that is just being shown comes before, none comes after.
    if session.close(uri) && !session.client().pulls {
        session::clear(&backend.shared.output, uri);
    }
    drop(session);
    backend.shared.changed.notify_waiters();
}
