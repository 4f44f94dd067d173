//! Conversions between values of core and values of the protocol. Every position goes through [`Text`], which clamps.

mod annotations;
mod completion;
mod places;
mod published;
mod pulled;
mod tokens;

use std::ops::Range;

use gouji_core::text::{self, Encoding, Text};
use tower_lsp::lsp_types::Range as LspRange;
use tower_lsp::lsp_types::{
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    Position, PositionEncodingKind, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

pub(crate) use completion::documentation;
pub(crate) use published::publication;
pub(crate) use pulled::{document_report, workspace_report};
pub(crate) use tokens::{difference, legend};

use crate::capabilities::Client;

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
