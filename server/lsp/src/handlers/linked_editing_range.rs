//! `textDocument/linkedEditingRange`

use gouji_core::ide::{self, Subject};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{LinkedEditingRangeParams, LinkedEditingRanges};

use crate::server::Backend;
use crate::view::BoundView;

/// The pattern of what may be typed over an agency's name with linked editing staying on.
const NAME: &str = r"[^\s\d，。；：、《》|/<>]{0,40}";
const YEAR: &str = r"\d{0,4}";

pub(crate) async fn linked_editing_range(
    backend: &Backend,
    params: LinkedEditingRangeParams,
) -> Result<Option<LinkedEditingRanges>> {
    let at = params.text_document_position_params;
    let Some(view) = BoundView::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let Some(naming) = ide::naming(&view.snapshot, view.offset(at.position)) else {
        return Ok(None);
    };
    let linked = naming.linked(&view.snapshot);
    let pattern = match naming.subject {
        Subject::Agency => NAME,
        Subject::Year => YEAR,
    };
    Ok((!linked.is_empty()).then(|| LinkedEditingRanges {
        ranges: linked.into_iter().map(|range| view.converter().range(range)).collect(),
        word_pattern: Some(pattern.to_owned()),
    }))
}
