//! `workspace/symbol`: over the open documents.

use futures::future::join_all;
use gouji_core::ide::{self, Symbol, SymbolKind};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{SymbolInformation, WorkspaceSymbolParams};

use crate::server::Backend;
use crate::view::View;

/// Symbols at most: who gets more types another character.
const MOST: usize = 500;

pub(crate) async fn workspace_symbol(
    backend: &Backend,
    params: WorkspaceSymbolParams,
) -> Result<Option<Vec<SymbolInformation>>> {
    let query: Vec<char> = params.query.to_lowercase().chars().collect();
    // Without a query the outline is enough; rows come when they are looked for.
    let wanted = |symbol: &Symbol| {
        if query.is_empty() { symbol.kind != SymbolKind::Row } else { holds(&symbol.name, &query) }
    };
    let mut found = Vec::new();
    let open = backend.shared.session().open_documents();
    let views = join_all(open.into_iter().map(|uri| View::of(backend, uri))).await;
    // A document that was closed or edited meanwhile is passed over.
    for view in views.into_iter().filter_map(|view| view.ok().flatten()) {
        let document = view.document();
        for symbol in ide::symbols(view.snapshot()) {
            document.flat_symbols(symbol, None, &wanted, &mut found);
            if found.len() >= MOST {
                found.truncate(MOST);
                return Ok(Some(found));
            }
        }
    }
    Ok(Some(found))
}

/// Does the name hold the characters of the query in their order?
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
