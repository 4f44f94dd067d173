//! `textDocument/inlayHint`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{InlayHint, InlayHintParams};

use crate::convert;
use crate::server::Backend;
use crate::view::View;

pub(crate) async fn inlay_hint(
    backend: &Backend,
    params: InlayHintParams,
) -> Result<Option<Vec<InlayHint>>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let converter = view.converter();
    let range = convert::byte_range(converter.text, params.range, view.client.encoding);
    let hints = ide::hints(view.snapshot(), range, view.checked.inlay_hints());
    Ok(Some(hints.into_iter().map(|hint| converter.hint(hint)).collect()))
}
