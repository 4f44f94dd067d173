//! An open document: its text, what is known of it, and what has to be found out.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gouji_core::engine::Settings;
use gouji_core::snapshot::Snapshot;
use gouji_core::text::{Encoding, Text};
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem};

use crate::checked::Checked;
use crate::convert;
use crate::patch::Patch;
use crate::shown::Shown;

/// An open document. Edits change its text and nothing else, so that they cost a microsecond; checking catches up with them.
pub(crate) struct Document {
    pub(crate) text: Text,
    pub(crate) version: i32,
    /// The client takes it for Markdown.
    pub(crate) is_markdown: bool,
    /// Tells one opening from the next.
    pub(crate) opened: u64,
    /// The result for `text`.
    pub(crate) result: Outcome,
    /// The text on the disk, and what was edited since.
    saved: (Text, Patch),
    read: Read,
}

/// The result for a version.
#[derive(Clone)]
pub(crate) enum Outcome {
    /// Not there yet.
    Pending,
    /// There.
    Checked(Arc<Checked>),
    /// Neither there nor on its way: after a panic, or when the file is gone.
    None,
}

/// What is to be read for a result.
#[derive(Clone)]
pub(crate) struct Read {
    text: Text,
    /// The last text that was read.
    known: Option<Snapshot>,
    /// What was edited since.
    unread: Patch,
    /// The text with what is bound in it, once a request has asked for that.
    glanced: Option<Snapshot>,
    draft: bool,
    /// What was shown last.
    pub(crate) shown: Arc<Shown>,
}

impl Document {
    /// A document that equals its file.
    pub(crate) fn new(item: &TextDocumentItem, opened: u64) -> Self {
        let text = Text::new(&item.text);
        let read = Read {
            text: text.clone(),
            known: None,
            unread: Patch::default(),
            glanced: None,
            draft: false,
            shown: Arc::default(),
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

    /// Applies changes, each to the text that the one before has left.
    pub(crate) fn change(
        &mut self,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) {
        self.read.glanced = None;
        for change in changes {
            let (range, insert) = match change.range {
                Some(range) => {
                    (convert::byte_range(&self.text, range, encoding), change.text.as_str())
                }
                None => difference(&self.text, &change.text),
            };
            let range = self.text.edit(range, insert);
            self.saved.1.edit(&range, insert.len());
            self.read.unread.edit(&range, insert.len());
        }
        self.version = version;
    }

    /// The file equals the document from now on.
    pub(crate) fn save(&mut self) {
        self.saved = (self.text.clone(), Patch::default());
    }

    /// What has to be read for a result. What is edited from now on is kept apart until [`Document::known`].
    pub(crate) fn begin_reading(&mut self) -> Read {
        let (saved, edits) = &mut self.saved;
        // Undone to what is on the disk, a document is no draft.
        let draft = edits.differs(saved, &self.text);
        let unread = std::mem::take(&mut self.read.unread);
        let (known, glanced) = (self.read.known.take(), self.read.glanced.take());
        let shown = self.read.shown.clone();
        Read { text: self.text.clone(), known, unread, glanced, draft, shown }
    }

    /// The present text with what is bound in it, not checked; `None` while nothing is known of it.
    pub(crate) fn glance(&mut self) -> Option<Snapshot> {
        if self.read.glanced.is_some() {
            return self.read.glanced.clone();
        }
        let known = self.read.known.as_ref()?;
        let hunks = self.read.unread.differences(known.text(), &self.text);
        let edits = hunks.into_iter().rev().map(|hunk| (hunk.old, self.text.slice(hunk.new)));
        let edits: Vec<_> = edits.collect();
        let glance = known.glance(edits.iter().map(|(range, insert)| (range.clone(), &**insert)));
        self.read.glanced = Some(glance.clone());
        Some(glance)
    }

    /// The outcome of reading: the state of then, or nothing after a panic. Edits since are still to be read.
    pub(crate) fn end_reading(&mut self, checked: Option<&Checked>) {
        self.read.known = checked.map(|checked| checked.snapshot.clone());
        self.read.shown = checked.map(|checked| checked.shown.clone()).unwrap_or_default();
    }
}

impl Read {
    /// Reads the text: what was edited since the last time, or everything.
    pub(crate) fn snapshot(self, settings: &Arc<Settings>) -> Snapshot {
        let known = self.known.filter(|known| Arc::ptr_eq(known.settings(), settings));
        let edited = known.and_then(|mut snapshot| {
            // A panic on the way leaves nothing half done: the text is read as a whole.
            let edit = || {
                if let Some(done) = self.glanced.and_then(|glance| snapshot.completed(glance)) {
                    return done;
                }
                let old = snapshot.text().clone();
                // From behind: what lies before stays where it is.
                for hunk in self.unread.differences(&old, &self.text).into_iter().rev() {
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

/// The smallest edit that makes `new` of `old`: clients that send whole texts get incremental checks as well.
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
