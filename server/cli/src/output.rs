//! Standard output and standard error. A reader that goes away ends the program quietly.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;

use crate::args::Color;
use crate::exit::Status;

/// Standard output, unbuffered: what is written is whole files' worth. Broken once, it stays silent.
pub(crate) struct Out {
    stdout: io::Stdout,
    status: Option<Status>,
}

impl Out {
    pub(crate) fn new() -> Self {
        Self { stdout: io::stdout(), status: None }
    }

    /// Writes `bytes`; breaks when nobody reads on.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        if self.status.is_none() && !bytes.is_empty() {
            let mut stdout = self.stdout.lock();
            if let Err(error) = stdout.write_all(bytes).and_then(|()| stdout.flush()) {
                self.status = Some(broken(&error));
            }
        }
        if self.status.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// `status`, unless writing ended the program before.
    pub(crate) fn finish(self, status: Status) -> Status {
        self.status.unwrap_or(status)
    }
}

/// Prints to standard output.
pub(crate) fn say_out(text: &str) {
    let mut out = Out::new();
    let _ = out.write(text.as_bytes());
}

/// Prints a line to standard error. There is nowhere to tell that this failed.
pub(crate) fn say_error(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether standard output takes colours.
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

/// `text` with everything that a terminal would act on, or not show at all, made visible.
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

/// Controls, and characters without a shape: zero-width, directional, byte order mark.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `<U+200B>`.
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
