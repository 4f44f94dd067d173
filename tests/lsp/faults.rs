//! The eight faults that a server on `tower_lsp` has by default, each with the messages that bring it out.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, changed, notification, opened, pulling, replacement};
use crate::texts;

const URI: &str = "file:///报告.txt";

#[test]
fn exit_ends_the_server_while_its_input_is_open() {
    let client = Client::initialized(json!({}));
    assert_eq!(client.leave().code(), Some(0));
}

#[test]
fn edits_apply_in_the_order_of_the_wire() {
    let mut client = Client::initialized(pulling());
    let (text, line, column) = texts::with_unknown_rule();
    let mut messages = vec![notification("textDocument/didOpen", opened(URI, &text))];
    let mut asked = Vec::new();
    // Digits typed one by one, with requests that wait between them: out of order they would make another number.
    for (version, digit) in (2_i32..).zip("2345678".chars()) {
        let at = (line, column + version.unsigned_abs() - 2);
        messages.push(notification(
            "textDocument/didChange",
            changed(URI, version, &[replacement(at, at, &digit.to_string())]),
        ));
        for _ in 0..8 {
            let (id, message) = client.request_message(
                "textDocument/diagnostic",
                json!({ "textDocument": { "uri": URI } }),
            );
            messages.push(message);
            asked.push(id);
        }
    }
    client.write(&messages);
    let answers: Vec<Value> = asked.into_iter().map(|id| client.answer(id)).collect();
    let last = answers.last().expect("asked")["result"]["items"].to_string();
    assert!(last.contains("no-such-rule-12345678"), "{last}");
}

#[test]
fn a_cancellation_acts_at_once() {
    let mut client = Client::initialized(pulling());
    let ids: Vec<i64> = (0..8)
        .map(|_| client.request("workspace/diagnostic", json!({ "previousResultIds": [] })))
        .collect();
    let (last, superseded) = ids.split_last().expect("eight");
    for id in superseded {
        assert_eq!(client.answer(*id)["error"]["code"], -32802);
    }
    let start = Instant::now();
    client.notify("$/cancelRequest", json!({ "id": last }));
    assert_eq!(client.answer(*last)["error"]["code"], -32800);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn questions_that_wait_for_the_client_hold_nothing_up() {
    let mut client = Client::initialized(json!({ "workspace": { "configuration": true } }));
    let mut messages = vec![notification("textDocument/didOpen", opened(URI, "一"))];
    for _ in 0..64 {
        messages
            .push(notification("workspace/didChangeConfiguration", json!({ "settings": null })));
    }
    for version in 2..402 {
        messages.push(notification(
            "textDocument/didChange",
            changed(URI, version, &[replacement((0, 0), (0, 0), "二")]),
        ));
    }
    client.write(&messages);
    client.diagnostics(URI, 401);
    // One question after `initialized`, one for each change; late answers are taken.
    for _ in 0..65 {
        let question = client.next("workspace/configuration");
        client.write(&[json!({ "jsonrpc": "2.0", "id": question["id"], "result": [null] })]);
    }
    assert_eq!(client.leave().code(), Some(0));
}

/// Messages that are written at once.
const PIECE: usize = 100;

#[test]
fn a_client_that_does_not_read_is_still_read() {
    let (mut client, output) = Client::start_undrained();
    let mut messages = Vec::new();
    let (_, initialize) = client.request_message("initialize", json!({ "capabilities": {} }));
    messages.push(initialize);
    messages.push(notification("initialized", json!({})));
    messages.push(notification("textDocument/didOpen", opened(URI, "一")));
    let params = json!({ "textDocument": { "uri": "file:///none" }, "range": crate::client::range((0, 0), (0, 0)), "context": { "diagnostics": [] } });
    for version in 2..3_002 {
        messages.push(client.request_message("textDocument/codeAction", params.clone()).1);
        messages.push(client.request_message("textDocument/codeAction", params.clone()).1);
        messages.push(notification(
            "textDocument/didChange",
            changed(URI, version, &[json!({ "text": "二" })]),
        ));
    }
    // More than any pipe holds: this blocks for ever if the server waits for us. Each piece has its time, however busy the machine is.
    let (sender, written) = std::sync::mpsc::channel();
    let pieces = messages.len().div_ceil(PIECE);
    let writer = std::thread::spawn(move || {
        for piece in messages.chunks(PIECE) {
            client.write(piece);
            let _ = sender.send(());
        }
        client
    });
    for _ in 0..pieces {
        written.recv_timeout(PATIENCE).expect("the server reads on");
    }
    let mut client = writer.join().expect("written");
    client.drain(output);
    for id in 1..=6_001 {
        assert!(client.answer(id).get("error").is_none());
    }
    client.diagnostics(URI, 3_001);
}

#[test]
fn a_long_check_delays_no_message() {
    let mut client = Client::initialized(json!({}));
    let text = texts::compilation(100);
    let params = json!({ "textDocument": { "uri": "file:///none" }, "range": crate::client::range((0, 0), (0, 0)), "context": { "diagnostics": [] } });
    // Read once before, so that only the check is under way below.
    client.open(URI, &text);
    let mut slowest = Duration::ZERO;
    let mut answered = 0;
    loop {
        let start = Instant::now();
        let id = client.request("textDocument/codeAction", params.clone());
        client.answer(id);
        // The first one waits until the text itself has come over.
        if answered > 0 {
            slowest = slowest.max(start.elapsed());
        }
        answered += 1;
        if client.has(|message| message["method"] == "textDocument/publishDiagnostics") {
            break;
        }
    }
    assert!(slowest < Duration::from_millis(200), "{slowest:?} after {answered}");
}

#[test]
fn nothing_sent_before_initialized_is_lost() {
    let mut client = Client::start();
    let (id, initialize) = client.request_message("initialize", json!({ "capabilities": {} }));
    client.write(&[
        initialize,
        notification("textDocument/didOpen", opened(URI, "一")),
        notification(
            "textDocument/didChange",
            changed(URI, 2, &[replacement((0, 0), (0, 0), "二")]),
        ),
    ]);
    assert!(client.answer(id)["result"]["capabilities"].is_object());
    client.diagnostics(URI, 2);
}

#[test]
fn odd_answers_do_no_harm() {
    let registers = json!({ "workspace": {
        "configuration": true,
        "didChangeWatchedFiles": { "dynamicRegistration": true },
    } });
    let mut client = Client::initialized(registers);
    let registration = client.next("client/registerCapability");
    let question = client.next("workspace/configuration");
    client.write(&[
        json!({ "jsonrpc": "2.0", "id": registration["id"], "result": null }),
        json!({ "jsonrpc": "2.0", "id": registration["id"], "result": null }),
        json!({ "jsonrpc": "2.0", "id": question["id"], "error": { "code": -32601, "message": "no" } }),
        json!({ "jsonrpc": "2.0", "id": 4711, "result": {} }),
        json!({ "jsonrpc": "2.0", "id": null, "error": { "code": -32700, "message": "?" } }),
    ]);
    client.open(URI, "一");
    client.diagnostics(URI, 1);
    assert_eq!(client.leave().code(), Some(0));
}
