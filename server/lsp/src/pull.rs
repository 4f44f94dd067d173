//! The answer to a pull of the whole workspace: where open documents and closed files differ from what the client already has.

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
use crate::closed::{FileFindings, check};
use crate::convert::workspace_report;
use crate::document::Outcome;
use crate::progress::{Progress, Stop};
use crate::shared::Shared;
use crate::shell::written_notification;

/// Most files that are looked at, in the order of their paths. An office has some thousand reports; to ask the system for the times of this many at
/// each look takes a tenth of a second. A folder with more is an archive, or a home folder opened by mistake, and is for the command line.
/// A file whose findings are not kept takes a quarter of a kilobyte, so all of them take five megabytes.
pub(crate) const MOST: usize = 20_000;
/// Bytes of one answer to a client that takes no partial results. It gets the rest when it asks again.
const ANSWER: usize = 32 << 20;
/// Reports and bytes of one partial result: few enough that the first ones are seen soon, and that an answer about a document under edit does not wait
/// behind a large one.
const PART: (usize, usize) = (16, 64 << 10);
/// Most threads that check files; fewer on a machine with fewer than four times as many processors.
const THREADS: usize = 4;

/// The result id of a document that is neither open nor a file of the folders.
const CLOSED: &str = "closed";

/// The parameters of the request. The result ids may be those of thousands of documents, so their URIs are parsed off the thread that handles messages.
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
    /// The token for partial results, if the client takes them.
    token: Option<NumberOrString>,
    news: Mutex<News>,
}

/// What the client has, and what is to be sent to it.
#[derive(Default)]
struct News {
    /// What the client says it has, until that is parsed into `known`.
    previous: Vec<Previous>,
    known: HashMap<Key, Reported>,
    /// Reports that are still to be sent, with commas between them, and their number.
    reports: String,
    count: usize,
    /// Whether partial results have been sent.
    is_begun: bool,
}

/// What the client has of one document.
struct Reported {
    uri: String,
    id: String,
}

/// An open document with a result that the client does not have; without one if its file is gone.
struct Open {
    key: Key,
    uri: String,
    version: Option<i32>,
    checked: Option<Arc<Checked>>,
}

/// A document, whatever the spelling of its URI.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    File(PathBuf),
    Other(Url),
}

/// What a look at the files needs.
pub(crate) struct Context {
    pub(crate) shared: Arc<Shared>,
    pub(crate) client: Arc<Client>,
    pub(crate) resolver: Arc<Resolver>,
    pub(crate) stop: Stop,
}

impl Context {
    /// Whether the look is neither stopped nor by a configuration that is no longer the present one.
    fn goes_on(&self) -> bool {
        !self.stop.is_stopped() && Arc::ptr_eq(self.shared.session().resolver(), &self.resolver)
    }
}

impl Pull {
    /// A pull, and the token under which the client wants to see its progress.
    pub(crate) fn new(params: Params) -> (Self, Option<NumberOrString>) {
        let Params { previous_result_ids: previous, partial_result_token: token, work_done_token } =
            params;
        (Self { token, news: Mutex::new(News { previous, ..News::default() }) }, work_done_token)
    }

    /// Looks at all closed files, and reads those that have changed. `progress` begins to show that so many are to be read.
    pub(crate) fn look(&self, context: &Context, progress: impl FnOnce(usize) -> Option<Progress>) {
        let Context { shared, client, resolver, stop } = context;
        let _turn = shared.closed.turn();
        if stop.is_stopped() {
            return;
        }
        self.news().read_previous();
        let closed = &shared.closed;
        let (files, mut new);
        if let Some(known) = closed.listing(client, resolver) {
            files = known;
            new = closed.findings.unread(&files);
        } else {
            let now = (closed.generation(), Instant::now());
            let (all, is_more) = walk::first(&client.folders, MOST, &|| context.goes_on());
            if is_more {
                shared.report_truncation(MOST);
            }
            if !context.goes_on() {
                return;
            }
            files = Arc::new(all);
            new = closed.findings.begin(resolver, &files);
            closed.keep_listing(&files, resolver, now);
        }
        new.retain(|path| !shared.session().is_open_file(path));
        let progress = progress(new.len());
        let is_new: HashSet<&Path> = new.iter().copied().collect();
        let known = files.iter().filter(|path| !is_new.contains(path.as_path()));
        for path in known.take_while(|_| self.wants_more(context)) {
            if let Some((id, found)) = shared.closed.findings.known(path) {
                self.offer(context, path, id, found);
            }
        }
        self.check_all(context, &new, progress.as_ref());
        if self.wants_more(context) {
            self.clear_others(shared, &files);
        }
        self.send(context);
    }

