//! `gouji/preview`: the reports of a document as their readers see them, for clients that draw them.
//!
//! A request of our own: `{ textDocument, summary? }` is answered by `{ version, reports }`, or null for a document that is not open. A summary has no
//! `items`, which is the content of a report. Where an item names a finding, it does so by index in the `findings` of its report.

use std::ops::Range;

use gouji_core::ide::{
    self, PreviewBlock, PreviewCell, PreviewCellKind, PreviewItem, PreviewLabel, PreviewRelation,
    PreviewTable, PreviewWords, Standing, WordsKind,
};
use gouji_core::snapshot::{Found, ReportView};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::TextDocumentIdentifier;

use crate::convert::Converter;
use crate::server::Backend;

/// The name of the method.
pub(crate) const METHOD: &str = "gouji/preview";

/// The parameters.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params {
    text_document: TextDocumentIdentifier,
    #[serde(default)]
    summary: bool,
}

/// The reports of one version.
#[derive(Debug, Serialize)]
pub(crate) struct Preview {
    version: i32,
    reports: Vec<Value>,
}

impl Backend {
    pub(crate) async fn preview(&self, params: Params) -> Result<Option<Preview>> {
        let uri = params.text_document.uri;
        let Some(checked) = super::checked(self, &uri).await? else { return Ok(None) };
        let client = self.shared.session().client().clone();
        let converter = Converter::new(&uri, checked.snapshot.text(), &client);
        let found: Vec<_> = checked.findings().collect();
        let reports = checked.snapshot.reports().map(|view| {
            let whole = view.whole();
            let own = |found: &&Found<'_>| found.report.whole() == whole;
            let findings: Vec<_> = found.iter().filter(own).copied().collect();
            Writer(converter).report(view, &findings, params.summary)
        });
        Ok(Some(Preview { version: checked.version, reports: reports.collect() }))
    }
}

/// Writes reports as JSON, with positions as the client counts them.
struct Writer<'a>(Converter<'a>);

impl Writer<'_> {
    fn report(&self, view: ReportView<'_>, findings: &[Found<'_>], summary: bool) -> Value {
        let (head, tally) = (&view.report.head, ide::tally(view));
        let finding = |found: &Found<'_>| {
            json!({
                "rule": found.rule().id,
                "severity": found.severity().name(),
                "message": found.finding.message,
                "range": self.range(&found.range()),
            })
        };
        let mut report = json!({
            "form": view.report.form.name,
            "agency": head.agency.as_ref().map(|agency| &agency.text),
            "year": head.year,
            "range": self.range(&view.whole()),
            "relations": { "holds": tally.holds, "broken": tally.broken, "unknown": tally.unknown },
            "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        });
        if !summary {
            let items = ide::preview(view, findings);
            report["items"] = items.iter().map(|item| self.item(item)).collect();
        }
        report
    }

    fn item(&self, item: &PreviewItem<'_>) -> Value {
        match item {
            PreviewItem::Words(words) => self.words(words),
            PreviewItem::Table(table) => self.table(table),
        }
    }

    fn words(&self, words: &PreviewWords<'_>) -> Value {
        let piece = |piece: &ide::Piece<'_>| json!({ "text": piece.text, "range": self.range(&piece.range), "finding": piece.finding });
        json!({
            "kind": match words.kind {
                WordsKind::Title => "title",
                WordsKind::Heading => "heading",
                WordsKind::Paragraph => "paragraph",
            },
            "range": self.range(&words.range),
            "pieces": words.pieces.iter().map(piece).collect::<Vec<_>>(),
        })
    }

    fn table(&self, table: &PreviewTable<'_>) -> Value {
        let stray =
            |stray: &ide::Stray| json!({ "text": stray.text, "range": self.range(&stray.range) });
        json!({
            "kind": "table",
            "name": table.name,
            "range": self.range(&table.range),
            "unreadable": table.unreadable,
            "blocks": table.blocks.iter().map(|block| self.block(block)).collect::<Vec<_>>(),
            "cells": table.cells.iter().map(|cell| self.cell(cell)).collect::<Vec<_>>(),
            "relations": table.relations.iter().map(relation).collect::<Vec<_>>(),
            "strays": table.strays.iter().map(stray).collect::<Vec<_>>(),
        })
    }

    fn block(&self, block: &PreviewBlock<'_>) -> Value {
        let row = |row: &ide::PreviewRow<'_>| {
            let mut written = label(&row.label);
            written["range"] = self.range_or_null(row.range.as_ref());
            written
        };
        json!({
            "caption": block.caption,
            "corner": block.corner,
            "banner": block.banner,
            "columns": block.columns.iter().map(label).collect::<Vec<_>>(),
            "rows": block.rows.iter().map(row).collect::<Vec<_>>(),
        })
    }

    fn cell(&self, cell: &PreviewCell<'_>) -> Value {
        json!({
            "name": cell.name,
            "text": cell.text,
            "range": self.range_or_null(cell.range.as_ref()),
            "kind": match cell.kind {
                PreviewCellKind::Number => "number",
                PreviewCellKind::Blank => "blank",
                PreviewCellKind::Words => "words",
                PreviewCellKind::Unknown => "unknown",
                PreviewCellKind::Missing => "missing",
            },
            "finding": cell.finding,
        })
    }

    fn range(&self, range: &Range<usize>) -> Value {
        let range = self.0.range(range.clone());
        let position = |it: tower_lsp::lsp_types::Position| json!({ "line": it.line, "character": it.character });
        json!({ "start": position(range.start), "end": position(range.end) })
    }

    fn range_or_null(&self, range: Option<&Range<usize>>) -> Value {
        range.map_or(Value::Null, |range| self.range(range))
    }
}

fn label(label: &PreviewLabel<'_>) -> Value {
    json!({ "label": label.text, "groups": label.groups })
}

fn relation(relation: &PreviewRelation<'_>) -> Value {
    json!({
        "rule": relation.rule,
        "standing": match relation.standing {
            Standing::Holds => "holds",
            Standing::Broken => "broken",
            Standing::Unknown => "unknown",
        },
        "sentence": relation.sentence,
        "total": relation.total,
        "cells": relation.cells,
    })
}
