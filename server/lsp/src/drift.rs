//! Whether a text under edit differs from the one on the disk, without comparing the two: only what lies between the first and the last edit can
//! differ.

use std::ops::Range;

use gouji_core::text::Text;

/// The text on the disk and what has been edited since.
pub(crate) struct Drift {
    saved: Text,
    /// The part of the saved text that edits have replaced, and the part of the present text that stands for it; the same before and behind.
    edited: Option<(Range<usize>, Range<usize>)>,
}

impl Drift {
    /// Nothing edited yet.
    pub(crate) fn new(saved: Text) -> Self {
        Self { saved, edited: None }
    }

    /// The bytes of `range` were replaced by `length` others.
    pub(crate) fn edit(&mut self, range: &Range<usize>, length: usize) {
        let (old, new) = self.edited.clone().unwrap_or_else(|| (range.clone(), range.clone()));
        let start = new.start.min(range.start);
        let end = new.end.max(range.end);
        // What lies behind `new` has moved by the difference of the two ends.
        let old_end = old.end + (end - new.end);
        self.edited = Some((start..old_end, start..end - range.len() + length));
    }

    /// Whether `present`, to which all edits were made, says something else than the text on the disk.
    pub(crate) fn differs(&mut self, present: &Text) -> bool {
        let Some((old, new)) = &self.edited else { return false };
        let differs =
            old.len() != new.len() || self.saved.slice(old.clone()) != present.slice(new.clone());
        if !differs {
            self.edited = None;
        }
        differs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(saved: &str, edits: &[(Range<usize>, &str)]) -> bool {
        let mut text = Text::new(saved);
        let mut drift = Drift::new(text.clone());
        for (range, insert) in edits {
            let range = text.edit(range.clone(), insert);
            drift.edit(&range, insert.len());
        }
        let differs = drift.differs(&text);
        assert_eq!(differs, text.to_string() != saved);
        differs
    }

    #[test]
    fn undone_is_not_different() {
        assert!(!after("abcdef", &[]));
        assert!(after("abcdef", &[(1..1, "x")]));
        assert!(!after("abcdef", &[(1..1, "x"), (1..2, "")]));
        assert!(!after("abcdef", &[(5..6, "yy"), (0..1, ""), (0..0, "a"), (5..7, "f")]));
        assert!(!after("abcdef", &[(0..6, ""), (0..0, "def"), (0..0, "abc")]));
        assert!(after("abcdef", &[(2..3, ""), (4..4, "z"), (0..0, "q")]));
        assert!(!after("abcdef", &[(4..4, "z"), (0..0, "q"), (0..1, ""), (4..5, "")]));
    }
}
