//! The transport, and the only one: standard input and output around `tower_lsp`.
//!
//! tower-lsp alone has faults that no handler can avoid (README, "Language server"): it does not leave on `exit` while standard input stays
//! open, runs handlers out of order, loses `$/cancelRequest` behind four slow requests, and stops reading when the client stops. Five things
//! close them:
//! - every message is polled once when it is read, so that the order of the wire is the order of the state, and a cancellation acts at once;
//! - the writer never pends: a thread drains it, and what could grow without bound (diagnostics) is bounded above it;
//! - a message that `tower_lsp` cannot read does not reach it: it would stop reading;
//! - the number of requests under way is no scheduler: there may be a thousand;
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

/// Time that answers under way have when the client closes its end without `exit`.
const GRACE: Duration = Duration::from_millis(500);

/// Turns that ready answers take from their handlers to the output.
const LAST_TURNS: usize = 8;

/// Serves one client on standard input and output until it says `exit`, closes its end or dies. Success if it asked for `shutdown` before.
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
            // As `tower_lsp` would: before the client has said who it is and after it has asked for the end, nothing is opened or edited.
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
        // It is in the protocol, but not in tower-lsp 0.20.
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
        .finish();
    let parent = ending.clone();
    let shell = Shell::new(service, shared.clone(), ending.clone(), move |id| {
        let parent = parent.clone();
        parent::watch(id, move || parent.exit());
    });
    let server =
        Server::new(input, shared.output.clone(), socket).concurrency_level(1024).serve(shell);
    // A budget of polls would pass for input that is dry.
    let server = tokio::task::unconstrained(server);
    tokio::pin!(server);
    tokio::select! {
        // In this order: what has arrived is handled and answered before anything is checked.
        biased;
        () = &mut server => {}
        // Answers to what came before, in the same piece perhaps, are on their way.
        () = ending.exited() => for _ in 0..LAST_TURNS {
            if futures::poll!(&mut server).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        },
        () = ending.no_more_input() => {
            // Requests that are held open would keep the server for ever.
            let _ = tokio::time::timeout(GRACE, &mut server).await;
        }
        () = worker::check_small(shared) => {}
    }
}

/// `GOUJI_LOG` is one of error, warn, info, debug, trace.
fn log_level() -> tracing::Level {
    std::env::var("GOUJI_LOG")
        .ok()
        .and_then(|level| level.parse().ok())
        .unwrap_or(tracing::Level::WARN)
}
