//! A pull of the whole workspace: what differs from what its client has, of documents that are open and of files that are not.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use gouji_workspace::config::Resolver;
use gouji_workspace::walk;
use serde::Deserialize;
use tower_lsp::lsp_types::{NumberOrString, Url};

use crate::capabilities::Client;
use crate::checked::{Checked, written_id};
use crate::closed::{Found, check};
use crate::convert::workspace_report;
use crate::document::Outcome;
use crate::progress::{Progress, Stop};
use crate::shared::Shared;
use crate::shell::written_notification;

/// Files that are looked at, in the order of their paths. An office has some thousand reports and asks its system for each one's time at every
/// look, which takes a tenth of a second for so many; a folder with more is an archive or a home folder opened by mistake, for which there
/// is the command line. What is known of a file without its findings takes a quarter of a kilobyte, so that these take five megabytes.
pub(crate) const MOST: usize = 20_000;
/// Bytes of one answer to a client that takes no parts of it. The rest is there when it asks again.
const ANSWER: usize = 32 << 20;
/// Reports and bytes of one part: few enough that the first ones are seen soon, and that an answer about a document that is being edited does not wait
/// behind a large part.
const PART: (usize, usize) = (16, 64 << 10);
/// Threads that check files at most; of its processors a machine gives a quarter.
const THREADS: usize = 4;

/// The result of a document that is neither open nor a file of the folders.
const CLOSED: &str = "closed";

/// What a client asks. Thousands of URIs may come along: they are read where the files are.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params {
    #[serde(default)]
    previous_result_ids: Vec<Previous>,
    partial_result_token: Option<NumberOrString>,
    work_done_token: Option<NumberOrString>,
}

#[derive(Debug, Deserialize)]
struct Previous {
    uri: String,
    value: String,
}

/// A pull that is not answered yet.
pub(crate) struct Pull {
    /// Where parts of the answer go before it.
    token: Option<NumberOrString>,
    news: Mutex<News>,
}

#[derive(Default)]
struct News {
    /// What the client has, until it is read.
    previous: Vec<Previous>,
    known: HashMap<Key, Known>,
    /// Reports that were not sent, with commas between them.
    reports: String,
    count: usize,
    /// Parts of the answer were sent.
    is_begun: bool,
}

/// What the client has of a document.
struct Known {
    uri: String,
    id: String,
}

/// A document that is open, with a result that its client does not have; none when its file is gone.
struct Open {
    key: Key,
    uri: String,
    version: Option<i32>,
    checked: Option<Arc<Checked>>,
}

/// A document, however its URI is spelled.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    File(PathBuf),
    Other(Url),
}

/// What a look at the files needs to know.
pub(crate) struct Around {
    pub(crate) shared: Arc<Shared>,
    pub(crate) client: Arc<Client>,
    pub(crate) resolver: Arc<Resolver>,
    pub(crate) stop: Stop,
}

impl Pull {
    /// A pull, and the token under which its client wants to see how far it is.
    pub(crate) fn new(params: Params) -> (Self, Option<NumberOrString>) {
        let Params { previous_result_ids: previous, partial_result_token: token, work_done_token } =
            params;
        (Self { token, news: Mutex::new(News { previous, ..News::default() }) }, work_done_token)
    }

