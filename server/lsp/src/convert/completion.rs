//! Completions as the items of a completion list.

use gouji_core::ide::{Completion, CompletionKind};
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTag, CompletionTextEdit, InsertTextFormat,
    InsertTextMode, TextEdit,
};

use super::Converter;

/// Most lines of the inserted text that the documentation shows.
const SHOWN: usize = 12;

impl Converter<'_> {
    /// The item with the index `at` in its list, without its documentation.
    pub(crate) fn completion(&self, at: usize, offer: Completion) -> CompletionItem {
        let client = &self.client.completion;
        let is_snippet = client.snippets && (!offer.stops.is_empty() || offer.text.contains('\n'));
        let text = if is_snippet { snippet(&offer) } else { offer.text };
        CompletionItem {
            label: offer.label,
            kind: Some(kind(offer.kind)),
            detail: (!offer.detail.is_empty()).then_some(offer.detail),
            deprecated: (offer.outdated && client.deprecated && !client.tags).then_some(true),
            tags: (offer.outdated && client.tags).then(|| vec![CompletionItemTag::DEPRECATED]),
            sort_text: Some(format!("{at:03}")),
            filter_text: Some(offer.filter),
            insert_text_format: Some(if is_snippet {
                InsertTextFormat::SNIPPET
            } else {
                InsertTextFormat::PLAIN_TEXT
            }),
            // The inserted text has its own indentation.
            insert_text_mode: client.modes.then_some(InsertTextMode::AS_IS),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(self.range(offer.range), text))),
            ..CompletionItem::default()
        }
    }
}

/// The documentation of an item: its explanation, else the first lines of a text of several lines.
pub(crate) fn documentation(offer: &Completion) -> String {
    if !offer.documentation.is_empty() || !offer.text.contains(['\n', '\r']) {
        return offer.documentation.clone();
    }
    let mut lines = offer.text.trim().lines();
    let shown: Vec<&str> = lines.by_ref().take(SHOWN).collect();
    let more = if lines.next().is_some() { "\n……" } else { "" };
    shown.join("\n") + more
}

/// The text as a snippet, with its stops as tab stops.
fn snippet(offer: &Completion) -> String {
    let mut text = String::new();
    let mut end = 0;
    for stop in &offer.stops {
        text += &escaped(&offer.text[end..stop.range.start]);
        let words = escaped(&offer.text[stop.range.clone()]);
        text += &format!("${{{}:{words}}}", stop.group + 1);
        end = stop.range.end;
    }
    text + &escaped(&offer.text[end..])
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Figure | CompletionKind::Claim => CompletionItemKind::VALUE,
        CompletionKind::Row => CompletionItemKind::FIELD,
        CompletionKind::Table => CompletionItemKind::STRUCT,
        CompletionKind::Section => CompletionItemKind::MODULE,
        CompletionKind::Report => CompletionItemKind::FILE,
        CompletionKind::Reference => CompletionItemKind::REFERENCE,
        CompletionKind::Phrase => CompletionItemKind::TEXT,
        CompletionKind::Rule => CompletionItemKind::CONSTANT,
    }
}

#[cfg(test)]
mod tests {
    use gouji_core::ide::Stop;

    use super::*;

    fn offer(text: &str, stops: &[(usize, usize, usize)]) -> Completion {
        Completion {
            label: String::new(),
            detail: String::new(),
            documentation: String::new(),
            kind: CompletionKind::Row,
            range: 0..0,
            text: text.to_owned(),
            stops: stops
                .iter()
                .map(|&(start, end, group)| Stop { range: start..end, group })
                .collect(),
            filter: String::new(),
            outdated: false,
        }
    }

    #[test]
    fn stops_of_one_group_share_their_number() {
        assert_eq!(
            snippet(&offer("a b a", &[(0, 1, 0), (2, 3, 1), (4, 5, 0)])),
            "${1:a} ${2:b} ${1:a}"
        );
    }

    #[test]
    fn what_a_snippet_would_read_is_escaped() {
        assert_eq!(snippet(&offer("{$1}\\甲}", &[(5, 8, 0)])), "{\\$1\\}\\\\${1:甲}\\}");
    }

    #[test]
    fn a_long_text_is_shown_by_its_beginning() {
        let said = documentation(&offer(&"行\n".repeat(20), &[]));
        assert_eq!(said.lines().count(), SHOWN + 1);
        assert_eq!(documentation(&offer("一行", &[])), "");
    }
}
