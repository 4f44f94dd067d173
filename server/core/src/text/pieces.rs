//! A text that is not edited: the pieces that it came in, without a copy of them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::position::{Count, line_breaks};

/// Bytes between two offsets for which the characters before them are kept.
const STRIDE: usize = if cfg!(test) { 64 } else { 4096 }; // tests have short lines

/// A text in pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces {
    list: Vec<Piece>,
    len: usize,
    /// How many line breaks there are.
    breaks: usize,
    /// The counts before each [`STRIDE`] of bytes, made when a place far inside a line is first asked for.
    counts: OnceLock<Box<[Count]>>,
}

/// A piece. It is not empty and splits no character, and no CR from its LF.
#[derive(Debug, Clone)]
struct Piece {
    text: Arc<str>,
    /// Its first byte.
    start: usize,
    /// How many line breaks stand before it.
    breaks: usize,
    /// The offset behind each of its line breaks, found when it is first asked for: most pieces have no findings to place.
    behind_breaks: OnceLock<Box<[usize]>>,
}

impl Pieces {
    pub(super) fn new(pieces: impl Iterator<Item = Arc<str>>) -> Self {
        let mut all = Self::default();
        for text in pieces.filter(|piece| !piece.is_empty()) {
            let cut = all.list.pop_if(|last| last.text.ends_with('\r') && text.starts_with('\n'));
            let (text, start, breaks) = match cut {
                Some(last) => ([&*last.text, &*text].concat().into(), last.start, last.breaks),
                None => (text, all.len, all.breaks),
            };
            all.len = start + text.len();
            all.breaks = breaks + line_breaks(text.as_bytes());
            all.list.push(Piece { text, start, breaks, behind_breaks: OnceLock::new() });
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|piece| &*piece.text)
    }

    #[cfg(test)]
    pub(super) fn line_count(&self) -> usize {
        self.breaks + 1
    }

    /// The first byte of a line; the end of the text for a line that is not there.
    pub(super) fn line_start(&self, line: usize) -> usize {
        let Some(before) = line.checked_sub(1) else { return 0 };
        let piece = self.list.partition_point(|piece| piece.breaks <= before).checked_sub(1);
        let piece = piece.and_then(|at| self.list.get(at));
        let start = piece.and_then(|it| it.behind_breaks().get(before - it.breaks));
        start.copied().unwrap_or(self.len)
    }

    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.piece(offset).map_or(0, |piece| {
            piece.breaks + piece.behind_breaks().partition_point(|start| *start <= offset)
        })
    }

    pub(super) fn byte(&self, offset: usize) -> Option<u8> {
        let piece = self.piece(offset)?;
        piece.text.as_bytes().get(offset - piece.start).copied()
    }

    /// The start of the character that holds `offset`, or the end of the text.
    pub(super) fn floor(&self, offset: usize) -> usize {
        let Some(piece) = self.piece(offset) else { return 0 };
        let mut at = (offset - piece.start).min(piece.text.len());
        while !piece.text.is_char_boundary(at) {
            at -= 1;
        }
        piece.start + at
    }

    /// The bytes of a range inside the text and between characters. Borrowed where one piece holds them.
    pub(super) fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        if range.is_empty() {
            return Cow::default();
        }
        let own = |piece: &Piece| {
            let from = range.start.max(piece.start) - piece.start;
            from..(range.end - piece.start).min(piece.text.len())
        };
        let held = self.list.get(self.at(range.start)..=self.at(range.end - 1));
        match held.unwrap_or_default() {
            [piece] => piece.text.get(own(piece)).unwrap_or_default().into(),
            many => many.iter().filter_map(|piece| piece.text.get(own(piece))).collect(),
        }
    }

    /// The counts of a range inside the text. For a long range they are looked up: a page of HTML may be one line of a megabyte with a thousand findings in
    /// it.
    pub(super) fn count(&self, range: Range<usize>) -> Count {
        if range.len() < STRIDE {
            return self.counted(range);
        }
        self.count_before(range.end) - self.count_before(range.start)
    }

    fn count_before(&self, offset: usize) -> Count {
        let counts = self.counts.get_or_init(|| {
            let strides = (0..self.len).step_by(STRIDE);
            let count = |before: &mut Count, start| {
                let here = *before;
                *before = here + self.counted(start..(start + STRIDE).min(self.len));
                Some(here)
            };
            strides.scan(Count::default(), count).collect()
        });
        let stride = (offset / STRIDE).min(counts.len().saturating_sub(1));
        let before = counts.get(stride).copied().unwrap_or_default();
        before + self.counted(stride * STRIDE..offset)
    }

    /// The bytes of a range, one by one: it may begin and end inside characters.
    fn counted(&self, range: Range<usize>) -> Count {
        let Some(last) = range.end.checked_sub(1).filter(|_| !range.is_empty()) else {
            return Count::default();
        };
        let held = self.list.get(self.at(range.start)..=self.at(last)).unwrap_or_default();
        let own = held.iter().filter_map(|piece| {
            let from = range.start.max(piece.start) - piece.start;
            let to = (range.end - piece.start).min(piece.text.len());
            piece.text.as_bytes().get(from..to)
        });
        own.map(Count::of).fold(Count::default(), |sum, it| sum + it)
    }

    /// The piece that holds `offset`, or the last one.
    fn piece(&self, offset: usize) -> Option<&Piece> {
        self.list.get(self.at(offset))
    }

    fn at(&self, offset: usize) -> usize {
        self.list.partition_point(|piece| piece.start <= offset).saturating_sub(1)
    }
}

impl Piece {
    fn behind_breaks(&self) -> &[usize] {
        self.behind_breaks.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(is_end);
            ends.map(|at| self.start + at + 1).collect()
        })
    }
}
