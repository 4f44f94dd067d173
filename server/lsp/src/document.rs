//! An open document: its text, its result, and what was edited since.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gouji_core::engine::Settings;
use gouji_core::snapshot::Snapshot;
use gouji_core::text::{Encoding, Text};
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem};

use crate::checked::Checked;
use crate::convert;
use crate::diagnostics::Diagnostics;
use crate::patch::Patch;

/// An open document. An edit changes the text and notes where, which takes a microsecond; the checks catch up later.
pub(crate) struct Document {
    pub(crate) text: Text,
    pub(crate) version: i32,
    /// Whether the client opened it as Markdown.
    pub(crate) is_markdown: bool,
    /// Tells one opening of a URI from the next.
    pub(crate) opened: u64,
    /// The result for `text`.
    pub(crate) result: Outcome,
    /// The text when it was last saved, and what was edited since.
    saved: (Text, Patch),
    read: Read,
}

/// The result for a version.
#[derive(Clone)]
pub(crate) enum Outcome {
    /// The version is still to be checked.
    Pending,
    /// It has been checked.
    Checked(Arc<Checked>),
    /// It will not be checked: the check panicked, or the file is gone.
    None,
}

/// The input of a check.
#[derive(Clone)]
pub(crate) struct Read {
    text: Text,
    /// The state of the last check.
    last: Option<Snapshot>,
    /// What was edited since.
    pending: Patch,
    /// The current text, bound but not checked, if a request has asked for it.
    bound: Option<Snapshot>,
    draft: bool,
    /// The diagnostics that were last published or pulled.
    pub(crate) diagnostics: Arc<Diagnostics>,
}

impl Document {
    /// A document that has just been opened, taken to equal its file.
    pub(crate) fn new(item: &TextDocumentItem, opened: u64) -> Self {
        let text = Text::new(&item.text);
        let read = Read {
            text: text.clone(),
            last: None,
            pending: Patch::default(),
            bound: None,
            draft: false,
            diagnostics: Arc::default(),
        };
        Self {
            saved: (text.clone(), Patch::default()),
            text,
            version: item.version,
            is_markdown: item.language_id == "markdown",
            opened,
            result: Outcome::Pending,
            read,
        }
    }

    /// Applies changes in order, each to the text that the one before has left.
    pub(crate) fn change(
        &mut self,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) {
        self.read.bound = None;
        for change in changes {
            let (range, insert) = match change.range {
                Some(range) => {
                    (convert::byte_range(&self.text, range, encoding), change.text.as_str())
                }
                None => difference(&self.text, &change.text),
            };
            let range = self.text.edit(range, insert);
            self.saved.1.edit(&range, insert.len());
            self.read.pending.edit(&range, insert.len());
        }
        self.version = version;
    }

    /// Takes note that the file equals the document.
    pub(crate) fn save(&mut self) {
        self.saved = (self.text.clone(), Patch::default());
    }

    /// The input of a check of the current text. Edits from now on are collected anew; [`Document::end_reading`] brings the result back.
    pub(crate) fn begin_reading(&mut self) -> Read {
        let (saved, edits) = &mut self.saved;
        // A document whose edits were all undone is no draft.
        let draft = edits.differs(saved, &self.text);
        let pending = std::mem::take(&mut self.read.pending);
        let (last, bound) = (self.read.last.take(), self.read.bound.take());
        let diagnostics = self.read.diagnostics.clone();
        Read { text: self.text.clone(), last, pending, bound, draft, diagnostics }
    }

    /// The current text, bound but not checked; `None` before the first check and during one.
    pub(crate) fn bound(&mut self) -> Option<Snapshot> {
        if self.read.bound.is_some() {
            return self.read.bound.clone();
        }
        let last = self.read.last.as_ref()?;
        let hunks = self.read.pending.differences(last.text(), &self.text);
        let edits = hunks.into_iter().rev().map(|hunk| (hunk.old, self.text.slice(hunk.new)));
        let edits: Vec<_> = edits.collect();
        let bound = last.bound(edits.iter().map(|(range, insert)| (range.clone(), &**insert)));
        self.read.bound = Some(bound.clone());
        Some(bound)
    }

    /// Takes the result of a check, `None` after a panic. Edits made during the check are still to be read.
    pub(crate) fn end_reading(&mut self, checked: Option<&Checked>) {
        self.read.last = checked.map(|checked| checked.snapshot.clone());
        self.read.diagnostics =
            checked.map(|checked| checked.diagnostics.clone()).unwrap_or_default();
    }
}

impl Read {
    /// Reads the text, incrementally if the last state was read with the same settings.
    pub(crate) fn snapshot(self, settings: &Arc<Settings>) -> Snapshot {
        let last = self.last.filter(|last| Arc::ptr_eq(last.settings(), settings));
        let edited = last.and_then(|mut snapshot| {
            // After a panic on the way the text is read as a whole.
            let edit = || {
                if let Some(done) = self.bound.and_then(|bound| snapshot.completed(bound)) {
                    return done;
                }
                let old = snapshot.text().clone();
                // From the end, so that the offsets of the remaining hunks stay right.
                for hunk in self.pending.differences(&old, &self.text).into_iter().rev() {
                    snapshot.edit(hunk.old, &self.text.slice(hunk.new));
                }
                snapshot
            };
            catch_unwind(AssertUnwindSafe(edit)).ok()
        });
        let mut snapshot =
            edited.unwrap_or_else(|| Snapshot::new(&self.text.to_string(), settings.clone()));
        snapshot.set_draft(self.draft);
        snapshot
    }
}

/// The smallest single edit that turns `old` into `new`, so that clients that send whole texts get incremental checks too.
fn difference<'a>(old: &Text, new: &'a str) -> (Range<usize>, &'a str) {
    let old = old.to_string();
    let same = |(one, other): &(u8, u8)| one == other;
    let mut start = old.bytes().zip(new.bytes()).take_while(same).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let rest = old.len().min(new.len()) - start;
    let mut end = old.bytes().rev().zip(new.bytes().rev()).take(rest).take_while(same).count();
    while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
        end -= 1;
    }
    (start..old.len() - end, &new[start..new.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_two_texts_is_one_edit_between_characters() {
        for (old, new) in [
            ("", ""),
            ("一二三", "一二三"),
            ("一二三", "一三"),
            ("aaa", "aa"),
            ("中", "丮"), // they share their first two bytes
            ("a中b", "a文b"),
            ("a\r\nb", "a\nb"),
        ] {
            let mut text = Text::new(old);
            let (range, insert) = difference(&text, new);
            assert_eq!(text.edit(range.clone(), insert), range);
            assert_eq!(text.to_string(), new);
        }
    }
}
