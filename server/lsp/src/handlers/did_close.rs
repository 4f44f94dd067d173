//! `textDocument/didClose`

use tower_lsp::lsp_types::DidCloseTextDocumentParams;

use crate::convert::publication;
use crate::server::Backend;

/// Its file counts from now on, if it is one of the folders.
pub(crate) fn did_close(backend: &Backend, params: &DidCloseTextDocumentParams) {
    let uri = &params.text_document.uri;
    let mut session = backend.shared.session();
    // Under the lock: a result that is just being shown comes before, none comes after.
    if session.close(uri) && !session.client().pulls {
        let message = publication(&session.spelling(uri), None, std::iter::empty());
        backend.shared.output.publish(uri, message);
    }
    drop(session);
    backend.shared.closed.move_on();
    backend.shared.changed.notify_waiters();
}
