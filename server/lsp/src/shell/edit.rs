//! Edits, which come a hundred times for each other message and are waited for. `tower_lsp` would make a tree of each, then look for its handler; that
//! takes longer than checking what was typed.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use tower_lsp::lsp_types::DidChangeTextDocumentParams;

const METHOD: &str = "textDocument/didChange";
/// Bytes in which a message names its method, or goes the usual way.
const BEGINNING: usize = 128;

/// The parameters of a message that is an edit and nothing else.
pub(super) fn read(body: &[u8]) -> Option<DidChangeTextDocumentParams> {
    #[derive(Deserialize)]
    struct Message<'a> {
        #[serde(borrow)]
        jsonrpc: Cow<'a, str>,
        #[serde(borrow)]
        method: Cow<'a, str>,
        id: Option<IgnoredAny>,
        params: DidChangeTextDocumentParams,
    }
    let mut beginning = body[..body.len().min(BEGINNING)].windows(METHOD.len());
    if !beginning.any(|bytes| bytes == METHOD.as_bytes()) {
        return None;
    }
    let message: Message<'_> = serde_json::from_slice(body).ok()?;
    let is_edit = message.jsonrpc == "2.0" && message.method == METHOD && message.id.is_none();
    is_edit.then_some(message.params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_quite_an_edit_goes_the_usual_way() {
        let params =
            r#"{"textDocument":{"uri":"file:///a","version":2},"contentChanges":[{"text":"a"}]}"#;
        let edit = format!(r#"{{"jsonrpc":"2.0","method":"{METHOD}","params":{params}}}"#);
        assert!(read(edit.as_bytes()).is_some());
        for (from, to) in [
            ("2.0", "1.0"),
            ("didChange", "didChangeConfiguration"),
            (r#""params""#, r#""id":3,"params""#),
            ("version", "revision"),
            ("file:///a", "a"),
            ("}}", "}"),
        ] {
            assert!(read(edit.replacen(from, to, 1).as_bytes()).is_none(), "{to}");
        }
    }
}
