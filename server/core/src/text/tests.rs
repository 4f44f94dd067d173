//! Against an oracle that knows only `String` and `char`.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Encoding, Position, Text};

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// Lines without their breaks, each with its start.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let width = match (bytes[at], bytes.get(at + 1)) {
            (b'\r', Some(b'\n')) => 2,
            (b'\r' | b'\n', _) => 1,
            _ => 0,
        };
        if width > 0 {
            lines.push((start, &text[start..at]));
            start = at + width;
        }
        at += width.max(1);
    }
    lines.push((start, &text[start..]));
    lines
}

fn width(char: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => char.len_utf8(),
        Encoding::Utf16 => char.len_utf16(),
        Encoding::Utf32 => 1,
    }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn oracle_position(text: &str, offset: usize, encoding: Encoding) -> Position {
    let offset = floor(text, offset);
    let lines = lines(text);
    let line = lines.iter().rposition(|(start, _)| *start <= offset).unwrap();
    let (start, content) = lines[line];
    let inside = &content[..(offset - start).min(content.len())];
    let column: usize = inside.chars().map(|char| width(char, encoding)).sum();
    Position::new(line as u32, column as u32)
}

fn oracle_offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let lines = lines(text);
    let Some(&(start, content)) = lines.get(position.line as usize) else { return text.len() };
    let mut column = 0;
    for (at, char) in content.char_indices() {
        column += width(char, encoding);
        if column > position.column as usize {
            return start + at;
        }
    }
    start + content.len()
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "中",
        "文",
        "政府信息公开",
        "𠮷",
        "e\u{301}",
        "\r",
        "\n",
        "\r\n",
        "\t",
        "\u{feff}",
        "👨‍👩‍👧",
        "１２",
        "78",
        "|",
        "　",
        "\u{2028}",
        "\u{85}",
        "\u{b}",
        " ",
    ]);
    // Long enough now and then for the rope to hold several pieces (a leaf holds about a kilobyte), with CRLF on their seams.
    prop_oneof![
        prop::collection::vec(piece.clone(), 0..30),
        prop::collection::vec(piece.clone(), 0..30),
        prop::collection::vec(piece, 600..1500)
    ]
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn positions_agree_with_the_oracle(text in text(), offsets in prop::collection::vec(0usize..9000, 1..20)) {
        let rope = Text::new(&text);
        prop_assert_eq!(rope.line_count(), lines(&text).len());
        for offset in offsets.into_iter().map(|offset| offset % (text.len() + 3)) {
            for encoding in ENCODINGS {
                let position = rope.position(offset, encoding);
                prop_assert_eq!(position, oracle_position(&text, offset, encoding), "{:?} {}", encoding, offset);
                let back = rope.offset(position, encoding);
                // Between CR and LF there is no position of its own.
                let crlf = offset > 0 && text.as_bytes().get(offset - 1..=offset) == Some(b"\r\n");
                prop_assert_eq!(back, floor(&text, offset) - usize::from(crlf), "{:?} {}", encoding, offset);
                for end in offset.saturating_sub(3)..offset + 9 {
                    let both = (position, rope.position(end, encoding));
                    prop_assert_eq!(rope.positions(offset..end, encoding), both, "{:?} {}..{}", encoding, offset, end);
                }
            }
        }
    }

    #[test]
    fn offsets_agree_with_the_oracle(text in text(), line in 0u32..40, column in prop_oneof![0u32..60, Just(u32::MAX)]) {
        let rope = Text::new(&text);
        for encoding in ENCODINGS {
            for line in [line, line % lines(&text).len() as u32, u32::MAX] {
                let position = Position::new(line, column);
                prop_assert_eq!(rope.offset(position, encoding), oracle_offset(&text, position, encoding), "{:?} {:?}", encoding, position);
            }
        }
    }

    #[test]
    fn lines_agree_with_the_oracle(text in text(), line in 0usize..2000) {
        let rope = Text::new(&text);
        let lines = lines(&text);
        let (start, content) = lines.get(line).copied().unwrap_or((text.len(), ""));
        prop_assert_eq!(rope.line_start(line), start);
        prop_assert_eq!(rope.line_content(line), start..start + content.len());
        prop_assert_eq!(&*rope.slice(rope.line_content(line)), content);
        if line < lines.len() {
            prop_assert_eq!(rope.line_of(start), line);
        }
    }

    #[test]
    fn edits_agree_with_replace_range(
        mut text in text(),
        edits in prop::collection::vec((0usize..9000, 0usize..40, "[中\r\n𠮷a\t]{0,6}"), 1..12),
        backwards in any::<bool>(),
    ) {
        let mut rope = Text::new(&text);
        for (start, length, insert) in edits {
            let start = start % (text.len() + 5);
            let range = if backwards { start + length..start } else { start..start + length };
            let expected = floor(&text, start)..floor(&text, start + length);
            prop_assert_eq!(rope.clamp(range.clone()), expected.clone());
            prop_assert_eq!(&*rope.slice(range.clone()), &text[expected.clone()]);
            prop_assert_eq!(rope.edit(range, &insert), expected.clone());
            text.replace_range(expected, &insert);
            prop_assert_eq!(rope.to_string(), &*text);
            prop_assert_eq!(rope.len(), text.len());
            prop_assert_eq!(rope.line_count(), lines(&text).len());
            for encoding in ENCODINGS {
                prop_assert_eq!(rope.position(start, encoding), oracle_position(&text, start, encoding));
            }
        }
    }

    #[test]
    fn a_text_in_the_pieces_that_it_was_read_in_is_the_same(
        text in text(),
        size in 1usize..400,
        (start, length) in (0usize..9000, 0usize..700),
        (line, column) in (0u32..400, 0u32..60),
    ) {
        let mut read = Text::of(pieces(&text, size).into_iter());
        let rope = Text::new(&text);
        let start = start % (text.len() + 5);
        let range = start..start + length;
        prop_assert_eq!(&read, &rope);
        prop_assert_eq!((read.len(), read.line_count()), (rope.len(), rope.line_count()));
        prop_assert_eq!(read.line_of(start), rope.line_of(start));
        prop_assert_eq!(read.line_start(line as usize), rope.line_start(line as usize));
        prop_assert_eq!(read.line_content(line as usize), rope.line_content(line as usize));
        prop_assert_eq!(read.slice(range.clone()), rope.slice(range.clone()));
        prop_assert_eq!(read.slice(start..start), "");
        for encoding in ENCODINGS {
            prop_assert_eq!(read.positions(range.clone(), encoding), rope.positions(range.clone(), encoding));
            let position = Position::new(line, column);
            prop_assert_eq!(read.offset(position, encoding), rope.offset(position, encoding));
        }
        prop_assert_eq!(read.to_string(), &*text);
        read.edit(range.clone(), "\r中");
        let mut rope = rope;
        rope.edit(range, "\r中");
        prop_assert_eq!(read, rope);
    }
}

