//! `workspace/diagnostic`
//!
//! Clients ask again as soon as they have an answer (VS Code: every two seconds). So the request is held open until something differs from what
//! the client has, and an idle server stays idle. Open documents are compared after every check, the files of the folders only when one of
//! them may have changed.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{DiagnosticServerCancellationData, NumberOrString};

use crate::progress::{Progress, SHOWN, Stop};
use crate::pull::{Context, Params, Pull};
use crate::server::Backend;
use crate::shared::Shared;

/// The name under which the shell passes the method on: the answer is written as JSON here, not built from protocol types.
pub(crate) const METHOD: &str = "gouji/written/workspace/diagnostic";
/// `ServerCancelled` of the protocol.
const SERVER_CANCELLED: i64 = -32802;

impl Backend {
    pub(crate) async fn workspace_diagnostic_written(&self, params: Params) -> Result<Value> {
        let shared = &self.shared;
        let this = shared.latest_pull.fetch_add(1, Ordering::SeqCst) + 1;
        // A pull that is still held open is superseded by this one, and has to notice.
        shared.changed.notify_waiters();
        let (pull, mut token) = Pull::new(params);
        let (pull, mut looked) = (Arc::new(pull), None);
        loop {
            let changed = shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let generation = shared.closed.generation();
            if looked.replace(generation) != Some(generation) {
                tokio::select! {
                    biased;
                    () = superseded(shared, this) => return Err(superseded_error()),
                    () = look(self, &pull, token.take()) => {}
                }
            }
            if is_superseded(shared, this) {
                return Err(superseded_error());
            }
            if let Some(answer) = pull.answer(shared) {
                return Ok(Value::String(answer));
            }
            changed.await;
        }
    }
}

/// Looks at the files on a thread of its own, which stops when the request is dropped.
async fn look(backend: &Backend, pull: &Arc<Pull>, token: Option<NumberOrString>) {
    let context = {
        let session = backend.shared.session();
        Context {
            shared: backend.shared.clone(),
            client: session.client().clone(),
            resolver: session.resolver().clone(),
            stop: Stop::default(),
        }
    };
    let stop = context.stop.clone();
    let _guard = stop.when_dropped();
    let (done, is_done) = oneshot::channel();
    let (backend_there, pull, runtime) = (backend.clone(), pull.clone(), Handle::current());
    std::thread::spawn(move || {
        give_way();
        let progress = |files| {
            // Progress that is over at once would only flash.
            let _runtime = (files >= SHOWN).then(|| runtime.enter())?;
            Progress::new(&backend_there, token, "核查工作区里的报告", &context.stop)
        };
        pull.look(&context, progress);
        let _ = done.send(());
    });
    let _ = is_done.await;
    if stop.is_stopped() {
        // The user has cancelled it, since the request is still there. Without this the next pull would begin again in two seconds.
        backend.shared.closed.findings.give_up();
    }
}

/// Lowers this thread's priority, so that whoever waits for an answer comes first. Only on Linux do threads have priorities of their own.
#[cfg(target_os = "linux")]
fn give_way() {
    let _ = rustix::process::setpriority_process(None, 10);
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}

/// Waits until a newer pull has arrived.
async fn superseded(shared: &Shared, this: u64) {
    shared.wait_for(|| is_superseded(shared, this).then_some(())).await;
}

fn is_superseded(shared: &Shared, this: u64) -> bool {
    shared.latest_pull.load(Ordering::SeqCst) != this
}

fn superseded_error() -> Error {
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: "superseded by a newer request".into(),
        data: serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: false })
            .ok(),
    }
}
