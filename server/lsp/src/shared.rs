//! The state behind its lock, and those who wait for it to change.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Time between two looks at the configuration while someone types.
const LOOK: Duration = Duration::from_secs(2);

/// The state behind its lock, and those who wait for it to change.
pub(crate) struct Shared {
    session: Mutex<Session>,
    /// Wakes the thread that checks large documents.
    due: Condvar,
    /// Tells that a small document may be due.
    pub(crate) due_here: Notify,
    /// A request has arrived since small documents were checked last.
    asked: AtomicBool,
    /// The client has been idle at no time yet.
    is_new: AtomicBool,
    /// Wakes requests that wait for a result.
    pub(crate) changed: Notify,
    /// The broken configurations that the user knows of: each folder may have its own.
    told: Mutex<Vec<Arc<ConfigError>>>,
    /// When the configuration was looked at last.
    looked: Mutex<Option<Instant>>,
    /// The user knows that there are too many files.
    told_of_many: AtomicBool,
    /// Work that the client may stop.
    pub(crate) running: Arc<Running>,
    /// Files that are not open.
    pub(crate) closed: Closed,
    /// Where diagnostics go.
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
            told: Mutex::default(),
            // It is read when the first document is.
            looked: Mutex::new(Some(Instant::now())),
            told_of_many: AtomicBool::new(false),
            running: Arc::default(),
            closed: Closed::default(),
            output,
        }
    }

    /// The state. A panic elsewhere does not lock the others out: every write leaves it whole.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything that has arrived is applied: time to check, or to get ready for it.
    pub(crate) fn input_is_dry(&self) {
        let mut session = self.session();
        if !session.due.is_empty() {
            session.quiet = true;
            self.wake(&session);
        } else if session.is_introduced && self.is_new.swap(false, Ordering::Relaxed) {
            self.due_here.notify_one();
        }
    }

    /// Every open document is due, by a configuration that is read anew; whether the client has to be told to ask again.
    pub(crate) fn recheck(&self) -> bool {
        let mut session = self.session();
        session.resolver = Arc::new(session.new_resolver());
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.closed.move_on();
        session.touch_all();
        session.quiet = true;
        self.wake(&session);
        session.client().pulls
    }

    /// A file is there again: what is open of it is due where its file was gone. Whether anything is open of it.
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

    /// Looks whether the configuration is another one on the disk, for a client that does not tell of it: Neovim on Linux. Once in a while, apart from the
    /// thread that handles messages; `is_now` when something was saved or opened.
    pub(crate) fn look_at_configuration(self: &Arc<Self>, is_now: bool) {
        if self.session().client().watches_files {
            return;
        }
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_now && looked.is_some_and(|at| at.elapsed() < LOOK) {
            return;
        }
        *looked = Some(Instant::now());
        let shared = self.clone();
        std::thread::spawn(move || {
            let resolver = shared.session().resolver().clone();
            if resolver.is_stale() && Arc::ptr_eq(&resolver, shared.session().resolver()) {
                shared.recheck();
                shared.changed.notify_waiters();
            }
        });
    }

    /// A request has arrived.
    pub(crate) fn note_request(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// Whether answers may be on their way to the output: a request has arrived since this was asked last.
    pub(crate) fn take_asked(&self) -> bool {
        self.asked.swap(false, Ordering::Relaxed)
    }

    /// Wakes those who check what is due.
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

    /// Tells the user once that a folder has more files than are looked at.
    pub(crate) fn tell_of_many(&self, seen: usize) {
        if !self.told_of_many.swap(true, Ordering::Relaxed) {
            self.output.show_info(&format!(
                "打开的文件夹里可读取的文件多于 {seen} 个，只核查前 {seen} 个（按路径排序）。要核查全部，请用 gouji check。"
            ));
        }
    }

    /// Tells the user of a broken configuration: once, not once a keystroke.
    pub(crate) fn tell(&self, error: Arc<ConfigError>) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if !told.iter().any(|told| Arc::ptr_eq(told, &error)) {
            self.output.show_error(&format!("gouji 的配置有误，暂按默认设置检查：\n{error}"));
            told.push(error);
        }
    }

    /// Takes the result of a job, none after a panic, and shows it unless the document has moved on.
    pub(crate) fn finish(&self, job: &Job, checked: Option<Checked>) {
        let message = (!job.client.pulls).then(|| {
            let shown = checked.iter().flat_map(|checked| checked.shown.json());
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
