//! `textDocument/codeLens`: only the places of the lenses. Their titles are worked out for those that come into view.

use gouji_core::ide;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{CodeLens, CodeLensParams, Url};

use crate::server::Backend;
use crate::view::View;

/// The `data` of a lens: the table that it belongs to.
#[derive(Serialize, Deserialize)]
pub(crate) struct Unresolved {
    pub(crate) uri: Url,
    pub(crate) version: i32,
    /// Index of the table among those with relations.
    pub(crate) table: usize,
}

pub(crate) async fn code_lens(
    backend: &Backend,
    params: CodeLensParams,
) -> Result<Option<Vec<CodeLens>>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let lenses = view.work(|view, stop| {
        let tables = stop.each(ide::tables_with_relations(view.snapshot())).enumerate();
        let lens = |(table, at): (usize, ide::TableAt<'_>)| {
            let unresolved =
                Unresolved { uri: view.uri.clone(), version: view.checked.version, table };
            CodeLens {
                range: view.converter().range(at.start()..at.start()),
                command: None,
                data: serde_json::to_value(unresolved).ok(),
            }
        };
        tables.map(lens).collect()
    });
    lenses.await.map(Some)
}
