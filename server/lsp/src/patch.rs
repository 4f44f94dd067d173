//! The difference between an earlier text and the current one, kept up to date edit by edit: edits that touch are merged, and edits that were undone are
//! dropped.

use std::ops::Range;

use gouji_core::text::Text;

/// Most hunks that are kept apart. With more, one hunk covers them all, which only costs more to apply.
const MOST: usize = 32;

/// The difference between an earlier text and the current one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patch {
    /// In the order of the text, with at least one unchanged byte between two of them.
    hunks: Vec<Hunk>,
}

/// A range of the earlier text and the range of the current text that has replaced it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hunk {
    /// In the earlier text.
    pub(crate) old: Range<usize>,
    /// In the current text.
    pub(crate) new: Range<usize>,
}

impl Patch {
    /// Takes note that `range` of the current text was replaced by `length` bytes.
    pub(crate) fn edit(&mut self, range: &Range<usize>, length: usize) {
        let first = self.hunks.partition_point(|hunk| hunk.new.end < range.start);
        let last = self.hunks.partition_point(|hunk| hunk.new.start <= range.end);
        let mut hunk = Hunk { old: self.old_of(first, range), new: range.clone() };
        if first < last {
            let (head, tail) = (&self.hunks[first], &self.hunks[last - 1]);
            if head.new.start <= range.start {
                (hunk.old.start, hunk.new.start) = (head.old.start, head.new.start);
            }
            if tail.new.end >= range.end {
                (hunk.old.end, hunk.new.end) = (tail.old.end, tail.new.end);
            } else {
                hunk.old.end = tail.old.end + (range.end - tail.new.end);
            }
        }
        let moved = |offset: usize| offset - range.len() + length;
        hunk.new.end = moved(hunk.new.end);
        for later in &mut self.hunks[last..] {
            later.new = moved(later.new.start)..moved(later.new.end);
        }
        self.hunks.splice(first..last, [hunk]);
        self.collapse();
    }

    /// The hunks whose texts really differ.
    pub(crate) fn differences(&self, old: &Text, new: &Text) -> Vec<Hunk> {
        let differs = |hunk: &&Hunk| {
            hunk.old.len() != hunk.new.len()
                || old.slice(hunk.old.clone()) != new.slice(hunk.new.clone())
        };
        self.hunks.iter().filter(differs).cloned().collect()
    }

    /// Drops the hunks that were undone; returns whether any are left.
    pub(crate) fn differs(&mut self, old: &Text, new: &Text) -> bool {
        self.hunks = self.differences(old, new);
        !self.hunks.is_empty()
    }

    /// Where `range` lies in the earlier text, reckoned from the hunk before it. If a hunk touches `range`, only the start means anything.
    fn old_of(&self, before: usize, range: &Range<usize>) -> Range<usize> {
        let shift = |offset: usize| match before.checked_sub(1).map(|at| &self.hunks[at]) {
            Some(hunk) => hunk.old.end + (offset - hunk.new.end),
            None => offset,
        };
        shift(range.start)..shift(range.end)
    }

    fn collapse(&mut self) {
        if self.hunks.len() > MOST
            && let (Some(first), Some(last)) = (self.hunks.first(), self.hunks.last())
        {
            let hunk =
                Hunk { old: first.old.start..last.old.end, new: first.new.start..last.new.end };
            self.hunks = vec![hunk];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % limit
        }
    }

    /// Applies the differences from the end of the text, as a check does.
    fn patched(old: &Text, patch: &Patch, new: &Text) -> String {
        let mut text = old.clone();
        for hunk in patch.differences(old, new).into_iter().rev() {
            text.edit(hunk.old, &new.slice(hunk.new));
        }
        text.to_string()
    }

    #[test]
    fn a_patch_turns_the_earlier_text_into_the_current_one() {
        let mut apart = 0;
        for seed in 0..80 {
            let mut random = Random(seed);
            let old = Text::new(&"0123456789".repeat(12));
            let (mut new, mut patch) = (old.clone(), Patch::default());
            for _ in 0..random.below(60) {
                let start = random.below(new.len() + 1);
                let range = start..(start + random.below(5)).min(new.len());
                let insert = &"abcd"[..random.below(5)];
                new.edit(range.clone(), insert);
                patch.edit(&range, insert.len());
                for pair in patch.hunks.windows(2) {
                    assert!(
                        pair[0].new.end < pair[1].new.start && pair[0].old.end < pair[1].old.start,
                        "seed {seed}"
                    );
                }
                assert_eq!(patched(&old, &patch, &new), new.to_string(), "seed {seed}");
            }
            apart += usize::from(patch.hunks.len() > 1);
            assert_eq!(patch.differs(&old, &new), old != new, "seed {seed}");
        }
        assert!(apart > 40, "only {apart} patches of several pieces");
    }

    #[test]
    fn what_was_undone_is_no_difference() {
        let text = Text::new("abcdef");
        let mut patch = Patch::default();
        for (range, length) in [(5..5, 2), (1..1, 1), (1..2, 0), (5..7, 0)] {
            patch.edit(&range, length);
        }
        assert!(!patch.differs(&text, &text));
        assert!(patch.hunks.is_empty());
    }
}
