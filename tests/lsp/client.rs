//! A small client: it writes what it is told to, byte for byte in that order, and waits for what it is told to wait for.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// No answer takes as long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A running server and what it has said.
pub(crate) struct Client {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Messages that came while another one was waited for.
    kept: VecDeque<Value>,
    id: i64,
}

/// Reads the server's output only when told to.
pub(crate) struct Undrained {
    output: ChildStdout,
}

impl Client {
    /// Starts a server whose output is read at once.
    pub(crate) fn start() -> Self {
        let (mut client, output) = Self::start_undrained();
        client.drain(output);
        client
    }

    /// Starts a server whose output nobody reads.
    pub(crate) fn start_undrained() -> (Self, Undrained) {
        let mut server = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let input = server.stdin.take();
        let output = server.stdout.take().expect("piped");
        let (_, messages) = channel();
        (Self { server, input, messages, kept: VecDeque::new(), id: 0 }, Undrained { output })
    }

    /// Starts to read what the server says.
    pub(crate) fn drain(&mut self, output: Undrained) {
        let (sender, messages) = channel();
        self.messages = messages;
        std::thread::spawn(move || {
            let mut output = BufReader::new(output.output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
    }

    /// Starts a server and shakes hands, offering `capabilities`.
    pub(crate) fn initialized(capabilities: Value) -> Self {
        let mut client = Self::start();
        client.shake_hands(capabilities);
        client
    }

    /// `initialize`, its answer, `initialized`.
    pub(crate) fn shake_hands(&mut self, capabilities: Value) -> Value {
        let answer = self.ask(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
        );
        self.notify("initialized", json!({}));
        answer
    }

    /// Writes messages in one piece.
    pub(crate) fn write(&mut self, messages: &[Value]) {
        let mut bytes = Vec::new();
        for message in messages {
            let body = message.to_string();
            bytes.extend_from_slice(
                format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes(),
            );
        }
        self.write_raw(&bytes);
    }

    /// Writes anything.
    pub(crate) fn write_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.write(&[notification(method, params)]);
    }

    /// Asks; the answer's id.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> i64 {
        let (id, message) = self.request_message(method, params);
        self.write(&[message]);
        id
    }

    /// A request to be written with other messages.
    pub(crate) fn request_message(&mut self, method: &str, params: Value) -> (i64, Value) {
        self.id += 1;
        (self.id, json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params }))
    }

    /// Asks and waits; panics on an error.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Waits for the answer to `id`.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.expect(&format!("answer to {id}"), |message| {
            message.get("method").is_none() && message["id"] == id
        })
    }

    /// Waits for the next message of `method`.
    pub(crate) fn next(&mut self, method: &str) -> Value {
        self.expect(method, |message| message["method"] == method)
    }

    /// Waits for the diagnostics of exactly this version.
    pub(crate) fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let message = self.expect(&format!("diagnostics of {uri} {version}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && message["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// Waits until a closed document is cleared.
    pub(crate) fn diagnostics_of_closed(&mut self, uri: &str) {
        let cleared = self.next_diagnostics(uri);
        assert_eq!(cleared["diagnostics"], json!([]), "{cleared}");
    }

    /// Waits for the next diagnostics of a document, whatever the version.
    pub(crate) fn next_diagnostics(&mut self, uri: &str) -> Value {
        let message = self.expect(&format!("diagnostics of {uri}"), |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
        });
        message["params"].clone()
    }

    /// Waits for a message; those before it are kept.
    pub(crate) fn expect(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at).expect("just found");
        }
        let end = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) if wanted(&message) => return message,
                Ok(message) => self.kept.push_back(message),
                Err(RecvTimeoutError::Timeout) => panic!("no {what}; kept {:?}", self.kept),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the server left before {what}; kept {:?}", self.kept)
                }
            }
        }
    }

    /// Whether such a message has come already.
    pub(crate) fn has(&mut self, wanted: impl Fn(&Value) -> bool) -> bool {
        self.kept.extend(self.messages.try_iter());
        self.kept.iter().any(wanted)
    }

    /// Drops what has come and was not waited for.
    pub(crate) fn forget(&mut self) {
        self.kept.clear();
    }

    /// The server's process.
    pub(crate) fn id(&self) -> u32 {
        self.server.id()
    }

    /// Everything that arrives within `quiet` of the message before it.
    pub(crate) fn rest(&mut self, quiet: Duration) -> Vec<Value> {
        let mut all: Vec<Value> = self.kept.drain(..).collect();
        while let Ok(message) = self.messages.recv_timeout(quiet) {
            all.push(message);
        }
        all
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.notify("textDocument/didOpen", opened(uri, text));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: &[Value]) {
        self.notify("textDocument/didChange", changed(uri, version, changes));
    }

    /// `shutdown`, its answer, `exit`; the status.
    pub(crate) fn leave(mut self) -> ExitStatus {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.exit_status()
    }

    /// Waits for the server to leave, with its input still open.
    pub(crate) fn exit_status(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.server.try_wait().expect("our own child") {
                return status;
            }
            assert!(Instant::now() < end, "the server does not leave");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Closes the server's input.
    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Our own child only; it may be gone.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        length =
            line.strip_prefix("Content-Length: ").and_then(|length| length.parse().ok()).or(length);
    }
    let mut body = vec![0; length.expect("a length")];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

pub(crate) fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

pub(crate) fn opened(uri: &str, text: &str) -> Value {
    json!({ "textDocument": { "uri": uri, "languageId": "plaintext", "version": 1, "text": text } })
}

pub(crate) fn changed(uri: &str, version: i32, changes: &[Value]) -> Value {
    json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes })
}

/// A replacement from (line, column) to (line, column).
pub(crate) fn replacement(start: (u32, u32), end: (u32, u32), text: &str) -> Value {
    json!({ "range": range(start, end), "text": text })
}

pub(crate) fn range(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({ "start": { "line": start.0, "character": start.1 }, "end": { "line": end.0, "character": end.1 } })
}

/// A client that asks for its diagnostics.
pub(crate) fn pulling() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

/// The parameters of a request about a position.
pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

/// The parameters of a request about a document.
pub(crate) fn of(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}
