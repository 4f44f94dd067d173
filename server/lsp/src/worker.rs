//! Checks documents once no more input is queued: small ones on the thread that handles messages, since the hand-over to another costs as much as
//! the check; large ones on a thread of their own, so that no message waits for them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use gouji_core::engine::{Engine, Settings};
use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::Resolver;
use tower_lsp::lsp_types::Url;

use crate::checked::{Checked, DocumentSettings, Named};
use crate::convert::publication;
use crate::diagnostics::Diagnostics;
use crate::document::Read;
use crate::session::{Job, Session, Size};
use crate::shared::Shared;

/// The built-in settings, for documents whose configuration is broken.
pub(crate) static DEFAULTS: LazyLock<Arc<Settings>> =
    LazyLock::new(|| Arc::new(Settings::new(Engine::builtin())));

/// The report that [`warm_up`] reads: it states figures in its prose and has the faults that many reports have.
const WARM_UP: &str = include_str!("warm_up.txt");

/// Turns of the runtime that it takes to write an answer that is ready.
const TURNS: usize = 2;

/// Starts the thread that checks large documents.
pub(crate) fn start(shared: &Arc<Shared>) {
    let shared = shared.clone();
    std::thread::spawn(move || {
        loop {
            let (job, read) = shared.next_large_job();
            run(&shared, &job, read);
        }
    });
}

/// Checks small documents as they become due. Never ends.
pub(crate) async fn check_small(shared: &Shared) {
    let mut is_cold = true;
    loop {
        shared.due_here.notified().await;
        // Answers that are ready go out before the checks begin. Each turn costs a system call, so none is taken after an edit alone.
        if shared.take_asked() {
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
        }
        if std::mem::take(&mut is_cold) && !shared.is_due(Size::Small) {
            warm_up(shared);
        }
        while let Some((job, read)) = shared.next_job(Size::Small) {
            run(shared, &job, read);
            if !shared.is_due(Size::Small) {
                break;
            }
            // Messages that have arrived meanwhile come first.
            tokio::task::yield_now().await;
        }
    }
}

/// Reads a sample report, edits it and drops it, while the client and the server still shake hands: so that forms and dictionaries are compiled, and
/// code and memory are at hand, when the first document is opened. On this thread, because the allocator keeps memory by thread.
fn warm_up(shared: &Shared) {
    let Ok(uri) = Url::parse("untitled:0") else { return };
    let client = shared.session().client().clone();
    let mut snapshot = Snapshot::new(WARM_UP, DEFAULTS.clone());
    snapshot.edit(WARM_UP.len()..WARM_UP.len(), "1");
    let (settings, before) = (DocumentSettings::Defaults(DEFAULTS.clone()), Diagnostics::default());
    let named = Named { uri: &uri, spelling: uri.as_str() };
    let checked = Checked::new(named, 0, snapshot, settings, &client, &before);
    drop(publication(uri.as_str(), None, checked.diagnostics.json()));
}

fn run(shared: &Shared, job: &Job, read: Read) {
    let checked = catch_unwind(AssertUnwindSafe(|| check(shared, job, read)));
    if checked.is_err() {
        tracing::error!(uri = %job.uri, version = job.version, "a check panicked");
    }
    shared.finish(job, checked.ok());
}

fn check(shared: &Shared, job: &Job, read: Read) -> Checked {
    let settings = document_settings(shared, &job.resolver, &Session::path(&job.client, &job.uri));
    let before = read.diagnostics.clone();
    let snapshot = read.snapshot(settings.core());
    let named = Named { uri: &job.uri, spelling: &job.spelling };
    Checked::new(named, job.version, snapshot, settings, &job.client, &before)
}

/// The settings of a file. Tells the user if its configuration is broken.
pub(crate) fn document_settings(
    shared: &Shared,
    resolver: &Resolver,
    path: &Path,
) -> DocumentSettings {
    match resolver.settings_for(path) {
        Ok(file) => DocumentSettings::Configured(file),
        Err(error) => {
            shared.report_config_error(error);
            DocumentSettings::Defaults(DEFAULTS.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warm_up_report_reaches_prose_tables_and_citations() {
        let snapshot = Snapshot::new(WARM_UP, DEFAULTS.clone());
        let ids = |found: gouji_core::snapshot::Found<'_>| {
            DEFAULTS.engine().registry().info(found.finding.rule).id.to_string()
        };
        let rules: Vec<_> = snapshot.findings().map(ids).collect();
        for rule in
            ["narrative-no-review-conflict", "outdated-order-number", "requests-results-total"]
        {
            assert!(rules.iter().any(|it| it == rule), "{rule}");
        }
    }
}
