//! Checks what has changed once nothing more is queued: a small document where messages are handled, since handing it over costs as much as
//! checking it; a large one on a thread of its own, so that it delays no message.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use gouji_core::engine::{Engine, Settings};
use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::Resolver;
use tower_lsp::lsp_types::Url;

use crate::checked::{Checked, Given, Named};
use crate::convert::publication;
use crate::document::Read;
use crate::session::{Job, Session, Size};
use crate::shared::Shared;
use crate::shown::Shown;

/// The defaults: what documents are checked by whose configuration is broken.
pub(crate) static PLAIN: LazyLock<Arc<Settings>> =
    LazyLock::new(|| Arc::new(Settings::new(Engine::builtin())));

/// A report that is read before any other: with prose that states figures, and with what is wrong in many of them.
const FIRST: &str = include_str!("worker/first.txt");

/// Turns of the runtime in which a ready answer is written.
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
        // Answers that are ready go out first: they take a turn to the output. A turn asks the system for events, so an edit alone takes none.
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
            // What has arrived meanwhile comes first.
            tokio::task::yield_now().await;
        }
    }
}

/// Reads a report with prose and faults and an edit of it, and forgets them: forms and words are compiled while the client and the server still
/// shake hands, and the first document finds memory and code at hand. On this thread, because each has memory of its own.
fn warm_up(shared: &Shared) {
    let Ok(uri) = Url::parse("untitled:0") else { return };
    let client = shared.session().client().clone();
    let mut snapshot = Snapshot::new(FIRST, PLAIN.clone());
    snapshot.edit(FIRST.len()..FIRST.len(), "1");
    let (given, before) = (Given::Plain(PLAIN.clone()), Shown::default());
    let named = Named { uri: &uri, spelling: uri.as_str() };
    let checked = Checked::new(named, 0, snapshot, given, &client, &before);
    drop(publication(uri.as_str(), None, checked.shown.json()));
}

fn run(shared: &Shared, job: &Job, read: Read) {
    let checked = catch_unwind(AssertUnwindSafe(|| check(shared, job, read)));
    if checked.is_err() {
        tracing::error!(uri = %job.uri, version = job.version, "a check panicked");
    }
    shared.finish(job, checked.ok());
}

fn check(shared: &Shared, job: &Job, read: Read) -> Checked {
    let given = given(shared, &job.resolver, &Session::path(&job.client, &job.uri));
    let shown = read.shown.clone();
    let snapshot = read.snapshot(given.settings());
    let named = Named { uri: &job.uri, spelling: &job.spelling };
    Checked::new(named, job.version, snapshot, given, &job.client, &shown)
}

/// What a file is checked by. The user is told of a broken configuration.
pub(crate) fn given(shared: &Shared, resolver: &Resolver, path: &Path) -> Given {
    match resolver.settings_for(path) {
        Ok(file) => Given::File(file),
        Err(error) => {
            shared.tell(error);
            Given::Plain(PLAIN.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_that_is_read_first_is_read_whole() {
        let snapshot = Snapshot::new(FIRST, PLAIN.clone());
        let ids = |found: gouji_core::snapshot::Found<'_>| {
            PLAIN.engine().registry().info(found.finding.rule).id.to_string()
        };
        let rules: Vec<_> = snapshot.findings().map(ids).collect();
        for rule in
            ["narrative-no-review-conflict", "outdated-order-number", "requests-results-total"]
        {
            assert!(rules.iter().any(|it| it == rule), "{rule}");
        }
    }
}
