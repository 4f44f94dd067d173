//! `textDocument/diagnostic`

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Url,
};

use crate::checked::Checked;
use crate::document::Outcome;
use crate::server::Backend;

/// Answers with the latest version's result even if edits arrive while it waits: clients show the empty list on an error, which would flicker.
pub(crate) async fn diagnostic(
    backend: &Backend,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let checked = latest(backend, &params.text_document.uri).await;
    Ok(DocumentDiagnosticReportResult::Report(report(
        checked.as_deref(),
        params.previous_result_id,
    )))
}

async fn latest(backend: &Backend, uri: &Url) -> Option<Arc<Checked>> {
    loop {
        let changed = backend.shared.changed.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        match backend.shared.session().result(uri) {
            Some((_, Outcome::Checked(checked))) => return Some(checked),
            Some((_, Outcome::Pending)) => {}
            Some((_, Outcome::None)) | None => return None,
        }
        changed.await;
    }
}

fn report(checked: Option<&Checked>, previous: Option<String>) -> DocumentDiagnosticReport {
    let result_id = checked.map(|checked| checked.result_id().to_owned());
    match (result_id, previous) {
        (Some(result_id), Some(previous)) if result_id == previous => {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id,
                },
            })
        }
        (result_id, _) => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id,
                items: checked.map(|checked| checked.shown.pulled()).unwrap_or_default(),
            },
        }),
    }
}
