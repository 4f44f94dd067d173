//! Conversions between values of core and values of the protocol. Every position goes through [`Text`], which clamps.

mod completion;
mod places;
mod published;
mod pulled;
mod shown;
mod tokens;

use std::ops::Range;

use gouji_core::rules::{Related, Severity};
use gouji_core::snapshot::Found;
use gouji_core::text::{self, Encoding, Text};
use serde_json::{Map, Value};
use tower_lsp::lsp_types::Range as LspRange;
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DocumentChangeOperation, DocumentChanges, Location, NumberOrString, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, PositionEncodingKind, TextDocumentEdit,
    TextEdit, Url, WorkspaceEdit,
};

pub(crate) use completion::documentation;
pub(crate) use published::publication;
pub(crate) use pulled::{document_report, workspace_report};
pub(crate) use tokens::{difference, legend};

use crate::capabilities::Client;

/// Most related places of a diagnostic: a table has 175 cells, and no editor shows more than a handful.
const RELATED: usize = 24;

/// Converts values that belong to one document, for one client.
#[derive(Clone, Copy)]
pub(crate) struct Converter<'a> {
    pub(crate) uri: &'a Url,
    /// The URI in the client's spelling, for JSON that is written here. In answers that go through `tower_lsp` the shell respells URIs.
    pub(crate) spelling: &'a str,
    pub(crate) text: &'a Text,
    pub(crate) client: &'a Client,
}

/// The name of an encoding in the protocol.
pub(crate) fn encoding_kind(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// The byte range of a client's range.
pub(crate) fn byte_range(text: &Text, range: LspRange, encoding: Encoding) -> Range<usize> {
    let offset = |at: Position| text.offset(text::Position::new(at.line, at.character), encoding);
    offset(range.start)..offset(range.end)
}

impl<'a> Converter<'a> {
    /// A converter for answers that go through `tower_lsp`.
    pub(crate) fn new(uri: &'a Url, text: &'a Text, client: &'a Client) -> Self {
        Self { uri, spelling: uri.as_str(), text, client }
    }
}

impl Converter<'_> {
    /// The byte offset of a position.
    pub(crate) fn offset(&self, at: Position) -> usize {
        self.text.offset(text::Position::new(at.line, at.character), self.client.encoding)
    }

    /// The position of a byte offset.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let position = self.text.position(offset, self.client.encoding);
        Position::new(position.line, position.column)
    }

    /// The range of some bytes.
    pub(crate) fn range(&self, range: Range<usize>) -> LspRange {
        let (start, end) = self.text.positions(range, self.client.encoding);
        let position = |it: text::Position| Position::new(it.line, it.column);
        LspRange::new(position(start), position(end))
    }

    /// A finding as a diagnostic.
    pub(crate) fn diagnostic(&self, found: Found<'_>) -> Diagnostic {
        Diagnostic {
            range: self.range(found.range()),
            severity: Some(severity(found.severity())),
            code: Some(NumberOrString::String(found.rule().id.to_string())),
            code_description: self.page(found).map(|href| CodeDescription { href }),
            source: Some("gouji".to_owned()),
            message: found.finding.message.clone(),
            related_information: self.related(found),
            tags: None,
            data: Some(data(found)),
        }
    }

    /// The address of the rule's page on the web, if the client takes it.
    fn page(&self, found: Found<'_>) -> Option<Url> {
        let url = found.rule().url().filter(|_| self.client.code_description)?;
        Url::parse(&url).ok()
    }

    fn related(&self, found: Found<'_>) -> Option<Vec<DiagnosticRelatedInformation>> {
        let information =
            self.places(found)?.into_iter().map(|(range, message)| DiagnosticRelatedInformation {
                location: Location { uri: self.uri.clone(), range },
                message: message.to_owned(),
            });
        Some(information.collect())
    }

    /// The related places of a finding, with zeros last: a term of zero explains nothing.
    fn places<'f>(&self, found: Found<'f>) -> Option<Vec<(LspRange, &'f str)>> {
        if !self.client.related_information || found.finding.related.is_empty() {
            return None;
        }
        let is_zero = |related: &&Related| {
            let part = found.report.text(related.place.part as usize);
            is_zero(part.get(related.place.range.to_range()).unwrap_or_default())
        };
        let (zeros, others): (Vec<_>, Vec<_>) = found.finding.related.iter().partition(is_zero);
        let shown = others.into_iter().chain(zeros).take(RELATED);
        let place = |related: &'f Related| {
            (self.range(found.report.range(related.place)), related.message.as_str())
        };
        Some(shown.map(place).collect())
    }

    /// Edits of the document, which must not overlap, as a workspace edit.
    pub(crate) fn workspace_edit(
        &self,
        version: i32,
        edits: &[(Range<usize>, String)],
    ) -> WorkspaceEdit {
        let edits = edits
            .iter()
            .map(|(range, text)| TextEdit::new(self.range(range.clone()), text.clone()));
        if !self.client.document_changes {
            return WorkspaceEdit::new([(self.uri.clone(), edits.collect())].into());
        }
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: self.uri.clone(),
                version: Some(version),
            },
            edits: edits.map(OneOf::Left).collect(),
        };
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(vec![
                DocumentChangeOperation::Edit(edit),
            ])),
            ..WorkspaceEdit::default()
        }
    }
}

/// The severity in the protocol.
pub(crate) fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// The `data` of a diagnostic: what a client may want to know before it asks for the fixes.
fn data(found: Found<'_>) -> Value {
    let mut data = Map::new();
    data.insert("fixes".to_owned(), found.finding.fixes.len().into());
    if let Some(difference) = found.finding.data.difference {
        data.insert("difference".to_owned(), difference.to_string().into());
    }
    if let Some(repairs) = found.finding.data.repairs {
        data.insert("repairs".to_owned(), repairs.into());
    }
    Value::Object(data)
}

fn is_zero(figure: &str) -> bool {
    figure.trim_matches(['0', '０', '.', ' ', '\t', '/', '—', '-']).is_empty()
}
