//! Completions: what is offered, where it goes, and what each client gets of it.

use serde_json::{Value, json};

use crate::client::{Client, at, changed, notification, replacement};
use crate::texts;

const URI: &str = "file:///a.txt";
const NEW: &str = "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
const FEE: &str = "2024年度，本机关未收取政府信息公开信息处理费。";

/// The list at a position; null for none.
fn list(client: &mut Client, line: u32, character: u32) -> Value {
    client.ask("textDocument/completion", at(URI, line, character))
}

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().expect("items")
}

fn labels(list: &Value) -> Vec<&str> {
    items(list).iter().filter_map(|item| item["label"].as_str()).collect()
}

#[test]
fn the_server_says_what_asks_for_a_list() {
    let mut client = Client::start();
    let said = client.shake_hands(json!({}));
    let provider = &said["capabilities"]["completionProvider"];
    assert_eq!(provider["resolveProvider"], true);
    assert_eq!(provider["triggerCharacters"], json!(["|", "《", "〔", "（"]));
}

#[test]
fn a_total_is_offered_with_its_terms_when_looked_at() {
    let row = "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 |";
    let (text, line, column) = texts::changed(&[(NEW, row)], row);
    let end = column + row.encode_utf16().count() as u32;
    let mut client = Client::initialized(json!({
        "textDocument": { "completion": { "completionItem": { "preselectSupport": true, "insertTextModeSupport": { "valueSet": [1, 2] } } } },
    }));
    client.open(URI, &text);
    let mut params = at(URI, line, end);
    params["context"] = json!({ "triggerKind": 2, "triggerCharacter": "|" });
    let list = client.ask("textDocument/completion", params);
    assert_eq!((labels(&list), &list["isIncomplete"]), (vec!["6"], &json!(false)));
    let item = &items(&list)[0];
    assert_eq!(item["preselect"], true);
    assert_eq!(item["insertTextMode"], 1);
    assert_eq!(item["detail"], "各类申请人之和：5＋1");
    assert_eq!(item["textEdit"]["newText"], " 6");
    assert!(item.get("documentation").is_none(), "{item}");
    let resolved = client.ask("completionItem/resolve", item.clone());
    assert_eq!(resolved["documentation"], "本行：各类申请人之和：自然人 5＋商业企业 1＝6");
}

#[test]
fn a_figure_of_the_prose_goes_where_the_cursor_is_in_every_encoding() {
    let words = "𠮷县全年收到政府信息公开申请";
    let (row, prose) = (
        "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |",
        &format!("{words}。\n（三）政府信息管理。"),
    );
    let (text, line, _) = texts::changed(&[(NEW, row), ("（三）政府信息管理。", prose)], words);
    for (text, first) in [(text.clone(), ""), (text.replace('\n', "\r\n"), "\u{feff}")] {
        let text = format!("{first}{text}");
        for (encoding, column) in [
            ("utf-8", words.len()),
            ("utf-16", words.encode_utf16().count()),
            ("utf-32", words.chars().count()),
        ] {
            let mut client =
                Client::initialized(json!({ "general": { "positionEncodings": [encoding] } }));
            client.open(URI, &text);
            let list = list(&mut client, line, column as u32);
            assert_eq!(labels(&list), ["6件"], "{encoding}");
            let edit = &items(&list)[0]["textEdit"];
            let place = json!({ "line": line, "character": column });
            assert_eq!(edit["range"], json!({ "start": place, "end": place }), "{encoding}");
            assert_eq!(edit["newText"], "6件");
        }
    }
}

#[test]
fn places_to_go_on_at_are_for_clients_that_jump() {
    let (text, line, _) = texts::changed(&[(FEE, "信息处理费")], "信息处理费");
    for (snippets, format, figures) in
        [(true, 2, "收费通知${1:0}件，总金额${2:0}元"), (false, 1, "收费通知0件，总金额0元")]
    {
        let mut client = Client::initialized(json!({
            "textDocument": { "completion": { "completionItem": { "snippetSupport": snippets } } },
        }));
        client.open(URI, &text);
        let list = list(&mut client, line, 5);
        assert_eq!(labels(&list), ["信息处理费（未收取）", "信息处理费（有收取）"]);
        let paid = &items(&list)[1];
        assert_eq!(paid["insertTextFormat"], format);
        let text = paid["textEdit"]["newText"].as_str().expect("text");
        assert!(text.contains(figures), "{text}");
        assert_eq!(paid["textEdit"]["range"]["start"], json!({ "line": line, "character": 0 }));
        assert!(paid["filterText"].as_str().is_some_and(|it| it.starts_with("信息处理费")));
        assert_eq!(
            (&items(&list)[0]["sortText"], &paid["sortText"]),
            (&json!("000"), &json!("001"))
        );
    }
}

