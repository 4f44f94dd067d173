//! The text of a document: a rope, its edits, and the one place where positions of three encodings become byte offsets and back.
//!
//! Nothing here panics: an offset past the end is the end, an offset inside a character is the character's start, a range that runs backwards
//! is turned round. Clients do send such positions (an edit that raced with another, a column counted in the wrong unit).

mod position;
mod range;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

pub use position::{Encoding, Position};
pub use range::TextRange;
use ropey::{Rope, RopeBuilder};
pub(crate) use words::{Distinct, Hit, Words};

/// A text under edit. Lines end at LF, CRLF or CR. Cloning is cheap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    rope: Rope,
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
        Self { rope: Rope::from_str(text) }
    }

    /// A text of these pieces.
    pub(crate) fn of<'p>(pieces: impl Iterator<Item = &'p str>) -> Self {
        let mut builder = RopeBuilder::new();
        pieces.for_each(|piece| builder.append(piece));
        Self { rope: builder.finish() }
    }

    /// Replaces the bytes of `range` by `insert`; returns the range after clamping it to the text and to whole characters.
    pub fn edit(&mut self, range: Range<usize>, insert: &str) -> Range<usize> {
        let (start, end) =
            (self.char_at(range.start.min(range.end)), self.char_at(range.start.max(range.end)));
        let clamped = self.rope.char_to_byte(start)..self.rope.char_to_byte(end);
        if start < end {
            self.rope.remove(start..end);
        }
        if !insert.is_empty() {
            self.rope.insert(start, insert);
        }
        clamped
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// No bytes at all?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of `range`, clamped to the text and to whole characters. Borrowed where the rope holds them in one piece.
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        let range = self.clamp(range);
        self.rope.byte_slice(range).into()
    }

    /// The nearest range of whole characters inside the text; start and end each move to the start of their character.
    pub fn clamp(&self, range: Range<usize>) -> Range<usize> {
        self.floor(range.start.min(range.end))..self.floor(range.start.max(range.end))
    }

    /// The pieces in which the rope holds the text, in order. No piece splits a character.
    pub fn chunks(&self) -> impl Iterator<Item = &str> {
        self.rope.chunks()
    }

    /// Number of lines: one more than there are line breaks.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The offset of a line's first byte; the end of the text for a line that is not there.
    pub fn line_start(&self, line: usize) -> usize {
        if line < self.line_count() { self.rope.line_to_byte(line) } else { self.len() }
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
        self.rope.byte_to_line(offset.min(self.len()))
    }

    /// The start of the character that holds `offset`, or the end of the text.
    fn floor(&self, offset: usize) -> usize {
        let piece = self.piece(offset);
        piece.start + piece.at
    }

    /// The piece of the rope that holds `offset`, or the last one. No piece splits a character, or CR from LF.
    fn piece(&self, offset: usize) -> Piece<'_> {
        let offset = offset.min(self.len());
        let (text, start, _, line) = self.rope.chunk_at_byte(offset);
        let mut at = offset - start;
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        Piece { text, start, line, at }
    }

    /// Index of the character that holds `offset`.
    fn char_at(&self, offset: usize) -> usize {
        self.rope.byte_to_char(offset.min(self.len()))
    }

    fn byte_before(&self, offset: usize) -> Option<u8> {
        self.rope.get_byte(offset.checked_sub(1)?)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}
