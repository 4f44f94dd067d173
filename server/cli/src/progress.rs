//! The progress line on a terminal: how many files are done, and how long the rest will take.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// The most files that are checked without a progress line: they are done before it could be read.
const MANY: usize = 300;
/// Least time between two updates of the line.
const PAUSE: Duration = Duration::from_millis(100);
/// Moves the cursor to the beginning of the line, and erases the line.
const CLEAR: &str = "\r\x1b[2K";

/// The progress line, if one is shown.
pub(crate) struct Progress(Option<Line>);

struct Line {
    files: usize,
    done: usize,
    start: Instant,
    /// When it was last drawn.
    drawn: Instant,
}

impl Progress {
    pub(crate) fn new(files: usize, quiet: bool) -> Self {
        if quiet || files <= MANY || !stderr().is_terminal() {
            return Self(None);
        }
        let now = Instant::now();
        Self(Some(Line { files, done: 0, start: now, drawn: now }))
    }

    /// Counts one more file, and calls `print` to write its output with the line out of the way. `prints` says whether it will write anything.
    pub(crate) fn step<R>(&mut self, prints: bool, print: impl FnOnce() -> R) -> R {
        let Some(line) = &mut self.0 else { return print() };
        line.done += 1;
        if prints {
            write(CLEAR);
        }
        let printed = print();
        if prints || line.drawn.elapsed() >= PAUSE {
            line.drawn = Instant::now();
            write(&format!("{CLEAR}{}", line.text(line.start.elapsed())));
        }
        printed
    }

    /// Whether there is a line. Then output must be flushed before the line is drawn again.
    pub(crate) fn is_shown(&self) -> bool {
        self.0.is_some()
    }

    /// Erases the line.
    pub(crate) fn finish(&self) {
        if self.is_shown() {
            write(CLEAR);
        }
    }
}

impl Line {
    /// The text of the line after `passed`. The rest is expected to take as long per file as what is done.
    fn text(&self, passed: Duration) -> String {
        let (done, files) = (self.done, self.files);
        let to_do = files.saturating_sub(done) as u128;
        let left = passed.as_millis() * to_do / done.max(1) as u128 / 1000;
        format!("已检查 {done}/{files} 个文件，约剩 {left} 秒")
    }
}

/// Writes to the terminal. Errors are ignored: if the terminal is gone, nobody is waiting.
fn write(text: &str) {
    let mut terminal = stderr();
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_expected_to_take_as_long_per_file_as_what_is_done() {
        let now = Instant::now();
        let mut line = Line { files: 400, done: 100, start: now, drawn: now };
        assert_eq!(line.text(Duration::from_secs(2)), "已检查 100/400 个文件，约剩 6 秒");
        line.done = 0;
        assert_eq!(line.text(Duration::ZERO), "已检查 0/400 个文件，约剩 0 秒");
    }
}
