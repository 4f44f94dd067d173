//! Checks what has changed once nothing more is queued: a small document where messages are handled, since handing it over costs as much as
//! checking it; a large one on a thread of its own, so that it delays no message.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use gouji_core::engine::{Engine, Settings};
use gouji_core::ide::{SkeletonLayout, skeleton};
use gouji_core::snapshot::Snapshot;

use crate::checked::{Checked, Given};
use crate::document::Read;
use crate::session::{Job, Session, Size};
use crate::shared::Shared;

/// The defaults: what documents are checked by whose configuration is broken.
pub(crate) static PLAIN: LazyLock<Arc<Settings>> =
    LazyLock::new(|| Arc::new(Settings::new(Engine::builtin())));

/// Turns of the runtime in which a ready answer is written.
const TURNS: usize = 2;

/// Starts the thread that checks large documents.
pub(crate) fn start(shared: &Arc<Shared>) {
    let shared = shared.clone();
    std::thread::spawn(move || {
        warm_up();
        loop {
            let (job, read) = shared.next_large_job();
            run(&shared, &job, read);
        }
    });
}

/// Checks small documents as they become due. Never ends.
pub(crate) async fn check_small(shared: &Shared) {
    loop {
        shared.due_here.notified().await;
        // Answers that are ready go out first: they take a turn to the output. A turn asks the system for events, so an edit alone takes none.
        if shared.take_asked() {
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
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

/// Forms and words are compiled while the client and the server still shake hands.
fn warm_up() {
    let settings = PLAIN.clone();
    for form in settings.engine().forms() {
        let year = form.years.from.or(form.years.to).unwrap_or_default();
        let text = skeleton(form, "", year, SkeletonLayout::Pipes);
        drop(Snapshot::new(&text, settings.clone()));
    }
}

fn run(shared: &Shared, job: &Job, read: Read) {
    let checked = catch_unwind(AssertUnwindSafe(|| check(shared, job, read)));
    if checked.is_err() {
        tracing::error!(uri = %job.uri, version = job.version, "a check panicked");
    }
    shared.finish(job, checked.ok());
}

fn check(shared: &Shared, job: &Job, read: Read) -> Checked {
    let given = match job.resolver.settings_for(&Session::path(&job.client, &job.uri)) {
        Ok(file) => Given::File(file),
        Err(error) => {
            shared.tell(error);
            Given::Plain(PLAIN.clone())
        }
    };
    let snapshot = read.snapshot(given.settings());
    Checked::new(&job.uri, job.version, snapshot, given, &job.client)
}
