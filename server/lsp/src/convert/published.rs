//! Diagnostics written as JSON. A finding on sums names two dozen places: to build protocol types and serialise them field by field takes a third of the
//! time of an edit.

use std::fmt::Write as _;

use gouji_core::snapshot::Found;
use tower_lsp::lsp_types::Range;

use super::{Converter, data};
use crate::shell::written_notification;

/// The notification that publishes diagnostics of a document; `uri` is in the client's spelling.
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
    push_all(&mut json, diagnostics);
    json.push_str("]}");
    written_notification("textDocument/publishDiagnostics", &json)
}

impl Converter<'_> {
    /// A finding as JSON; the same as [`Converter::diagnostic`], serialised.
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

/// Appends diagnostics that are already written, with commas between them.
pub(super) fn push_all<'d>(json: &mut String, diagnostics: impl Iterator<Item = &'d str>) {
    for (at, diagnostic) in diagnostics.enumerate() {
        json.push_str(if at == 0 { "" } else { "," });
        json.push_str(diagnostic);
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

/// Appends `before` as it is, then `text` as a JSON string.
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
    fn a_written_diagnostic_is_the_serialised_one() {
        let engine = Engine::builtin();
        let text = skeleton(&engine.forms()[0], "云岭县水利局", 2024, SkeletonLayout::Pipes)
            .replacen("| 0", "| 7", 3);
        let snapshot = Snapshot::new(&text, Arc::new(Settings::new(engine)));
        let uri = Url::parse("file:///报告.txt").expect("a URI");
        let related = json!({ "relatedInformation": true, "codeDescriptionSupport": true });
        let mut related_places = 0;
        for capabilities in [json!({ "publishDiagnostics": related }), json!({})] {
            let client = Client::read(&json!({ "capabilities": { "textDocument": capabilities } }));
            let converter = Converter::new(&uri, snapshot.text(), &client);
            for found in snapshot.findings() {
                let written: Value =
                    serde_json::from_str(&converter.published(found)).expect("JSON");
                let value = serde_json::to_value(converter.diagnostic(found)).expect("JSON");
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
