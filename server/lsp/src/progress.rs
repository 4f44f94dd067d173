//! Long work: telling the client how far it is, and stopping it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{NumberOrString, WorkDoneProgressCreateParams};

use crate::server::Backend;
use crate::shell::{Output, notification};

/// Steps from which on progress is shown; with fewer the work is over before anyone sees it.
pub(crate) const SHOWN: usize = 16;

/// A flag that stops work which nobody wants any more. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

/// Stops work when its request is cancelled, which drops the request's future and this guard with it.
pub(crate) struct StopWhenDropped(Stop);

/// The work in progress, by the tokens with which clients may cancel it.
#[derive(Default)]
pub(crate) struct Running(Mutex<HashMap<NumberOrString, Stop>>);

/// The progress of one piece of work, shown by the client until this is dropped.
pub(crate) struct Progress {
    token: NumberOrString,
    title: &'static str,
    output: Output,
    running: Arc<Running>,
    /// Whether the client has accepted the token.
    agreed: Arc<AtomicBool>,
    begun: AtomicBool,
    percent: AtomicU64,
}

impl Stop {
    /// The items until the work is stopped.
    pub(crate) fn each<I: Iterator>(&self, items: I) -> impl Iterator<Item = I::Item> + use<'_, I> {
        items.take_while(|_| !self.is_stopped())
    }

    /// Whether the work is to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Stops the work.
    pub(crate) fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Stops the work when the guard is dropped.
    pub(crate) fn when_dropped(&self) -> StopWhenDropped {
        StopWhenDropped(self.clone())
    }
}

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl Running {
    /// Stops the work with this token, at the client's request.
    pub(crate) fn cancel(&self, token: &NumberOrString) {
        if let Some(stop) = self.lock().get(token) {
            stop.stop();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<NumberOrString, Stop>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// Progress under the token of a request; without one, under a token of our own if the client supports that, else `None`.
    pub(crate) fn new(
        backend: &Backend,
        token: Option<NumberOrString>,
        title: &'static str,
        stop: &Stop,
    ) -> Option<Self> {
        static LATEST: AtomicU64 = AtomicU64::new(0);
        let agreed = Arc::new(AtomicBool::new(token.is_some()));
        let token = match token {
            Some(token) => token,
            None if backend.shared.session().client().shows_progress => {
                let number = LATEST.fetch_add(1, Ordering::Relaxed);
                let token = NumberOrString::String(format!("gouji/{number}"));
                let (client, agrees) = (backend.client.clone(), agreed.clone());
                let params = WorkDoneProgressCreateParams { token: token.clone() };
                // The work does not wait for the answer: progress is shown only once the client has agreed.
                Backend::ask(async move {
                    client.send_request::<WorkDoneProgressCreate>(params).await?;
                    agrees.store(true, Ordering::Release);
                    Ok(())
                });
                token
            }
            None => return None,
        };
        let running = backend.shared.running.clone();
        running.lock().insert(token.clone(), stop.clone());
        let output = backend.shared.output.clone();
        let (begun, percent) = (AtomicBool::new(false), AtomicU64::new(0));
        Some(Self { token, title, output, running, agreed, begun, percent })
    }

    /// Reports that `done` of `all` steps are done.
    pub(crate) fn report(&self, done: usize, all: usize) {
        if all < SHOWN || !self.agreed.load(Ordering::Acquire) {
            return;
        }
        let percent = (done * 100 / all) as u64;
        if !self.begun.swap(true, Ordering::Relaxed) {
            let title = self.title;
            self.say(&json!({ "kind": "begin", "title": title, "cancellable": true, "percentage": percent }));
        } else if self.percent.swap(percent, Ordering::Relaxed) != percent {
            let message = format!("{done}/{all}");
            self.say(&json!({ "kind": "report", "message": message, "percentage": percent }));
        }
    }

    fn say(&self, value: &Value) {
        let params = json!({ "token": self.token, "value": value });
        self.output.send(&notification("$/progress", &params));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.running.lock().remove(&self.token);
        if self.begun.load(Ordering::Relaxed) {
            self.say(&json!({ "kind": "end" }));
        }
    }
}