#[test]
fn an_empty_document_becomes_a_report_in_its_own_layout() {
    for language in ["plaintext", "markdown"] {
        let mut client = Client::initialized(json!({}));
        let mut opened = crate::client::opened(URI, "");
        opened["textDocument"]["languageId"] = language.into();
        client.notify("textDocument/didOpen", opened);
        let list = list(&mut client, 0, 0);
        assert_eq!(items(&list).len(), 3);
        let item = items(&list)[0].clone();
        let text = item["textEdit"]["newText"].as_str().expect("text").to_owned();
        assert!(text.contains("六、其他需要报告的事项"), "{text}");
        assert_eq!(text.contains("| --- |"), language == "markdown", "{text}");
        let resolved = client.ask("completionItem/resolve", item);
        let said = resolved["documentation"].as_str().expect("documentation");
        assert!(text.starts_with(said.trim_end_matches("\n……")), "{said}");
        client.change(URI, 2, &[json!({ "text": text })]);
        assert_eq!(client.diagnostics(URI, 2), [Value::Null; 0]);
    }
}

#[test]
fn what_was_replaced_is_marked_as_each_client_marks_it() {
    let (text, line, _) = texts::changed(&[(FEE, "依照国务院令第")], "依照国务院令第");
    for (can, field, value) in [
        (json!({ "tagSupport": { "valueSet": [1] } }), "tags", json!([1])),
        (json!({ "deprecatedSupport": true }), "deprecated", json!(true)),
    ] {
        let mut client = Client::initialized(
            json!({ "textDocument": { "completion": { "completionItem": can } } }),
        );
        client.open(URI, &text);
        let list = list(&mut client, line, 7);
        assert_eq!(list["isIncomplete"], true, "a longer number may be another one");
        let find = |number: &str| items(&list).iter().find(|it| it["label"] == number);
        assert_eq!(find("国务院令第492号").unwrap_or_else(|| panic!("{list}"))[field], value);
        assert!(find("国务院令第711号").expect("offered").get(field).is_none());
    }
}

#[test]
fn a_list_sees_the_edits_before_it_and_an_older_one_is_not_explained() {
    let row = "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 9 |";
    let (text, line, column) = texts::changed(&[(NEW, row)], "9 |");
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    client.diagnostics(URI, 1);
    let mut older = Value::Null;
    for version in 2..10 {
        let (from, to) = if version % 2 == 0 { ("1", "7") } else { ("7", "1") };
        let place = row.find(&format!("| {from} |")).or(row.find("| 1 |")).expect("there");
        let cell = row[..place].encode_utf16().count() as u32 + 2;
        let edit = replacement((line, cell), (line, cell + 1), to);
        let edit = notification("textDocument/didChange", changed(URI, version, &[edit]));
        let (id, ask) =
            client.request_message("textDocument/completion", at(URI, line, column + 1));
        client.write(&[edit, ask]);
        let list = client.answer(id)["result"].clone();
        let wanted = if version % 2 == 0 { "12" } else { "6" };
        assert_eq!(labels(&list), [wanted], "version {version}");
        if version > 2 {
            let resolved = client.ask("completionItem/resolve", older);
            assert!(resolved.get("documentation").is_none(), "{resolved}");
        }
        older = items(&list)[0].clone();
    }
}

#[test]
fn nothing_is_offered_where_nothing_is_meant() {
    let (text, line, _) = texts::changed(&[], FEE);
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    assert_eq!(labels(&list(&mut client, line, 6)), [""; 0]);
    let closed = client.ask("textDocument/completion", at("file:///b.txt", 0, 0));
    assert_eq!(closed, Value::Null);
}
