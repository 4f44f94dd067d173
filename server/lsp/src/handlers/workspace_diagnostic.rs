//! `workspace/diagnostic`
//!
//! Clients ask again as soon as they have an answer (VS Code: every two seconds). So the request stays open until something differs from what
//! the client has: an idle server is idle.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{
    DiagnosticServerCancellationData, FullDocumentDiagnosticReport, Url, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport,
};

use crate::server::Backend;
use crate::shared::Shared;

/// The result of a document that is not open any more.
const CLOSED: &str = "closed";
/// `ServerCancelled` of the protocol.
const SERVER_CANCELLED: i64 = -32802;

pub(crate) async fn workspace_diagnostic(
    backend: &Backend,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    static LATEST: AtomicU64 = AtomicU64::new(0);
    let this = LATEST.fetch_add(1, Ordering::SeqCst) + 1;
    // One that is still held open has been superseded by this one.
    backend.shared.changed.notify_waiters();
    let known: HashMap<Url, String> =
        params.previous_result_ids.into_iter().map(|id| (id.uri, id.value)).collect();
    loop {
        let changed = backend.shared.changed.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        if LATEST.load(Ordering::SeqCst) != this {
            return Err(superseded());
        }
        let items = news(&backend.shared, &known);
        if !items.is_empty() {
            return Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport {
                items,
            }));
        }
        changed.await;
    }
}

/// What differs from what the client knows; nothing while a check is under way.
fn news(shared: &Shared, known: &HashMap<Url, String>) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let Some(all) = shared.session().all_results() else { return Vec::new() };
    let full = |uri: &Url, version, result_id: &str, items| {
        WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
            uri: uri.clone(),
            version,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(result_id.to_owned()),
                items,
            },
        })
    };
    let changed = all
        .iter()
        .filter(|(uri, checked)| known.get(uri).is_none_or(|id| id != checked.result_id()));
    let mut items: Vec<_> = changed
        .map(|(uri, checked)| {
            full(uri, Some(i64::from(checked.version)), checked.result_id(), checked.shown.pulled())
        })
        .collect();
    let closed =
        known.iter().filter(|(uri, id)| *id != CLOSED && all.iter().all(|(open, _)| open != *uri));
    items.extend(closed.map(|(uri, _)| full(uri, None, CLOSED, Vec::new())));
    items
}

fn superseded() -> Error {
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: "superseded by a newer request".into(),
        data: serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: false })
            .ok(),
    }
}
