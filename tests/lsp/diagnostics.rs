//! What is shown, when, and what is not shown any more.

use std::time::Duration;

use gouji_core::form::skeleton::SkeletonLayout;
use serde_json::{Value, json};

use crate::client::{Client, changed, notification, of, pulling, replacement};
use crate::texts;

const URI: &str = "file:///a/%E6%8A%A5%E5%91%8A.txt";

#[test]
fn a_finding_is_shown_with_all_that_belongs_to_it() {
    let mut client = Client::initialized(json!({}));
    let (text, line, _) = texts::with_unknown_rule();
    client.open(URI, &text);
    let diagnostics = client.diagnostics(URI, 1);
    let [diagnostic] = &diagnostics[..] else { panic!("{diagnostics:?}") };
    assert_eq!(diagnostic["code"], "unknown-suppression");
    assert_eq!(diagnostic["source"], "gouji");
    assert_eq!(diagnostic["severity"], 2);
    assert_eq!(diagnostic["range"]["start"]["line"], line);
    assert!(diagnostic["message"].as_str().expect("text").contains("no-such-rule-1"));
    assert_eq!(diagnostic["data"]["fixes"], 0);
    assert!(diagnostic.get("codeDescription").is_none());
}

#[test]
fn a_text_without_a_report_has_nothing_to_show() {
    let mut client = Client::initialized(json!({}));
    client.open(URI, "<!-- gouji-ignore no-such-rule: 测试 -->\n会议通知\n");
    assert_eq!(client.diagnostics(URI, 1), Vec::<Value>::new());
}

#[test]
fn closing_clears_and_opening_again_shows_again() {
    let mut client = Client::initialized(json!({}));
    let (text, ..) = texts::with_unknown_rule();
    client.open(URI, &text);
    assert_eq!(client.diagnostics(URI, 1).len(), 1);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(client.next_diagnostics(URI)["diagnostics"], json!([]));
    client.open(URI, &text);
    assert_eq!(client.diagnostics(URI, 1).len(), 1);
}

#[test]
fn a_burst_shows_its_last_version_and_few_others_in_order() {
    let mut client = Client::initialized(json!({}));
    let (text, line, column) = texts::with_unknown_rule();
    client.open(URI, &text);
    client.diagnostics(URI, 1);
    let edits: Vec<Value> = (2..202)
        .map(|version| {
            let change = if version % 2 == 0 {
                replacement((line, column), (line, column), "9")
            } else {
                replacement((line, column), (line, column + 1), "")
            };
            notification("textDocument/didChange", changed(URI, version, &[change]))
        })
        .collect();
    client.write(&edits);
    let all = client.rest(Duration::from_millis(700));
    let versions: Vec<i64> = all
        .iter()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics")
        .map(|message| message["params"]["version"].as_i64().expect("a version"))
        .collect();
    assert!(versions.is_sorted(), "{versions:?}");
    assert_eq!(versions.last(), Some(&201));
    assert!(versions.len() <= 20, "{versions:?}");
}

#[test]
fn each_document_is_shown_on_its_own() {
    let mut client = Client::initialized(json!({}));
    let (text, ..) = texts::with_unknown_rule();
    let uris: Vec<String> = (0..5).map(|at| format!("file:///a/{at}.txt")).collect();
    for uri in &uris {
        client.open(uri, &text);
    }
    client.change(&uris[2], 2, &[json!({ "text": "" })]);
    for (at, uri) in uris.iter().enumerate() {
        if at == 2 {
            assert_eq!(client.diagnostics(uri, 2).len(), 0);
        } else {
            assert_eq!(client.diagnostics(uri, 1).len(), 1);
        }
    }
}

#[test]
fn a_client_that_pulls_gets_nothing_pushed_and_is_told_when_nothing_has_changed() {
    let mut client = Client::initialized(pulling());
    let (text, line, _) = texts::with_unknown_rule();
    client.open(URI, &text);
    let pull = |previous: Option<&Value>| json!({ "textDocument": { "uri": URI }, "previousResultId": previous });
    let first = client.ask("textDocument/diagnostic", pull(None));
    assert_eq!(first["kind"], "full");
    assert_eq!(first["items"].as_array().map(Vec::len), Some(1));
    let again = client.ask("textDocument/diagnostic", pull(first.get("resultId")));
    assert_eq!(again["kind"], "unchanged");
    assert_eq!(again["resultId"], first["resultId"]);
    // What follows the finding does not move it.
    client.change(URI, 2, &[replacement((line + 1, 0), (line + 1, 0), "\n")]);
    assert_eq!(
        client.ask("textDocument/diagnostic", pull(first.get("resultId")))["kind"],
        "unchanged"
    );
    client.change(URI, 3, &[replacement((0, 0), (0, 0), "\n")]);
    let moved = client.ask("textDocument/diagnostic", pull(first.get("resultId")));
    assert_eq!(moved["kind"], "full");
    assert_eq!(moved["items"][0]["range"]["start"]["line"], line + 1);
    let pushed = client.has(|message| message["method"] == "textDocument/publishDiagnostics");
    assert!(!pushed);
}

#[test]
fn a_closed_document_has_an_empty_report() {
    let mut client = Client::initialized(pulling());
    let answer = client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(answer, json!({ "kind": "full", "items": [] }));
}

