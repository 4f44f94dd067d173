//! `textDocument/references`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Location, ReferenceParams};

use crate::server::Backend;
use crate::view::View;

pub(crate) async fn references(
    backend: &Backend,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>> {
    let at = params.text_document_position;
    let Some(view) = View::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let declaration = params.context.include_declaration;
    let found = ide::references(view.snapshot(), view.offset(at.position), declaration);
    let converter = view.converter();
    Ok(Some(found.into_iter().map(|range| converter.location(range)).collect()))
}
