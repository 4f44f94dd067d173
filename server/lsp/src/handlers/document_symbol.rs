//! `textDocument/documentSymbol`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{DocumentSymbolParams, DocumentSymbolResponse};

use crate::server::Backend;
use crate::view::View;

pub(crate) async fn document_symbol(
    backend: &Backend,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let response = view.work(|view, stop| {
        let (converter, symbols) = (view.converter(), stop.each(ide::symbols(view.snapshot())));
        if view.client.symbol_trees {
            let trees = symbols.map(|symbol| converter.symbol(symbol));
            return DocumentSymbolResponse::Nested(trees.collect());
        }
        let mut flat = Vec::new();
        for symbol in symbols {
            converter.flat_symbols(symbol, None, &|_| true, &mut flat);
        }
        DocumentSymbolResponse::Flat(flat)
    });
    response.await.map(Some)
}
