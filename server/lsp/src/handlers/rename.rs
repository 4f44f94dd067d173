//! `textDocument/prepareRename` and `textDocument/rename`

use gouji_core::ide;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit,
};

use crate::commands::invalid;
use crate::server::Backend;
use crate::view::View;

pub(crate) async fn prepare(
    backend: &Backend,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let naming = ide::naming(view.snapshot(), view.offset(params.position));
    Ok(naming.map(|naming| PrepareRenameResponse::RangeWithPlaceholder {
        placeholder: view.snapshot().text().slice(naming.at.clone()).into_owned(),
        range: view.converter().range(naming.at),
    }))
}

pub(crate) async fn rename(
    backend: &Backend,
    params: RenameParams,
) -> Result<Option<WorkspaceEdit>> {
    let at = params.text_document_position;
    let Some(view) = View::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let naming = ide::naming(view.snapshot(), view.offset(at.position)).ok_or_else(nothing)?;
    let edits = naming.renamed(view.snapshot(), &params.new_name).map_err(invalid)?;
    Ok(Some(view.converter().workspace_edit(view.checked.version, &edits)))
}

fn nothing() -> Error {
    invalid("这里没有可以改名的内容：可以改的是机关名称和报告年度".to_owned())
}
