//! `textDocument/selectionRange`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{SelectionRange, SelectionRangeParams};

use crate::server::Backend;
use crate::view::View;

pub(crate) async fn selection_range(
    backend: &Backend,
    params: SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let converter = view.converter();
    let chain = |position| ide::selections(view.snapshot(), view.offset(position));
    let chains = params.positions.into_iter().map(|position| converter.selection(chain(position)));
    Ok(Some(chains.collect()))
}
