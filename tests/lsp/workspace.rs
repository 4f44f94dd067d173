//! Several folders, files that are not open, and work that is shown and stopped.

use std::path::Path;
use std::time::Duration;

use gouji_core::form::skeleton::SkeletonLayout;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, replacement};
use crate::texts;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    uri(&path)
}

/// A client with folders open.
fn client(folders: &[&TempDir], capabilities: Value) -> Client {
    let mut client = Client::start();
    let folders: Vec<Value> =
        folders.iter().map(|it| json!({ "uri": uri(it.path()), "name": "报告" })).collect();
    let params = json!({ "processId": null, "rootUri": null, "workspaceFolders": folders, "capabilities": capabilities });
    client.ask("initialize", params);
    client.notify("initialized", json!({}));
    client
}

/// The documents that hold a symbol.
fn holders(client: &mut Client, query: &str) -> Vec<String> {
    let found = client.ask("workspace/symbol", json!({ "query": query }));
    let found = found.as_array().expect("a list").iter();
    found.map(|it| it["location"]["uri"].as_str().expect("a URI").to_owned()).collect()
}

fn report(agency: &str) -> String {
    texts::report(agency, SkeletonLayout::Pipes)
}

#[test]
fn symbols_of_closed_files_of_every_folder_are_found() {
    let (one, two) = (folder(), folder());
    let first = write(&one, "a.txt", &report("青石县水利局"));
    let second = write(&two, "b.md", &texts::report("青石县教育局", SkeletonLayout::Markdown));
    write(&two, "c.txt", "会议通知");
    let mut client = client(&[&one, &two], json!({}));
    assert_eq!(holders(&mut client, "水利局2024"), [first.as_str()]);
    assert_eq!(holders(&mut client, "教育局2024"), [second.as_str()]);
    // What is open counts as it is open, not as it is on the disk.
    client.open(&first, &report("青石县民政局"));
    assert_eq!(holders(&mut client, "水利局2024"), Vec::<String>::new());
    assert_eq!(holders(&mut client, "民政局2024"), [first.as_str()]);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": first } }));
    assert_eq!(holders(&mut client, "水利局2024"), [first.as_str()]);
    // A file that is gone or changed is noticed, and a folder that is closed.
    std::fs::remove_file(one.path().join("a.txt")).expect("gone");
    write(&two, "b.md", &texts::report("青石县卫生健康局", SkeletonLayout::Markdown));
    assert_eq!(holders(&mut client, "水利局2024"), Vec::<String>::new());
    assert_eq!(holders(&mut client, "卫生健康局2024"), [second.as_str()]);
    let event = json!({ "added": [], "removed": [{ "uri": uri(two.path()), "name": "报告" }] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(holders(&mut client, "卫生健康局2024"), Vec::<String>::new());
}

#[test]
fn each_folder_has_its_configuration() {
    let (one, two) = (folder(), folder());
    write(&one, "gouji.toml", "[rules]\nunknown-suppression = \"error\"\n");
    write(&two, "gouji.toml", "[rules]\nunknown-suppression = \"hint\"\n");
    let (text, ..) = texts::with_unknown_rule();
    let uris = [write(&one, "a.txt", &text), write(&two, "a.txt", &text)];
    let mut client = client(&[&one, &two], json!({}));
    let severities = |client: &mut Client| {
        uris.each_ref().map(|uri| client.diagnostics(uri, 1)[0]["severity"].as_i64())
    };
    for uri in &uris {
        client.open(uri, &text);
    }
    assert_eq!(severities(&mut client), [Some(1), Some(4)]);
    // A file that comes or goes is told like one that changes; all open documents are checked again.
    std::fs::remove_file(one.path().join("gouji.toml")).expect("gone");
    let gone = json!([{ "uri": uri(&one.path().join("gouji.toml")), "type": 3 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": gone }));
    assert_eq!(severities(&mut client), [Some(2), Some(4)]);
}

/// A folder of reports, and a client that has it open.
fn many(files: usize, capabilities: Value) -> (TempDir, Client) {
    let folder = folder();
    for at in 0..files {
        write(&folder, &format!("{at:03}.txt"), &report("青石县水利局"));
    }
    let client = client(&[&folder], capabilities);
    (folder, client)
}

fn kinds(messages: &[Value], token: &str) -> Vec<String> {
    let own = messages.iter().filter(|it| it["method"] == "$/progress");
    let own = own.filter(|it| it["params"]["token"] == token);
    own.map(|it| it["params"]["value"]["kind"].as_str().expect("a kind").to_owned()).collect()
}

#[test]
fn long_work_is_shown_from_begin_to_end() {
    let (_folder, mut client) = many(40, json!({}));
    let params = json!({ "query": "水利局2024", "workDoneToken": "t" });
    let id = client.request("workspace/symbol", params);
    let begin = client.next("$/progress");
    let value = &begin["params"]["value"];
    assert_eq!((&value["kind"], &value["cancellable"]), (&json!("begin"), &json!(true)));
    assert_eq!(client.answer(id)["result"].as_array().map(Vec::len), Some(40));
    let kinds = kinds(&client.rest(Duration::from_millis(300)), "t");
    assert_eq!(kinds.last().map(String::as_str), Some("end"));
    assert!(kinds.len() > 10, "{kinds:?}");
}

#[test]
fn work_that_is_stopped_answers_with_what_it_has() {
    let (_folder, mut client) = many(400, json!({}));
    let params = json!({ "query": "水利局2024", "workDoneToken": 7 });
    let id = client.request("workspace/symbol", params.clone());
    client.next("$/progress");
    client.notify("window/workDoneProgress/cancel", json!({ "token": 7 }));
    let found = client.answer(id)["result"].as_array().map(Vec::len).expect("a list");
    assert!(found < 400, "{found}");
    // Another token's work goes on, and what was read is known.
    client.notify("window/workDoneProgress/cancel", json!({ "token": 8 }));
    let all = client.ask("workspace/symbol", json!({ "query": "水利局2024", "workDoneToken": 9 }));
    assert_eq!(all.as_array().map(Vec::len), Some(400));
}

#[test]
fn a_cancelled_request_stops_its_work() {
    let (_folder, mut client) = many(400, json!({}));
    let params = json!({ "query": "水利局2024", "workDoneToken": "t" });
    let id = client.request("workspace/symbol", params);
    client.next("$/progress");
    client.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    let end = client.expect("the end", |it| it["params"]["value"]["kind"] == "end");
    assert_eq!(end["params"]["token"], "t");
    let told = client.rest(Duration::from_millis(300));
    let last = told.iter().rev().find_map(|it| it["params"]["value"]["percentage"].as_u64());
    assert!(last.is_none_or(|percent| percent < 100), "{last:?}");
}

#[test]
fn progress_is_created_for_those_who_show_it_alone() {
    let (_folder, mut plain) = many(20, json!({}));
    assert_eq!(holders(&mut plain, "水利局2024").len(), 20);
    let told = plain.rest(Duration::from_millis(200));
    assert!(!told.iter().any(|it| it.to_string().contains("rogress")), "{told:?}");
    let (_folder, mut client) = many(400, json!({ "window": { "workDoneProgress": true } }));
    let id = client.request("workspace/symbol", json!({ "query": "水利局2024" }));
    let create = client.next("window/workDoneProgress/create");
    let token = create["params"]["token"].clone();
    client.write(&[json!({ "jsonrpc": "2.0", "id": create["id"], "result": null })]);
    let begin = client.next("$/progress");
    assert_eq!(
        (&begin["params"]["token"], &begin["params"]["value"]["kind"]),
        (&token, &json!("begin"))
    );
    client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    assert!(client.answer(id)["result"].is_array());
}

#[test]
fn an_edit_is_not_held_up_by_reading_a_folder() {
    let (_folder, mut client) = many(400, json!({}));
    let document = "file:///elsewhere/a.txt";
    client.open(document, &report("青石县民政局"));
    client.diagnostics(document, 1);
    let id = client.request("workspace/symbol", json!({ "query": "水利局2024" }));
    client.change(document, 2, &[replacement((0, 0), (0, 0), "新")]);
    client.diagnostics(document, 2);
    assert!(!client.has(|it| it["id"] == id), "the folder is being read");
    assert!(client.answer(id)["result"].is_array());
}

#[test]
fn each_broken_configuration_is_told_once() {
    let (one, two) = (folder(), folder());
    let text = report("青石县水利局");
    let mut client = client(&[&one, &two], json!({}));
    let uris = [&one, &two].map(|folder| {
        write(folder, "gouji.toml", "rulez = 3\n");
        write(folder, "a.txt", &text)
    });
    for uri in &uris {
        client.open(uri, &text);
        client.diagnostics(uri, 1);
    }
    for version in 2..6 {
        for uri in &uris {
            client.change(uri, version, &[replacement((0, 0), (0, 0), "一")]);
            client.diagnostics(uri, version);
        }
    }
    let told = client.rest(Duration::from_millis(200));
    let told: Vec<_> = told.iter().filter(|it| it["method"] == "window/showMessage").collect();
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn a_client_that_has_set_nothing_keeps_what_it_said_when_it_came() {
    let folder = folder();
    let (text, ..) = texts::with_unknown_rule();
    for nothing in [Value::Null, json!({})] {
        let mut client = Client::start();
        let options = json!({ "rules": { "unknown-suppression": "error" } });
        let capabilities = json!({ "workspace": { "configuration": true } });
        client.ask("initialize", json!({ "processId": null, "rootUri": uri(folder.path()), "initializationOptions": options, "capabilities": capabilities }));
        client.notify("initialized", json!({}));
        let question = client.next("workspace/configuration");
        client.write(&[json!({ "jsonrpc": "2.0", "id": question["id"], "result": [nothing] })]);
        let file = write(&folder, "a.txt", &text);
        client.open(&file, &text);
        assert_eq!(client.diagnostics(&file, 1)[0]["severity"], 1);
    }
}

#[test]
fn a_configuration_that_nobody_watches_is_looked_at_when_something_is_saved() {
    let folder = folder();
    let (text, ..) = texts::with_unknown_rule();
    let file = write(&folder, "a.txt", &text);
    let mut client = client(&[&folder], json!({}));
    client.open(&file, &text);
    assert_eq!(client.diagnostics(&file, 1)[0]["severity"], 2);
    // It comes, changes and goes. A save shows what it shows, and then what the configuration makes of it.
    let mut shows = |severity: u32| {
        client.notify("textDocument/didSave", json!({ "textDocument": { "uri": file } }));
        client.expect("the severity", |message| {
            message["params"]["diagnostics"][0]["severity"] == severity
        });
        client.rest(Duration::from_millis(200));
    };
    write(&folder, "gouji.toml", "[rules]\nunknown-suppression = \"error\"\n");
    shows(1);
    write(&folder, "gouji.toml", "[rules]\nunknown-suppression = \"hint\"\n");
    shows(4);
    std::fs::remove_file(folder.path().join("gouji.toml")).expect("gone");
    shows(2);
}
