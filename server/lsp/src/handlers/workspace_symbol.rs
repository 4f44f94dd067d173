//! `workspace/symbol`: over the open documents, then over the files of the open folders.

use std::sync::Arc;

use futures::future::join_all;
use gouji_core::ide::{self, Symbol, SymbolKind};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{ProgressToken, SymbolInformation, WorkspaceSymbolParams};

use crate::closed::Outline;
use crate::progress::{Progress, Stop};
use crate::server::Backend;
use crate::view::View;

/// Most symbols of an answer. Whoever gets so many types another character.
const MOST: usize = 500;

pub(crate) async fn workspace_symbol(
    backend: &Backend,
    params: WorkspaceSymbolParams,
) -> Result<Option<Vec<SymbolInformation>>> {
    let query: Vec<char> = params.query.to_lowercase().chars().collect();
    // Without a query reports, sections and tables are enough; rows are found by name.
    let wanted = |symbol: &Symbol| {
        if query.is_empty() { symbol.kind != SymbolKind::Row } else { holds(&symbol.name, &query) }
    };
    let mut found = Vec::new();
    let open = backend.shared.session().open_documents();
    let views = join_all(open.into_iter().map(|uri| View::of(backend, uri))).await;
    // Documents that were closed or edited meanwhile are skipped.
    for view in views.into_iter().filter_map(|view| view.ok().flatten()) {
        let converter = view.converter();
        for symbol in ide::symbols(view.snapshot()) {
            converter.flat_symbols(symbol, None, &wanted, &mut found);
            if found.len() >= MOST {
                found.truncate(MOST);
                return Ok(Some(found));
            }
        }
    }
    for outline in closed(backend, params.work_done_progress_params.work_done_token).await? {
        if !backend.shared.session().is_open_file(&outline.path) {
            let symbols = outline.symbols.iter();
            let wanted = symbols.filter(|it| query.is_empty() || holds(&it.name, &query));
            found.extend(wanted.take(MOST - found.len()).cloned());
        }
    }
    Ok(Some(found))
}

/// The outlines of closed files, which are read on a thread of their own.
async fn closed(backend: &Backend, token: Option<ProgressToken>) -> Result<Vec<Arc<Outline>>> {
    let (client, resolver) = {
        let session = backend.shared.session();
        (session.client().clone(), session.resolver().clone())
    };
    if client.folders.is_empty() {
        return Ok(Vec::new());
    }
    let stop = Stop::default();
    let _guard = stop.when_dropped();
    let progress = Progress::new(backend, token, "读取工作区里的报告", &stop);
    let shared = backend.shared.clone();
    let work = move || shared.closed.outlines.all(&client, &resolver, &stop, progress.as_ref());
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::internal_error())
}

/// Whether the name has the characters of the query in the same order, perhaps with others between them.
fn holds(name: &str, query: &[char]) -> bool {
    let mut wanted = query.iter().peekable();
    for c in name.chars().flat_map(char::to_lowercase) {
        if wanted.peek().is_some_and(|it| **it == c) {
            wanted.next();
        }
    }
    wanted.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_a_query_in_its_order() {
        let holds = |name: &str, query: &str| holds(name, &query.chars().collect::<Vec<_>>());
        assert!(holds("青石县水利局2024年报告", "青水2024"));
        assert!(holds("（三）4.保护第三方合法权益", "第三方"));
        assert!(!holds("青石县水利局", "水县"));
    }
}
