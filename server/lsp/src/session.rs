//! The state of the server. The client's messages change it in the order in which they were sent; the worker only adds results, and only for
//! versions that are still the latest.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::snapshot::Snapshot;
use gouji_core::text::Text;
use gouji_workspace::config::{Options, Resolver};
use serde_json::Value;
use tower_lsp::lsp_types::{SemanticToken, TextDocumentContentChangeEvent, TextDocumentItem, Url};

use crate::capabilities::Client;
use crate::document::{Document, Outcome, Read};
use crate::spelling::Spellings;

/// Bytes from which on a document is worked on by a thread of its own. Below, a message that waits for the whole document waits less than for the
/// hand-over to a thread.
const LARGE: usize = 200_000;

/// Which thread works on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// The one that handles messages.
    Small,
    /// A thread for large documents.
    Large,
}

impl Size {
    /// The size of a text.
    pub(crate) fn of(text: &Text) -> Self {
        if text.len() < LARGE { Self::Small } else { Self::Large }
    }
}

/// All that the server knows of its client and its documents.
pub(crate) struct Session {
    client: Arc<Client>,
    /// Whether `initialize` has arrived.
    pub(crate) is_introduced: bool,
    pub(crate) documents: HashMap<Url, Document>,
    /// Documents to check, the most recently edited one last.
    pub(crate) due: Vec<Url>,
    /// Whether everything that has arrived is applied. Before that, a check may be out of date when it ends.
    pub(crate) quiet: bool,
    /// How many documents have been opened so far.
    opened: u64,
    /// URIs as the client spells them.
    pub(crate) spellings: Spellings,
    /// Every file that has ever been opened, with the client's URI for it.
    files: HashMap<PathBuf, Url>,
    pub(crate) resolver: Arc<Resolver>,
    /// The client's configuration, with the keys of gouji.toml.
    options: Value,
    /// The semantic tokens last sent for each document, with their id.
    tokens: HashMap<Url, (u64, Tokens)>,
    /// The id of the tokens that were sent last.
    tokens_id: u64,
    /// The completion list that was sent last: its id, and the documentation of each item, which `completionItem/resolve` asks for.
    offered: (u64, Vec<String>),
}

/// The semantic tokens of a document.
type Tokens = Arc<Vec<SemanticToken>>;

/// A document to check.
pub(crate) struct Job {
    pub(crate) uri: Url,
    pub(crate) spelling: String,
    pub(crate) version: i32,
    pub(crate) client: Arc<Client>,
    pub(crate) resolver: Arc<Resolver>,
    pub(crate) opened: u64,
}

impl Session {
    /// A session before `initialize`: its client can do nothing beyond the bare protocol.
    pub(crate) fn new() -> Self {
        Self {
            client: Arc::new(Client::read(&Value::Null)),
            is_introduced: false,
            documents: HashMap::new(),
            due: Vec::new(),
            quiet: false,
            opened: 0,
            spellings: Spellings::default(),
            files: HashMap::new(),
            resolver: Arc::new(Resolver::new(Options::default())),
            options: Value::Null,
            tokens: HashMap::new(),
            tokens_id: 0,
            offered: (0, Vec::new()),
        }
    }

    pub(crate) fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// Finds the configuration of a document.
    pub(crate) fn resolver(&self) -> &Arc<Resolver> {
        &self.resolver
    }

    /// Takes what `initialize` says of the client.
    pub(crate) fn introduce(&mut self, client: Client) {
        self.options = client.options.clone();
        self.client = Arc::new(client);
        self.is_introduced = true;
        self.resolver = Arc::new(self.new_resolver());
    }

    /// Takes the client's configuration for the next resolver; returns whether it differs from the last. An empty one (Neovim answers null, others
    /// `{}`) means that the options of `initialize` are all there is.
    pub(crate) fn configure(&mut self, options: Value) -> bool {
        let is_set = options.as_object().is_some_and(|options| !options.is_empty());
        let options = if is_set { options } else { self.client.options.clone() };
        let is_new = self.options != options;
        self.options = options;
        is_new
    }

