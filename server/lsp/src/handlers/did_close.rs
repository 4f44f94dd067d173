//! `textDocument/didClose`

use tower_lsp::lsp_types::DidCloseTextDocumentParams;

use crate::convert::publication;
use crate::server::Backend;

/// Closes a document. From now on its file counts among the closed files, if it lies in a workspace folder.
pub(crate) fn did_close(backend: &Backend, params: &DidCloseTextDocumentParams) {
    let uri = &params.text_document.uri;
    let mut session = backend.shared.session();
    // Published under the lock, so that the result of a check in progress cannot be published after it.
    if session.close(uri) && !session.client().pulls {
        let message = publication(&session.spelling(uri), None, std::iter::empty());
        backend.shared.output.publish(uri, message);
    }
    drop(session);
    backend.shared.closed.move_on();
    backend.shared.changed.notify_waiters();
}
