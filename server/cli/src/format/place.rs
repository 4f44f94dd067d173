//! Positions as output counts them: lines and columns from 1, columns in Unicode scalar values.

use gouji_core::text::{Encoding, Text};
use serde::Serialize;

/// A range; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Range {
    pub(crate) start: Point,
    pub(crate) end: Point,
}

/// A line and a column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Point {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The range of some bytes.
pub(crate) fn range(text: &Text, bytes: &std::ops::Range<usize>) -> Range {
    let point = |offset| {
        let position = text.position(offset, Encoding::Utf32);
        Point { line: position.line + 1, column: position.column + 1 }
    };
    Range { start: point(bytes.start), end: point(bytes.end) }
}
