//! What every output format has in common: positions as a reader counts them, and JSON.

use gouji_core::text::{Encoding, Text};
use serde::Serialize;

/// A range; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Its first character.
    pub start: Point,
    /// The character behind it.
    pub end: Point,
}

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// The range of some bytes.
pub fn range(text: &Text, bytes: &std::ops::Range<usize>) -> Range {
    let point = |offset| {
        let position = text.position(offset, Encoding::Utf32);
        Point { line: position.line + 1, column: position.column + 1 }
    };
    Range { start: point(bytes.start), end: point(bytes.end) }
}

/// Appends `value` as JSON. Maps have strings for keys, so nothing can fail.
pub fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).unwrap_or_else(|error| unreachable!("{error}"));
}
