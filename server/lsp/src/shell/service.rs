//! The service around `LspService`: keeps the order of messages, survives panics, and sees `shutdown` and `exit`.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Instant;

use futures::future::{BoxFuture, FutureExt, ready};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tower::Service;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::lsp_types::Url;

use super::written_answer;
use crate::capabilities::Client;
use crate::handlers::{diagnostic, workspace_diagnostic};
use crate::shared::Shared;

/// Prefix of methods whose results are strings that hold JSON, so that they need not be built from protocol types. They go to the output as they are.
const WRITTEN: &str = "gouji/written/";

/// The signals that end the program.
#[derive(Default)]
pub(super) struct Ending {
    exit: Notify,
    input: Notify,
    shutdown: AtomicBool,
}

impl Ending {
    pub(super) fn shutdown_asked(&self) -> bool {
        self.shutdown.load(Ordering::SeqCst)
    }

    pub(super) fn exit(&self) {
        self.exit.notify_one();
    }

    pub(super) fn input_ended(&self) {
        self.input.notify_one();
    }

    pub(super) async fn exited(&self) {
        self.exit.notified().await;
    }

    pub(super) async fn no_more_input(&self) {
        self.input.notified().await;
    }
}

/// The service that `tower_lsp` serves. It polls every message once when it is read.
pub(super) struct Shell<S> {
    inner: S,
    shared: Arc<Shared>,
    ending: Arc<Ending>,
    watch_parent: Box<dyn Fn(u32) + Send>,
}

impl<S> Shell<S> {
    pub(super) fn new(
        inner: S,
        shared: Arc<Shared>,
        ending: Arc<Ending>,
        watch_parent: impl Fn(u32) + Send + 'static,
    ) -> Self {
        Self { inner, shared, ending, watch_parent: Box::new(watch_parent) }
    }

    /// Takes note of what the program itself has to know, and corrects what `tower_lsp` would refuse.
    fn admit(&self, request: Request) -> Request {
        match request.method() {
            "shutdown" => {
                self.ending.shutdown.store(true, Ordering::SeqCst);
                with_params(request, None)
            }
            "exit" => {
                self.ending.exit();
                with_params(request, None)
            }
            // Clients leave the parameters out or send null. `tower_lsp` refuses both, and the handler would never run.
            "initialized" => with_params(request, Some(json!({}))),
            "initialize" => {
                let client = Client::read(request.params().unwrap_or(&Value::Null));
                if let Some(parent) = client.process_id {
                    (self.watch_parent)(parent);
                }
                self.shared.session().introduce(client);
                self.note_folders(request.params().and_then(|it| it.get("workspaceFolders")));
                let root = text_at(request.params(), "/rootUri");
                self.shared.session().spellings.note_folder(root.unwrap_or_default());
                // The parameters are replaced: a single value that lsp_types does not know (a new resource operation, an empty root URI) would have
                // `tower_lsp` refuse the client.
                with_params(request, Some(json!({ "capabilities": {} })))
            }
            // An edit without a version number has changed the text all the same.
            "textDocument/didChange" => {
                let uri = text_at(request.params(), "/textDocument/uri");
                let uri = uri.and_then(|uri| Url::parse(uri).ok());
                let known = uri.and_then(|uri| self.shared.session().result(&uri));
                with_version(request, known.map_or(0, |(version, _)| version))
            }
            "textDocument/didOpen" => {
                let uri = text_at(request.params(), "/textDocument/uri");
                self.shared.session().spellings.note_document(uri.unwrap_or_default());
                request
            }
            "workspace/didChangeWorkspaceFolders" => {
                let added = request.params().and_then(|params| params.pointer("/event/added"));
                self.note_folders(added);
                request
            }
            "textDocument/diagnostic" => renamed(request, diagnostic::METHOD),
            "workspace/diagnostic" => renamed(request, workspace_diagnostic::METHOD),
            _ => request,
        }
    }

    fn note_folders(&self, folders: Option<&Value>) {
        let mut session = self.shared.session();
        for folder in folders.and_then(Value::as_array).into_iter().flatten() {
            session.spellings.note_folder(text_at(Some(folder), "/uri").unwrap_or_default());
        }
    }
}

/// The response with URIs in the client's spelling; `None` if it has been sent already.
fn dispatched(shared: &Shared, is_written: bool, response: Response) -> Option<Response> {
    let (id, body) = response.into_parts();
    match body {
        Ok(Value::String(result)) if is_written => {
            shared.output.send(&written_answer(&id, &result));
            None
        }
        Ok(mut value) => {
            shared.session().spellings.apply(&mut value);
            Some(Response::from_ok(id, value))
        }
        Err(error) => Some(Response::from_error(id, error)),
    }
}

fn text_at<'v>(value: Option<&'v Value>, path: &str) -> Option<&'v str> {
    value?.pointer(path)?.as_str()
}

fn renamed(request: Request, method: &'static str) -> Request {
    let (_, id, params) = request.into_parts();
    let mut builder = Request::build(method);
    if let Some(id) = id {
        builder = builder.id(id);
    }
    builder.params(params.unwrap_or_default()).finish()
}

impl<S> Service<Request> for Shell<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let request = self.admit(request);
        let id = request.id().cloned();
        if id.is_some() {
            self.shared.note_request();
        }
        let method = request.method().to_owned();
        let started = tracing::enabled!(tracing::Level::DEBUG).then(Instant::now);
        let is_written = method.starts_with(WRITTEN);
        let shared = self.shared.clone();
        let future = AssertUnwindSafe(self.inner.call(request)).catch_unwind();
        let mut future = Box::pin(future.map(move |result| {
            if let Some(started) = started {
                tracing::debug!(method, ?id, elapsed = ?started.elapsed(), "done");
            }
            let response = result.unwrap_or_else(|_| {
                tracing::error!(method, "a handler panicked");
                Ok(internal_error(id))
            })?;
            Ok(response.and_then(|response| dispatched(&shared, is_written, response)))
        }));
        match future.as_mut().now_or_never() {
            Some(done) => ready(done).boxed(),
            None => future,
        }
    }
}

fn with_params(request: Request, params: Option<Value>) -> Request {
    let (method, id, _) = request.into_parts();
    let mut builder = Request::build(method);
    if let Some(id) = id {
        builder = builder.id(id);
    }
    if let Some(params) = params {
        builder = builder.params(params);
    }
    builder.finish()
}

/// Gives an edit this version if it has none.
fn with_version(request: Request, version: i32) -> Request {
    let has_version = |params: &Value| {
        params.pointer("/textDocument/version").is_some_and(|version| !version.is_null())
    };
    let Some(params) = request.params().filter(|params| !has_version(params)) else {
        return request;
    };
    let mut params = params.clone();
    if let Some(document) = params.pointer_mut("/textDocument").and_then(Value::as_object_mut) {
        document.insert("version".to_owned(), version.into());
    }
    with_params(request, Some(params))
}

/// The answer for a handler that panicked; `None` for a notification, which gets no answer.
fn internal_error(id: Option<Id>) -> Option<Response> {
    id.map(|id| Response::from_error(id, Error::internal_error()))
}
