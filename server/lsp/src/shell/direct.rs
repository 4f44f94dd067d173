//! The two notifications that are parsed here instead of in `tower_lsp`: edits, which are a hundred times as frequent as everything else and are waited for,
//! and openings, which are as long as a document. `tower_lsp` parses each message into a tree before it looks for the handler, which takes longer than
//! checking what was typed.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use tower_lsp::lsp_types::{DidChangeTextDocumentParams, TextDocumentItem, Url};

const CHANGE: &str = "textDocument/didChange";
const OPEN: &str = "textDocument/didOpen";
/// Bytes at the beginning of a message in which its method is looked for. A message that names it later goes to `tower_lsp`.
const BEGINNING: usize = 128;

/// A notification that is parsed here.
#[derive(Debug)]
pub(super) enum Direct {
    /// An edit.
    Edit(DidChangeTextDocumentParams),
    /// An opening, with the URI of the document in the client's spelling.
    Opening(String, TextDocumentItem),
}

#[derive(Deserialize)]
struct Message<'a, P> {
    #[serde(borrow)]
    jsonrpc: Cow<'a, str>,
    #[serde(borrow)]
    method: Cow<'a, str>,
    id: Option<IgnoredAny>,
    params: P,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened<'a> {
    #[serde(borrow)]
    text_document: Document<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(borrow)]
    uri: Cow<'a, str>,
    language_id: String,
    /// Required by the protocol, but a client that leaves it out has opened the document all the same.
    version: Option<i32>,
    text: String,
}

/// Parses a message if it is a well-formed edit or opening; all others are left to `tower_lsp`.
pub(super) fn read(body: &str) -> Option<Direct> {
    let beginning = &body.as_bytes()[..body.len().min(BEGINNING)];
    let names =
        |method: &str| beginning.windows(method.len()).any(|bytes| bytes == method.as_bytes());
    if names(CHANGE) {
        params(body, CHANGE).map(Direct::Edit)
    } else if names(OPEN) {
        let Document { uri, language_id, version, text } =
            params::<Opened<'_>>(body, OPEN)?.text_document;
        let version = version.unwrap_or_default();
        let item = TextDocumentItem { uri: Url::parse(&uri).ok()?, language_id, version, text };
        Some(Direct::Opening(uri.into_owned(), item))
    } else {
        None
    }
}

fn params<'a, P: Deserialize<'a>>(body: &'a str, method: &str) -> Option<P> {
    let message: Message<'_, P> = serde_json::from_str(body).ok()?;
    let is_it = message.jsonrpc == "2.0" && message.method == method && message.id.is_none();
    is_it.then_some(message.params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_quite_an_edit_or_an_opening_goes_the_usual_way() {
        let change =
            r#"{"textDocument":{"uri":"file:///a","version":2},"contentChanges":[{"text":"a"}]}"#;
        let open = r#"{"textDocument":{"uri":"file:///a","languageId":"markdown","version":2,"text":"a"}}"#;
        for (method, params) in [(CHANGE, change), (OPEN, open)] {
            let message = format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{params}}}"#);
            assert!(read(&message).is_some(), "{method}");
            for (from, to) in [
                ("2.0", "1.0"),
                (method, "textDocument/didChangeConfiguration"),
                (r#""params""#, r#""id":3,"params""#),
                ("textDocument\"", "document\""),
                ("file:///a", "a"),
                ("}}", "}"),
            ] {
                assert!(read(&message.replacen(from, to, 1)).is_none(), "{method}: {to}");
            }
        }
    }

    #[test]
    fn an_opening_has_its_text_and_the_clients_own_uri() {
        let message = r#"{"method":"textDocument/didOpen","jsonrpc":"2.0","params":{"textDocument":{"text":"一\n\"二\"\ud842\udfb7","version":7,"uri":"file:///报告.txt","languageId":"plaintext"}}}"#;
        let Some(Direct::Opening(spelling, item)) = read(message) else { panic!("an opening") };
        assert_eq!(
            (&*spelling, item.uri.as_str()),
            ("file:///报告.txt", "file:///%E6%8A%A5%E5%91%8A.txt")
        );
        assert_eq!((&*item.text, item.version), ("一\n\"二\"𠮷", 7));
        for none in ["null", "\"7\""] {
            let read = read(&message.replace("\"version\":7", &format!("\"version\":{none}")));
            let version = match read {
                Some(Direct::Opening(_, item)) => Some(item.version),
                _ => None,
            };
            assert_eq!(version, (none == "null").then_some(0));
        }
    }
}
