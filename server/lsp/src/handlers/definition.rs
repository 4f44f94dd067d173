//! `textDocument/definition`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{GotoDefinitionParams, GotoDefinitionResponse};

use crate::server::Backend;
use crate::view::View;

pub(crate) async fn definition(
    backend: &Backend,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let at = params.text_document_position_params;
    let Some(view) = View::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let definition = ide::definition(view.snapshot(), view.offset(at.position));
    Ok(definition.map(|definition| view.converter().definition(definition)))
}