    /// Takes note of workspace folders that were added and removed.
    pub(crate) fn change_folders(&mut self, added: &[Url], removed: &[Url]) {
        let path = |uri: &Url| uri.to_file_path().ok();
        let removed: Vec<_> = removed.iter().filter_map(path).collect();
        let client = Arc::make_mut(&mut self.client);
        client.folders.retain(|folder| !removed.contains(folder));
        client.folders.extend(added.iter().filter_map(path));
    }

    /// A URI as the client spells it.
    pub(crate) fn spelling(&self, uri: &Url) -> String {
        self.spellings.of(uri.as_str()).unwrap_or_else(|| uri.as_str().to_owned())
    }

    /// The URI of a file: the client's own if it has ever opened it. VS Code escapes more than `Url` does, as in 报告(1).txt.
    pub(crate) fn uri_of(&self, path: &Path) -> Option<Url> {
        self.files.get(path).cloned().or_else(|| Url::from_file_path(path).ok())
    }

    /// Whether a file is open, whatever the spelling of its URI.
    pub(crate) fn is_open_file(&self, path: &Path) -> bool {
        self.files.get(path).is_some_and(|uri| self.is_open(uri))
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, item: &TextDocumentItem) {
        let uri = item.uri.clone();
        self.opened += 1;
        if let Ok(path) = uri.to_file_path() {
            self.files.insert(path, uri.clone());
        }
        self.documents.insert(uri.clone(), Document::new(item, self.opened));
        self.touch(uri);
    }

    /// Applies changes in order, each to the text that the one before has left.
    pub(crate) fn change(
        &mut self,
        uri: Url,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
    ) {
        let Some(document) = self.documents.get_mut(&uri) else {
            tracing::warn!(%uri, "change to a document that is not open");
            return;
        };
        document.change(version, changes, self.client.encoding);
        self.touch(uri);
    }

    /// Takes note that the document equals its file.
    pub(crate) fn save(&mut self, uri: Url) {
        let Some(document) = self.documents.get_mut(&uri) else { return };
        document.save();
        self.touch(uri);
    }

    /// Closes a document; returns whether it was open.
    pub(crate) fn close(&mut self, uri: &Url) -> bool {
        self.due.retain(|due| due != uri);
        self.tokens.remove(uri);
        self.documents.remove(uri).is_some()
    }

    /// Takes note that the file of a document is gone: the document has no findings until it is edited or the file comes back.
    pub(crate) fn lose_file(&mut self, uri: &Url) {
        self.due.retain(|due| due != uri);
        if let Some(document) = self.documents.get_mut(uri) {
            document.result = Outcome::None;
        }
    }

    /// The open documents that are this file, or lie below this folder.
    pub(crate) fn open_below(&self, uri: &Url, path: Option<&Path>) -> Vec<Url> {
        let is_below = |open: &&Url| {
            let own = open.to_file_path().ok();
            *open == uri || path.zip(own).is_some_and(|(path, own)| own.starts_with(path))
        };
        self.documents.keys().filter(is_below).cloned().collect()
    }

    /// The current version of a document and its result; `None` if it is not open.
    pub(crate) fn result(&self, uri: &Url) -> Option<(i32, Outcome)> {
        self.documents.get(uri).map(|document| (document.version, document.result.clone()))
    }

    /// The current text of a small document that is not checked yet, bound but without findings.
    pub(crate) fn bound(&mut self, uri: &Url) -> Option<Snapshot> {
        let document = self.documents.get_mut(uri)?;
        let is_pending = matches!(document.result, Outcome::Pending);
        // Binding a large document may mean reading all of it, which must not hold up messages.
        (is_pending && Size::of(&document.text) == Size::Small).then(|| document.bound())?
    }

    /// Whether a document is open.
    pub(crate) fn is_open(&self, uri: &Url) -> bool {
        self.documents.contains_key(uri)
    }

