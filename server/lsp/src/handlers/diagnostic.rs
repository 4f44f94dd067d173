//! `textDocument/diagnostic`

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{TextDocumentIdentifier, Url};

use crate::checked::Checked;
use crate::closed::{FileFindings, check};
use crate::convert::document_report;
use crate::document::Outcome;
use crate::server::Backend;

/// The name under which the shell passes the method on: the answer is written as JSON here, not built from protocol types.
pub(crate) const METHOD: &str = "gouji/written/textDocument/diagnostic";

/// The parameters, as far as they matter here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params {
    text_document: TextDocumentIdentifier,
    previous_result_id: Option<String>,
}

impl Backend {
    /// Answers with the result of the latest version even if edits arrive while it waits: on an error clients show an empty list, which would
    /// flicker.
    pub(crate) async fn diagnostic_written(&self, params: Params) -> Result<Value> {
        let uri = params.text_document.uri;
        let previous = params.previous_result_id.as_deref();
        if let Some(checked) = latest(self, &uri).await {
            let report =
                document_report(Some(checked.result_id()), previous, checked.diagnostics.json());
            return Ok(Value::String(report));
        }
        let found = of_file(self, &uri).await?;
        let id = found.as_ref().map(FileFindings::result_id);
        let items = found.as_ref().map(|found| &*found.items).filter(|items| !items.is_empty());
        Ok(Value::String(document_report(id.as_deref(), previous, items.into_iter())))
    }
}

/// The result of whatever version is checked next; `None` if the document is not open or has no result.
async fn latest(backend: &Backend, uri: &Url) -> Option<Arc<Checked>> {
    let look = || match backend.shared.session().result(uri) {
        Some((_, Outcome::Checked(checked))) => Some(Some(checked)),
        Some((_, Outcome::Pending)) => None,
        Some((_, Outcome::None)) | None => Some(None),
    };
    backend.shared.wait_for(look).await
}

/// What is found in the file of a document that is not open, if pulls of the workspace report that file. VS Code pulls a document once more when it is
/// closed, and shows that answer until the file's result differs from it.
async fn of_file(backend: &Backend, uri: &Url) -> Result<Option<FileFindings>> {
    let shared = backend.shared.clone();
    let path: Option<PathBuf> = uri.to_file_path().ok();
    let Some(path) = path.filter(|path| shared.closed.findings.known(path).is_some()) else {
        return Ok(None);
    };
    let (client, resolver) = {
        let session = shared.session();
        // Open, and yet without a result: the file is gone.
        if session.is_open_file(&path) {
            return Ok(None);
        }
        (session.client().clone(), session.resolver().clone())
    };
    let found = move || {
        let known = shared.closed.findings.current(&resolver, &path);
        known.unwrap_or_else(|| check(&shared, &client, &resolver, &path))
    };
    tokio::task::spawn_blocking(found).await.map(Some).map_err(|_| Error::internal_error())
}
