//! What is wrong with a form's file.

/// One thing wrong with a form's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// The key from the file's root: `relation[requests-balance].equation`. An element of a list is named by its id, else by its position from 1.
    pub key: String,
    /// What was found, what was expected, and the nearest valid name where there is one. Chinese.
    pub message: String,
}

/// Collects problems and turns bytes into lines.
pub(super) struct Problems<'a> {
    source: &'a str,
    found: Vec<Problem>,
    /// The form is one of gouji's own, which a test has read as a user's: what takes long to look for is not looked for at every start.
    pub(super) trusted: bool,
}

impl<'a> Problems<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, found: Vec::new(), trusted: false }
    }

    /// For a form of gouji's own, whose places are not kept.
    pub(super) fn of_own() -> Self {
        Self { source: "", found: Vec::new(), trusted: true }
    }

    /// Reports `message` about `key` at byte `start`.
    pub(super) fn push(
        &mut self,
        start: usize,
        key: impl Into<String>,
        message: impl Into<String>,
    ) {
        let line = self.line(start);
        self.found.push(Problem { line, key: key.into(), message: message.into() });
    }

    /// The line of byte `start`, counted from 1.
    pub(super) fn line(&self, start: usize) -> usize {
        let before = &self.source.as_bytes()[..start.min(self.source.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// Has anything been reported?
    pub(super) fn any(&self) -> bool {
        !self.found.is_empty()
    }

    /// All problems in the order of the file, or none.
    pub(super) fn finish(mut self) -> Result<(), Vec<Problem>> {
        self.found.sort();
        self.found.dedup();
        if self.found.is_empty() { Ok(()) } else { Err(self.found) }
    }
}
