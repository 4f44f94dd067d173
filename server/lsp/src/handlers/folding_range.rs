//! `textDocument/foldingRange`

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeParams};

use crate::server::Backend;
use crate::view::View;

pub(crate) async fn folding_range(
    backend: &Backend,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let folds = view.work(|view, stop| {
        let (converter, folds) = (view.converter(), stop.each(ide::folds(view.snapshot())));
        folds.filter_map(|range| converter.fold(range)).collect()
    });
    folds.await.map(Some)
}
