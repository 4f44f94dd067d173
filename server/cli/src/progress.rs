//! The progress bar, for someone who waits at a terminal.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Fewer files are done before a bar could be read.
const MANY: usize = 300;

/// A bar for `files` files, or none.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    pub(crate) fn new(files: usize, quiet: bool) -> Self {
        if quiet || files <= MANY || !stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
        if let Ok(style) =
            ProgressStyle::with_template("已检查 {pos}/{len} 个文件 {wide_bar} 剩余 {eta}")
        {
            bar.set_style(style);
        }
        Self(Some(bar))
    }

    /// One more file is done; `print` writes what it has to say, with the bar out of the way.
    pub(crate) fn step<R>(&self, prints: bool, print: impl FnOnce() -> R) -> R {
        let Some(bar) = &self.0 else { return print() };
        bar.inc(1);
        if prints { bar.suspend(print) } else { print() }
    }

    /// Whether there is a bar, between whose pictures output must be whole.
    pub(crate) fn is_shown(&self) -> bool {
        self.0.is_some()
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
