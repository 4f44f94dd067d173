//! The outlines of closed files, for `workspace/symbol`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gouji_core::ide::{self, Symbol, SymbolKind};
use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::Resolver;
use gouji_workspace::file::{self, Stamp};
use gouji_workspace::walk;
use tower_lsp::lsp_types::{SymbolInformation, Url};

use crate::capabilities::Client;
use crate::convert::Converter;
use crate::progress::{Progress, Stop};
use crate::worker::DEFAULTS;

/// Most files that are read: someone types a name and waits for the symbols.
const MOST: usize = 1000;

/// What is known of the outlines.
#[derive(Default)]
pub(crate) struct Outlines(Mutex<State>);

#[derive(Default)]
struct State {
    /// The configuration that the files were read with.
    resolver: Option<Arc<Resolver>>,
    files: HashMap<PathBuf, Cached>,
}

/// One file when it was last read.
struct Cached {
    stamp: Stamp,
    outline: Arc<Outline>,
}

/// The reports, sections and tables of a file, with positions in the client's encoding. Rows are left out; open documents have those.
pub(crate) struct Outline {
    pub(crate) path: PathBuf,
    pub(crate) symbols: Vec<SymbolInformation>,
}

impl Outlines {
    /// The outlines of all files below the client's folders, in the order of their paths; fewer if it is stopped.
    pub(crate) fn all(
        &self,
        client: &Client,
        resolver: &Arc<Resolver>,
        stop: &Stop,
        progress: Option<&Progress>,
    ) -> Vec<Arc<Outline>> {
        let (entries, _) = walk::first(&client.folders, MOST, &|| !stop.is_stopped());
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.resolver.as_ref().is_some_and(|it| Arc::ptr_eq(it, resolver)) {
            *state = State { resolver: Some(resolver.clone()), files: HashMap::new() };
        }
        // Files that are gone are forgotten.
        let mut old = std::mem::take(&mut state.files);
        let (mut outlines, mut done) = (Vec::new(), 0);
        for entry in stop.each(entries.iter()) {
            done += 1;
            let Some(stamp) = Stamp::of(entry) else { continue };
            let outline = match old.remove(entry).filter(|it| it.stamp == stamp) {
                Some(it) => it.outline,
                None => match read(entry, client, resolver) {
                    Some(outline) => Arc::new(outline),
                    None => continue,
                },
            };
            outlines.push(outline.clone());
            state.files.insert(entry.clone(), Cached { stamp, outline });
            if let Some(progress) = progress {
                progress.report(done, entries.len());
            }
        }
        if done < entries.len() {
            state.files.extend(old);
        }
        outlines
    }
}

fn read(path: &Path, client: &Client, resolver: &Resolver) -> Option<Outline> {
    let uri = Url::from_file_path(path).ok()?;
    let text = file::read(path).ok()?.text;
    let settings = resolver.settings_for(path).map(|file| file.settings.clone());
    let settings = settings.unwrap_or_else(|_| DEFAULTS.clone());
    // Bound without being checked: an outline needs no findings.
    let snapshot = Snapshot::new("", settings).bound([(0..0, &*text)]);
    let converter = Converter::new(&uri, snapshot.text(), client);
    let mut symbols = Vec::new();
    let wanted = |symbol: &Symbol| symbol.kind != SymbolKind::Row;
    for symbol in ide::symbols(&snapshot) {
        converter.flat_symbols(symbol, None, &wanted, &mut symbols);
    }
    symbols.shrink_to_fit();
    Some(Outline { path: path.to_owned(), symbols })
}
