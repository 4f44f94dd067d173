//! `textDocument/completion`

use std::time::{SystemTime, UNIX_EPOCH};

use gouji_core::ide::{self, CompletionKind, Situation, SkeletonLayout};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    CompletionList, CompletionParams, CompletionResponse, CompletionTriggerKind,
};

use crate::convert;
use crate::server::Backend;
use crate::view::BoundView;

/// The characters that trigger completion: those that begin a cell, a title, a document number.
pub(crate) const TRIGGERS: [&str; 4] = ["|", "《", "〔", "（"];

/// Seconds of a mean year.
const YEAR: u64 = 31_556_952;

/// The `data` of an item: which item of which list is to be resolved.
#[derive(Serialize, Deserialize)]
pub(super) struct Unresolved {
    pub(super) list: u64,
    pub(super) item: usize,
}

pub(crate) async fn completion(
    backend: &Backend,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>> {
    let at = params.text_document_position;
    let typed = params
        .context
        .is_some_and(|context| context.trigger_kind == CompletionTriggerKind::TRIGGER_CHARACTER);
    let Some(view) = BoundView::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let is_markdown = backend.shared.session().is_markdown(&view.uri);
    let layout = if is_markdown { SkeletonLayout::Markdown } else { SkeletonLayout::Pipes };
    let situation = Situation { year: due_year(), layout, invoked: !typed };
    let offers = ide::completions(&view.snapshot, view.offset(at.position), situation);
    let documentation = offers.iter().map(convert::documentation).collect();
    let list = backend.shared.session().offer(documentation);
    // The list is complete only if it holds figures alone: other items may become right as more is typed.
    let is_figure = offers.iter().all(|offer| offer.kind == CompletionKind::Figure);
    let is_only = offers.len() == 1 && view.client.completion.preselects;
    let mut items = Vec::with_capacity(offers.len());
    for (item, offer) in offers.into_iter().enumerate() {
        let mut shown = view.converter().completion(item, offer);
        // Preselected if it is the only figure that the relations allow.
        shown.preselect = (is_figure && is_only).then_some(true);
        shown.data = Some(json!(Unresolved { list, item }));
        items.push(shown);
    }
    Ok(Some(CompletionList { is_incomplete: !is_figure, items }.into()))
}

/// The year that reports are now written about: last year. Off by some hours around New Year, which does no harm: either year may be meant then.
fn due_year() -> u16 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u16::try_from(1970 + now.as_secs() / YEAR - 1).unwrap_or(u16::MAX)
}
