//! Cuts the stream into messages and lets through only those that `tower_lsp` can parse: at any other its reader would end for good.

use std::borrow::Cow;

use serde::Deserialize;

use super::direct::{self, Direct};

/// The deepest nesting that the JSON parser accepts.
const DEPTH: usize = 127;

/// Bytes of the longest body: the largest document is as long.
const LONGEST: usize = 1 << 30;
/// Bytes of the longest header. What goes on for longer is not one.
const HEADER: usize = 1 << 16;
/// The header field that says how long the body is, in lower case.
const LENGTH: &str = "content-length:";

/// Bytes that have arrived and are not yet a whole message.
#[derive(Default)]
pub(super) struct Frames {
    bytes: Vec<u8>,
}

/// What has arrived.
#[derive(Debug)]
pub(super) enum Arrival {
    /// Whole messages for `tower_lsp`, each with a new header.
    Messages(Vec<u8>),
    /// A message that is parsed here.
    Direct(Direct),
    /// A message that was dropped.
    Fault(Fault),
}

/// Why a message was dropped.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not JSON.
    Unreadable,
    /// It is JSON, but not a message of JSON-RPC.
    NoMessage,
}

impl Fault {
    /// The error to answer with. Its id is null: which request it belongs to is unknown.
    pub(super) fn answer(&self) -> Vec<u8> {
        let (code, message) = match self {
            Self::Unreadable => (-32700, "Parse error"),
            Self::NoMessage => (-32600, "Invalid request"),
        };
        let body = format!(
            r#"{{"jsonrpc":"2.0","id":null,"error":{{"code":{code},"message":"{message}"}}}}"#
        );
        framed(body.as_bytes())
    }
}

impl Frames {
    /// Takes what has arrived; returns what is whole, in order.
    pub(super) fn take(&mut self, arrived: &[u8]) -> Vec<Arrival> {
        self.bytes.extend_from_slice(arrived);
        let mut whole = Vec::new();
        let mut at = 0;
        while let Some((header, length)) = self.header(at) {
            let Some(length) = length.filter(|length| *length <= LONGEST) else {
                whole.push(Arrival::Fault(Fault::Unreadable));
                at += header;
                continue;
            };
            let Some(body) = self.bytes.get(at + header..).and_then(|rest| rest.get(..length))
            else {
                break;
            };
            match (read(body), whole.last_mut()) {
                (Some(read), _) => whole.push(read),
                (None, Some(Arrival::Messages(all))) => all.extend_from_slice(&framed(body)),
                (None, _) => whole.push(Arrival::Messages(framed(body))),
            }
            at += header + length;
        }
        self.bytes.drain(..at);
        if self.bytes.is_empty() {
            // Give back the memory of a large message: documents of a megabyte are rare.
            self.bytes.shrink_to(1 << 16);
        }
        whole
    }

    /// Length of the header at `at` and of the body that it announces; `None` until the header is complete. The last `Content-Length` before the blank
    /// line counts: text before it may be the rest of a body that was longer than its own header said, and the next message is found all the same.
    fn header(&self, at: usize) -> Option<(usize, Option<usize>)> {
        let rest = &self.bytes[at..];
        let Some(end) = rest.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
            return (rest.len() > HEADER).then(|| (rest.len() - 3, None));
        };
        let header = String::from_utf8_lossy(&rest[..end]).to_ascii_lowercase();
        let length = header.rfind(LENGTH).and_then(|at| {
            let value = header[at + LENGTH.len()..].lines().next().unwrap_or_default();
            value.trim().parse().ok()
        });
        Some((end + 4, length))
    }
}

/// A message with its header.
pub(super) fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend_from_slice(body);
    message
}

/// What becomes of a message; `None` for one that `tower_lsp` is to parse.
fn read(body: &[u8]) -> Option<Arrival> {
    let Ok(text) = simdutf8::basic::from_utf8(body) else {
        return Some(Arrival::Fault(Fault::Unreadable));
    };
    let direct = direct::read(text).map(Arrival::Direct);
    direct.or_else(|| fault(text).map(Arrival::Fault))
}

fn fault(body: &str) -> Option<Fault> {
    #[derive(Deserialize)]
    struct Message<'a> {
        #[serde(borrow)]
        jsonrpc: Cow<'a, str>,
        #[serde(borrow, default)]
        #[allow(dead_code)] // read for its type
        method: Cow<'a, str>,
        #[serde(borrow, default)]
        #[allow(dead_code)] // read for its type
        id: Option<Id<'a>>,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id<'a> {
        #[allow(dead_code)] // read for its type
        Number(i64),
        #[allow(dead_code)] // read for its type
        Text(#[serde(borrow)] Cow<'a, str>),
    }
    if too_deep(body.as_bytes()) {
        return Some(Fault::Unreadable);
    }
    match serde_json::from_str::<Message<'_>>(body) {
        Ok(message) if message.jsonrpc == "2.0" => None,
        Err(error) if !error.is_data() => Some(Fault::Unreadable),
        _ => Some(Fault::NoMessage),
    }
}

