//! A document as a request sees it, and work whose cost grows with the document.

use std::sync::Arc;

use gouji_core::snapshot::Snapshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{Position, Url};

use crate::capabilities::Client;
use crate::checked::Checked;
use crate::convert::Converter;
use crate::handlers;
use crate::progress::Stop;
use crate::server::Backend;
use crate::session::Size;

/// A document, checked, in the version that a request is about.
pub(crate) struct View {
    pub(crate) uri: Url,
    pub(crate) checked: Arc<Checked>,
    pub(crate) client: Arc<Client>,
}

/// A document in the version that a request is about, for requests that do not need its findings.
pub(crate) struct BoundView {
    pub(crate) uri: Url,
    pub(crate) snapshot: Snapshot,
    pub(crate) client: Arc<Client>,
}

impl BoundView {
    /// As [`View::of`], but if possible without waiting for the check.
    pub(crate) async fn of(backend: &Backend, uri: Url) -> Result<Option<Self>> {
        let bound = {
            let mut session = backend.shared.session();
            session.bound(&uri).map(|snapshot| (snapshot, session.client().clone()))
        };
        if let Some((snapshot, client)) = bound {
            return Ok(Some(Self { uri, snapshot, client }));
        }
        let view = View::of(backend, uri).await?;
        Ok(view.map(|view| Self {
            snapshot: view.checked.snapshot.clone(),
            uri: view.uri,
            client: view.client,
        }))
    }

    pub(crate) fn converter(&self) -> Converter<'_> {
        Converter::new(&self.uri, self.snapshot.text(), &self.client)
    }

    /// The byte offset of a position.
    pub(crate) fn offset(&self, at: Position) -> usize {
        self.converter().offset(at)
    }
}

impl View {
    /// The document at `uri`: `None` if it is not open, `ContentModified` if it is edited before its result is there.
    pub(crate) async fn of(backend: &Backend, uri: Url) -> Result<Option<Self>> {
        let client = backend.shared.session().client().clone();
        let checked = handlers::checked(backend, &uri).await?;
        Ok(checked.map(|checked| Self { uri, checked, client }))
    }

    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.checked.snapshot
    }

    pub(crate) fn converter(&self) -> Converter<'_> {
        Converter::new(&self.uri, self.snapshot().text(), &self.client)
    }

    /// The byte offset of a position.
    pub(crate) fn offset(&self, at: Position) -> usize {
        self.converter().offset(at)
    }

    /// Runs `work`, whose cost grows with the document: on a thread of its own if the document is large, so that no message waits for it.
    pub(crate) async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce(&Self, &Stop) -> T + Send + 'static,
    ) -> Result<T> {
        let stop = Stop::default();
        if Size::of(self.snapshot().text()) == Size::Small {
            return Ok(work(&self, &stop));
        }
        let _guard = stop.when_dropped();
        let done = tokio::task::spawn_blocking(move || work(&self, &stop)).await;
        done.map_err(|_| Error::internal_error())
    }
}
