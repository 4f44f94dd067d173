//! Lines and columns in the three encodings of the protocol. Every conversion of the program goes through here.

use std::ops::{Add, Range, Sub};

use ropey::Rope;

use super::{Held, Piece, Text};

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

impl Position {
    /// The position in line `line` at column `column`.
    pub fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }
}

impl Text {
    /// Where `offset` lies. An offset inside a character is the character's start, one between CR and LF the end of the line before them.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        match &self.held {
            Held::Read(_) => self.position_in_line(offset, encoding),
            Held::Edited(rope) => self.position_in(&Piece::of(rope, offset), encoding),
        }
    }

    /// Where the bytes of `range` begin and end.
    pub fn positions(&self, range: Range<usize>, encoding: Encoding) -> (Position, Position) {
        let Held::Edited(rope) = &self.held else {
            return (self.position(range.start, encoding), self.position(range.end, encoding));
        };
        let piece = Piece::of(rope, range.start);
        let start = self.position_in(&piece, encoding);
        let Piece { text, start: from, at, .. } = piece;
        // Nearly always within a line.
        let words = range.end.checked_sub(from).and_then(|end| text.get(at..end));
        match words.filter(|it| memchr::memchr2(b'\n', b'\r', it.as_bytes()).is_none()) {
            Some(words) => {
                (start, Position { column: start.column + units(words, encoding) as u32, ..start })
            }
            None => (start, self.position(range.end, encoding)),
        }
    }

    fn position_in(&self, piece: &Piece<'_>, encoding: Encoding) -> Position {
        position_in_chunk(piece, encoding)
            .unwrap_or_else(|| self.position_in_line(piece.start + piece.at, encoding))
    }

    fn position_in_line(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let content = self.line_content(line);
        let offset = offset.min(content.end);
        let column = match &self.held {
            Held::Read(pieces) => pieces.count(content.start..offset).units(encoding),
            Held::Edited(rope) => {
                units_before(rope, offset, encoding) - units_before(rope, content.start, encoding)
            }
        };
        Position { line: line as u32, column: column as u32 }
    }

    /// The byte offset of a position. A line past the end is the end of the text, a column past the line's content is the content's end (before
    /// its line break), a column inside a surrogate pair or a character's bytes is the character's start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let content = self.line_content(position.line as usize);
        let rope = match &self.held {
            Held::Edited(rope) => rope,
            Held::Read(pieces) => {
                let words = pieces.slice(content.clone());
                return content.start + bytes_of(&words, position.column as usize, encoding);
            }
        };
        let wanted =
            units_before(rope, content.start, encoding).saturating_add(position.column as usize);
        if wanted >= units_before(rope, content.end, encoding) {
            return content.end;
        }
        let char = match encoding {
            Encoding::Utf8 => rope.byte_to_char(wanted),
            Encoding::Utf16 => rope.utf16_cu_to_char(wanted),
            Encoding::Utf32 => wanted,
        };
        rope.char_to_byte(char)
    }
}

/// Units of `encoding` before `offset`, which lies inside the text and between characters.
fn units_before(rope: &Rope, offset: usize, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => offset,
        Encoding::Utf16 => rope.char_to_utf16_cu(rope.byte_to_char(offset)),
        Encoding::Utf32 => rope.byte_to_char(offset),
    }
}

/// The bytes of the characters of `words` that end within `column` units.
fn bytes_of(words: &str, column: usize, encoding: Encoding) -> usize {
    let mut left = column;
    for (at, c) in words.char_indices() {
        let width = match encoding {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        };
        match left.checked_sub(width) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    words.len()
}

/// The usual case, that the line begins in the same piece of the rope: one way down the tree instead of eight. A finding on sums names two dozen
/// places.
fn position_in_chunk(piece: &Piece<'_>, encoding: Encoding) -> Option<Position> {
    let Piece { text, start, line, mut at } = *piece;
    let bytes = text.as_bytes();
    if at > 0 && bytes.get(at - 1..=at) == Some(b"\r\n") {
        at -= 1;
    }
    let line_start = match memchr::memrchr2(b'\n', b'\r', &bytes[..at]) {
        Some(line_break) => line_break + 1,
        None if start == 0 => 0,
        None => return None,
    };
    let line = line + line_breaks(&bytes[..line_start]);
    Some(Position { line: line as u32, column: units(&text[line_start..at], encoding) as u32 })
}

/// Number of line breaks in bytes that do not end between CR and LF.
pub(super) fn line_breaks(bytes: &[u8]) -> usize {
    let line_feeds = memchr::memchr_iter(b'\n', bytes).count();
    let lone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    line_feeds + memchr::memchr_iter(b'\r', bytes).filter(lone).count()
}

/// Length of `text` in units of `encoding`.
fn units(text: &str, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => text.len(),
        _ => Count::of(text.as_bytes()).units(encoding),
    }
}

/// What stands in a stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    bytes: usize,
    characters: usize,
    /// Characters beyond the basic plane, of four bytes and two units of UTF-16.
    astral: usize,
}

impl Count {
    /// A character that is cut is counted where its first byte is.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len(),
            characters: bytes.iter().filter(|byte| *byte & 0xc0 != 0x80).count(),
            astral: bytes.iter().filter(|byte| **byte >= 0xf0).count(),
        }
    }

    fn units(self, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => self.bytes,
            Encoding::Utf16 => self.characters + self.astral,
            Encoding::Utf32 => self.characters,
        }
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            bytes: self.bytes + other.bytes,
            characters: self.characters + other.characters,
            astral: self.astral + other.astral,
        }
    }
}

impl Sub for Count {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            bytes: self.bytes - other.bytes,
            characters: self.characters - other.characters,
            astral: self.astral - other.astral,
        }
    }
}