    /// Whether the client opened a document as Markdown.
    pub(crate) fn is_markdown(&self, uri: &Url) -> bool {
        self.documents.get(uri).is_some_and(|document| document.is_markdown)
    }

    /// The open documents, sorted.
    pub(crate) fn open_documents(&self) -> Vec<Url> {
        let mut all: Vec<_> = self.documents.keys().cloned().collect();
        all.sort();
        all
    }

    /// Stores the tokens that are about to be sent; returns their id, the tokens, and the tokens with the id `previous` if those were sent last.
    pub(crate) fn exchange_tokens(
        &mut self,
        uri: &Url,
        tokens: Vec<SemanticToken>,
        previous: Option<&str>,
    ) -> (String, Tokens, Option<Tokens>) {
        self.tokens_id += 1;
        let (id, tokens) = (self.tokens_id, Arc::new(tokens));
        let old = (self.documents.contains_key(uri))
            .then(|| self.tokens.insert(uri.clone(), (id, tokens.clone())))
            .flatten();
        let known = old.filter(|(id, _)| previous.is_some_and(|it| it == id.to_string()));
        (id.to_string(), tokens, known.map(|(_, tokens)| tokens))
    }

    /// Stores the documentation of a new completion list; returns the list's id.
    pub(crate) fn offer(&mut self, documentation: Vec<String>) -> u64 {
        self.offered = (self.offered.0 + 1, documentation);
        self.offered.0
    }

    /// The documentation of an item; `None` unless it is of the last list.
    pub(crate) fn documentation(&self, list: u64, item: usize) -> Option<String> {
        let (id, offers) = &self.offered;
        offers.get(item).filter(|_| list == *id).cloned()
    }

    /// The file of a document. A document without one is taken to lie in the first workspace folder, so that it gets the configuration there.
    pub(crate) fn path(client: &Client, uri: &Url) -> PathBuf {
        uri.to_file_path().unwrap_or_else(|()| Self::place_of_new(client))
    }

    /// Where a document without a file is taken to lie.
    pub(crate) fn place_of_new(client: &Client) -> PathBuf {
        client.folders.first().cloned().unwrap_or_default().join("untitled.txt")
    }

    /// Drops the result of a document and makes it due.
    pub(crate) fn touch(&mut self, uri: Url) {
        if let Some(document) = self.documents.get_mut(&uri) {
            document.result = Outcome::Pending;
            self.due.retain(|due| *due != uri);
            self.due.push(uri);
            self.quiet = false;
        }
    }

    pub(crate) fn touch_all(&mut self) {
        for uri in self.open_documents() {
            self.touch(uri);
        }
    }

    /// The index in `due` of the document of that size that is to be checked next: the one edited last.
    pub(crate) fn next_due(&self, size: Size) -> Option<usize> {
        let is_of_size = |uri: &Url| {
            self.documents.get(uri).is_some_and(|document| Size::of(&document.text) == size)
        };
        self.due.iter().rposition(is_of_size)
    }

    /// Takes the next document of that size that is due, once the input is quiet.
    pub(crate) fn next_job(&mut self, size: Size) -> Option<(Job, Read)> {
        let at = self.next_due(size).filter(|_| self.quiet)?;
        let uri = self.due.remove(at);
        let spelling = self.spelling(&uri);
        let document = self.documents.get_mut(&uri)?;
        let read = document.begin_reading();
        let (client, resolver) = (self.client.clone(), self.resolver.clone());
        Some((
            Job {
                version: document.version,
                client,
                resolver,
                opened: document.opened,
                uri,
                spelling,
            },
            read,
        ))
    }

    /// A resolver for the client's present configuration, which has read no file yet.
    pub(crate) fn new_resolver(&self) -> Resolver {
        let base = self.client.folders.first().cloned().unwrap_or_default();
        let editor = self.options.is_object().then(|| (self.options.clone(), base));
        Resolver::new(Options { editor, ..Options::default() })
    }
}
