//! `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`

use gouji_core::ide::{self, Edits, FormatOptions};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams,
    FormattingOptions, TextEdit,
};

use crate::convert;
use crate::server::Backend;
use crate::view::View;

/// The characters that, when typed, have the table at the cursor aligned.
pub(crate) const TYPED: [&str; 2] = ["\n", "|"];

pub(crate) async fn document(
    backend: &Backend,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let options = options(&view, &params.options);
    view.work(move |view, _| edits(view, ide::format(view.snapshot(), options))).await.map(Some)
}

pub(crate) async fn range(
    backend: &Backend,
    params: DocumentRangeFormattingParams,
) -> Result<Option<Vec<TextEdit>>> {
    let Some(view) = View::of(backend, params.text_document.uri).await? else { return Ok(None) };
    let options = options(&view, &params.options);
    let range = convert::byte_range(view.snapshot().text(), params.range, view.client.encoding);
    let work =
        move |view: &View, _: &_| edits(view, ide::format_range(view.snapshot(), &range, options));
    view.work(work).await.map(Some)
}

pub(crate) async fn on_type(
    backend: &Backend,
    params: DocumentOnTypeFormattingParams,
) -> Result<Option<Vec<TextEdit>>> {
    let at = params.text_document_position;
    let Some(view) = View::of(backend, at.text_document.uri).await? else { return Ok(None) };
    let Some(typed) = params.ch.chars().next() else { return Ok(None) };
    let options = options(&view, &params.options);
    let all = ide::format_typed(view.snapshot(), view.offset(at.position), typed, options);
    Ok(Some(edits(&view, all)))
}

fn options(view: &View, options: &FormattingOptions) -> FormatOptions {
    FormatOptions {
        ambiguous: view.checked.ambiguous_width(),
        trim_lines: options.trim_trailing_whitespace == Some(true),
        end_last_line: options.insert_final_newline == Some(true),
        trim_end: options.trim_final_newlines == Some(true),
    }
}

fn edits(view: &View, edits: Edits) -> Vec<TextEdit> {
    let converter = view.converter();
    edits.into_iter().map(|(range, text)| TextEdit::new(converter.range(range), text)).collect()
}
