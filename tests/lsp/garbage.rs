//! Clients that break the protocol: they get its errors, and the server lives.

use serde_json::{Value, json};

use crate::client::{Client, at, changed, notification, of, opened, range, replacement};
use crate::texts;

const URI: &str = "file:///a.txt";
const NONE: &str = "file:///none.txt";

/// The server answers still, and as before.
fn lives(mut client: Client) {
    let (text, line, _) = texts::with_unknown_rule();
    client.open("file:///lives.txt", &text);
    let found = client.diagnostics("file:///lives.txt", 1);
    assert_eq!(found[0]["range"]["start"]["line"], line);
    assert_eq!(client.leave().code(), Some(0));
}

fn code(client: &mut Client, method: &str, params: Value) -> Value {
    let id = client.request(method, params);
    client.answer(id)["error"]["code"].clone()
}

/// What is asked about a place of a document.
const AT_A_PLACE: [&str; 6] = [
    "hover",
    "completion",
    "definition",
    "documentHighlight",
    "prepareRename",
    "linkedEditingRange",
];

#[test]
fn the_wrong_order_is_refused() {
    let mut client = Client::start();
    assert_eq!(code(&mut client, "textDocument/hover", at(URI, 0, 0)), -32002);
    client.notify("initialized", json!({}));
    client.notify("textDocument/didChange", changed(URI, 2, &[json!({ "text": "一" })]));
    client.shake_hands(json!({}));
    assert_eq!(code(&mut client, "initialize", json!({ "capabilities": {} })), -32600);
    client.notify("initialized", json!({}));
    lives(client);
}

#[test]
fn documents_that_are_not_open_have_nothing() {
    let mut client = Client::initialized(json!({}));
    client.notify("textDocument/didChange", changed(NONE, 7, &[json!({ "text": "一" })]));
    client.notify("textDocument/didSave", of(NONE));
    client.notify("textDocument/didClose", of(NONE));
    for method in AT_A_PLACE {
        let method = format!("textDocument/{method}");
        assert_eq!(client.ask(&method, at(NONE, 0, 0)), Value::Null, "{method}");
    }
    for method in
        ["documentSymbol", "foldingRange", "documentLink", "codeLens", "semanticTokens/full"]
    {
        let method = format!("textDocument/{method}");
        assert_eq!(client.ask(&method, of(NONE)), Value::Null, "{method}");
    }
    // A change of a document that was closed is none either; opened twice, the second text counts.
    client.open(URI, "一");
    client.notify("textDocument/didClose", of(URI));
    client.change(URI, 2, &[json!({ "text": "二" })]);
    let (text, ..) = texts::with_unknown_rule();
    client.open(URI, "三");
    client.open(URI, &text);
    while client.diagnostics(URI, 1).len() != 1 {}
    lives(client);
}

#[test]
fn an_edit_without_a_version_is_one() {
    let (text, ..) = texts::with_unknown_rule();
    let mut client = Client::initialized(json!({}));
    client.open(URI, "一");
    assert_eq!(client.diagnostics(URI, 1), [] as [Value; 0]);
    for (version, text) in [(json!(null), text.as_str()), (json!(null), "")] {
        let document = json!({ "uri": URI, "version": version });
        let changes = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        client.notify("textDocument/didChange", changes);
        assert_eq!(client.diagnostics(URI, 1).len(), usize::from(!text.is_empty()), "{text}");
    }
    let changes = json!({ "textDocument": { "uri": URI }, "contentChanges": [{ "text": text }] });
    client.notify("textDocument/didChange", changes);
    assert_eq!(client.diagnostics(URI, 1).len(), 1);
    lives(client);
}

