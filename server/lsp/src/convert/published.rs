//! Diagnostics as they are published. A finding on sums names two dozen places, so that making values of the protocol first and writing them by
//! their fields takes a third of an edit's time.

use std::fmt::Write as _;

use gouji_core::snapshot::Found;
use tower_lsp::lsp_types::Range;

use super::{Document, data};
use crate::shell::written_notification;

/// The message that shows diagnostics for a document; `uri` as the client writes it.
pub(crate) fn publication<'d>(
    uri: &str,
    version: Option<i32>,
    diagnostics: impl Iterator<Item = &'d str>,
) -> Vec<u8> {
    let mut json = String::with_capacity(4096);
    push(&mut json, r#"{"uri":"#, uri);
    if let Some(version) = version {
        let _ = write!(json, r#","version":{version}"#);
    }
    json.push_str(r#","diagnostics":["#);
    for (at, diagnostic) in diagnostics.enumerate() {
        json.push_str(if at == 0 { "" } else { "," });
        json.push_str(diagnostic);
    }
    json.push_str("]}");
    written_notification("textDocument/publishDiagnostics", &json)
}

impl Document<'_> {
    /// A finding as JSON: that of [`Document::diagnostic`].
    pub(crate) fn published(&self, found: Found<'_>) -> String {
        let mut json = String::with_capacity(1024);
        json.push_str(r#"{"range":"#);
        push_range(&mut json, self.range(found.range()));
        let severity = serde_json::to_string(&super::severity(found.severity()));
        let _ = write!(json, r#","severity":{}"#, severity.unwrap_or_default());
        push(&mut json, r#","code":"#, &found.rule().id);
        if let Some(page) = self.page(found) {
            push(&mut json, r#","codeDescription":{"href":"#, page.as_str());
            json.push('}');
        }
        push(&mut json, r#","source":"gouji","message":"#, &found.finding.message);
        if let Some(places) = self.places(found) {
            let mut uri = String::new();
            push(&mut uri, "", self.spelling);
            for (at, (range, message)) in places.into_iter().enumerate() {
                json.push_str(if at == 0 { r#","relatedInformation":[{"# } else { "},{" });
                json.push_str(r#""location":{"uri":"#);
                json.push_str(&uri);
                json.push_str(r#","range":"#);
                push_range(&mut json, range);
                push(&mut json, r#"},"message":"#, message);
            }
            json.push_str("}]");
        }
        let _ = write!(json, r#","data":{}}}"#, data(found));
        json
    }
}

fn push_range(json: &mut String, Range { start, end }: Range) {
    let mut digits = itoa::Buffer::new();
    for (before, number) in [
        (r#"{"start":{"line":"#, start.line),
        (r#","character":"#, start.character),
        (r#"},"end":{"line":"#, end.line),
        (r#","character":"#, end.character),
    ] {
        json.push_str(before);
        json.push_str(digits.format(number));
    }
    json.push_str("}}");
}

/// Adds `before` and `text` as a string.
pub(super) fn push(json: &mut String, before: &str, text: &str) {
    json.push_str(before);
    if text.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        json.push_str(&serde_json::to_string(text).unwrap_or_default());
    } else {
        json.push('"');
        json.push_str(text);
        json.push('"');
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use gouji_core::engine::{Engine, Settings};
    use gouji_core::ide::{SkeletonLayout, skeleton};
    use gouji_core::snapshot::Snapshot;
    use serde_json::{Value, json};
    use tower_lsp::lsp_types::Url;

    use super::*;
    use crate::capabilities::Client;

    #[test]
    fn a_published_diagnostic_is_that_of_the_protocol() {
        let engine = Engine::builtin();
        let text = skeleton(&engine.forms()[0], "云岭县水利局", 2024, SkeletonLayout::Pipes)
            .replacen("| 0", "| 7", 3);
        let snapshot = Snapshot::new(&text, Arc::new(Settings::new(engine)));
        let uri = Url::parse("file:///报告.txt").expect("a URI");
        let related = json!({ "relatedInformation": true, "codeDescriptionSupport": true });
        let mut related_places = 0;
        for capabilities in [json!({ "publishDiagnostics": related }), json!({})] {
            let client = Client::read(&json!({ "capabilities": { "textDocument": capabilities } }));
            let document = Document::new(&uri, snapshot.text(), &client);
            for found in snapshot.findings() {
                let written: Value =
                    serde_json::from_str(&document.published(found)).expect("JSON");
                let value = serde_json::to_value(document.diagnostic(found)).expect("JSON");
                assert_eq!(written, value);
                related_places += value["relatedInformation"].as_array().map_or(0, Vec::len);
            }
        }
        assert!(related_places > 1);
    }

    #[test]
    fn strings_are_written_as_json_has_them() {
        for text in ["", "收到5件", "“认真”", "\"a\"", "C:\\路径", "a\u{7}\tb\n", "\u{7f}𠮷"]
        {
            let mut json = String::new();
            push(&mut json, "", text);
            assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(text));
        }
    }
}
