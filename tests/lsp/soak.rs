//! A long day: documents are opened, edited, asked about and closed, and the server's memory stays what it was.

use gouji_core::form::skeleton::SkeletonLayout;
use serde_json::{Value, json};

use crate::client::{Client, at, changed, notification, of, opened, replacement};
use crate::texts;

/// Documents that are open in turn.
const DOCUMENTS: usize = 4;
/// Edits between opening and closing.
const SITTING: usize = 250;
/// Memory may grow by so many kilobytes after the warm-up, and by a tenth.
const SLACK: u64 = 3 * 1024;

/// Edits of a run: `GOUJI_TEST_EDITS`, or a few.
fn edits() -> usize {
    std::env::var("GOUJI_TEST_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A document, its lines and what can be undone.
struct Document {
    uri: String,
    lines: Vec<u32>,
    version: i32,
    typed: Vec<(u32, u32)>,
}

impl Document {
    fn new(at: usize) -> (Self, Value) {
        let layouts = [SkeletonLayout::Pipes, SkeletonLayout::Tabs, SkeletonLayout::Markdown];
        let text = texts::report("青石县水利局", layouts[at % 3]);
        let lines = text.lines().map(|line| line.encode_utf16().count() as u32).collect();
        let document = Self {
            uri: format!("file:///soak/{}.txt", at % DOCUMENTS),
            lines,
            version: 1,
            typed: Vec::new(),
        };
        let open = notification("textDocument/didOpen", opened(&document.uri, &text));
        (document, open)
    }

    /// Types a character somewhere, or takes one back: the text stays about as long as it was.
    fn edit(&mut self, random: &mut Random) -> Value {
        self.version += 1;
        let change = if self.typed.len() > 8 {
            let (line, column) = self.typed.pop().unwrap_or_default();
            self.lines[line as usize] -= 1;
            replacement((line, column), (line, column + 1), "")
        } else {
            let line = random.below(self.lines.len());
            let column = random.below(self.lines[line] as usize + 1) as u32;
            let place = (line as u32, column);
            // Undone last in, first out: what was typed before in that line has not moved when its turn comes.
            self.typed.push(place);
            self.lines[line] += 1;
            replacement(place, place, ["1", "0", "的", "|", " ", "年"][random.below(6)])
        };
        notification("textDocument/didChange", changed(&self.uri, self.version, &[change]))
    }

    fn ask(&self, client: &mut Client, random: &mut Random) {
        let line = random.below(self.lines.len()) as u32;
        let (place, of) = (at(&self.uri, line, self.lines[line as usize] / 2), of(&self.uri));
        match random.below(6) {
            0 => client.ask("textDocument/hover", place),
            1 => client.ask("textDocument/completion", place),
            2 => client.ask("textDocument/semanticTokens/full", of),
            3 => client.ask("textDocument/documentSymbol", of),
            4 => client.ask("textDocument/linkedEditingRange", place),
            _ => client.ask("textDocument/codeLens", of),
        };
    }
}

/// Resident memory in kilobytes.
#[cfg(target_os = "linux")]
fn memory(client: &Client) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", client.id())).expect("alive");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
#[cfg(target_os = "linux")]
fn memory_is_flat_over_a_long_day() {
    let all = edits();
    let mut client = Client::initialized(json!({}));
    let mut random = Random(7);
    let (mut done, mut sittings, mut warm) = (0, 0, 0);
    while done < all {
        let (mut document, open) = Document::new(sittings);
        sittings += 1;
        client.write(&[open]);
        client.diagnostics(&document.uri, 1);
        let mut sat = 0;
        while sat < SITTING {
            // As fast as a typist, or in bursts.
            let count = if random.below(3) == 0 { 1 + random.below(40) } else { 1 };
            let messages: Vec<Value> = (0..count).map(|_| document.edit(&mut random)).collect();
            client.write(&messages);
            client.diagnostics(&document.uri, document.version);
            client.forget();
            document.ask(&mut client, &mut random);
            sat += count;
        }
        done += sat;
        // Some stay open and are opened anew later: a client may do that.
        if random.below(4) > 0 {
            client.notify("textDocument/didClose", of(&document.uri));
        }
        if warm == 0 && done * 4 >= all {
            warm = memory(&client);
        }
    }
    let end = memory(&client);
    assert!(
        end <= warm + warm / 10 + SLACK,
        "{warm} kB after {} edits, {end} kB after {done}",
        all / 4
    );
    assert_eq!(client.leave().code(), Some(0));
}
