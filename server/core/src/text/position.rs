//! Lines and columns in the three encodings of the protocol. Every conversion of the program goes through here.

use super::Text;

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
        let line = self.line_of(offset);
        let content = self.line_content(line);
        let offset = self.floor(offset).min(content.end);
        let column = self.units(offset, encoding) - self.units(content.start, encoding);
        Position { line: line as u32, column: column as u32 }
    }

    /// The byte offset of a position. A line past the end is the end of the text, a column past the line's content is the content's end (before
    /// its line break), a column inside a surrogate pair or a character's bytes is the character's start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let content = self.line_content(position.line as usize);
        let wanted = self.units(content.start, encoding).saturating_add(position.column as usize);
        if wanted >= self.units(content.end, encoding) {
            return content.end;
        }
        let char = match encoding {
            Encoding::Utf8 => self.rope.byte_to_char(wanted),
            Encoding::Utf16 => self.rope.utf16_cu_to_char(wanted),
            Encoding::Utf32 => wanted,
        };
        self.rope.char_to_byte(char)
    }

    /// Units of `encoding` before `offset`, which lies inside the text and between characters.
    fn units(&self, offset: usize, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf16 => self.rope.char_to_utf16_cu(self.rope.byte_to_char(offset)),
            Encoding::Utf32 => self.rope.byte_to_char(offset),
        }
    }
}
