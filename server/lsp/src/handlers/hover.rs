//! `textDocument/hover`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Hover, HoverParams};

use crate::server::Backend;
use crate::view::BoundView;

pub(crate) async fn hover(backend: &Backend, params: HoverParams) -> Result<Option<Hover>> {
    let at = params.text_document_position_params;
    let Some(view) = BoundView::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let hover = ide::hover(&view.snapshot, view.offset(at.position), view.client.markup);
    Ok(hover.map(|hover| view.converter().hover(hover)))
}
