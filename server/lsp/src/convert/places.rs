//! Places: definitions, references, highlights, selections and symbols.

use std::ops::Range;

use gouji_core::ide::{self, Definition, Highlight, HighlightKind, Symbol};
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentSymbol, GotoDefinitionResponse, Location,
    LocationLink, SelectionRange, SymbolInformation, SymbolKind,
};

use super::Converter;

impl Converter<'_> {
    pub(crate) fn location(&self, range: Range<usize>) -> Location {
        Location::new(self.uri.clone(), self.range(range))
    }

    pub(crate) fn definition(&self, definition: Definition) -> GotoDefinitionResponse {
        let Definition { origin, targets } = definition;
        if !self.client.definition_links {
            let locations = targets.into_iter().map(|range| self.location(range));
            return GotoDefinitionResponse::Array(locations.collect());
        }
        let origin = self.range(origin);
        let link = |range| {
            let target = self.range(range);
            LocationLink {
                origin_selection_range: Some(origin),
                target_uri: self.uri.clone(),
                target_range: target,
                target_selection_range: target,
            }
        };
        GotoDefinitionResponse::Link(targets.into_iter().map(link).collect())
    }

    pub(crate) fn highlight(&self, highlight: Highlight) -> DocumentHighlight {
        let kind = match highlight.kind {
            HighlightKind::Total => DocumentHighlightKind::WRITE,
            HighlightKind::Term => DocumentHighlightKind::READ,
            HighlightKind::Claim => DocumentHighlightKind::TEXT,
        };
        DocumentHighlight { range: self.range(highlight.range), kind: Some(kind) }
    }

    /// Ranges, each within the next, as a selection that can be expanded.
    pub(crate) fn selection(&self, chain: Vec<Range<usize>>) -> SelectionRange {
        let mut outer: Option<Box<SelectionRange>> = None;
        for range in chain.into_iter().rev() {
            let range = self.range(range);
            outer = Some(Box::new(SelectionRange { range, parent: outer }));
        }
        let all = || SelectionRange { range: self.range(0..self.text.len()), parent: None };
        outer.map_or_else(all, |it| *it)
    }

    #[allow(deprecated)] // the field `deprecated` is deprecated, but must be set
    pub(crate) fn symbol(&self, symbol: Symbol) -> DocumentSymbol {
        let children = symbol.children.into_iter().map(|child| self.symbol(child)).collect();
        DocumentSymbol {
            name: symbol.name,
            detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: self.range(symbol.range),
            selection_range: self.range(symbol.selection),
            children: Some(children),
        }
    }

    /// Adds a symbol and its descendants to `list`, for clients that do not take trees.
    pub(crate) fn flat_symbols(
        &self,
        symbol: Symbol,
        container: Option<&str>,
        wanted: &impl Fn(&Symbol) -> bool,
        list: &mut Vec<SymbolInformation>,
    ) {
        if wanted(&symbol) {
            list.push(self.flat_symbol(&symbol, container));
        }
        for child in symbol.children {
            self.flat_symbols(child, Some(&symbol.name), wanted, list);
        }
    }

    #[allow(deprecated)] // as above
    fn flat_symbol(&self, symbol: &Symbol, container: Option<&str>) -> SymbolInformation {
        SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: self.location(symbol.range.clone()),
            container_name: container.map(str::to_owned),
        }
    }
}

fn kind(kind: ide::SymbolKind) -> SymbolKind {
    match kind {
        ide::SymbolKind::Report => SymbolKind::MODULE,
        ide::SymbolKind::Section => SymbolKind::NAMESPACE,
        ide::SymbolKind::Table => SymbolKind::STRUCT,
        ide::SymbolKind::Row => SymbolKind::FIELD,
    }
}
