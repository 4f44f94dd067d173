//! Pulls of the whole workspace: files that are not open, beside documents that are.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use gouji_core::form::skeleton::SkeletonLayout;
use gouji_workspace::decode::{Encoding, encode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, of, pulling, replacement};
use crate::texts;

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(&path, bytes).expect("written");
    uri(&path)
}

fn client(folders: &[&TempDir]) -> Client {
    let mut client = Client::start();
    let folders: Vec<Value> =
        folders.iter().map(|it| json!({ "uri": uri(it.path()), "name": "报告" })).collect();
    let params =
        json!({ "processId": null, "workspaceFolders": folders, "capabilities": pulling() });
    client.ask("initialize", params);
    client.notify("initialized", json!({}));
    client
}

/// What a client has, as it keeps it between two pulls.
#[derive(Default)]
struct Problems(HashMap<String, (String, Value, Vec<Value>)>);

impl Problems {
    fn params(&self) -> Value {
        let ids = self.0.iter().map(|(uri, (id, ..))| json!({ "uri": uri, "value": id }));
        json!({ "previousResultIds": ids.collect::<Vec<_>>() })
    }

    /// Takes a report in; its URI.
    fn take(&mut self, report: &Value) -> String {
        assert_eq!(report["kind"], "full", "{report}");
        let uri = report["uri"].as_str().expect("a URI").to_owned();
        let id = report["resultId"].as_str().expect("an id").to_owned();
        let items = report["items"].as_array().expect("a list").clone();
        self.0.insert(uri.clone(), (id, report["version"].clone(), items));
        uri
    }

    fn request(&self, client: &mut Client) -> i64 {
        client.request("workspace/diagnostic", self.params())
    }

    /// The answer; the URIs of which it tells.
    fn answer(&mut self, client: &mut Client, id: i64) -> Vec<String> {
        let answer = client.answer(id);
        let items = answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let mut uris: Vec<_> = items.iter().map(|item| self.take(item)).collect();
        uris.sort();
        uris
    }

    fn pull(&mut self, client: &mut Client) -> Vec<String> {
        let id = self.request(client);
        self.answer(client, id)
    }

    fn of(&self, uri: &str) -> &[Value] {
        &self.0.get(uri).unwrap_or_else(|| panic!("nothing of {uri}")).2
    }
}

/// Asked and answered after all that was written before.
fn settle(client: &mut Client) {
    client.ask("textDocument/codeAction", json!({ "textDocument": { "uri": "file:///none" }, "range": crate::client::range((0, 0), (0, 0)), "context": { "diagnostics": [] } }));
}

