//! A line of pipes: its cells, and the blanks around them.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::syntax::is_number_like;
use crate::text::TextRange;

/// How wide a character is shown that is narrow in a Western font and wide in a Chinese one: “”, ①, ·.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AmbiguousWidth {
    /// Two columns, as in Chinese fonts.
    #[default]
    Wide,
    /// One column.
    Narrow,
}

/// A line of pipes, in bytes of its part.
pub(super) struct Row {
    /// Whether a pipe stands before the first cell.
    pub(super) opens: bool,
    /// The dashes below a Markdown header.
    pub(super) is_delimiter: bool,
    /// The cells.
    pub(super) cells: Vec<Cell>,
    /// Blanks behind the last pipe.
    pub(super) end: TextRange,
}

/// A cell between two separators.
pub(super) struct Cell {
    /// Blanks before it; all of it, when it is blank.
    pub(super) before: Gap,
    /// Its words.
    pub(super) words: TextRange,
    /// What should stand there.
    pub(super) text: String,
    /// Whether other words stand there now.
    pub(super) is_changed: bool,
    /// Columns of `text`.
    pub(super) width: usize,
    pub(super) kind: Kind,
    /// No separator stands before it: what does is the author's indentation.
    pub(super) begins: bool,
    /// No separator stands behind it.
    pub(super) ends: bool,
    /// Blanks behind it.
    pub(super) behind: Gap,
    /// The column of the separator behind it, as it is shown now.
    pub(super) column: usize,
}

/// Blanks, as they are.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) range: TextRange,
    pub(super) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    Figure,
    Words,
}

impl Row {
    /// Reads the line at `line`; `None` for one that the alignment of others should not depend on.
    pub(super) fn read(
        text: &str,
        line: Range<usize>,
        is_delimiter: bool,
        ambiguous: AmbiguousWidth,
    ) -> Option<Self> {
        let content = text.get(line.clone())?;
        let wide = |words: &str| width(words, ambiguous);
        let opens = content.trim_start().starts_with('|');
        let mut pipes = content.match_indices('|').map(|(at, _)| at);
        let mut start = if opens { pipes.next()? + 1 } else { 0 };
        let mut cells = Vec::new();
        let cell = |from: usize, to: usize| {
            let all = &content[from..to];
            let words = all.trim();
            let at = if words.is_empty() { to } else { to - all.trim_start().len() };
            let range = |from: usize, to: usize| TextRange::new(line.start + from, line.start + to);
            let gap = |from: usize, to: usize| Gap {
                range: range(from, to),
                text: content[from..to].to_owned(),
            };
            Cell {
                before: gap(from, at),
                words: range(at, at + words.len()),
                text: words.to_owned(),
                is_changed: false,
                width: wide(words),
                kind: kind(words),
                begins: from == 0,
                ends: to == content.len(),
                behind: gap(at + words.len(), to),
                column: wide(&content[..to]),
            }
        };
        for pipe in pipes {
            cells.push(cell(start, pipe));
            start = pipe + 1;
        }
        if !content[start..].trim().is_empty() {
            cells.push(cell(start, content.len()));
            start = content.len();
        }
        let end = TextRange::new(line.start + start, line.end);
        Some(Self { opens, is_delimiter, cells, end })
    }

    /// With the words that `label` has for some of its cells.
    pub(super) fn labelled(mut self, label: impl Fn(TextRange) -> Option<String>) -> Self {
        for cell in self.cells.iter_mut().filter(|cell| cell.kind == Kind::Words) {
            if let Some(text) = label(cell.words) {
                // Blanks and halves of punctuation: the widths that differ are these alone.
                let (old, new) =
                    (width(&cell.text, AmbiguousWidth::Wide), width(&text, AmbiguousWidth::Wide));
                cell.width = (cell.width + new).saturating_sub(old);
                cell.text = text;
                cell.is_changed = true;
            }
        }
        self
    }

    /// Cells up to the last one with words: the labels.
    pub(super) fn labels(&self) -> usize {
        self.cells.iter().rposition(|cell| cell.kind == Kind::Words).map_or(0, |at| at + 1)
    }

    /// Cells behind the labels, without the blank ones at the end, which a span has left.
    pub(super) fn values(&self) -> usize {
        let filled = self.cells.iter().rposition(|cell| cell.kind != Kind::Blank);
        filled.map_or(0, |at| at + 1).saturating_sub(self.labels())
    }
}

fn kind(words: &str) -> Kind {
    if words.is_empty() {
        Kind::Blank
    } else if is_number_like(words) || crate::syntax::is_mark(words) {
        Kind::Figure
    } else {
        Kind::Words
    }
}

/// Columns that words take: the sum of their characters', so that pieces of a line add up.
pub(super) fn width(words: &str, ambiguous: AmbiguousWidth) -> usize {
    let of = |c: char| match ambiguous {
        AmbiguousWidth::Wide => c.width_cjk(),
        AmbiguousWidth::Narrow => c.width(),
    };
    words.chars().map(|c| of(c).unwrap_or(0)).sum()
}
