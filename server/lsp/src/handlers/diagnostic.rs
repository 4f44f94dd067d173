//! `textDocument/diagnostic`

use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{TextDocumentIdentifier, Url};

use crate::checked::Checked;
use crate::closed::{Found, check};
use crate::convert::document_report;
use crate::document::Outcome;
use crate::server::Backend;

/// What the shell calls it: its answer is written here, not made of values.
pub(crate) const METHOD: &str = "gouji/written/textDocument/diagnostic";

/// What is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params {
    text_document: TextDocumentIdentifier,
    previous_result_id: Option<String>,
}

impl Backend {
    /// Answers with the latest version's result even if edits arrive while it waits: clients show the empty list on an error, which would flicker.
    pub(crate) async fn diagnostic_written(&self, params: Params) -> Result<Value> {
        let uri = params.text_document.uri;
        let previous = params.previous_result_id.as_deref();
        if let Some(checked) = latest(self, &uri).await {
            let report = document_report(Some(checked.result_id()), previous, checked.shown.json());
            return Ok(Value::String(report));
        }
        let found = of_file(self, &uri).await?;
        let id = found.as_ref().map(Found::result_id);
        let items = found.as_ref().map(|found| &*found.items).filter(|items| !items.is_empty());
        Ok(Value::String(document_report(id.as_deref(), previous, items.into_iter())))
    }
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

/// What the file of a document that is not open has, when pulls of the workspace tell of it: VS Code pulls a document once more when it is closed, and
/// keeps that until its file's result differs.
async fn of_file(backend: &Backend, uri: &Url) -> Result<Option<Found>> {
    let shared = backend.shared.clone();
    let path: Option<PathBuf> = uri.to_file_path().ok();
    let Some(path) = path.filter(|path| shared.closed.findings.known(path).is_some()) else {
        return Ok(None);
    };
    let (client, resolver) = {
        let session = shared.session();
        // Its file is gone.
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
