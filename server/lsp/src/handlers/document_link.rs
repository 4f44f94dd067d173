//! `textDocument/documentLink`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{DocumentLink, DocumentLinkParams};

use crate::server::Backend;
use crate::view::View;

pub(crate) async fn document_link(
    backend: &Backend,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let links = view.work(|view, stop| {
        let (converter, links) = (view.converter(), stop.each(ide::links(view.snapshot())));
        links.filter_map(|link| converter.link(link)).collect()
    });
    links.await.map(Some)
}
