//! `completionItem/resolve`

use tower_lsp::lsp_types::{CompletionItem, Documentation};

use super::completion::Unresolved;
use crate::server::Backend;

/// Adds the documentation. An item of an older list stays as it is.
pub(crate) fn completion_resolve(backend: &Backend, mut item: CompletionItem) -> CompletionItem {
    let unresolved =
        item.data.clone().and_then(|data| serde_json::from_value::<Unresolved>(data).ok());
    if let Some(Unresolved { list, item: at }) = unresolved {
        let found = backend.shared.session().documentation(list, at);
        item.documentation = found.filter(|it| !it.is_empty()).map(Documentation::String);
    }
    item
}
