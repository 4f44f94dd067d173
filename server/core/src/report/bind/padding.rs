//! Pipes that pad a row to the grid's width.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::runs::Token;
use crate::syntax::{CellKind, LineView, Shape};

/// Two pipes without anything between them.
static TWO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("||"));

/// How a text writes pipes that pad a row to the grid's width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pipes {
    /// There are none. Where pipes stand close to the words, `|规章|0||0|`, two of them are a blank cell.
    Plain,
    /// Behind the pipe of the last cell: `0 | ||`.
    Apart,
    /// Together with the pipe of the last cell: `0 |||`.
    Together,
}

impl Pipes {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::Plain;
        for at in TWO.find_iter(text.as_bytes()) {
            let before = &text[..at];
            let words = before.trim_end_matches([' ', '\t', '\u{a0}', '\u{3000}']);
            match words.as_bytes().last() {
                None | Some(b'|' | b'\n' | b'\r') => found = Self::Apart,
                Some(_) if words.len() == before.len() => return Self::Plain,
                Some(_) => return Self::Together,
            }
        }
        found
    }

    /// Marks the padding among the tokens of a line.
    pub(super) fn mark_padding(self, text: &str, view: LineView<'_>, tokens: &mut [Token]) {
        if self == Self::Plain || !matches!(view.line.shape, Shape::Piped | Shape::PipeEnded) {
            return;
        }
        let bytes = text.as_bytes();
        let alone = view.cells.iter().all(|cell| cell.kind == CellKind::Blank);
        let of_line = tokens.iter_mut().rev().take_while(|token| token.line == view.index);
        for token in of_line.take_while(|token| token.kind == CellKind::Blank) {
            let (start, end) = (token.range.start as usize, token.range.end as usize);
            let close = bytes[start..].iter().position(|&byte| byte == b'|').map(|at| start + at);
            let touches = start > 0 && bytes[start - 1] == b'|' && close == Some(end);
            let next_touches = close.is_some_and(|at| bytes.get(at + 1) == Some(&b'|'));
            // Behind words the first pipe of `0 | ||` is the cell's own; in a line of pipes alone, `| ||`, it is a blank cell's.
            token.padding = touches || (self == Self::Apart && !alone && next_touches);
        }
    }
}
