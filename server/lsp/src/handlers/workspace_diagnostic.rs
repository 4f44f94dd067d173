//! `workspace/diagnostic`
//!
//! Clients ask again as soon as they have an answer (VS Code: every two seconds). So the request stays open until something differs from what
//! the client has: an idle server is idle. It is looked for in the documents that are open after every check, and in the files of the folders when
//! one of them may have changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{DiagnosticServerCancellationData, NumberOrString};

use crate::progress::{Progress, SHOWN, Stop};
use crate::pull::{Around, Params, Pull};
use crate::server::Backend;
use crate::shared::Shared;

/// What the shell calls it: its answer is written here, not made of values.
pub(crate) const METHOD: &str = "gouji/written/workspace/diagnostic";
/// `ServerCancelled` of the protocol.
const SERVER_CANCELLED: i64 = -32802;

static LATEST: AtomicU64 = AtomicU64::new(0);

impl Backend {
    pub(crate) async fn workspace_diagnostic_written(&self, params: Params) -> Result<Value> {
        let shared = &self.shared;
        let this = LATEST.fetch_add(1, Ordering::SeqCst) + 1;
        // One that is still held open has been superseded by this one.
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
                    () = superseded(shared, this) => return Err(is_superseded()),
                    () = look(self, &pull, token.take()) => {}
                }
            }
            if LATEST.load(Ordering::SeqCst) != this {
                return Err(is_superseded());
            }
            if let Some(answer) = pull.answer(shared) {
                return Ok(Value::String(answer));
            }
            changed.await;
        }
    }
}

/// Looks at the files on a thread of its own, which is stopped with the request.
async fn look(backend: &Backend, pull: &Arc<Pull>, token: Option<NumberOrString>) {
    let around = {
        let session = backend.shared.session();
        Around {
            shared: backend.shared.clone(),
            client: session.client().clone(),
            resolver: session.resolver().clone(),
            stop: Stop::default(),
        }
    };
    let stop = around.stop.clone();
    let _guard = stop.when_dropped();
    let (done, is_done) = oneshot::channel();
    let (backend_there, pull, runtime) = (backend.clone(), pull.clone(), Handle::current());
    std::thread::spawn(move || {
        give_way();
        let progress = |files| {
            // Nobody sees what is over at once.
            let _runtime = (files >= SHOWN).then(|| runtime.enter())?;
            Progress::new(&backend_there, token, "核查工作区里的报告", &around.stop)
        };
        pull.look(&around, progress);
        let _ = done.send(());
    });
    let _ = is_done.await;
    if stop.is_stopped() {
        // By the user, since the request is still there: it would begin again in two seconds.
        backend.shared.closed.findings.give_up();
    }
}

/// Whoever waits for an answer comes first. On Linux each thread has a priority of its own.
#[cfg(target_os = "linux")]
fn give_way() {
    let _ = rustix::process::setpriority_process(None, 10);
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}

async fn superseded(shared: &Shared, this: u64) {
    loop {
        let changed = shared.changed.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        if LATEST.load(Ordering::SeqCst) != this {
            return;
        }
        changed.await;
    }
}

fn is_superseded() -> Error {
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: "superseded by a newer request".into(),
        data: serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: false })
            .ok(),
    }
}