    /// Checks closed files on several threads.
    fn check_all(&self, context: &Context, files: &[&Path], progress: Option<&Progress>) {
        let Context { shared, client, resolver, .. } = context;
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let next = || files.get(next.fetch_add(1, Ordering::Relaxed));
        let work = || {
            while let Some(path) = next().filter(|_| self.wants_more(context)) {
                let found = check(shared, client, resolver, path);
                self.offer(context, path, found.id, Some(found));
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                if let Some(progress) = progress {
                    progress.report(done, files.len());
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
    }

    /// Whether there is reason to look at more files.
    fn wants_more(&self, context: &Context) -> bool {
        context.goes_on() && !self.is_full()
    }

    /// Adds the report of a closed file, unless the client has that result already.
    fn offer(&self, context: &Context, path: &Path, id: u64, found: Option<FileFindings>) {
        let key = Key::File(path.to_owned());
        let written = written_id(id);
        let uri = {
            let session = context.shared.session();
            // It has been opened meanwhile: the editor's text counts and not the file's.
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
        // Without findings: there was no room to keep them, and the client does not have them either.
        let Context { shared, client, resolver, .. } = context;
        let found = found.unwrap_or_else(|| check(shared, client, resolver, path));
        let id = found.result_id();
        let items = (!found.items.is_empty()).then_some(&*found.items);
        let report = workspace_report(&uri, None, &id, items.into_iter());
        let mut news = self.news();
        news.add(&report);
        news.known.insert(key, Reported { uri, id });
        let is_part = news.count >= PART.0 || news.reports.len() >= PART.1;
        drop(news);
        if is_part {
            self.send(context);
        }
    }

    /// Clears what the client shows of documents that are gone.
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

    /// The answer: news of open documents, and of closed files if they have been looked at; `None` while there is no news.
    pub(crate) fn answer(&self, shared: &Shared) -> Option<String> {
        let mut news = self.news();
        news.read_previous();
        for Open { key, uri, version, checked } in news.of_open(shared) {
            // The file was reported under another spelling than the client has opened it by, which it may take for another document.
            if let Some(known) = news.known.remove(&key).filter(|known| known.uri != uri) {
                news.add(&workspace_report(&known.uri, None, CLOSED, std::iter::empty()));
            }
            let items = checked.iter().flat_map(|checked| checked.diagnostics.json());
            let id = checked.as_ref().map_or(CLOSED, |checked| checked.result_id()).to_owned();
            news.add(&workspace_report(&uri, version, &id, items));
            news.known.insert(key, Reported { uri, id });
        }
        if news.count == 0 && !news.is_begun {
            return None;
        }
        let reports = news.take();
        let Some(token) = self.token.as_ref().filter(|_| news.is_begun) else {
            return Some(format!(r#"{{"items":[{reports}]}}"#));
        };
        // After partial results the answer itself has to be empty.
        if !reports.is_empty() {
            shared.output.send(&part(token, &reports));
        }
        Some(r#"{"items":[]}"#.to_owned())
    }

    /// Whether the answer to a client that takes no partial results is large enough.
    fn is_full(&self) -> bool {
        self.token.is_none() && self.news().reports.len() >= ANSWER
    }

    /// Sends a partial result, once the client has taken those before, if it takes them at all.
    fn send(&self, context: &Context) {
        let Some(token) = &self.token else { return };
        context.shared.output.wait_for_room(&context.stop);
        let mut news = self.news();
        // A pull that was superseded meanwhile sends nothing more.
        if news.count > 0 && !context.stop.is_stopped() {
            news.is_begun = true;
            let reports = news.take();
            context.shared.output.send(&part(token, &reports));
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
            // For one document in two spellings: the one that was cleared does not count.
            if id != CLOSED || !self.known.contains_key(&key) {
                self.known.insert(key, Reported { uri, id });
            }
        }
    }

    /// The open documents of which there is news. Called after every edit.
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
                // The file is gone: what the client shows has to be cleared, if it shows anything.
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
