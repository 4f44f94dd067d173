//! Tables are aligned on demand and while they are typed.

use serde_json::{Value, json};

use crate::client::{Client, of, range};
use crate::texts;

const URI: &str = "file:///a.txt";

fn replacements(client: &mut Client, method: &str, mut params: Value) -> Vec<(Value, String)> {
    params["options"] = json!({ "tabSize": 4, "insertSpaces": true });
    let edits = client.ask(method, params);
    let edit =
        |edit: &Value| (edit["range"].clone(), edit["newText"].as_str().expect("text").to_owned());
    edits.as_array().expect("a list").iter().map(edit).collect()
}

#[test]
fn a_document_a_range_and_a_typed_line_are_aligned() {
    let change = [("行政规范性文件 | 0 | 0 | 0 |", "行政规范性文件 | 0 | 0 | 1234 |")];
    let (text, line, _) = texts::changed(&change, "规章 |");
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    let own = vec![
        (range((line, 2), (line, 3)), " ".repeat(11)),
        (range((line, 12), (line, 13)), " ".repeat(4)),
    ];
    let whole = replacements(&mut client, "textDocument/formatting", of(URI));
    assert!(own.iter().all(|edit| whole.contains(edit)), "{whole:?}");
    assert!(whole.len() > own.len());
    let mut params = of(URI);
    params["range"] = range((line, 0), (line, 1));
    assert_eq!(replacements(&mut client, "textDocument/rangeFormatting", params), own);
    let mut params = of(URI);
    params["position"] = json!({ "line": line, "character": 16 });
    params["ch"] = "|".into();
    let typed = replacements(&mut client, "textDocument/onTypeFormatting", params);
    assert!(own.iter().all(|edit| typed.contains(edit)), "{typed:?}");
    assert!(typed.len() < whole.len());
}

#[test]
fn a_document_without_a_report_stays_as_it_is() {
    let mut client = Client::initialized(json!({}));
    client.open(URI, "| 甲 | 乙 |\n|---|---|\n| 丙 |   丁 |\n");
    assert_eq!(replacements(&mut client, "textDocument/formatting", of(URI)), []);
}
