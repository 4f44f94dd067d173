//! Coming and going.

use std::io::{Seek, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::client::{Client, pulling};

#[test]
fn the_clients_first_known_encoding_is_taken() {
    for (offers, chosen) in [
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-8", "utf-16"]), "utf-8"),
        (json!(["utf-32", "utf-8", "utf-16"]), "utf-32"),
        (json!(["utf-7", "utf-8"]), "utf-8"),
        (Value::Null, "utf-16"),
    ] {
        let mut client = Client::start();
        let answer = client.shake_hands(json!({ "general": { "positionEncodings": offers } }));
        assert_eq!(answer["capabilities"]["positionEncoding"], chosen);
        assert_eq!(answer["serverInfo"]["name"], "gouji");
    }
}

#[test]
fn diagnostics_are_announced_to_those_who_pull_alone() {
    let pulls = Client::start().shake_hands(pulling());
    assert_eq!(pulls["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    let pushed = Client::start().shake_hands(json!({ "textDocument": { "diagnostic": {} } }));
    assert!(pushed["capabilities"].get("diagnosticProvider").is_none());
}

#[test]
fn what_lsp_types_does_not_know_is_no_hindrance() {
    let mut client = Client::start();
    let params = json!({
        "processId": null,
        "rootUri": "",
        "trace": "loud",
        "capabilities": { "workspace": { "workspaceEdit": { "resourceOperations": ["teleport"] } }, "textDocument": 3 },
    });
    assert!(client.ask("initialize", params)["capabilities"].is_object());
}

#[test]
fn exit_without_shutdown_is_a_failure() {
    let mut client = Client::initialized(json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_status().code(), Some(1));
}

#[test]
fn after_shutdown_nothing_is_answered_any_more() {
    let mut client = Client::initialized(json!({}));
    client.ask("shutdown", Value::Null);
    let id = client.request("textDocument/codeAction", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_status().code(), Some(0));
}

#[test]
fn the_end_of_input_is_the_end_even_while_a_request_is_held_open() {
    let mut client = Client::initialized(pulling());
    client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    client.close_input();
    assert_eq!(client.exit_status().code(), Some(1));
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_leaves_when_its_editor_dies() {
    let mut editor = Command::new("sleep").arg("60").stdin(Stdio::null()).spawn().expect("sleep");
    let mut client = Client::start();
    client.ask("initialize", json!({ "processId": editor.id(), "capabilities": {} }));
    client.notify("initialized", json!({}));
    editor.kill().expect("our own child");
    // Its input is open all the while.
    assert_eq!(client.exit_status().code(), Some(1));
    editor.wait().expect("killed");
}

#[test]
fn unknown_methods_and_broken_messages_are_refused_and_nothing_more() {
    let mut client = Client::initialized(json!({}));
    let id = client.request("gouji/none", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32601);
    client.notify("$/none", json!({}));
    client.write_raw(b"Content-Length: 9\r\n\r\n{\"jsonrpc");
    assert_eq!(
        client.expect("a refusal", |message| message["id"].is_null())["error"]["code"],
        -32700
    );
    assert_eq!(client.leave().code(), Some(0));
}

/// A whole session in one piece.
fn session() -> Vec<u8> {
    let message = |value: Value| {
        let body = value.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    };
    [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }),
        json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }),
        json!({ "jsonrpc": "2.0", "method": "exit" }),
    ]
    .map(message)
    .concat()
}

#[test]
fn a_file_is_an_input_too() {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(&session()).and_then(|()| file.rewind()).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_gouji")).arg("lsp").stdin(file).output();
    let output = output.expect("the server runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains(r#""result":null,"id":2"#));
}

/// Node starts its servers on sockets; with one socket for both ways nothing may stop waiting.
#[test]
#[cfg(unix)]
fn sockets_are_an_input_and_an_output() {
    use std::io::Read;
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;

    for one in [false, true] {
        let (mut ours, theirs) = UnixStream::pair().expect("a pair");
        let (mut answers, output) = UnixStream::pair().expect("a pair");
        let output = if one { theirs.try_clone().expect("a clone") } else { output };
        let mut server = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .arg("lsp")
            .stdin(OwnedFd::from(theirs))
            .stdout(OwnedFd::from(output))
            .spawn()
            .expect("the server starts");
        ours.write_all(&session()).expect("the server reads");
        let mut answer = String::new();
        let reader = if one { &mut ours } else { &mut answers };
        reader.read_to_string(&mut answer).expect("the server answers");
        assert!(answer.contains(r#""result":null,"id":2"#), "{answer}");
        assert_eq!(server.wait().expect("our own child").code(), Some(0));
    }
}
