//! The state of the server. Messages from the client write it in the order of the wire; the worker only adds results for versions that are
//! still the latest.

use std::collections::HashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use gouji_core::engine::{Engine, Settings};
use gouji_core::snapshot::Snapshot;
use gouji_core::text::Text;
use tokio::sync::Notify;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};

use crate::capabilities::Client;
use crate::checked::{self, Checked};
use crate::convert;
use crate::drift::Drift;
use crate::shell::Output;

/// The state behind its lock, and those who wait for it to change.
pub(crate) struct Shared {
    session: Mutex<Session>,
    /// Wakes the worker.
    due: Condvar,
    /// Wakes requests that wait for a result.
    pub(crate) changed: Notify,
    /// Where diagnostics go.
    pub(crate) output: Output,
}

/// All that the server knows of its client.
pub(crate) struct Session {
    client: Arc<Client>,
    documents: HashMap<Url, Document>,
    /// Documents to check, the one that was edited last at the end.
    due: Vec<Url>,
    /// Everything that has arrived is applied, so that checking is not for nothing.
    quiet: bool,
    opened: u64,
    settings: Arc<Settings>,
    /// The client's configuration.
    options: serde_json::Value,
}

struct Document {
    snapshot: Snapshot,
    version: i32,
    drift: Drift,
    /// Tells one opening from the next.
    opened: u64,
    checked: Option<Arc<Checked>>,
}

/// A document to check.
pub(crate) struct Job {
    pub(crate) uri: Url,
    pub(crate) version: i32,
    pub(crate) snapshot: Snapshot,
    pub(crate) client: Arc<Client>,
    opened: u64,
}

/// What a request finds when it asks for the result of a document's present version.
pub(crate) enum Answer {
    Checked(Arc<Checked>),
    /// Not there yet.
    Pending {
        version: i32,
    },
    /// No such document is open.
    Closed,
}

impl Shared {
    pub(crate) fn new(output: Output) -> Self {
        let session = Session {
            client: Arc::new(Client::read(&serde_json::Value::Null)),
            documents: HashMap::new(),
            due: Vec::new(),
            quiet: false,
            opened: 0,
            settings: Arc::new(Settings::new(Engine::builtin())),
            options: serde_json::Value::Null,
        };
        Self { session: Mutex::new(session), due: Condvar::new(), changed: Notify::new(), output }
    }

    /// The state. A panic elsewhere does not lock the others out: every write leaves it whole.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers who the client is.
    pub(crate) fn introduce(&self, client: Client) {
        self.session().client = Arc::new(client);
    }

    /// Everything that has arrived is applied: time to check.
    pub(crate) fn input_is_dry(&self) {
        let mut session = self.session();
        if !session.due.is_empty() {
            session.quiet = true;
            self.due.notify_one();
        }
    }

    /// Every open document is due; whether the client has to be told to ask again.
    pub(crate) fn recheck(&self) -> bool {
        let mut session = self.session();
        session.touch_all();
        session.quiet = true;
        self.due.notify_one();
        session.client.pulls
    }

