//! Diagnostics written as JSON. A finding on sums names two dozen places: to build protocol types and serialise them field by field takes a third of the
//! time of an edit.

use std::fmt::Write as _;

use gouji_core::rules::{Related, Severity};
use gouji_core::snapshot::Found;
use serde_json::{Map, Value};
use tower_lsp::lsp_types::{Diagnostic, Range};

use super::Converter;
use crate::shell::written_notification;

/// Most related places of a diagnostic: a table has 175 cells, and no editor shows more than a handful.
const RELATED: usize = 24;

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
    /// The diagnostic of a finding, as JSON.
    pub(crate) fn published(&self, found: Found<'_>) -> String {
        let mut json = self.opening(found.range(), found.severity(), &found.finding.message);
        push(&mut json, r#","code":"#, &found.rule().id);
        if let Some(page) = found.rule().url().filter(|_| self.client.code_description) {
            push(&mut json, r#","codeDescription":{"href":"#, &page);
            json.push('}');
        }
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

    /// The diagnostic that stands for `count` findings beyond those that are shown, the worst of them this severe.
    pub(crate) fn published_rest(&self, count: usize, worst: Severity) -> String {
        let severity = worst.clamp(Severity::Info, Severity::Warning);
        let message = format!("另有 {count} 处问题没有在此列出；运行 gouji check 可查看全部。");
        self.opening(0..0, severity, &message) + "}"
    }

    /// The same as a value, for what is not written here.
    pub(crate) fn diagnostic(&self, found: Found<'_>) -> Option<Diagnostic> {
        serde_json::from_str(&self.published(found)).ok()
    }

    /// What every diagnostic has.
    fn opening(&self, range: std::ops::Range<usize>, severity: Severity, message: &str) -> String {
        let mut json = String::with_capacity(1024);
        json.push_str(r#"{"range":"#);
        push_range(&mut json, self.range(range));
        let severity = match severity {
            Severity::Error => '1',
            Severity::Warning => '2',
            Severity::Info => '3',
            Severity::Hint => '4',
        };
        json.push_str(r#","severity":"#);
        json.push(severity);
        push(&mut json, r#","source":"gouji","message":"#, message);
        json
    }

    /// The related places of a finding, with zeros last: a term of zero explains nothing.
    fn places<'f>(&self, found: Found<'f>) -> Option<Vec<(Range, &'f str)>> {
        if !self.client.related_information || found.finding.related.is_empty() {
            return None;
        }
        let is_zero = |related: &&Related| {
            let part = found.report.text(related.place.part());
            is_zero(part.get(related.place.range.to_range()).unwrap_or_default())
        };
        let (zeros, others): (Vec<_>, Vec<_>) = found.finding.related.iter().partition(is_zero);
        let shown = others.into_iter().chain(zeros).take(RELATED);
        let place = |related: &'f Related| {
            (self.range(found.report.range(related.place)), related.message.as_str())
        };
        Some(shown.map(place).collect())
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
    use serde_json::json;
    use tower_lsp::lsp_types::{DiagnosticSeverity, NumberOrString, Url};

    use super::*;
    use crate::capabilities::Client;

    #[test]
    fn a_diagnostic_is_one_of_the_protocol() {
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
            let written = snapshot.findings().map(|found| converter.published(found));
            for json in written.chain([converter.published_rest(3, Severity::Error)]) {
                // A key that the protocol has not would be lost on the way.
                let read: Diagnostic = serde_json::from_str(&json).expect("a diagnostic");
                let written: Value = serde_json::from_str(&json).expect("JSON");
                assert_eq!(serde_json::to_value(read).expect("JSON"), written);
                related_places += written["relatedInformation"].as_array().map_or(0, Vec::len);
            }
        }
        assert!(related_places > 1);
    }

    #[test]
    fn what_a_diagnostic_says_is_that_of_its_finding() {
        let snapshot = Snapshot::new(
            "云岭县水利局2024年政府信息公开工作年度报告\n一、总体情况\n“认真\n",
            Arc::new(Settings::new(Engine::builtin())),
        );
        let uri = Url::parse("file:///a.txt").expect("a URI");
        let client = Client::read(&Value::Null);
        let converter = Converter::new(&uri, snapshot.text(), &client);
        let mut severities = Vec::new();
        for found in snapshot.findings() {
            let written = converter.diagnostic(found).expect("a diagnostic");
            assert_eq!(written.message, found.finding.message);
            assert_eq!(written.range, converter.range(found.range()));
            assert_eq!(written.code, Some(NumberOrString::String(found.rule().id.to_string())));
            severities.push((found.severity(), written.severity));
        }
        severities.sort_by_key(|(severity, _)| *severity);
        severities.dedup();
        let of_protocol = [
            (Severity::Hint, Some(DiagnosticSeverity::HINT)),
            (Severity::Info, Some(DiagnosticSeverity::INFORMATION)),
            (Severity::Warning, Some(DiagnosticSeverity::WARNING)),
            (Severity::Error, Some(DiagnosticSeverity::ERROR)),
        ];
        assert!(
            severities.len() > 1 && severities.iter().all(|it| of_protocol.contains(it)),
            "{severities:?}"
        );
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
