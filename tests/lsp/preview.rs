//! `gouji/preview`: what a client that draws reports gets.

use serde_json::{Value, json};

use crate::client::Client;

const URI: &str = "file:///report.txt";
const REPORT: &str = include_str!("../reports/fault-results-total.txt");

fn preview(text: &str, params: Value) -> Value {
    let mut client = Client::initialized(json!({}));
    client.notify(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": URI, "languageId": "plaintext", "version": 3, "text": text } }),
    );
    client.ask("gouji/preview", params)
}

/// The words at a range that counts UTF-16.
fn words<'a>(text: &'a str, range: &Value) -> &'a str {
    let at = |position: &Value| {
        let (line, character) = (
            position["line"].as_u64().expect("a line"),
            position["character"].as_u64().expect("a character"),
        );
        let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
        let mut units = 0;
        let found = text[start..].char_indices().find(|(_, c)| {
            let here = units == character;
            units += c.len_utf16() as u64;
            here
        });
        start + found.map_or(text.len() - start, |(at, _)| at)
    };
    &text[at(&range["start"])..at(&range["end"])]
}

#[test]
fn cells_and_findings_stand_where_their_figures_do() {
    // A character of two units of UTF-16 before a figure of its line.
    let text = REPORT.replace("行政许可 | 35949", "行政许可𠮷 | 35949");
    let answer = preview(&text, json!({ "textDocument": { "uri": URI } }));
    let result = &answer;
    assert_eq!(result["version"], 3);
    let report = &result["reports"][0];
    assert_eq!((&report["agency"], &report["year"]), (&json!("青石县人民政府"), &json!(2025)));
    assert_eq!(report["relations"]["broken"], 2);
    let items = report["items"].as_array().expect("items");
    let cells = items.iter().filter_map(|item| item["cells"].as_array()).flatten();
    let (mut seen, mut broken) = (0, Vec::new());
    for cell in cells.filter(|cell| !cell["range"].is_null()) {
        seen += 1;
        assert_eq!(words(&text, &cell["range"]), cell["text"].as_str().expect("a text"));
        if let Some(finding) = cell["finding"].as_u64() {
            broken
                .push((cell["name"].clone(), report["findings"][finding as usize]["rule"].clone()));
        }
    }
    assert!(seen > 190, "{seen}");
    assert!(
        broken.contains(&(json!("（七）总计·自然人"), json!("requests-results-total"))),
        "{broken:?}"
    );
}

#[test]
fn a_summary_counts_and_leaves_out() {
    let answer = preview(REPORT, json!({ "textDocument": { "uri": URI }, "summary": true }));
    let report = &answer["reports"][0];
    assert_eq!(report["relations"]["broken"], 2);
    assert!(report.get("items").is_none());
}

#[test]
fn no_report_and_no_document() {
    let params = json!({ "textDocument": { "uri": URI } });
    assert_eq!(preview("没有报告。\n", params.clone())["reports"], json!([]));
    let mut client = Client::initialized(json!({}));
    assert_eq!(client.ask("gouji/preview", params), Value::Null);
}
