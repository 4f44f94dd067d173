//! Checks what has changed, on a thread of its own, so that a long check delays no message.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gouji_core::engine::{Engine, Settings};
use gouji_workspace::config::ConfigError;

use crate::checked::{Checked, Given};
use crate::document::Read;
use crate::session::{Job, Session, Shared};

/// Starts the thread.
pub(crate) fn start(shared: &Arc<Shared>) {
    let shared = shared.clone();
    std::thread::spawn(move || {
        // Forms are compiled while the client and the server still shake hands.
        let _ = Engine::builtin();
        let mut worker = Worker { plain: None, told: None };
        loop {
            let (job, read) = shared.next_job();
            let checked = catch_unwind(AssertUnwindSafe(|| worker.check(&shared, &job, read)));
            if checked.is_err() {
                tracing::error!(uri = %job.uri, version = job.version, "a check panicked");
            }
            shared.finish(&job, checked.ok());
        }
    });
}

struct Worker {
    /// What documents are checked by whose configuration is broken.
    plain: Option<Arc<Settings>>,
    /// The broken configuration that the user knows of.
    told: Option<Arc<ConfigError>>,
}

impl Worker {
    fn check(&mut self, shared: &Shared, job: &Job, read: Read) -> Checked {
        let given = match job.resolver.settings_for(&Session::path(&job.client, &job.uri)) {
            Ok(file) => Given::File(file),
            Err(error) => {
                self.tell(shared, error);
                Given::Plain(
                    self.plain
                        .get_or_insert_with(|| Arc::new(Settings::new(Engine::builtin())))
                        .clone(),
                )
            }
        };
        let snapshot = read.snapshot(given.settings());
        Checked::new(&job.uri, job.version, snapshot, given, &job.client)
    }

    /// Once for each broken configuration, not once a keystroke.
    fn tell(&mut self, shared: &Shared, error: Arc<ConfigError>) {
        if !self.told.as_ref().is_some_and(|told| Arc::ptr_eq(told, &error)) {
            shared.output.show_error(&format!("gouji 的配置有误，暂按默认设置检查：\n{error}"));
            self.told = Some(error);
        }
    }
}
