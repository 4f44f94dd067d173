//! The words of a line of HTML whose tags cut them into pieces.

use std::borrow::Cow;

use crate::syntax::{Cell, CellKind, joins};
use crate::text::TextRange;

/// The words of a line without the tags among them, and where each piece stands.
pub(super) struct Untagged<'l> {
    pub(super) words: Cow<'l, str>,
    /// First byte in the line.
    start: u32,
    /// First byte of each piece: in the words, and in the line. Empty if all is one piece.
    pieces: Vec<(u32, u32)>,
}

impl<'l> Untagged<'l> {
    /// The words of some cells of a line and all that stands between them.
    pub(super) fn whole(line: &'l str, cells: &[Cell]) -> Self {
        let range = match cells {
            [first, .., last] => first.range.cover(last.range),
            [one] => one.range,
            [] => TextRange::empty(0),
        };
        Self { words: line[range.to_range()].into(), start: range.start, pieces: Vec::new() }
    }

    /// Words without any tags.
    pub(super) fn strip(words: &'l str) -> Self {
        let (mut said, mut pieces, mut from) = (Cow::Borrowed(""), Vec::new(), 0);
        // No tag ends behind the last >, however many < stand there.
        let end = memchr::memrchr(b'>', words.as_bytes()).map_or(0, |at| at + 1);
        while let Some((tag, behind)) = next_tag(&words[from..end]) {
            if tag > 0 {
                pieces.push((said.len() as u32, from as u32));
                said += &words[from..from + tag];
            }
            from += behind;
        }
        if from == 0 {
            return Self { words: words.into(), start: 0, pieces };
        }
        pieces.push((said.len() as u32, from as u32));
        said += &words[from..];
        Self { words: said, start: 0, pieces }
    }

    /// The words of some cells of a line, with what stands between them if that is more than tags that separate nothing: Word writes
    /// `一、</span><span style="font-family: 黑体;">总体情况`.
    pub(super) fn new(line: &'l str, cells: &[Cell]) -> Self {
        let (mut words, mut pieces) = (Cow::Borrowed(""), Vec::new());
        let mut end = None;
        for Cell { range, .. } in cells.iter().filter(|cell| cell.kind != CellKind::Blank) {
            let between = end.map(|end: u32| &line[end as usize..range.start as usize]);
            match between {
                Some(between) if !joins(between) => words += between,
                _ => pieces.push((words.len() as u32, range.start)),
            }
            words += &line[range.to_range()];
            end = Some(range.end);
        }
        let start = cells.first().map_or(0, |first| first.range.start);
        Self { words, start, pieces }
    }

    /// Where in the line a range of the words stands, with the tags between its pieces.
    pub(super) fn place(&self, range: TextRange) -> TextRange {
        let place = |at: u32, pieces: usize| {
            let last = pieces.checked_sub(1).and_then(|last| self.pieces.get(last));
            let (from, start) = last.copied().unwrap_or((0, self.start));
            start + (at - from)
        };
        let start = place(range.start, self.pieces.partition_point(|it| it.0 <= range.start));
        // What ends where a piece ends does not reach into the next one.
        let end = place(range.end, self.pieces.partition_point(|it| it.0 < range.end));
        TextRange { start, end: end.max(start) }
    }
}

/// The tags among words. What replaces the words must keep them: of `<b>一、总体</b>概况` no `<b>` may be left alone.
pub(crate) fn tags(words: &str) -> String {
    let (mut tags, mut from) = (String::new(), 0);
    while let Some((tag, behind)) = next_tag(&words[from..]) {
        tags += &words[from + tag..from + behind];
        from += behind;
    }
    tags
}

/// Where the first tag begins, and where what stands behind it.
fn next_tag(words: &str) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'<', words.as_bytes()).find_map(|open| {
        let inner = &words[open + 1..];
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            return None;
        }
        let close = memchr::memchr(b'>', inner.as_bytes())?;
        Some((open, open + close + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Cut, State};

    #[test]
    fn words_are_stripped_of_tags() {
        for (words, said) in [
            ("青石县<b>20</b><i>23</i>年", "青石县2023年"),
            ("<p>a</p>\n<p>b", "a\nb"),
            ("x<5, y>2, <i", "x<5, y>2, <i"),
            ("<b></b>", ""),
            ("", ""),
        ] {
            let stripped = Untagged::strip(words);
            assert_eq!(stripped.words, said);
            let all = stripped.place(TextRange::new(0, said.len()));
            assert_eq!(Untagged::strip(&words[all.to_range()]).words, said);
        }
    }

    #[test]
    fn ranges_of_the_words_stand_in_their_pieces() {
        let line = r#"<p><b>一、</b><span style="a: b;">总体</span>&nbsp;<i>情况</i></p>"#;
        let cut = Cut::new(line, State::default());
        let untagged = Untagged::new(line, &cut.cells);
        assert_eq!(untagged.words, "一、总体情况");
        let said =
            |start: usize, end: usize| &line[untagged.place(TextRange::new(start, end)).to_range()];
        assert_eq!(said(0, 6), "一、");
        assert_eq!(said(6, 12), "总体");
        assert_eq!(said(9, 18), "体</span>&nbsp;<i>情况");
        assert_eq!(said(12, 12), "");
    }
}
