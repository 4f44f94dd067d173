//! The session behind its lock, and everything that threads and requests share besides it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use gouji_workspace::config::ConfigError;
use tokio::sync::Notify;
use tower_lsp::lsp_types::Url;

use crate::checked::Checked;
use crate::closed::Closed;
use crate::convert::publication;
use crate::document::{Outcome, Read};
use crate::progress::Running;
use crate::session::{Job, Session, Size};
use crate::shell::Output;

/// Least time between two looks at the configuration on disk while someone types.
const LOOK: Duration = Duration::from_secs(2);

/// The session behind its lock, and everything that threads and requests share besides it.
pub(crate) struct Shared {
    session: Mutex<Session>,
    /// Wakes the thread that checks large documents.
    due: Condvar,
    /// Wakes the task that checks small documents.
    pub(crate) due_here: Notify,
    /// Whether a request has arrived since small documents were last checked.
    asked: AtomicBool,
    /// Whether the input has not yet run dry since the client introduced itself.
    is_new: AtomicBool,
    /// Wakes requests that wait for the session to change; see [`Shared::wait_for`].
    pub(crate) changed: Notify,
    /// The broken configurations that the user has been told of: each folder may have its own.
    reported_errors: Mutex<Vec<Arc<ConfigError>>>,
    /// When the configuration on disk was last looked at.
    looked: Mutex<Instant>,
    /// Whether the user has been told that there are too many files.
    is_truncation_reported: AtomicBool,
    /// The number of the latest pull of the workspace, which ends all earlier ones.
    pub(crate) latest_pull: AtomicU64,
    /// Work in progress that the client may cancel.
    pub(crate) running: Arc<Running>,
    /// What is known of the files that are not open.
    pub(crate) closed: Closed,
    /// Standard output.
    pub(crate) output: Output,
}

impl Shared {
    pub(crate) fn new(output: Output) -> Self {
        let session = Session::new();
        Self {
            session: Mutex::new(session),
            due: Condvar::new(),
            due_here: Notify::new(),
            asked: AtomicBool::new(false),
            is_new: AtomicBool::new(true),
            changed: Notify::new(),
            reported_errors: Mutex::default(),
            // The configuration is read together with the first document.
            looked: Mutex::new(Instant::now()),
            is_truncation_reported: AtomicBool::new(false),
            latest_pull: AtomicU64::new(0),
            running: Arc::default(),
            closed: Closed::default(),
            output,
        }
    }

    /// The session. Poisoning is ignored: no write leaves the session half done, so a panic need not lock out everybody else.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls `look` now and again after each change of the session, until it finds something.
    pub(crate) async fn wait_for<T>(&self, mut look: impl FnMut() -> Option<T>) -> T {
        loop {
            // Enabled before the look, so that no change between the look and the wait is missed.
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if let Some(found) = look() {
                return found;
            }
            changed.await;
        }
    }

    /// To be called when everything that has arrived is applied: it is time to check, or to warm up for checking.
    pub(crate) fn input_is_dry(&self) {
        let mut session = self.session();
        if !session.due.is_empty() {
            session.quiet = true;
            self.wake(&session);
        } else if session.is_introduced && self.is_new.swap(false, Ordering::Relaxed) {
            self.due_here.notify_one();
        }
    }

    /// Reads the configuration anew and makes every open document due. Returns whether the client has to be told to pull again.
    pub(crate) fn recheck(&self) -> bool {
        let mut session = self.session();
        session.resolver = Arc::new(session.new_resolver());
        self.reported_errors.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.closed.move_on();
        session.touch_all();
        session.quiet = true;
        self.wake(&session);
        session.client().pulls
    }

    /// To be called when a file or folder has appeared: open documents below it whose file was gone are due again. Returns whether any document
    /// below it is open.
    pub(crate) fn find_file(&self, uri: &Url, path: Option<&Path>) -> bool {
        let mut session = self.session();
        let open: Vec<Url> = session.open_below(uri, path);
        for uri in &open {
            if matches!(session.result(uri), Some((_, Outcome::None))) {
                session.touch(uri.clone());
                session.quiet = true;
            }
        }
        self.wake(&session);
        !open.is_empty()
    }