    /// Waits for a document to check.
    pub(crate) fn next_job(&self) -> Job {
        let mut session = self.session();
        loop {
            if session.quiet
                && let Some(job) = session.next_job()
            {
                return job;
            }
            session = self.due.wait(session).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes the result of a job and shows it, unless the document has moved on.
    pub(crate) fn finish(&self, job: &Job, checked: Checked) {
        let message = (!job.client.pulls).then(|| checked.publication(&job.uri));
        let mut session = self.session();
        if let Some(document) = session.current(job) {
            document.snapshot = checked.snapshot.clone();
            document.checked = Some(Arc::new(checked));
            if let Some(message) = message {
                self.output.publish(&job.uri, message);
            }
        }
        drop(session);
        self.changed.notify_waiters();
    }

    /// Drops what a panic may have left half done.
    pub(crate) fn fail(&self, job: &Job) {
        let mut session = self.session();
        let settings = session.settings.clone();
        if let Some(document) = session.current(job)
            && let Some(fresh) = fresh(document.snapshot.text(), settings)
        {
            document.snapshot = fresh;
        }
    }
}

impl Session {
    pub(crate) fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// What documents are checked by.
    pub(crate) fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Takes the client's configuration, with the keys of gouji.toml.
    pub(crate) fn configure(&mut self, options: serde_json::Value) {
        self.options = options;
    }

    /// A document is open from now on.
    pub(crate) fn open(&mut self, uri: Url, version: i32, text: &str) {
        let snapshot = Snapshot::new(text, self.settings.clone());
        self.opened += 1;
        let drift = Drift::new(snapshot.text().clone());
        self.documents.insert(
            uri.clone(),
            Document { snapshot, version, drift, opened: self.opened, checked: None },
        );
        self.touch(uri);
    }

    /// Applies changes, each to the text that the one before has left.
    pub(crate) fn change(
        &mut self,
        uri: Url,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let encoding = self.client.encoding;
        let Some(document) = self.documents.get_mut(&uri) else {
            tracing::warn!(%uri, "a change of a document that is not open");
            return;
        };
        for change in changes {
            let text = document.snapshot.text();
            let (range, insert) = match change.range {
                Some(range) => (convert::byte_range(text, range, encoding), change.text.as_str()),
                None => difference(text, &change.text),
            };
            document.edit(range, insert);
        }
        document.version = version;
        self.touch(uri);
    }

    /// The text on the disk is the text under edit.
    pub(crate) fn save(&mut self, uri: Url) {
        let Some(document) = self.documents.get_mut(&uri) else { return };
        document.drift = Drift::new(document.snapshot.text().clone());
        self.touch(uri);
    }

    /// A document is not open any more; whether it was.
    pub(crate) fn close(&mut self, uri: &Url) -> bool {
        self.due.retain(|due| due != uri);
        self.documents.remove(uri).is_some()
    }

    /// The result for the present version of a document.
    pub(crate) fn checked(&self, uri: &Url) -> Answer {
        match self.documents.get(uri) {
            None => Answer::Closed,
            Some(document) => match &document.checked {
                Some(checked) => Answer::Checked(checked.clone()),
                None => Answer::Pending { version: document.version },
            },
        }
    }

    /// The latest results of all open documents, by URI; none while one is under way.
    pub(crate) fn all_checked(&self) -> Option<Vec<(Url, Arc<Checked>)>> {
        let each =
            |(uri, document): (&Url, &Document)| Some((uri.clone(), document.checked.clone()?));
        let mut all: Vec<_> = self.documents.iter().map(each).collect::<Option<_>>()?;
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(all)
    }

    /// The result of a document is out of date.
    fn touch(&mut self, uri: Url) {
        if let Some(document) = self.documents.get_mut(&uri) {
            document.checked = None;
            self.due.retain(|due| *due != uri);
            self.due.push(uri);
            self.quiet = false;
        }
    }

    fn touch_all(&mut self) {
        let all: Vec<_> = self.documents.keys().cloned().collect();
        for uri in all {
            self.touch(uri);
        }
    }

    fn next_job(&mut self) -> Option<Job> {
        let uri = self.due.pop()?;
        let document = self.documents.get_mut(&uri)?;
        // Undone to what is on the disk, a document is no draft.
        let draft = document.drift.differs(document.snapshot.text());
        document.snapshot.set_draft(draft);
        Some(Job {
            version: document.version,
            snapshot: document.snapshot.clone(),
            client: self.client.clone(),
            opened: document.opened,
            uri,
        })
    }

    /// The document of a job, if nothing has happened to it since.
    fn current(&mut self, job: &Job) -> Option<&mut Document> {
        let due = self.due.contains(&job.uri);
        self.documents
            .get_mut(&job.uri)
            .filter(|it| !due && it.opened == job.opened && it.version == job.version)
    }
}

impl Document {
    /// An edit must never be lost, whatever the core does with it: all later ones would be misplaced.
    fn edit(&mut self, range: Range<usize>, insert: &str) {
        let mut text = self.snapshot.text().clone();
        self.drift.edit(&text.clamp(range.clone()), insert.len());
        let done = catch_unwind(AssertUnwindSafe(|| self.snapshot.edit(range.clone(), insert)));
        if done.is_err() {
            tracing::error!("an edit panicked");
            text.edit(range, insert);
            if let Some(fresh) = fresh(&text, self.snapshot.settings().clone()) {
                self.snapshot = fresh;
            }
        }
    }
}

/// A snapshot without a past.
fn fresh(text: &Text, settings: Arc<Settings>) -> Option<Snapshot> {
    catch_unwind(AssertUnwindSafe(|| Snapshot::new(&text.to_string(), settings))).ok()
}

/// The smallest edit that makes `new` of `old`: clients that send whole texts get incremental checks as well.
fn difference<'a>(old: &Text, new: &'a str) -> (Range<usize>, &'a str) {
    let old = old.to_string();
    let same = |(one, other): &(u8, u8)| one == other;
    let mut start = old.bytes().zip(new.bytes()).take_while(same).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let rest = old.len().min(new.len()) - start;
    let mut end = old.bytes().rev().zip(new.bytes().rev()).take(rest).take_while(same).count();
    while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
        end -= 1;
    }
    (start..old.len() - end, &new[start..new.len() - end])
}

/// Shows that a document has nothing to show any more.
pub(crate) fn clear(output: &Output, uri: &Url) {
    output.publish(uri, checked::publication(uri, None, &[]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_two_texts_is_one_edit_between_characters() {
        for (old, new) in [
            ("", ""),
            ("一二三", "一二三"),
            ("一二三", "一三"),
            ("aaa", "aa"),
            ("中", "丮"), // they share their first two bytes
            ("a中b", "a文b"),
            ("a\r\nb", "a\nb"),
        ] {
            let mut text = Text::new(old);
            let (range, insert) = difference(&text, new);
            assert_eq!(text.edit(range.clone(), insert), range);
            assert_eq!(text.to_string(), new);
        }
    }
}
