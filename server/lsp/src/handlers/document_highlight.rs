//! `textDocument/documentHighlight`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{DocumentHighlight, DocumentHighlightParams};

use crate::server::Backend;
use crate::view::View;

pub(crate) async fn document_highlight(
    backend: &Backend,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>> {
    let at = params.text_document_position_params;
    let Some(view) = View::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let found = ide::highlights(view.snapshot(), view.offset(at.position));
    let converter = view.converter();
    Ok(Some(found.into_iter().map(|highlight| converter.highlight(highlight)).collect()))
}
