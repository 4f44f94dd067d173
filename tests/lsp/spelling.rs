//! A client that writes its URIs without escapes gets its own spelling back, wherever a URI stands.

use gouji_core::form::skeleton::SkeletonLayout;
use serde_json::{Value, json};

use crate::client::{Client, at, of, range};
use crate::texts;

const URI: &str = "file:///上报/青石 县.txt";

/// The URIs in a value: texts and keys that begin like one.
fn uris(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("file:") => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| uris(value, found)),
        Value::Object(fields) => {
            found.extend(fields.keys().filter(|key| key.starts_with("file:")).cloned());
            fields.values().for_each(|value| uris(value, found));
        }
        _ => {}
    }
}

fn check(what: &str, value: &Value) {
    let mut found = Vec::new();
    uris(value, &mut found);
    assert!(!found.is_empty(), "{what}: {value}");
    assert!(found.iter().all(|uri| uri == URI), "{what}: {found:?}");
}

fn capabilities(pulls: bool, edits: bool) -> Value {
    let mut capabilities = if pulls { crate::client::pulling() } else { json!({}) };
    capabilities["textDocument"]["publishDiagnostics"] = json!({ "relatedInformation": true });
    capabilities["window"] = json!({ "showDocument": { "support": true } });
    capabilities["workspace"]["workspaceEdit"] = json!({ "documentChanges": edits });
    capabilities
}

#[test]
fn every_answer_has_the_clients_spelling() {
    let text = texts::report("青石县水利局", SkeletonLayout::Pipes);
    let total = text.lines().find(|line| line.starts_with("（七）总计")).expect("a total");
    let text = text.replacen(total, &total.replacen("| 0", "| 3", 1), 1);
    let line = text.lines().position(|line| line.starts_with("（七）总计")).expect("there") as u32;
    let column = "（七）总计 | ".encode_utf16().count() as u32;
    for (pulls, edits) in [(false, false), (false, true), (true, true)] {
        let mut client = Client::initialized(capabilities(pulls, edits));
        client.open(URI, &text);
        let items = if pulls {
            client.ask("textDocument/diagnostic", of(URI))["items"].clone()
        } else {
            json!(client.diagnostics(URI, 1))
        };
        check("related information", &items);
        if pulls {
            let pulled = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
            check("a pull of the workspace", &pulled);
        }
        for method in ["textDocument/definition", "textDocument/references"] {
            let mut params = at(URI, line, column);
            params["context"] = json!({ "includeDeclaration": true });
            check(method, &client.ask(method, params));
        }
        check("symbols", &client.ask("workspace/symbol", json!({ "query": "" })));
        let (title, _) =
            text.lines().zip(0..).find(|(line, _)| line.contains("青石县水利局")).expect("a title");
        assert!(title.starts_with("青石县水利局"), "{title}");
        let mut params = at(URI, 0, 2);
        params["newName"] = json!("青石县教育局");
        check("a new name", &client.ask("textDocument/rename", params));
        let place = items[0]["range"].clone();
        let context = json!({ "diagnostics": [], "only": ["quickfix"] });
        let params = json!({ "textDocument": { "uri": URI }, "range": place, "context": context });
        check("actions", &client.ask("textDocument/codeAction", params));
        let lenses = client.ask("textDocument/codeLens", of(URI));
        let lens = client.ask("codeLens/resolve", lenses[1].clone());
        check("a lens", &lens["command"]);
        let arguments = json!([URI, range((0, 0), (0, 1))]);
        client.ask(
            "workspace/executeCommand",
            json!({ "command": "gouji.showRange", "arguments": arguments }),
        );
        check("a document to show", &client.next("window/showDocument")["params"]);
    }
}

#[test]
fn files_of_a_folder_are_spelled_like_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let below = folder.path().join("上报");
    std::fs::create_dir(&below).expect("made");
    std::fs::write(below.join("一 二.txt"), texts::report("青石县水利局", SkeletonLayout::Pipes))
        .expect("written");
    let root = format!("file://{}", below.display());
    let mut client = Client::start();
    let folders = json!([{ "uri": root, "name": "报告" }]);
    client.ask("initialize", json!({ "processId": null, "workspaceFolders": folders, "capabilities": crate::client::pulling() }));
    client.notify("initialized", json!({}));
    let expected = json!(format!("{root}/一%20二.txt"));
    let found = client.ask("workspace/symbol", json!({ "query": "水利局" }));
    assert_eq!(found[0]["location"]["uri"], expected);
    let pulled = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(pulled["items"][0]["uri"], expected);
}
