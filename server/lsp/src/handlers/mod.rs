//! One file a method.

pub(crate) mod code_action;
pub(crate) mod code_action_resolve;
pub(crate) mod code_lens;
pub(crate) mod code_lens_resolve;
pub(crate) mod completion;
pub(crate) mod completion_resolve;
pub(crate) mod definition;
pub(crate) mod diagnostic;
pub(crate) mod did_change;
pub(crate) mod did_change_configuration;
pub(crate) mod did_change_watched_files;
pub(crate) mod did_change_workspace_folders;
pub(crate) mod did_close;
pub(crate) mod did_open;
pub(crate) mod did_save;
pub(crate) mod document_highlight;
pub(crate) mod document_link;
pub(crate) mod document_symbol;
pub(crate) mod execute_command;
pub(crate) mod file_operations;
pub(crate) mod folding_range;
pub(crate) mod formatting;
pub(crate) mod hover;
pub(crate) mod initialize;
pub(crate) mod inlay_hint;
pub(crate) mod linked_editing_range;
pub(crate) mod preview;
pub(crate) mod references;
pub(crate) mod rename;
pub(crate) mod selection_range;
pub(crate) mod semantic_tokens;
pub(crate) mod workspace_diagnostic;
pub(crate) mod workspace_symbol;

use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::Url;

use crate::checked::Checked;
use crate::document::Outcome;
use crate::server::Backend;

/// The result for the version that the document has now: `None` if it is not open, `ContentModified` if it is edited before the result is there.
///
/// The shell polls each request once where it stands in the stream of messages, so "now" is the version that the client meant.
pub(crate) async fn checked(backend: &Backend, uri: &Url) -> Result<Option<Arc<Checked>>> {
    let mut asked = None;
    let look = || {
        let Some((version, outcome)) = backend.shared.session().result(uri) else {
            return Some(Ok(None));
        };
        if *asked.get_or_insert(version) != version {
            return Some(Err(Error::new(ErrorCode::ContentModified)));
        }
        match outcome {
            Outcome::Checked(checked) => Some(Ok(Some(checked))),
            Outcome::None => Some(Err(Error::internal_error())),
            Outcome::Pending => None,
        }
    };
    backend.shared.wait_for(look).await
}