/// `text` in pieces of some `size` bytes.
fn pieces(text: &str, size: usize) -> Vec<Arc<str>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(floor(rest, size.max(4)));
        pieces.push(piece.into());
        rest = behind;
    }
    pieces
}

#[test]
fn no_offset_and_no_position_is_out_of_range() {
    for text in ["", "\n", "\r\n", "中\r\n", "𠮷"] {
        let mut rope = Text::new(text);
        for encoding in ENCODINGS {
            assert_eq!(rope.offset(Position::new(u32::MAX, u32::MAX), encoding), text.len());
            assert_eq!(rope.position(usize::MAX, encoding), rope.position(text.len(), encoding));
        }
        assert_eq!(rope.line_start(usize::MAX), text.len());
        assert_eq!(rope.line_content(usize::MAX), text.len()..text.len());
        assert_eq!(rope.edit(usize::MAX - 1..usize::MAX, "x"), text.len()..text.len());
    }
}

#[test]
fn a_column_inside_a_surrogate_pair_is_the_start_of_its_character() {
    let text = Text::new("a𠮷b");
    assert_eq!(text.offset(Position::new(0, 2), Encoding::Utf16), 1);
    assert_eq!(text.offset(Position::new(0, 3), Encoding::Utf16), 5);
    assert_eq!(text.offset(Position::new(0, 3), Encoding::Utf8), 1);
}
