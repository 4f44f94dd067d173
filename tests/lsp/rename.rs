//! The agency's name and the report's year, renamed and typed over together, in the three encodings.

use gouji_core::form::skeleton::SkeletonLayout;
use serde_json::{Value, json};

use crate::client::{Client, at};
use crate::texts;

const URI: &str = "file:///a.txt";
/// Before the title's words; as wide as can be.
const LEAD: &str = "# ";

fn text() -> String {
    // A name with a character beyond the first plane: columns differ in every encoding.
    let report = texts::report("青𠮷县水利局", SkeletonLayout::Pipes);
    format!("{LEAD}{report}\n青𠮷县水利局\n2025年1月20日\n")
}

fn width(encoding: &str, text: &str) -> u32 {
    match encoding {
        "utf-8" => text.len() as u32,
        "utf-16" => text.encode_utf16().count() as u32,
        _ => text.chars().count() as u32,
    }
}

/// Applies the edits of the only document of an answer, by a counting of its own.
fn apply(text: &str, encoding: &str, edits: &[Value]) -> String {
    let byte = |position: &Value| {
        let line = position["line"].as_u64().expect("a line") as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let column = position["character"].as_u64().expect("a column") as u32;
        let rest = &text[start..];
        let at = (0..=rest.len()).filter(|at| rest.is_char_boundary(*at));
        start + at.into_iter().find(|at| width(encoding, &rest[..*at]) == column).expect("a place")
    };
    let mut all: Vec<_> = edits
        .iter()
        .map(|edit| (byte(&edit["range"]["start"]), byte(&edit["range"]["end"]), &edit["newText"]))
        .collect();
    all.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
    let mut text = text.to_owned();
    for (start, end, new) in all {
        text.replace_range(start..end, new.as_str().expect("text"));
    }
    text
}

#[test]
fn a_name_and_a_year_are_renamed_everywhere() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let mut client = Client::initialized(json!({
            "general": { "positionEncodings": [encoding] },
            "textDocument": { "rename": { "prepareSupport": true } },
        }));
        let text = text();
        client.open(URI, &text);
        for (lead, old, new) in
            [(LEAD, "青𠮷县水利局", "青山县水务局"), ("# 青𠮷县水利局", "2024", "2025")]
        {
            let place = at(URI, 0, width(encoding, lead));
            let prepared = client.ask("textDocument/prepareRename", place.clone());
            assert_eq!(prepared["placeholder"], old);
            let end = width(encoding, lead) + width(encoding, old);
            assert_eq!(prepared["range"]["end"], json!({ "line": 0, "character": end }));
            let mut params = place;
            params["newName"] = json!(new);
            let edit = client.ask("textDocument/rename", params);
            let edits = edit["changes"][URI].as_array().expect("edits").clone();
            let renamed = apply(&text, encoding, &edits);
            let [old, new] = if old == "2024" { ["2024年", "2025年"] } else { [old, new] };
            assert_eq!(renamed, text.replace(old, new));
        }
    }
}

#[test]
fn what_is_no_name_is_not_renamed() {
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text());
    assert_eq!(client.ask("textDocument/prepareRename", at(URI, 4, 0)), Value::Null);
    for (line, column, new) in [(4, 0, "青山县水务局"), (0, 3, "局，"), (0, 10, "24")] {
        let mut params = at(URI, line, column);
        params["newName"] = json!(new);
        let id = client.request("textDocument/rename", params);
        assert_eq!(client.answer(id)["error"]["code"], -32602, "{new}");
    }
}

#[test]
fn preparing_is_announced_to_those_who_prepare() {
    let plain = Client::start().shake_hands(json!({}));
    assert_eq!(plain["capabilities"]["renameProvider"], true);
    let prepares = json!({ "textDocument": { "rename": { "prepareSupport": true } } });
    let prepares = Client::start().shake_hands(prepares);
    assert_eq!(prepares["capabilities"]["renameProvider"]["prepareProvider"], true);
}

#[test]
fn a_name_is_typed_over_everywhere() {
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text());
    let linked = client.ask("textDocument/linkedEditingRange", at(URI, 0, 4));
    assert_eq!(linked["ranges"].as_array().map(Vec::len), Some(3), "{linked}");
    assert!(linked["wordPattern"].is_string());
    assert_eq!(client.ask("textDocument/linkedEditingRange", at(URI, 4, 0)), Value::Null);
}
