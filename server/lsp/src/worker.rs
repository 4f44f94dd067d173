//! Checks what has changed, on a thread of its own, so that a long check delays no message.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::checked::Checked;
use crate::session::Shared;

/// Starts the thread.
pub(crate) fn start(shared: &Arc<Shared>) {
    let shared = shared.clone();
    std::thread::spawn(move || {
        loop {
            let job = shared.next_job();
            let check = || Checked::new(&job.uri, job.version, job.snapshot.clone(), &job.client);
            if let Ok(checked) = catch_unwind(AssertUnwindSafe(check)) {
                shared.finish(&job, checked);
            } else {
                tracing::error!(uri = %job.uri, version = job.version, "a check panicked");
                shared.fail(&job);
            }
        }
    });
}
