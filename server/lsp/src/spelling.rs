//! URIs in the client's own spelling, where `Url` would normalise it: `file:///报告.txt` becomes `file:///%E6…`. A client may not recognise its
//! document under another spelling.

use std::collections::HashMap;

use serde_json::Value;
use tower_lsp::lsp_types::Url;

/// The client's spellings of documents and folders, by that of `Url`.
#[derive(Default)]
pub(crate) struct Spellings {
    documents: HashMap<String, String>,
    /// Each ends in a slash; whatever lies below a folder is spelled alike.
    folders: Vec<(String, String)>,
}

impl Spellings {
    /// Notes how the client spells a document.
    pub(crate) fn note_document(&mut self, spelled: &str) {
        if let Some(uri) = respelled(spelled) {
            self.documents.insert(uri, spelled.to_owned());
        }
    }

    /// Notes how the client spells a folder.
    pub(crate) fn note_folder(&mut self, spelled: &str) {
        if let Some(uri) = respelled(spelled) {
            let folder = |uri: &str| format!("{}/", uri.trim_end_matches('/'));
            self.folders.push((folder(&uri), folder(spelled)));
        }
    }

    /// The client's spelling of a URI, if it is known and differs.
    pub(crate) fn of(&self, uri: &str) -> Option<String> {
        if let Some(spelled) = self.documents.get(uri) {
            return Some(spelled.clone());
        }
        let below = |(folder, spelled): &(String, String)| {
            Some(format!("{spelled}{}", unescaped(uri.strip_prefix(folder.as_str())?)))
        };
        self.folders.iter().find_map(below)
    }

    /// Puts the client's spellings into an answer, wherever it holds a URI.
    pub(crate) fn apply(&self, value: &mut Value) {
        if !self.documents.is_empty() || !self.folders.is_empty() {
            self.walk(value);
        }
    }

    fn walk(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(spelled) = self.of(text) {
                    *text = spelled;
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.walk(value)),
            Value::Object(fields) => {
                // In a workspace edit URIs are keys.
                let named = fields.keys().filter_map(|key| Some((key.clone(), self.of(key)?)));
                for (key, spelled) in named.collect::<Vec<_>>() {
                    if let Some(value) = fields.remove(&key) {
                        fields.insert(spelled, value);
                    }
                }
                fields.values_mut().for_each(|value| self.walk(value));
            }
            _ => {}
        }
    }
}

/// What `Url` makes of a spelling, if that differs.
fn respelled(spelled: &str) -> Option<String> {
    let uri = Url::parse(spelled).ok()?;
    (uri.as_str() != spelled).then(|| uri.into())
}

/// A path with escapes of characters beyond ASCII undone. ASCII characters are escaped for a reason.
fn unescaped(path: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(path.len()), path.as_bytes());
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = rest.get(..3).filter(|_| first == b'%').and_then(|code| {
            let code = std::str::from_utf8(&code[1..]).ok()?;
            u8::from_str_radix(code, 16).ok().filter(|byte| !byte.is_ascii())
        });
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &rest[3..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_speaks_as_its_client_does() {
        let mut spellings = Spellings::default();
        let mut value = json!({ "uri": "file:///%E4%B8%80.txt" });
        spellings.apply(&mut value);
        assert_eq!(value, json!({ "uri": "file:///%E4%B8%80.txt" }), "nothing else was said");
        spellings.note_document("file:///一.txt");
        spellings.note_document("file:///%E4%BA%8C.txt");
        spellings.note_folder("file:///报告");
        let mut value = json!({
            "changes": { "file:///%E4%B8%80.txt": [{ "newText": "file:///%E4%B8%80.txt?" }] },
            "list": ["file:///%E4%BA%8C.txt", 3, { "targetUri": "file:///%E6%8A%A5%E5%91%8A/a%20%E4%B8%89%25.txt" }],
        });
        spellings.apply(&mut value);
        let expected = json!({
            "changes": { "file:///一.txt": [{ "newText": "file:///%E4%B8%80.txt?" }] },
            "list": ["file:///%E4%BA%8C.txt", 3, { "targetUri": "file:///报告/a%20三%25.txt" }],
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn what_is_no_text_stays_escaped() {
        for path in ["%", "%4", "%ff%fe", "a%2Fb", "%E4%B8"] {
            assert_eq!(unescaped(path), path);
        }
    }
}