    /// Looks at all files that are not open, and reads those that have changed. `progress` shows that so many are read.
    pub(crate) fn look(&self, around: &Around, progress: impl FnOnce(usize) -> Option<Progress>) {
        let Around { shared, client, resolver, stop } = around;
        let _turn = shared.closed.turn();
        if stop.is_stopped() {
            return;
        }
        self.news().read_previous();
        let closed = &shared.closed;
        let is_current = || Arc::ptr_eq(shared.session().resolver(), resolver);
        let goes_on = || !stop.is_stopped() && is_current();
        let (files, mut new);
        if let Some(known) = closed.listing(client, resolver) {
            files = known;
            new = closed.findings.unread(&files);
        } else {
            let now = (closed.generation(), Instant::now());
            let (all, is_more) = walk::first(&client.folders, MOST, &goes_on);
            if is_more {
                shared.tell_of_many(MOST);
            }
            if !goes_on() {
                return;
            }
            files = Arc::new(all);
            new = closed.findings.begin(resolver, &files);
            closed.keep_listing(&files, resolver, now);
        }
        new.retain(|path| !shared.session().is_open_file(path));
        let progress = progress(new.len());
        let is_new: HashSet<&Path> = new.iter().copied().collect();
        let wanted = || goes_on() && !self.is_full();
        let known = files.iter().filter(|path| !is_new.contains(path.as_path()));
        for path in known.take_while(|_| wanted()) {
            if let Some((id, found)) = shared.closed.findings.known(path) {
                self.offer(around, path, id, found);
            }
        }
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            while let Some(path) =
                new.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| wanted())
            {
                let found = check(shared, client, resolver, path);
                self.offer(around, path, found.id, Some(found));
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                if let Some(progress) = &progress {
                    progress.report(done, new.len());
                }
            }
        };
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for _ in 1..(processors / 4).min(THREADS) {
                scope.spawn(work);
            }
            work();
        });
        if wanted() {
            self.clear_others(shared, &files);
        }
        self.send(around);
    }

    /// Reports a file that is not open, unless its client has that result.
    fn offer(&self, around: &Around, path: &Path, id: u64, found: Option<Found>) {
        let key = Key::File(path.to_owned());
        let written = written_id(id);
        let uri = {
            let session = around.shared.session();
            // What is open counts, whatever is in its file.
            if session.is_open_file(path) {
                return;
            }
            session.uri_of(path).map(|uri| session.spelling(&uri))
        };
        let uri = match self.news().known.get(&key) {
            Some(known) if known.id == written => return,
            Some(known) => Some(known.uri.clone()),
            None => uri,
        };
        let (Some(uri), found) = (uri, found) else { return };
        // There was no room to keep it, and the client does not have it.
        let Around { shared, client, resolver, .. } = around;
        let found = found.unwrap_or_else(|| check(shared, client, resolver, path));
        let id = found.result_id();
        let items = (!found.items.is_empty()).then_some(&*found.items);
        let report = workspace_report(&uri, None, &id, items.into_iter());
        let mut news = self.news();
        news.add(&report);
        news.known.insert(key, Known { uri, id });
        let is_part = news.count >= PART.0 || news.reports.len() >= PART.1;
        drop(news);
        if is_part {
            self.send(around);
        }
    }

    /// What the client shows of documents that are gone.
    fn clear_others(&self, shared: &Shared, files: &[PathBuf]) {
        let files: HashSet<&Path> = files.iter().map(PathBuf::as_path).collect();
        let mut news = self.news();
        let session = shared.session();
        let is_there = |key: &Key| match key {
            Key::File(path) => files.contains(path.as_path()) || session.is_open_file(path),
            Key::Other(uri) => session.is_open(uri),
        };
        let News { known, reports, count, .. } = &mut *news;
        for (_, known) in known.iter_mut().filter(|(key, it)| it.id != CLOSED && !is_there(key)) {
            CLOSED.clone_into(&mut known.id);
            add(reports, count, &workspace_report(&known.uri, None, CLOSED, std::iter::empty()));
        }
    }

    /// The answer with what is to be said of documents that are open, and of files if they were looked at; none while there is nothing to be said.
    pub(crate) fn answer(&self, shared: &Shared) -> Option<String> {
        let mut news = self.news();
        news.read_previous();
        for Open { key, uri, version, checked } in news.of_open(shared) {
            // It was told of the file by another spelling than that which it has opened it by, and may take them for two.
            if let Some(known) = news.known.remove(&key).filter(|known| known.uri != uri) {
                news.add(&workspace_report(&known.uri, None, CLOSED, std::iter::empty()));
            }
            let items = checked.iter().flat_map(|checked| checked.shown.json());
            let id = checked.as_ref().map_or(CLOSED, |checked| checked.result_id()).to_owned();
            news.add(&workspace_report(&uri, version, &id, items));
            news.known.insert(key, Known { uri, id });
        }
        if news.count == 0 && !news.is_begun {
            return None;
        }
        let reports = news.take();
        let Some(token) = self.token.as_ref().filter(|_| news.is_begun) else {
            return Some(format!(r#"{{"items":[{reports}]}}"#));
        };
        // Once parts were sent, they are the answer.
        if !reports.is_empty() {
            shared.output.send(&part(token, &reports));
        }
        Some(r#"{"items":[]}"#.to_owned())
    }

    /// Whether an answer holds enough.
    fn is_full(&self) -> bool {
        self.token.is_none() && self.news().reports.len() >= ANSWER
    }

    /// Sends what there is to a client that takes parts, when it has taken those before.
    fn send(&self, around: &Around) {
        let Some(token) = &self.token else { return };
        around.shared.output.wait_for_room(&around.stop);
        let mut news = self.news();
        // One that is superseded has said all that it says.
        if news.count > 0 && !around.stop.is_stopped() {
            news.is_begun = true;
            let reports = news.take();
            around.shared.output.send(&part(token, &reports));
        }
    }

    fn news(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl News {
    fn read_previous(&mut self) {
        for Previous { uri, value: id } in std::mem::take(&mut self.previous) {
            let Ok(parsed) = Url::parse(&uri) else { continue };
            let key = Key::of(parsed);
            // One document by two spellings: what was said of one of them was taken back.
            if id != CLOSED || !self.known.contains_key(&key) {
                self.known.insert(key, Known { uri, id });
            }
        }
    }

    /// The documents that are open of which there is something to be said. Asked after every edit.
    fn of_open(&self, shared: &Shared) -> Vec<Open> {
        let session = shared.session();
        let open = session.documents.iter().filter_map(|(uri, document)| {
            let checked = match &document.result {
                Outcome::Pending => return None,
                Outcome::Checked(checked) => Some(checked),
                Outcome::None => None,
            };
            let key = Key::of(uri.clone());
            let known = self.known.get(&key).map(|known| known.id.as_str());
            let is_known = match checked {
                Some(checked) => known == Some(checked.result_id()),
                // Of a document whose file is gone nothing is shown, and nothing has to be said who has not seen it.
                None => known.is_none_or(|id| id == CLOSED),
            };
            let version = checked.map(|checked| checked.version);
            let uri = || session.spelling(uri);
            (!is_known).then(|| Open { key, uri: uri(), version, checked: checked.cloned() })
        });
        let mut open: Vec<_> = open.collect();
        open.sort_by(|one, other| one.uri.cmp(&other.uri));
        open
    }

    fn add(&mut self, report: &str) {
        add(&mut self.reports, &mut self.count, report);
    }

    fn take(&mut self) -> String {
        self.count = 0;
        std::mem::take(&mut self.reports)
    }
}

impl Key {
    fn of(uri: Url) -> Self {
        uri.to_file_path().map_or_else(|()| Self::Other(uri), Self::File)
    }
}

fn add(reports: &mut String, count: &mut usize, report: &str) {
    if *count > 0 {
        reports.push(',');
    }
    reports.push_str(report);
    *count += 1;
}

fn part(token: &NumberOrString, reports: &str) -> Vec<u8> {
    let token = serde_json::to_string(token).unwrap_or_default();
    let params = format!(r#"{{"token":{token},"value":{{"items":[{reports}]}}}}"#);
    written_notification("$/progress", &params)
}
