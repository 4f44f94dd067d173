//! After any edits the diagnostics are those of the text, read anew: by core, and by the server in a document that it opens.

use std::sync::Arc;

use gouji_core::engine::{Engine, Settings};
use gouji_core::form::skeleton::SkeletonLayout;
use gouji_core::rules::Severity;
use gouji_core::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::client::{Client, of, replacement};
use crate::texts;

const URI: &str = "file:///a.txt";
/// The same text, opened anew after every edit.
const FRESH: &str = "file:///b.txt";
/// Notifications of a session.
const EDITS: i32 = 200;

#[derive(Clone, Copy)]
enum Unit {
    Utf8,
    Utf16,
    Utf32,
}

#[test]
fn in_utf_8() {
    session("utf-8", Unit::Utf8, SkeletonLayout::Pipes, "\r\n", 1);
}

#[test]
fn in_utf_16() {
    session("utf-16", Unit::Utf16, SkeletonLayout::Tabs, "\r\n", 2);
}

#[test]
fn in_utf_32() {
    session("utf-32", Unit::Utf32, SkeletonLayout::Markdown, "\n", 3);
}

/// Notifications of up to three changes each, some of which undo others, with the diagnostics after every one.
fn session(encoding: &str, unit: Unit, layout: SkeletonLayout, line_break: &str, seed: u64) {
    let mut client = Client::initialized(json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
    }));
    let mut random = Random(seed);
    // Marks with findings at both ends, so that every edit between them has to leave one and to move the other.
    let report = texts::report("青石县水利局", layout);
    let (title, rest) = report.split_once('\n').expect("a title");
    let mark = "<!-- gouji-ignore no-such-rule: 甲 -->";
    let saved = format!("{title}\n{mark}\n{rest}{mark}\n").replace('\n', line_break);
    let mut text = saved.clone();
    let mut undo: Vec<(usize, usize, String)> = Vec::new();
    client.open(URI, &text);
    let mut found = 0;
    for version in 2..2 + EDITS {
        let mut changes = Vec::new();
        for _ in 0..=random.below(3) {
            let back = if random.below(4) == 0 { undo.pop() } else { None };
            let (start, end, insert) = back.clone().unwrap_or_else(|| random.edit(&text));
            changes.push(if random.below(25) == 0 {
                json!({ "text": format!("{}{insert}{}", &text[..start], &text[end..]) })
            } else {
                replacement(position(&text, start, unit), position(&text, end, unit), &insert)
            });
            if back.is_none() {
                undo.push((start, start + insert.len(), text[start..end].to_owned()));
            }
            text.replace_range(start..end, &insert);
        }
        client.change(URI, version, &changes);
        let shown = client.diagnostics(URI, version);
        let expected = read_anew(&text, text != saved, unit);
        found += expected.len();
        assert_eq!(
            shown.iter().map(key).collect::<Vec<_>>(),
            expected,
            "seed {seed}, version {version}, after {changes:?}"
        );
        client.open(FRESH, &text);
        let fresh = client.diagnostics(FRESH, 1);
        client.notify("textDocument/didClose", of(FRESH));
        client.diagnostics_of_closed(FRESH);
        assert_eq!(
            whole(&shown, URI),
            whole(&fresh, FRESH),
            "seed {seed}, version {version}, after {changes:?}"
        );
    }
    assert!(found > EDITS as usize, "only {found} findings: the edits show nothing");
}

/// Everything that a user sees of the findings of `text`, the worst first.
fn read_anew(text: &str, draft: bool, unit: Unit) -> Vec<Value> {
    let mut snapshot = Snapshot::new(text, Arc::new(Settings::new(Engine::builtin())));
    snapshot.set_draft(draft);
    let mut found: Vec<_> = snapshot.findings().collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.severity()));
    let row = |found: gouji_core::snapshot::Found<'_>| {
        let range = crate::client::range(
            position(text, found.range().start, unit),
            position(text, found.range().end, unit),
        );
        let severity = match found.severity() {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Info => 3,
            Severity::Hint => 4,
        };
        json!([range, severity, found.rule().id, found.finding.message])
    };
    found.into_iter().map(row).collect()
}

/// All that is shown, without the document's name, and without what an unsaved draft has of its own: the severity of what it lacks, and the order.
fn whole(diagnostics: &[Value], uri: &str) -> Vec<String> {
    let plain = |diagnostic: &Value| {
        let mut diagnostic = diagnostic.clone();
        diagnostic["severity"] = Value::Null;
        diagnostic.to_string().replace(uri, "")
    };
    let mut all: Vec<_> = diagnostics.iter().map(plain).collect();
    all.sort();
    all
}

fn key(diagnostic: &Value) -> Value {
    json!([diagnostic["range"], diagnostic["severity"], diagnostic["code"], diagnostic["message"]])
}

/// Line and column of an offset, counted without any help of the program under test.
fn position(text: &str, offset: usize, unit: Unit) -> (u32, u32) {
    let (mut line, mut start) = (0, 0);
    let bytes = text.as_bytes();
    for at in 0..offset {
        let ends_line = match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        if ends_line {
            line += 1;
            start = at + 1;
        }
    }
    let column = match unit {
        Unit::Utf8 => offset - start,
        Unit::Utf16 => text[start..offset].encode_utf16().count(),
        Unit::Utf32 => text[start..offset].chars().count(),
    };
    (line, column as u32)
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// An edit at whole characters, not between CR and LF, where no position is.
    fn edit(&mut self, text: &str) -> (usize, usize, String) {
        const PIECES: &[&str] = &[
            "1",
            "20",
            "0",
            "\n",
            "\r\n",
            "\t",
            "|",
            " ",
            "，",
            "𠮷",
            "e\u{301}",
            "👨‍👩‍👧",
            "３",
            "一、总体情况\n",
            "三、收到和处理政府信息公开申请情况\n",
            "<!-- gouji-ignore no-such-rule: 甲 -->\n",
            "<!-- gouji-ignore unknown-suppression: 乙 -->\n",
            "<!-- gouji-ignore-file nothing: 丙 -->\n",
            "（七）总计",
            "新收政府信息公开申请3件，",
            "",
        ];
        let whole = |mut at: usize| {
            while !text.is_char_boundary(at)
                || (at > 0 && text.as_bytes().get(at - 1..=at) == Some(b"\r\n"))
            {
                at -= 1;
            }
            at
        };
        let start = self.below(text.len() + 1);
        let length = if self.below(2) == 0 { 0 } else { self.below(40) };
        let (start, end) = (whole(start), whole((start + length).min(text.len())));
        (start, end, PIECES[self.below(PIECES.len())].to_owned())
    }
}