/// Whether brackets nest too deeply. The exact count is made only if there are enough of them.
fn too_deep(body: &[u8]) -> bool {
    if body.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() <= DEPTH {
        return false;
    }
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    body.iter().any(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEPTH
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The messages that go on to `tower_lsp`, and what was wrong with the others.
    fn take(frames: &mut Frames, arrived: &[u8]) -> (Vec<u8>, Vec<Fault>) {
        let (mut messages, mut faults) = (Vec::new(), Vec::new());
        for arrival in frames.take(arrived) {
            match arrival {
                Arrival::Messages(all) => messages.extend(all),
                Arrival::Fault(fault) => faults.push(fault),
                Arrival::Direct(read) => panic!("{read:?}"),
            }
        }
        (messages, faults)
    }

    fn message(body: &str) -> Vec<u8> {
        framed(body.as_bytes())
    }

    #[test]
    fn whole_messages_come_out_however_they_arrive() {
        let one = message(r#"{"jsonrpc":"2.0","method":"一"}"#);
        let two = message(r#"{"jsonrpc":"2.0","id":"a","result":null}"#);
        let all = [&one[..], &two[..]].concat();
        for size in [1, 2, 7, all.len()] {
            let mut frames = Frames::default();
            let mut out = Vec::new();
            for piece in all.chunks(size) {
                let (messages, faults) = take(&mut frames, piece);
                assert_eq!(faults, []);
                out.extend(messages);
            }
            assert_eq!(out, all);
        }
    }

    #[test]
    fn headers_are_read_as_other_servers_read_them() {
        let body = r#"{"jsonrpc":"2.0","method":"a"}"#;
        let arrived = format!(
            "content-type: application/vscode-jsonrpc\r\ncontent-length:{}\r\n\r\n{body}",
            body.len()
        );
        assert_eq!(take(&mut Frames::default(), arrived.as_bytes()), (message(body), vec![]));
    }

    #[test]
    fn what_is_no_message_is_left_out() {
        let good = message(r#"{"jsonrpc":"2.0","method":"a","id":-1}"#);
        let deep = format!(
            r#"{{"jsonrpc":"2.0","method":"a","params":{}{}}}"#,
            "[".repeat(200),
            "]".repeat(200)
        );
        for (body, fault) in [
            ("{\"jsonrpc", Fault::Unreadable),
            ("", Fault::Unreadable),
            ("[]", Fault::NoMessage),
            ("{}", Fault::NoMessage),
            (r#"{"jsonrpc":"1.0","method":"a"}"#, Fault::NoMessage),
            (r#"{"jsonrpc":"2.0","method":1}"#, Fault::NoMessage),
            (r#"{"jsonrpc":"2.0","method":"a","id":1.5}"#, Fault::NoMessage),
            (&deep, Fault::Unreadable),
        ] {
            let arrived = [message(body), good.clone()].concat();
            assert_eq!(
                take(&mut Frames::default(), &arrived),
                (good.clone(), vec![fault]),
                "{body}"
            );
        }
        let arrived = [
            &message("\u{0}")[..],
            b"Content-Length: x\r\n\r\n",
            &framed(b"\"\xff\"")[..],
            &good[..],
        ]
        .concat();
        let (messages, faults) = take(&mut Frames::default(), &arrived);
        assert_eq!((messages, faults.len()), (good, 3));
    }

    #[test]
    fn the_next_message_is_found_after_a_length_that_lies() {
        let body = r#"{"jsonrpc":"2.0","method":"a"}"#;
        let good = message(body);
        for wrong in [0, 5, body.len() - 1, body.len() + 1, body.len() + 30] {
            let lie = format!("Content-Length: {wrong}\r\n\r\n{body}");
            let mut frames = Frames::default();
            let (mut messages, faults) =
                take(&mut frames, &[lie.as_bytes(), &good.repeat(4)].concat());
            messages.extend(take(&mut frames, &good).0);
            assert!(!faults.is_empty(), "{wrong}");
            // One that was read as the end of the lie is lost, no more.
            assert!(messages.len() >= 3 * good.len() && messages.ends_with(&good), "{wrong}");
        }
    }

    #[test]
    fn what_could_never_end_is_given_up() {
        let good = message(r#"{"jsonrpc":"2.0","method":"a"}"#);
        let endless = [b"Content-Length: 99999999999999999\r\n\r\n", &good[..]].concat();
        let (messages, faults) = take(&mut Frames::default(), &endless);
        assert_eq!((messages, faults.len()), (good.clone(), 1));
        let mut frames = Frames::default();
        assert_eq!(take(&mut frames, &vec![b'x'; 1 << 17]).1.len(), 1);
        assert_eq!(take(&mut frames, &good), (good, vec![]));
    }

    #[test]
    fn brackets_in_text_are_no_nesting() {
        let body = format!(r#"{{"jsonrpc":"2.0","method":"a","params":"{}\""}}"#, "[{".repeat(300));
        assert_eq!(take(&mut Frames::default(), &message(&body)), (message(&body), vec![]));
    }

    #[test]
    fn an_edit_stands_between_the_messages_around_it() {
        let other = message(r#"{"jsonrpc":"2.0","method":"a"}"#);
        let edit = r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a","version":2},"contentChanges":[{"text":"一"}]}}"#;
        let arrived = [&other[..], &other, &message(edit), &other].concat();
        let whole = Frames::default().take(&arrived);
        let [Arrival::Messages(two), Arrival::Direct(Direct::Edit(read)), Arrival::Messages(one)] =
            &whole[..]
        else {
            panic!("{whole:?}");
        };
        assert_eq!((two.len(), one.len()), (2 * other.len(), other.len()));
        assert_eq!((read.text_document.version, &*read.content_changes[0].text), (2, "一"));
    }
}
