//! Hovers, inlay hints, code lenses, links and folds.

use std::ops::Range;

use gouji_core::ide::{self, HintKind, Lens, Link};
use serde_json::json;
use tower_lsp::lsp_types::{
    Command, DocumentLink, FoldingRange, Hover, HoverContents, InlayHint, InlayHintKind,
    InlayHintLabel, InlayHintTooltip, MarkupContent, MarkupKind, Url,
};

use super::Converter;
use crate::commands;

impl Converter<'_> {
    pub(crate) fn hover(&self, hover: ide::Hover) -> Hover {
        let kind = match self.client.markup {
            ide::Markup::Markdown => MarkupKind::Markdown,
            ide::Markup::Plain => MarkupKind::PlainText,
        };
        Hover {
            contents: HoverContents::Markup(MarkupContent { kind, value: hover.text }),
            range: Some(self.range(hover.range)),
        }
    }

    pub(crate) fn hint(&self, hint: ide::Hint) -> InlayHint {
        let is_column = hint.kind == HintKind::Column;
        InlayHint {
            position: self.position(hint.offset),
            label: InlayHintLabel::String(hint.label),
            kind: is_column.then_some(InlayHintKind::PARAMETER),
            text_edits: None,
            tooltip: (!hint.tooltip.is_empty()).then_some(InlayHintTooltip::String(hint.tooltip)),
            padding_left: Some(!is_column),
            padding_right: Some(is_column),
            data: None,
        }
    }

    /// The command of a lens: a jump to the first broken relation, or a title without a command for a client that cannot jump.
    pub(crate) fn lens(&self, lens: Lens) -> Command {
        let command = match (self.client.reveals_ranges, self.client.shows_documents) {
            (true, _) => Some(commands::REVEAL),
            (_, true) => Some(commands::SHOW_RANGE.name),
            _ => None,
        };
        match lens.broken.zip(command) {
            Some((broken, command)) => Command::new(
                lens.title,
                command.to_owned(),
                Some(vec![json!(self.uri), json!(self.range(broken))]),
            ),
            None => Command::new(lens.title, String::new(), None),
        }
    }

    pub(crate) fn link(&self, link: Link) -> Option<DocumentLink> {
        Some(DocumentLink {
            target: Some(Url::parse(&link.url).ok()?),
            range: self.range(link.range),
            tooltip: (!link.tooltip.is_empty()).then_some(link.tooltip),
            data: None,
        })
    }

    /// The fold of a range; `None` if it lies within one line.
    pub(crate) fn fold(&self, range: Range<usize>) -> Option<FoldingRange> {
        let range = self.range(range);
        (range.start.line < range.end.line).then(|| FoldingRange {
            start_line: range.start.line,
            start_character: Some(range.start.character).filter(|_| !self.client.folds_lines),
            end_line: range.end.line,
            end_character: Some(range.end.character).filter(|_| !self.client.folds_lines),
            ..FoldingRange::default()
        })
    }
}