#[test]
fn positions_out_of_range_are_the_nearest_there_are() {
    const FAR: u32 = i32::MAX.unsigned_abs();
    let mut client = Client::initialized(json!({}));
    client.open(URI, &texts::with_unknown_rule().0);
    client.diagnostics(URI, 1);
    for (version, (start, end)) in (2..).zip([
        ((FAR, FAR), (FAR, FAR)),
        ((0, FAR), (0, FAR)),
        ((1, 0), (0, 0)),
        ((FAR, 0), (0, FAR)),
    ]) {
        client.change(URI, version, &[replacement(start, end, "字")]);
        client.diagnostics(URI, version);
    }
    for method in AT_A_PLACE {
        client.ask(&format!("textDocument/{method}"), at(URI, FAR, FAR));
    }
    let mut params = of(URI);
    params["range"] = range((FAR, FAR), (0, 0));
    client.ask("textDocument/inlayHint", params.clone());
    client.ask("textDocument/semanticTokens/range", params.clone());
    params["context"] = json!({ "diagnostics": [] });
    client.ask("textDocument/codeAction", params);
    // These are no numbers of the protocol.
    for position in [
        json!({ "line": -1, "character": 0 }),
        json!({ "line": 0.5, "character": 0 }),
        json!({ "line": "0" }),
        Value::Null,
    ] {
        let params = json!({ "textDocument": { "uri": URI }, "position": position });
        assert_eq!(code(&mut client, "textDocument/hover", params), -32602);
    }
    let broken = [json!({ "range": { "start": null }, "text": "一" })];
    client.change(URI, 9, &broken);
    lives(client);
}

#[test]
fn parameters_of_another_kind_are_refused() {
    let mut client = Client::initialized(json!({}));
    client.open(URI, "一");
    for params in [
        json!([]),
        json!({}),
        json!("a"),
        json!({ "textDocument": 1 }),
        json!({ "textDocument": { "uri": "no uri" } }),
    ] {
        assert_eq!(
            code(&mut client, "textDocument/documentSymbol", params.clone()),
            -32602,
            "{params}"
        );
        client.notify("textDocument/didChange", params.clone());
        client.notify("textDocument/didOpen", params);
    }
    let command = json!({ "command": "gouji.none", "arguments": [] });
    assert_eq!(code(&mut client, "workspace/executeCommand", command), -32602);
    let resolved = client.ask("codeAction/resolve", json!({ "title": "", "data": { "uri": 3 } }));
    assert_eq!(resolved["title"], "");
    client.notify("window/workDoneProgress/cancel", json!({ "token": "none" }));
    client.notify("$/cancelRequest", json!({ "id": "none" }));
    lives(client);
}

#[test]
fn broken_json_and_lengths_that_lie_cost_their_own_message_and_no_more() {
    let mut client = Client::initialized(json!({}));
    let refusals = |client: &mut Client, count: usize| {
        for _ in 0..count {
            let refusal =
                client.expect("a refusal", |it| it["id"].is_null() && it.get("error").is_some());
            let code = refusal["error"]["code"].as_i64();
            assert!(matches!(code, Some(-32700 | -32600)), "{refusal}");
        }
    };
    let whole = notification("textDocument/didOpen", opened(URI, "一")).to_string();
    for body in [&whole[..20], "", "[]", "null", "{\"jsonrpc\":\"2.0\"", "\u{0}", "[[[[[["] {
        client.write_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        refusals(&mut client, 1);
    }
    client.write_raw(b"Content-Length: 3\r\n\r\n\xff\xfe\xfd");
    refusals(&mut client, 1);
    for length in ["-1", "x", "", "99999999999999999999", "4000000000000"] {
        client.write_raw(format!("Content-Length: {length}\r\n\r\n").as_bytes());
        refusals(&mut client, 1);
    }
    // Too short by one: the rest of the body stands before the next header.
    client.write_raw(format!("Content-Length: {}\r\n\r\n{whole}", whole.len() - 1).as_bytes());
    refusals(&mut client, 1);
    client.open(URI, &texts::with_unknown_rule().0);
    assert_eq!(client.diagnostics(URI, 1).len(), 1);
    // Too long by ten: the next header is taken for the end of the body, and its message is lost with it.
    client.write_raw(format!("Content-Length: {}\r\n\r\n{whole}", whole.len() + 10).as_bytes());
    client.notify("$/none", json!({}));
    client.notify("$/none", json!({}));
    refusals(&mut client, 1);
    lives(client);
}
