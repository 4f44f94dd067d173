//! The text of a document: a rope, its edits, and the one place where positions of three encodings become byte offsets and back.
//!
//! Nothing here panics: an offset past the end is the end, an offset inside a character is the character's start, a range that runs backwards
//! is turned round. Clients do send such positions (an edit that raced with another, a column counted in the wrong unit).

mod near;
mod pieces;
mod position;
mod range;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub(crate) use near::{before_first, behind_last};
use pieces::Pieces;
pub use position::{Encoding, Position};
pub use range::TextRange;
use ropey::{Rope, RopeBuilder};
pub(crate) use words::{Distinct, Hit, Words};

/// A text under edit. Lines end at LF, CRLF or CR. Cloning is cheap.
#[derive(Debug, Clone, Default)]
pub struct Text {
    held: Held,
}

/// How a text is held.
#[derive(Debug, Clone)]
enum Held {
    /// As it was read; most files are never edited.
    Read(Arc<Pieces>),
    /// As a rope, from the first edit on.
    Edited(Rope),
}

/// A piece of the rope, and an offset in it.
struct Piece<'a> {
    text: &'a str,
    /// Its first byte.
    start: usize,
    /// The line of its first byte.
    line: usize,
    /// The start of the character that holds the offset, in the piece.
    at: usize,
}

/// How many items of `old` and `new` are the same, counted from the first one and, of the others, from the last one.
pub(crate) fn same_ends<A, B>(
    old: &[A],
    new: &[B],
    same: impl Fn(&A, &B) -> bool,
) -> (usize, usize) {
    let same = |(old, new): &(&A, &B)| same(old, new);
    let head = old.iter().zip(new).take_while(same).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(same).count();
    (head, tail)
}

/// How `text` ends its lines: as the first one that ends.
pub fn line_break(text: &str) -> &'static str {
    match text.find(['\n', '\r']).map(|at| &text[at..]) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

impl Text {
    /// A text.
    pub fn new(text: &str) -> Self {
        Self { held: Held::Edited(Rope::from_str(text)) }
    }

    /// A text of these pieces, which are shared and not copied.
    pub(crate) fn of(pieces: impl Iterator<Item = Arc<str>>) -> Self {
        Self { held: Held::Read(Arc::new(Pieces::new(pieces))) }
    }

    /// Replaces the bytes of `range` by `insert`; returns the range after clamping it to the text and to whole characters.
    pub fn edit(&mut self, range: Range<usize>, insert: &str) -> Range<usize> {
        let mut rope = match std::mem::take(&mut self.held) {
            Held::Edited(rope) => rope,
            Held::Read(pieces) => {
                let mut builder = RopeBuilder::new();
                pieces.chunks().for_each(|piece| builder.append(piece));
                builder.finish()
            }
        };
        let char_at = |offset: usize| rope.byte_to_char(offset.min(rope.len_bytes()));
        let (start, end) =
            (char_at(range.start.min(range.end)), char_at(range.start.max(range.end)));
        let clamped = rope.char_to_byte(start)..rope.char_to_byte(end);
        if start < end {
            rope.remove(start..end);
        }
        if !insert.is_empty() {
            rope.insert(start, insert);
        }
        self.held = Held::Edited(rope);
        clamped
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        match &self.held {
            Held::Read(pieces) => pieces.len(),
            Held::Edited(rope) => rope.len_bytes(),
        }
    }

    /// No bytes at all?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of `range`, clamped to the text and to whole characters. Borrowed where they are held in one piece.
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        let range = self.clamp(range);
        match &self.held {
            Held::Read(pieces) => pieces.slice(range),
            Held::Edited(rope) => rope.byte_slice(range).into(),
        }
    }

    /// The nearest range of whole characters inside the text; start and end each move to the start of their character.
    pub fn clamp(&self, range: Range<usize>) -> Range<usize> {
        self.floor(range.start.min(range.end))..self.floor(range.start.max(range.end))
    }

    /// The pieces in which the text is held, in order. No piece splits a character.
    pub fn chunks(&self) -> impl Iterator<Item = &str> {
        let (read, edited) = match &self.held {
            Held::Read(pieces) => (Some(pieces.chunks()), None),
            Held::Edited(rope) => (None, Some(rope.chunks())),
        };
        read.into_iter().flatten().chain(edited.into_iter().flatten())
    }

    /// Number of lines: one more than there are line breaks.
    #[cfg(test)]
    fn line_count(&self) -> usize {
        match &self.held {
            Held::Read(pieces) => pieces.line_count(),
            Held::Edited(rope) => rope.len_lines(),
        }
    }

    /// The offset of a line's first byte; the end of the text for a line that is not there.
    pub fn line_start(&self, line: usize) -> usize {
        match &self.held {
            Held::Read(pieces) => pieces.line_start(line),
            Held::Edited(rope) if line < rope.len_lines() => rope.line_to_byte(line),
            Held::Edited(rope) => rope.len_bytes(),
        }
    }

    /// The bytes of a line without its line break; empty at the end of the text for a line that is not there.
    pub fn line_content(&self, line: usize) -> Range<usize> {
        let start = self.line_start(line);
        let mut end = self.line_start(line.saturating_add(1));
        if end > start && self.byte_before(end) == Some(b'\n') {
            end -= 1;
        }
        if end > start && self.byte_before(end) == Some(b'\r') {
            end -= 1;
        }
        start..end
    }

    /// The line that holds `offset`; a line break belongs to the line that it ends.
    pub fn line_of(&self, offset: usize) -> usize {
        let offset = offset.min(self.len());
        match &self.held {
            Held::Read(pieces) => pieces.line_of(offset),
            Held::Edited(rope) => rope.byte_to_line(offset),
        }
    }

    /// The start of the character that holds `offset`, or the end of the text.
    fn floor(&self, offset: usize) -> usize {
        match &self.held {
            Held::Read(pieces) => pieces.floor(offset),
            Held::Edited(rope) => {
                let piece = Piece::of(rope, offset);
                piece.start + piece.at
            }
        }
    }

    fn byte_before(&self, offset: usize) -> Option<u8> {
        let last = offset.checked_sub(1)?;
        match &self.held {
            Held::Read(pieces) => pieces.byte(last),
            Held::Edited(rope) => rope.get_byte(last),
        }
    }
}

impl<'a> Piece<'a> {
    /// The piece of a rope that holds `offset`, or the last one. No piece splits a character, or CR from LF.
    fn of(rope: &'a Rope, offset: usize) -> Self {
        let offset = offset.min(rope.len_bytes());
        let (text, start, _, line) = rope.chunk_at_byte(offset);
        let mut at = offset - start;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        Self { text, start, line, at }
    }
}

impl Default for Held {
    fn default() -> Self {
        Self::Edited(Rope::new())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        match (&self.held, &other.held) {
            (Held::Edited(one), Held::Edited(other)) => one == other,
            _ => {
                self.len() == other.len()
                    && self.chunks().flat_map(str::bytes).eq(other.chunks().flat_map(str::bytes))
            }
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}
