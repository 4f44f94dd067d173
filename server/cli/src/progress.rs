//! What someone who waits at a terminal sees: how many files are done, and how long the rest will take.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// Fewer files are done before a line could be read.
const MANY: usize = 300;
/// Time between two pictures of it.
const PAUSE: Duration = Duration::from_millis(100);
/// To the beginning of the line, and nothing on it.
const CLEAR: &str = "\r\x1b[2K";

/// A line on the terminal, or none.
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

    /// One more file is done; `print` writes what it has to say, with the line out of the way.
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

    /// Whether there is a line, between whose pictures output must be whole.
    pub(crate) fn is_shown(&self) -> bool {
        self.0.is_some()
    }

    /// Takes the line away.
    pub(crate) fn finish(&self) {
        if self.is_shown() {
            write(CLEAR);
        }
    }
}

impl Line {
    /// What it says when the files that are done took so long.
    fn text(&self, passed: Duration) -> String {
        let (done, files) = (self.done, self.files);
        let to_do = files.saturating_sub(done) as u128;
        let left = passed.as_millis() * to_do / done.max(1) as u128 / 1000;
        format!("已检查 {done}/{files} 个文件，约剩 {left} 秒")
    }
}

/// A terminal that is gone has nobody who waits.
fn write(text: &str) {
    let mut terminal = stderr();
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_takes_as_long_as_what_is_done() {
        let now = Instant::now();
        let mut line = Line { files: 400, done: 100, start: now, drawn: now };
        assert_eq!(line.text(Duration::from_secs(2)), "已检查 100/400 个文件，约剩 6 秒");
        line.done = 0;
        assert_eq!(line.text(Duration::ZERO), "已检查 0/400 个文件，约剩 0 秒");
    }
}