#[test]
fn a_workspace_pull_is_held_open_until_something_differs() {
    let mut client = Client::initialized(pulling());
    let (text, line, column) = texts::with_unknown_rule();
    let ask = |client: &mut Client, known: &[(Value, Value)]| {
        let ids: Vec<Value> =
            known.iter().map(|(uri, value)| json!({ "uri": uri, "value": value })).collect();
        client.request("workspace/diagnostic", json!({ "previousResultIds": ids }))
    };
    let id = ask(&mut client, &[]);
    client.open(URI, &text);
    let item = client.answer(id)["result"]["items"][0].clone();
    assert_eq!(
        (&item["uri"], &item["version"], &item["kind"]),
        (&json!(URI), &json!(1), &json!("full"))
    );
    let known = (item["uri"].clone(), item["resultId"].clone());

    let id = ask(&mut client, std::slice::from_ref(&known));
    client.change(URI, 2, &[replacement((line + 1, 0), (line + 1, 0), "\n")]);
    client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } }));
    assert!(!client.has(|message| message["id"] == id), "nothing differs");
    client.change(URI, 3, &[replacement((line, column), (line, column), "2")]);
    let item = client.answer(id)["result"]["items"][0].clone();
    assert_eq!(item["version"], 3);
    let known = (item["uri"].clone(), item["resultId"].clone());

    let id = ask(&mut client, std::slice::from_ref(&known));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    let item = client.answer(id)["result"]["items"][0].clone();
    assert_eq!(item["items"], json!([]));
}

#[test]
fn a_changed_configuration_checks_again() {
    let mut client = Client::initialized(json!({}));
    let (text, ..) = texts::with_unknown_rule();
    client.open(URI, &text);
    assert_eq!(client.diagnostics(URI, 1)[0]["severity"], 2);
    let settings = json!({ "gouji": { "rules": { "unknown-suppression": "error" } } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    assert_eq!(client.diagnostics(URI, 1)[0]["severity"], 1);
    let settings = json!({ "gouji": { "rules": { "unknown-supression": "error" } } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    let message = client.next("window/showMessage");
    assert!(
        message["params"]["message"].as_str().expect("text").contains("unknown-suppression"),
        "{message}"
    );
    assert_eq!(client.diagnostics(URI, 1)[0]["severity"], 2, "the defaults");
}

#[test]
fn a_client_that_is_asked_for_its_configuration_is_heard() {
    let mut client = Client::initialized(json!({ "workspace": { "configuration": true } }));
    let question = client.next("workspace/configuration");
    assert_eq!(question["params"]["items"][0]["section"], "gouji");
    let settings = json!([{ "rules": { "unknown-suppression": "off" } }]);
    client.write(&[json!({ "jsonrpc": "2.0", "id": question["id"], "result": settings })]);
    client.open(URI, &texts::with_unknown_rule().0);
    // The answer may come after the text; in the end nothing is shown.
    while !client.diagnostics(URI, 1).is_empty() {}
}

#[test]
fn the_configuration_file_counts_and_is_watched() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("gouji.toml");
    std::fs::write(&config, "[rules]\nunknown-suppression = \"hint\"\n").expect("written");
    let uri = format!("file://{}/a.txt", folder.path().display());
    let watches =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::initialized(watches);
    let registration = client.next("client/registerCapability");
    assert!(registration.to_string().contains("**/*.toml"));
    client.open(&uri, &texts::with_unknown_rule().0);
    assert_eq!(client.diagnostics(&uri, 1)[0]["severity"], 4);
    std::fs::write(&config, "[rules]\nunknown-suppression = \"info\"\n").expect("written");
    let changes = json!([{ "uri": format!("file://{}", config.display()), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    assert_eq!(client.diagnostics(&uri, 1)[0]["severity"], 3);
}

#[test]
fn a_file_that_is_gone_shows_nothing_until_it_is_edited_or_back() {
    const URI: &str = "file:///b.txt";
    let watched = |kind: u32| json!({ "changes": [{ "uri": URI, "type": kind }] });
    let mut client = Client::initialized(json!({}));
    client.open(URI, &texts::with_unknown_rule().0);
    assert_eq!(client.diagnostics(URI, 1).len(), 1);
    client.notify("workspace/didChangeWatchedFiles", watched(3));
    client.diagnostics_of_closed(URI);
    client.notify("workspace/didChangeWatchedFiles", watched(1));
    assert_eq!(client.diagnostics(URI, 1).len(), 1);
    client.notify("workspace/didChangeWatchedFiles", watched(3));
    client.diagnostics_of_closed(URI);
    client.change(URI, 2, &[replacement((0, 0), (0, 0), "\n")]);
    assert_eq!(client.diagnostics(URI, 2).len(), 1);
}

#[test]
fn a_row_that_is_being_written_is_a_hint_until_it_is_saved() {
    let whole = texts::report("青石县水利局", SkeletonLayout::Pipes);
    let (begun, _) = whole.split_once("行政规范性文件 |").expect("a row");
    let (line, uri) = (begun.lines().count() as u32, "untitled:报告");
    let mut client = Client::initialized(json!({}));
    client.open(uri, begun);
    client.diagnostics(uri, 1);
    let mut column = 0;
    for (version, typed) in (2..).zip(["行政规范性文件", " | 2", " | 3 "]) {
        client.change(uri, version, &[replacement((line, column), (line, column), typed)]);
        column += typed.encode_utf16().count() as u32;
        let loud: Vec<Value> = client.diagnostics(uri, version);
        assert!(loud.iter().all(|it| it["severity"] == 4), "{loud:?}");
    }
    client.notify("textDocument/didSave", of(uri));
    let saved = client.diagnostics(uri, 4);
    let row = saved.iter().find(|it| it["code"] == "table-row-width").expect("too few values");
    assert_eq!((&row["severity"], &row["range"]["start"]["line"]), (&json!(1), &json!(line)));
}