fn watched(client: &mut Client, uri: &str, kind: u32) {
    let changes = json!([{ "uri": uri, "type": kind }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
}

#[test]
fn files_that_are_not_open_are_those_of_the_command_line() {
    let (one, two) = (folder(), folder());
    let (text, line, _) = texts::with_unknown_rule();
    let crlf = text.replace('\n', "\r\n");
    let plain = write(&one, "a.txt", &text);
    let national =
        write(&one, "b/c.htm", encode(&crlf, Encoding::Gb18030).expect("its characters"));
    let note = write(&one, "note.md", "会议通知\n");
    let broken = write(&one, "broken.txt", [0xff, 0xfe, 0x00, 0xd8, 0x00]);
    write(&one, ".git/HEAD", "");
    write(&one, ".gitignore", "draft.txt\n");
    write(&one, "draft.txt", &text);
    write(&one, "a.docx", &text);
    write(
        &two,
        "gouji.toml",
        "[[ignore]]\npath = \"old/**\"\nrules = [\"unknown-suppression\"]\nreason = \"旧\"\n[rules]\nunknown-suppression = \"error\"\n",
    );
    let (old, new) = (write(&two, "old/a.txt", &text), write(&two, "new.txt", &text));
    let mut client = client(&[&one, &two]);
    let mut problems = Problems::default();
    let mut all = vec![plain.clone(), national.clone(), note.clone(), broken.clone()];
    all.extend([old.clone(), new.clone()]);
    all.sort();
    assert_eq!(problems.pull(&mut client), all);
    for uri in [&plain, &national, &new] {
        let [item] = problems.of(uri) else { panic!("{:?}", problems.of(uri)) };
        assert_eq!(
            (&item["code"], &item["range"]["start"]["line"]),
            (&json!("unknown-suppression"), &json!(line))
        );
    }
    assert_eq!(problems.of(&plain)[0]["severity"], 2);
    assert_eq!(problems.of(&new)[0]["severity"], 1);
    for uri in [&note, &broken, &old] {
        assert_eq!(problems.of(uri), [] as [Value; 0], "{uri}");
    }
    assert!(problems.0.values().all(|(_, version, _)| version.is_null()));
    // With all that known, the next pull waits.
    let id = problems.request(&mut client);
    client.rest(Duration::from_millis(300));
    assert!(!client.has(|it| it["id"] == id));
}

#[test]
fn a_file_is_read_again_when_it_has_changed_and_only_then() {
    let folder = folder();
    let (text, ..) = texts::with_unknown_rule();
    let file = write(&folder, "a.txt", &text);
    write(&folder, "b.txt", &text);
    let path = folder.path().join("a.txt");
    let mut client = client(&[&folder]);
    assert_eq!(Problems::default().pull(&mut client).len(), 2);
    // As long and as old as it was: not read.
    let time = std::fs::metadata(&path).and_then(|it| it.modified()).expect("a time");
    write(&folder, "a.txt", text.replace("no-such-rule-1", "no-such-rule-2"));
    std::fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|it| it.set_modified(time))
        .expect("set");
    let mut problems = Problems::default();
    problems.pull(&mut client);
    let message = |problems: &Problems| problems.of(&file)[0]["message"].to_string();
    assert!(message(&problems).contains("rule-1"));
    // The client says that it has changed; the pull that is held open answers.
    let id = problems.request(&mut client);
    watched(&mut client, &file, 2);
    assert_eq!(problems.answer(&mut client, id), [file.as_str()]);
    assert!(message(&problems).contains("rule-2"));
    // One that is gone, one that comes.
    let id = problems.request(&mut client);
    settle(&mut client);
    std::fs::remove_file(&path).expect("gone");
    watched(&mut client, &file, 3);
    assert_eq!(problems.answer(&mut client, id), [file.as_str()]);
    assert!(problems.of(&file).is_empty());
    let id = problems.request(&mut client);
    settle(&mut client);
    let new = write(&folder, "c/d.txt", &text);
    watched(&mut client, &new, 1);
    assert_eq!(problems.answer(&mut client, id), [new.as_str()]);
    assert_eq!(problems.of(&new).len(), 1);
    // A folder that is gone: nobody names its files.
    let id = problems.request(&mut client);
    std::fs::remove_dir_all(folder.path().join("c")).expect("gone");
    watched(&mut client, &uri(&folder.path().join("c")), 3);
    assert_eq!(problems.answer(&mut client, id), [new.as_str()]);
    assert!(problems.of(&new).is_empty());
}

#[test]
fn what_is_open_counts_until_it_is_closed() {
    let folder = folder();
    let (text, line, column) = texts::with_unknown_rule();
    // VS Code escapes these brackets, and others do not.
    let file = write(&folder, "a(1).txt", &text);
    let opened = file.replace('(', "%28").replace(')', "%29");
    let mut client = client(&[&folder]);
    let mut problems = Problems::default();
    assert_eq!(problems.pull(&mut client), [file.as_str()]);
    let id = problems.request(&mut client);
    client.open(&opened, &text);
    client.change(&opened, 2, &[replacement((line, column), (line, column), "2")]);
    client.ask("textDocument/diagnostic", of(&opened));
    assert_eq!(problems.answer(&mut client, id), [opened.as_str(), file.as_str()]);
    assert!(problems.of(&file).is_empty());
    assert!(problems.of(&opened)[0]["message"].to_string().contains("rule-12"));
    // Its file changes, which does not matter.
    let id = problems.request(&mut client);
    write(&folder, "a(1).txt", "会议通知\n");
    watched(&mut client, &file, 2);
    client.rest(Duration::from_millis(300));
    assert!(!client.has(|it| it["id"] == id));
    // Closed without being saved, it is its file again: for the pull of the workspace, and for a last one of its own.
    client.notify("textDocument/didClose", of(&opened));
    let last = client.ask("textDocument/diagnostic", of(&opened));
    assert_eq!((&last["kind"], &last["items"]), (&json!("full"), &json!([])));
    assert_eq!(problems.answer(&mut client, id), [opened.as_str()]);
    assert_eq!(problems.0[&opened].0, last["resultId"].as_str().expect("an id"));
    assert!(problems.0[&opened].1.is_null());
    // Opened and closed as it is: its file's result is the client's already.
    client.open(&opened, "会议通知\n");
    client.ask("textDocument/diagnostic", of(&opened));
    client.notify("textDocument/didClose", of(&opened));
    let id = problems.request(&mut client);
    client.rest(Duration::from_millis(300));
    assert!(!client.has(|it| it["id"] == id));
}

#[test]
fn a_changed_configuration_checks_the_files_again() {
    let folder = folder();
    let (text, ..) = texts::with_unknown_rule();
    let files: Vec<_> = (0..5).map(|at| write(&folder, &format!("{at}.txt"), &text)).collect();
    let mut client = client(&[&folder]);
    let mut problems = Problems::default();
    assert_eq!(problems.pull(&mut client), files);
    let id = problems.request(&mut client);
    settle(&mut client);
    let config = write(&folder, "gouji.toml", "[rules]\nunknown-suppression = \"error\"\n");
    watched(&mut client, &config, 1);
    assert_eq!(problems.answer(&mut client, id), files);
    assert_eq!(problems.of(&files[4])[0]["severity"], 1);
    let id = problems.request(&mut client);
    let settings = json!({ "gouji": { "rules": { "unknown-suppression": "off" } } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    assert_eq!(problems.answer(&mut client, id), files);
    assert!(problems.of(&files[0]).is_empty());
    // A folder that is closed shows nothing any more.
    let id = problems.request(&mut client);
    let event = json!({ "added": [], "removed": [{ "uri": uri(folder.path()), "name": "报告" }] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(problems.answer(&mut client, id), files);
}

/// A folder of reports with a finding each, and a client that has it open.
fn many(files: usize) -> (TempDir, Client) {
    let folder = folder();
    let (text, ..) = texts::with_unknown_rule();
    for at in 0..files {
        write(&folder, &format!("{at:03}.txt"), &text);
    }
    let client = client(&[&folder]);
    (folder, client)
}

/// The parts of an answer, and the kinds of the progress that was shown.
fn parts(messages: &[Value], token: &str) -> Vec<Value> {
    let own = messages.iter().filter(|it| it["method"] == "$/progress");
    own.filter(|it| it["params"]["token"] == token)
        .map(|it| it["params"]["value"].clone())
        .collect()
}

#[test]
fn an_answer_comes_in_parts_for_those_who_take_them() {
    let (_folder, mut client) = many(100);
    let params =
        json!({ "previousResultIds": [], "partialResultToken": "p", "workDoneToken": "w" });
    let id = client.request("workspace/diagnostic", params);
    assert_eq!(client.answer(id)["result"], json!({ "items": [] }));
    let messages = client.rest(Duration::from_millis(100));
    let told = parts(&messages, "p");
    assert!(told.len() > 3, "{}", told.len());
    let mut problems = Problems::default();
    for item in told.iter().flat_map(|part| part["items"].as_array().expect("a list")) {
        problems.take(item);
    }
    assert_eq!(problems.0.len(), 100);
    let kinds: Vec<_> = parts(&messages, "w").iter().map(|it| it["kind"].clone()).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&json!("begin")), Some(&json!("end"))));
    assert!(kinds.len() > 10, "{kinds:?}");
    // Nothing differs: nothing is shown either.
    let mut params = problems.params();
    params["partialResultToken"] = json!("p2");
    params["workDoneToken"] = json!("w2");
    let id = client.request("workspace/diagnostic", params);
    client.rest(Duration::from_millis(300));
    assert!(!client.has(|it| it["id"] == id || it["method"] == "$/progress"));
}

#[test]
fn a_pull_that_is_cancelled_stops_and_the_next_one_goes_on() {
    let (_folder, mut client) = many(200);
    let params = json!({ "previousResultIds": [], "workDoneToken": "w" });
    let id = client.request("workspace/diagnostic", params);
    client.next("$/progress");
    client.notify("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    client.expect("the end", |it| it["params"]["value"]["kind"] == "end");
    assert_eq!(Problems::default().pull(&mut client).len(), 200);
}

#[test]
fn work_that_the_user_stops_does_not_begin_again() {
    let (folder, mut client) = many(100);
    let params = json!({ "previousResultIds": [], "workDoneToken": "w" });
    let id = client.request("workspace/diagnostic", params);
    client.next("$/progress");
    client.notify("window/workDoneProgress/cancel", json!({ "token": "w" }));
    let mut problems = Problems::default();
    let told = problems.answer(&mut client, id);
    assert!(!told.is_empty() && told.len() < 100, "{}", told.len());
    let id = problems.request(&mut client);
    client.rest(Duration::from_millis(300));
    assert!(!client.has(|it| it["id"] == id));
    // What was read is kept up to date, and another configuration begins anew.
    std::fs::write(folder.path().join("000.txt"), "会议通知\n").expect("written");
    watched(&mut client, &uri(&folder.path().join("000.txt")), 2);
    assert_eq!(problems.answer(&mut client, id), [uri(&folder.path().join("000.txt"))]);
    let id = problems.request(&mut client);
    let settings = json!({ "gouji": { "rules": { "unknown-suppression": "error" } } });
    client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
    assert_eq!(problems.answer(&mut client, id).len(), 99);
    assert_eq!(problems.0.len(), 100);
}

#[test]
fn an_edit_is_not_held_up_by_checking_a_folder() {
    let (_folder, mut client) = many(200);
    let document = "file:///elsewhere/a.txt";
    client.open(document, &texts::report("青石县民政局", SkeletonLayout::Pipes));
    client.ask("textDocument/diagnostic", of(document));
    let id = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    client.change(document, 2, &[replacement((0, 0), (0, 0), "新")]);
    client.ask("textDocument/diagnostic", of(document));
    assert!(!client.has(|it| it["id"] == id), "the folder is being checked");
    let mut problems = Problems::default();
    assert_eq!(problems.answer(&mut client, id).len(), 201);
    assert_eq!(problems.0[document].1, 2);
}

#[test]
fn a_folder_with_another_name_takes_its_files_along() {
    let folder = folder();
    let (text, ..) = texts::with_unknown_rule();
    let old = write(&folder, "旧/a.txt", &text);
    let mut client = client(&[&folder]);
    let mut problems = Problems::default();
    let encoded = problems.pull(&mut client).remove(0);
    assert!(encoded.ends_with("/%E6%97%A7/a.txt") && old.ends_with("/旧/a.txt"), "{encoded}");
    let id = problems.request(&mut client);
    client.rest(Duration::from_millis(300));
    let (from, to) = (folder.path().join("旧"), folder.path().join("new"));
    std::fs::rename(&from, &to).expect("renamed");
    let files = json!([{ "oldUri": uri(&from), "newUri": uri(&to) }]);
    client.notify("workspace/didRenameFiles", json!({ "files": files }));
    let new = uri(&to.join("a.txt"));
    let mut told = problems.answer(&mut client, id);
    told.sort();
    let mut expected = vec![encoded.clone(), new.clone()];
    expected.sort();
    assert_eq!(told, expected);
    assert!(problems.of(&encoded).is_empty() && problems.of(&new).len() == 1);
    // Gone between two looks, it has nothing left to show.
    client.notify("workspace/didDeleteFiles", json!({ "files": [{ "uri": new }] }));
    std::fs::remove_file(to.join("a.txt")).expect("gone");
    let pulled = client.ask("textDocument/diagnostic", of(&new));
    assert_eq!(pulled["items"], json!([]));
}

#[test]
fn two_spellings_of_a_document_show_it_once() {
    let folder = folder();
    let (text, ..) = texts::with_unknown_rule();
    let plain = write(&folder, "a(1).txt", &text);
    let escaped = plain.replace('(', "%28").replace(')', "%29");
    let mut client = client(&[&folder]);
    let mut problems = Problems::default();
    assert_eq!(problems.pull(&mut client), [plain.as_str()]);
    client.open(&escaped, &text.replace("rule-1", "rule-2"));
    client.ask("textDocument/diagnostic", of(&escaped));
    let mut told = problems.pull(&mut client);
    told.sort();
    assert_eq!(told, [escaped.as_str(), plain.as_str()]);
    assert!(problems.of(&plain).is_empty() && problems.of(&escaped).len() == 1);
    let id = problems.request(&mut client);
    client.rest(Duration::from_millis(300));
    assert!(!client.has(|it| it["id"] == id));
    client.notify("textDocument/didClose", of(&escaped));
    assert_eq!(problems.answer(&mut client, id), [escaped.as_str()]);
    assert!(problems.of(&plain).is_empty() && problems.of(&escaped).len() == 1);
}
