//! The transport: standard input and output around `tower_lsp`. There is no other.
//!
//! tower-lsp 0.20 has faults that no handler can avoid (README, "Language server"): it does not end on `exit` while standard input stays open, runs
//! handlers out of order, does not read a `$/cancelRequest` behind four slow requests, and stops reading when the client stops. Five things here make
//! up for them:
//! - every message is polled once when it is read, so that the state changes in the order of the messages and a cancellation acts at once;
//! - writing never pends: a thread drains the output, and diagnostics, the only output that could grow without bound, replace those that wait;
//! - a message that `tower_lsp` cannot parse does not reach it, since it would stop reading there;
//! - up to a thousand requests may run at a time, so that the limit never decides which messages are read;
//! - `exit` and the end of input end the program from outside the service.

mod direct;
mod frames;
mod input;
mod output;
mod service;
mod source;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tower_lsp::{LspService, Server};

use crate::server::Backend;
use crate::shared::Shared;
use crate::{handlers, parent, worker};
use direct::Direct;
use input::Input;
use output::written_answer;
pub(crate) use output::{Output, notification, written_notification};
use service::{Ending, Shell};

/// How long answers in progress are waited for when the client closes its end without `exit`.
const GRACE: Duration = Duration::from_millis(500);

/// Most turns of the runtime that an answer takes from its handler to the output.
const LAST_TURNS: usize = 8;

/// Serves one client on standard input and output until it sends `exit`, closes its end or dies. Returns success if it has sent `shutdown` before.
pub fn run() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(log_level())
        .with_ansi(false)
        .init();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        tracing::error!("no runtime");
        return ExitCode::FAILURE;
    };
    let output = match Output::start() {
        Ok(output) => output,
        Err(error) => {
            tracing::error!(%error, "no standard output");
            return ExitCode::FAILURE;
        }
    };
    let shared = Arc::new(Shared::new(output.clone()));
    let ending = Arc::new(Ending::default());
    worker::start(&shared);
    runtime.block_on(serve(&shared, &ending));
    runtime.shutdown_background();
    output.finish();
    if ending.shutdown_asked() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn serve(shared: &Arc<Shared>, ending: &Arc<Ending>) {
    let (edited, over) = (shared.clone(), ending.clone());
    let idle = shared.clone();
    let ended = ending.clone();
    let input = Input::start(
        shared.output.clone(),
        move |read| {
            // As in `tower_lsp`, nothing is opened or edited before `initialize` or after `shutdown`.
            if over.shutdown_asked() || !edited.session().is_introduced {
                return;
            }
            match read {
                Direct::Edit(edit) => handlers::did_change::did_change(&edited, edit),
                Direct::Opening(spelling, item) => {
                    edited.session().spellings.note_document(&spelling);
                    handlers::did_open::did_open(&edited, &item);
                }
            }
        },
        move || idle.input_is_dry(),
        move || ended.input_ended(),
    );
    let (service, socket) = LspService::build(|client| Backend::new(client, shared.clone()))
        .custom_method(handlers::preview::METHOD, Backend::preview)
        .custom_method(handlers::diagnostic::METHOD, Backend::diagnostic_written)
        .custom_method(
            handlers::workspace_diagnostic::METHOD,
            Backend::workspace_diagnostic_written,
        )
        // Part of the protocol, but not of tower-lsp 0.20.
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
        .finish();
    let parent = ending.clone();
    let shell = Shell::new(service, shared.clone(), ending.clone(), move |id| {
        let parent = parent.clone();
        parent::watch(id, move || parent.exit());
    });
    let server =
        Server::new(input, shared.output.clone(), socket).concurrency_level(1024).serve(shell);
    // Without tokio's budget: when it is used up, reads are pending, which would look like input that has run dry.
    let server = tokio::task::unconstrained(server);
    tokio::pin!(server);
    tokio::select! {
        // Biased: what has arrived is handled and answered before anything is checked.
        biased;
        () = &mut server => {}
        // Answers to requests before `exit`, which may have arrived in the same read, are still on their way.
        () = ending.exited() => for _ in 0..LAST_TURNS {
            if futures::poll!(&mut server).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        },
        () = ending.no_more_input() => {
            // With a timeout, because requests that are held open never end.
            let _ = tokio::time::timeout(GRACE, &mut server).await;
        }
        () = worker::check_small(shared) => {}
    }
}

/// The level in `GOUJI_LOG` (error, warn, info, debug or trace), else warn.
fn log_level() -> tracing::Level {
    std::env::var("GOUJI_LOG")
        .ok()
        .and_then(|level| level.parse().ok())
        .unwrap_or(tracing::Level::WARN)
}
