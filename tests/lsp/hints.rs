//! Inlay hints and their switches.

use serde_json::{Value, json};

use crate::client::{Client, range};
use crate::texts;

const URI: &str = "file:///a.txt";
const RULES: (&str, &str) = ("规章 | 0 | 0 | 0 |", "规章 |\n4 |\n1 |\n52 |");
const ROW: (&str, &str) = (
    "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
    "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 77 |",
);

fn hints(client: &mut Client, lines: (u32, u32)) -> Vec<Value> {
    let params =
        json!({ "textDocument": { "uri": URI }, "range": range((lines.0, 0), (lines.1, 0)) });
    client.ask("textDocument/inlayHint", params).as_array().expect("a list").clone()
}

fn labels(hints: &[Value]) -> Vec<&str> {
    hints.iter().map(|hint| hint["label"].as_str().expect("words")).collect()
}

#[test]
fn columns_and_sums_are_shown_where_the_editor_looks() {
    let (text, line, _) = texts::changed(&[RULES, ROW], "4 |\n1");
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    let all = hints(&mut client, (0, 1000));
    assert_eq!(labels(&all), ["本年制发件数", "本年废止件数", "现行有效件数", "Σ 6 差 +71"]);
    assert_eq!(all[0]["position"], json!({ "line": line, "character": 0 }));
    assert_eq!((&all[0]["kind"], &all[0]["paddingRight"]), (&json!(2), &json!(true)));
    assert!(all[3]["tooltip"].as_str().expect("words").contains("不等于总计 77"), "{}", all[3]);
    assert_eq!(labels(&hints(&mut client, (line + 1, line + 2))), ["本年废止件数", "现行有效件数"]);
    assert_eq!(hints(&mut client, (0, 3)), Vec::<Value>::new());
}

#[test]
fn each_kind_is_switched_by_itself_and_the_client_is_told_to_ask_again() {
    let (text, ..) = texts::changed(&[RULES, ROW], "规章");
    let mut client =
        Client::initialized(json!({ "workspace": { "inlayHint": { "refreshSupport": true } } }));
    client.open(URI, &text);
    assert_eq!(hints(&mut client, (0, 1000)).len(), 4);
    for (switches, expected) in [
        (json!({ "columns": false }), &["Σ 6 差 +71"][..]),
        (json!({ "sums": false }), &["本年制发件数", "本年废止件数", "现行有效件数"]),
        (json!({ "columns": false, "sums": false }), &[]),
    ] {
        let settings = json!({ "settings": { "gouji": { "inlay-hints": switches } } });
        client.notify("workspace/didChangeConfiguration", settings);
        client.next("workspace/inlayHint/refresh");
        assert_eq!(labels(&hints(&mut client, (0, 1000))), expected);
    }
}
