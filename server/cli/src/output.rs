//! Standard output and standard error. If the reader goes away (`gouji check | head`), the program ends quietly.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;

use crate::args::Color;
use crate::exit::Status;

/// Bytes that are buffered before they are written: one system call for the findings of dozens of files.
const BUFFER: usize = 64 << 10;

/// Standard output, buffered. After a failed write it writes nothing more.
pub(crate) struct Out {
    stdout: io::Stdout,
    waiting: Vec<u8>,
    /// The status that a failed write ends the program with.
    status: Option<Status>,
}

impl Out {
    pub(crate) fn new() -> Self {
        Self { stdout: io::stdout(), waiting: Vec::new(), status: None }
    }

    /// Writes `bytes`, perhaps not at once. Breaks after a failed write.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() < BUFFER { self.state() } else { self.flush() }
    }

    /// Writes what is buffered, so that standard error does not overtake it.
    pub(crate) fn flush(&mut self) -> ControlFlow<()> {
        if self.status.is_none() && !self.waiting.is_empty() {
            let mut stdout = self.stdout.lock();
            if let Err(error) = stdout.write_all(&self.waiting).and_then(|()| stdout.flush()) {
                self.status = Some(broken(&error));
            }
        }
        self.waiting.clear();
        self.state()
    }

    /// Writes what is buffered. Returns `status`, or the status of a failed write.
    pub(crate) fn finish(mut self, status: Status) -> Status {
        let _ = self.flush();
        self.status.unwrap_or(status)
    }

    fn state(&self) -> ControlFlow<()> {
        if self.status.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Prints to standard output.
pub(crate) fn say_out(text: &str) {
    let mut out = Out::new();
    let _ = out.write(text.as_bytes());
    let _ = out.flush();
}

/// Prints a line to standard error. A failure is ignored: there is nowhere to report it.
pub(crate) fn say_error(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether output is coloured: as `--color` says, else on a terminal unless `NO_COLOR` or `TERM=dumb` is set.
pub(crate) fn is_colored(color: Color) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            io::stdout().is_terminal()
                && !set("NO_COLOR")
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// `text` with the characters that a terminal would act on, or not show at all, replaced by their names.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            shown.push_str(&name_of(c));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character is a control, or has no glyph: zero-width, directional, byte order mark.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The name of a character, as in `<U+200B>`.
pub(crate) fn name_of(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

fn broken(error: &io::Error) -> Status {
    if error.kind() == ErrorKind::BrokenPipe {
        return Status::Clean;
    }
    say_error(&format!("无法写到标准输出（{error}）：请检查磁盘空间"));
    Status::Failure
}
