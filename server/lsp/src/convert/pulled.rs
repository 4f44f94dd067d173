//! Answers to pulls of diagnostics, written as JSON: the diagnostics are kept as JSON already.

use std::fmt::Write as _;

use super::published::{push, push_all};

/// The answer to a pull of one document: all diagnostics, or "unchanged" if the client's result is `previous`.
pub(crate) fn document_report<'d>(
    result_id: Option<&str>,
    previous: Option<&str>,
    diagnostics: impl Iterator<Item = &'d str>,
) -> String {
    let mut json = String::with_capacity(4096);
    let kind = match result_id {
        Some(id) if previous == Some(id) => {
            push(&mut json, r#"{"kind":"unchanged","resultId":"#, id);
            json.push('}');
            return json;
        }
        Some(id) => format!(r#""full","resultId":"{id}""#),
        None => r#""full""#.to_owned(),
    };
    let _ = write!(json, r#"{{"kind":{kind},"items":["#);
    push_all(&mut json, diagnostics);
    json.push_str("]}");
    json
}

/// The report of one document in a pull of the workspace; `version` is that of an open document.
pub(crate) fn workspace_report<'d>(
    uri: &str,
    version: Option<i32>,
    result_id: &str,
    diagnostics: impl Iterator<Item = &'d str>,
) -> String {
    let mut json = String::with_capacity(512);
    push(&mut json, r#"{"kind":"full","uri":"#, uri);
    let version = version.map_or_else(|| "null".to_owned(), |version| version.to_string());
    let _ = write!(json, r#","version":{version},"resultId":"{result_id}","items":["#);
    push_all(&mut json, diagnostics);
    json.push_str("]}");
    json
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(json: &str) -> Value {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
    }

    #[test]
    fn reports_are_those_of_the_protocol() {
        let items = || [r#"{"a":1}"#, r#"{"a":2}"#].into_iter();
        assert_eq!(
            read(&document_report(Some("1"), Some("0"), items())),
            json!({ "kind": "full", "resultId": "1", "items": [{ "a": 1 }, { "a": 2 }] })
        );
        assert_eq!(
            read(&document_report(Some("1"), Some("1"), items())),
            json!({ "kind": "unchanged", "resultId": "1" })
        );
        assert_eq!(
            read(&document_report(None, Some("1"), std::iter::empty())),
            json!({ "kind": "full", "items": [] })
        );
        assert_eq!(
            read(&workspace_report("file:///\"报告\"", None, "1", std::iter::empty())),
            json!({ "kind": "full", "uri": "file:///\"报告\"", "version": null, "resultId": "1", "items": [] })
        );
        assert_eq!(read(&workspace_report("a:b", Some(-3), "1", items()))["version"], -3);
    }
}