    /// Rereads the configuration if it has changed on disk, for a client that does not watch files (Neovim on Linux).
    pub(crate) fn poll_configuration(self: &Arc<Self>) {
        self.poll_configuration_after(Duration::ZERO);
    }

    /// [`Shared::poll_configuration`], but not more than once every two seconds: for what happens at each keystroke.
    pub(crate) fn poll_configuration_at_times(self: &Arc<Self>) {
        self.poll_configuration_after(LOOK);
    }

    /// Polls on a thread of its own, unless the last poll is less than `pause` ago.
    fn poll_configuration_after(self: &Arc<Self>, pause: Duration) {
        if self.session().client().watches_files {
            return;
        }
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.elapsed() < pause {
            return;
        }
        *looked = Instant::now();
        let shared = self.clone();
        std::thread::spawn(move || {
            let resolver = shared.session().resolver().clone();
            if resolver.is_stale() && Arc::ptr_eq(&resolver, shared.session().resolver()) {
                shared.recheck();
                shared.changed.notify_waiters();
            }
        });
    }

    /// To be called when a request has arrived.
    pub(crate) fn note_request(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether a request has arrived since the last call, so that its answer may still be on its way to the output.
    pub(crate) fn take_asked(&self) -> bool {
        self.asked.swap(false, Ordering::Relaxed)
    }

    /// Wakes whoever checks the documents that are due.
    fn wake(&self, session: &Session) {
        if session.next_due(Size::Small).is_some() {
            self.due_here.notify_one();
        }
        if session.next_due(Size::Large).is_some() {
            self.due.notify_one();
        }
    }

    /// Whether a document of that size is due.
    pub(crate) fn is_due(&self, size: Size) -> bool {
        self.session().next_due(size).is_some()
    }

    /// A document to check, if any of that size is due.
    pub(crate) fn next_job(&self, size: Size) -> Option<(Job, Read)> {
        self.session().next_job(size)
    }

    /// Waits for a large document to check.
    pub(crate) fn next_large_job(&self) -> (Job, Read) {
        let mut session = self.session();
        loop {
            if let Some(job) = session.next_job(Size::Large) {
                return job;
            }
            session = self.due.wait(session).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Tells the user, once, that the folders have more files than are looked at.
    pub(crate) fn report_truncation(&self, seen: usize) {
        if !self.is_truncation_reported.swap(true, Ordering::Relaxed) {
            self.output.show_info(&format!(
                "打开的文件夹里可读取的文件多于 {seen} 个，只核查前 {seen} 个（按路径排序）。要核查全部，请用 gouji check。"
            ));
        }
    }

    /// Tells the user of a broken configuration, once and not at every keystroke.
    pub(crate) fn report_config_error(&self, error: Arc<ConfigError>) {
        let mut reported = self.reported_errors.lock().unwrap_or_else(PoisonError::into_inner);
        if !reported.iter().any(|it| Arc::ptr_eq(it, &error)) {
            self.output.show_error(&format!("gouji 的配置有误，暂按默认设置检查：\n{error}"));
            reported.push(error);
        }
    }

    /// Stores the result of a job (`None` after a panic), and publishes it unless the document has been edited since.
    pub(crate) fn finish(&self, job: &Job, checked: Option<Checked>) {
        let message = (!job.client.pulls).then(|| {
            let shown = checked.iter().flat_map(|checked| checked.diagnostics.json());
            publication(&job.spelling, Some(job.version), shown)
        });
        let mut session = self.session();
        let moved_on = session.due.contains(&job.uri);
        if let Some(document) =
            session.documents.get_mut(&job.uri).filter(|it| it.opened == job.opened)
        {
            document.end_reading(checked.as_ref());
            if !moved_on {
                document.result =
                    checked.map_or(Outcome::None, |checked| Outcome::Checked(Arc::new(checked)));
                if let Some(message) = message {
                    self.output.publish(&job.uri, message);
                }
            }
        }
        drop(session);
        self.changed.notify_waiters();
    }
}
