//! Hovers, also right after an edit.

use serde_json::{Value, json};

use crate::client::{Client, at, changed, notification, range, replacement};
use crate::texts;

const URI: &str = "file:///a.txt";
const ROW: &str = "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";

fn markdown() -> Value {
    json!({ "textDocument": { "hover": { "contentFormat": ["markdown", "plaintext"] } } })
}

#[test]
fn a_cell_says_what_it_takes_part_in() {
    let with = "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 77 |";
    let (text, line, column) = texts::changed(&[(ROW, with)], "77");
    for (capabilities, kind, total) in [
        (markdown(), "markdown", "**一、本年新收政府信息公开申请数量·总计**：77（表三）"),
        (json!({}), "plaintext", "一、本年新收政府信息公开申请数量·总计：77（表三）"),
    ] {
        let mut client = Client::initialized(capabilities);
        client.open(URI, &text);
        let hover = client.ask("textDocument/hover", at(URI, line, column + 1));
        assert_eq!(hover["contents"]["kind"], kind);
        assert_eq!(hover["range"], range((line, column), (line, column + 2)));
        let said = hover["contents"]["value"].as_str().expect("words");
        assert!(said.starts_with(total), "{said}");
        assert!(
            said.contains("✗ 本行：各类申请人之和 6＝自然人 5＋商业企业 1，不等于总计 77，差 71"),
            "{said}"
        );
    }
}

#[test]
fn words_say_nothing_and_neither_does_what_is_not_open() {
    let (text, line, column) = texts::changed(&[], "编制");
    let mut client = Client::initialized(markdown());
    client.open(URI, &text);
    assert_eq!(client.ask("textDocument/hover", at(URI, line, column)), Value::Null);
    assert_eq!(client.ask("textDocument/hover", at(URI, 100_000, 7)), Value::Null);
    assert_eq!(client.ask("textDocument/hover", at("file:///b.txt", 0, 0)), Value::Null);
}

#[test]
fn a_hover_sees_the_edits_before_it_and_none_behind() {
    let (text, line, column) = texts::changed(
        &[(ROW, "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 7 |")],
        "7 |",
    );
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    client.diagnostics(URI, 1);
    for version in 2..40 {
        let even = version % 2 == 0;
        let edit = if even {
            replacement((line, column), (line, column), "8")
        } else {
            replacement((line, column), (line, column + 1), "")
        };
        let edit = notification("textDocument/didChange", changed(URI, version, &[edit]));
        let (id, hover) = client.request_message("textDocument/hover", at(URI, line, column));
        client.write(&[edit, hover]);
        let answer = client.answer(id);
        let said = answer["result"]["contents"]["value"].as_str().expect("words").to_owned();
        let wanted = if even { "总计：87（" } else { "总计：7（" };
        assert!(said.contains(wanted), "version {version}: {said}");
    }
}
