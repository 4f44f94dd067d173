//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`

use std::ops::Range;

use gouji_core::ide;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, Url,
};

use crate::convert;
use crate::server::Backend;
use crate::view::View;

pub(crate) async fn full(
    backend: &Backend,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>> {
    let uri = params.text_document.uri;
    let Some(tokens) = whole(backend, &uri).await? else { return Ok(None) };
    let (id, tokens, _) = backend.shared.session().exchange_tokens(&uri, tokens, None);
    Ok(Some(SemanticTokens { result_id: Some(id), data: tokens.to_vec() }.into()))
}

/// What differs from the tokens that the client has, or all tokens if those are no longer known.
pub(crate) async fn delta(
    backend: &Backend,
    params: SemanticTokensDeltaParams,
) -> Result<Option<SemanticTokensFullDeltaResult>> {
    let uri = params.text_document.uri;
    let Some(tokens) = whole(backend, &uri).await? else { return Ok(None) };
    let previous = Some(params.previous_result_id.as_str());
    let (id, tokens, known) = backend.shared.session().exchange_tokens(&uri, tokens, previous);
    let result_id = Some(id);
    Ok(Some(match known {
        Some(known) => {
            let edits = convert::difference(&known, &tokens);
            SemanticTokensDelta { result_id, edits }.into()
        }
        None => SemanticTokens { result_id, data: tokens.to_vec() }.into(),
    }))
}

pub(crate) async fn range(
    backend: &Backend,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let range = convert::byte_range(view.snapshot().text(), params.range, view.client.encoding);
    let data = tokens(view, range).await?;
    Ok(Some(SemanticTokens { result_id: None, data }.into()))
}

async fn whole(backend: &Backend, uri: &Url) -> Result<Option<Vec<SemanticToken>>> {
    let Some(view) = View::of(backend, uri.clone()).await? else { return Ok(None) };
    let range = 0..view.snapshot().text().len();
    tokens(view, range).await.map(Some)
}

async fn tokens(view: View, range: Range<usize>) -> Result<Vec<SemanticToken>> {
    let tokens = view.work(move |view, stop| {
        let reports = stop.each(view.snapshot().reports());
        let near = reports.filter(|report| {
            let whole = report.whole();
            whole.start < range.end && range.start < whole.end
        });
        view.converter().tokens(near.flat_map(|report| ide::tokens(report, &range)))
    });
    tokens.await
}
