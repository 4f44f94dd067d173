//! Cuts a line into cells.

use std::ops::Range;

use super::separators::{Seen, is_space};
use super::shape::{field_mark, is_filler, is_invisible, is_number_like, kind, page_footer};
use super::{Cell, CellKind, Shape, State, commas, markup, run_on};
use crate::text::TextRange;

/// Lines longer than this are prose unless they hold tabs, pipes or tags: rows of a PDF's table are short.
const LONGEST_SPACED: usize = 300;

/// Cuts `line`, given without its break, and appends its cells to `cells`; returns its shape and the state behind it.
pub(super) fn cut(line: &str, entry: State, cells: &mut Vec<Cell>) -> (Shape, State) {
    if entry != State::default() {
        return (Shape::Markup, markup::cut(line, entry, cells));
    }
    match memchr::memchr3(b'\t', b'|', b'<', line.as_bytes()) {
        Some(at)
            if line.as_bytes()[at] == b'<' || memchr::memchr(b'<', line.as_bytes()).is_some() =>
        {
            if is_directive(line) {
                return (Shape::Directive, entry);
            }
            if markup::holds_tag(line) && !markup::is_pipe_row(line) {
                return (Shape::Markup, markup::cut(line, entry, cells));
            }
            (separated(line, cells), entry)
        }
        // A line with pipes is a row of pipes, even if it has tabs.
        Some(at) if line.as_bytes()[at] == b'|' => (piped(line, cells), entry),
        Some(_) => (separated(line, cells), entry),
        None => (bare(line, cells), entry),
    }
}

/// `<!-- gouji-ignore… -->` alone on its line.
fn is_directive(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("<!--")
        && line.ends_with("-->")
        && line[4..].trim_start().starts_with("gouji-ignore")
}

/// A line with tabs or pipes (a lone `<` may stand in its words).
fn separated(line: &str, cells: &mut Vec<Cell>) -> Shape {
    let bytes = line.as_bytes();
    if memchr::memchr(b'|', bytes).is_some() {
        piped(line, cells)
    } else if memchr::memchr(b'\t', bytes).is_some() {
        tabbed(line, cells)
    } else {
        bare(line, cells)
    }
}

fn tabbed(line: &str, cells: &mut Vec<Cell>) -> Shape {
    let led = line.strip_prefix('\t').filter(|rest| !rest.contains('\t'));
    // Kind 1 leads every cell by a tab: `→0` is one cell and not a blank and a number, `→` alone is the cell under a row span.
    if let Some(rest) = led {
        push(line, 1, 1 + rest.len(), 0, true, cells);
        if let Some(cell) = cells.last_mut() {
            cell.opens_row = false;
        }
        return Shape::TabLed;
    }
    if line.trim().is_empty() && !line.trim_matches(' ').starts_with('\t') {
        return Shape::Blank;
    }
    let before = cells.len();
    let mut start = 0;
    for (column, end) in places(b'\t', line.as_bytes()).chain([line.len()]).enumerate() {
        push(line, start, end, column, column == 0, cells);
        start = end + 1;
    }
    // Indented prose: one tab or several, then words.
    if cells[before..].iter().filter(|cell| cell.kind != CellKind::Blank).count() == 1
        && cells
            .last()
            .is_some_and(|cell| cell.kind == CellKind::Text && cell.range.len() > LONGEST_SPACED)
    {
        cells.drain(before..cells.len() - 1);
        return Shape::Bare;
    }
    Shape::Tabbed
}

fn piped(line: &str, cells: &mut Vec<Cell>) -> Shape {
    let trimmed = trim(line);
    if trimmed == "|" {
        return Shape::LonePipe;
    }
    if is_delimiter(trimmed) {
        return Shape::Delimiter;
    }
    let before = cells.len();
    let lead = trimmed.as_ptr() as usize - line.as_ptr() as usize;
    // A blank before the first pipe is a cell: ` | 0 | 3` has three.
    let opening = usize::from(trimmed.starts_with('|') && !line[..lead].contains(is_space));
    let first = if opening == 1 { lead + 1 } else { 0 };
    let (mut start, mut column) = (first, opening);
    let (mut words, mut last) = (0, 0);
    let mut add = |start: usize, end: usize, column: usize| {
        push(line, start, end, column, column == opening, cells);
        let Some(cell) = cells.last_mut() else { return };
        if is_filler(&line[cell.range.to_range()]) {
            cell.kind = CellKind::Blank;
        }
        if cell.kind != CellKind::Blank {
            words += 1;
            last = column;
        }
    };
    for end in places(b'|', &line.as_bytes()[first..]).map(|at| first + at) {
        add(start, end, column);
        start = end + 1;
        column += 1;
    }
    // What follows the last pipe is a cell only if it is not blank.
    if !trim(&line[start..]).is_empty() {
        add(start, line.len(), column);
    }
    // Whether no cell but the first has words.
    let alone = words == 0 || (words == 1 && last == opening);
    if alone && opening == 0 {
        if let Some(cell) = cells.get_mut(before) {
            cell.opens_row = false;
        }
        return Shape::PipeEnded;
    }
    if words == 0 {
        // `| |||`, the tail of a column span on a line of its own.
        cells[before..].iter_mut().for_each(|cell| cell.opens_row = false);
        return Shape::PipeEnded;
    }
    Shape::Piped
}

fn is_delimiter(trimmed: &str) -> bool {
    let strokes = |b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t');
    trimmed.starts_with(['|', '-', ':']) && trimmed.bytes().all(strokes) && trimmed.contains("---")
}

/// A line without separators: words, figures, or both between runs of spaces.
fn bare(line: &str, cells: &mut Vec<Cell>) -> Shape {
    let words = trim(line);
    if words.is_empty() {
        return Shape::Blank;
    }
    let number = plain_number(words);
    let words = if number.is_empty() { words } else { number };
    let offset = words.as_ptr() as usize - line.as_ptr() as usize;
    let seen = Seen::of(words);
    if let Some(bar) = drawn_bar(words, seen) {
        return barred(line, offset..offset + words.len(), bar, cells);
    }
    let has_space = seen.has_space(words);
    let is_long = is_long(words);
    let run_on = || (is_long && has_space).then_some(words);
    if let Some(shape) = commas::cut(line, cells).or_else(|| run_on::cut(line, run_on()?, cells)) {
        return shape;
    }
    if is_long || !has_space {
        if page_footer(words) {
            return Shape::PageFooter;
        }
        cells.push(Cell {
            range: TextRange::new(offset, offset + words.len()),
            kind: kind(words),
            column: 0,
            opens_row: false,
        });
        return Shape::Bare;
    }
    if page_footer(words) {
        return Shape::PageFooter;
    }
    let before = cells.len();
    for (start, end) in runs(words) {
        figures_apart(words, start, end, offset, before, cells);
    }
    if cells.len() - before == 1 {
        cells[before].opens_row = false;
        return Shape::Bare;
    }
    Shape::Spaced
}

/// Whether a line is longer than the row of a table can be. Spaces, which may align the columns of a wide table, do not count.
fn is_long(words: &str) -> bool {
    words.len() > LONGEST_SPACED
        && words.bytes().filter(|byte| *byte != b' ').count() > LONGEST_SPACED
}

/// The bar that a line draws between its cells: `规章｜0｜0`, `│ 规章 │ 0 │`. A single one may stand in a sentence.
fn drawn_bar(words: &str, seen: Seen) -> Option<&'static str> {
    if words.len() > 2 * LONGEST_SPACED || !seen.has(Seen::BAR) {
        return None;
    }
    let is_drawn =
        |bar: &&&str| memchr::memmem::find_iter(words.as_bytes(), bar.as_bytes()).nth(1).is_some();
    ["｜", "│", "┃"].iter().find(is_drawn).copied()
}

/// Cells between drawn bars. A blank one is a cell too.
fn barred(line: &str, words: Range<usize>, bar: &str, cells: &mut Vec<Cell>) -> Shape {
    let (mut start, end) = (words.start, words.end);
    // As with pipes, a blank before the first bar is a cell.
    let leads = !line[..words.start].contains(is_space);
    let opening = usize::from(leads && line[words].starts_with(bar));
    start += opening * bar.len();
    let mut column = opening;
    while let Some(next) = line[start..end].find(bar).map(|at| start + at) {
        push(line, start, next, column, column == opening, cells);
        start = next + bar.len();
        column += 1;
    }
    if start < end {
        push(line, start, end, column, column == opening, cells);
    }
    Shape::Spaced
}

/// Pieces between runs of two or more spaces, or at an ideographic or no-break space.
fn runs(words: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut start = 0;
    let pieces = std::iter::from_fn(move || {
        if start >= words.len() {
            return None;
        }
        let mut next = words.len();
        let mut run = 0;
        for (at, c) in words[start..].char_indices() {
            if is_space(c) {
                run += if c == ' ' { 1 } else { 2 };
            } else {
                if run >= 2 {
                    next = start + at;
                    break;
                }
                run = 0;
            }
        }
        let piece = &words[start..next];
        start = next;
        Some(piece)
    });
    // A piece may begin with invisible characters, or consist of them.
    pieces.map(trim).filter(|piece| !piece.is_empty()).map(move |piece| {
        let start = piece.as_ptr() as usize - words.as_ptr() as usize;
        (start, start + piece.len())
    })
}

/// Cuts figures off the words before them: （一）予以公开 1 0 0 0 0 0 1.
fn figures_apart(
    words: &str,
    start: usize,
    end: usize,
    offset: usize,
    before: usize,
    cells: &mut Vec<Cell>,
) {
    let piece = &words[start..end];
    let mut head = piece.len();
    while let Some(space) = piece[..head].trim_end().rfind(' ') {
        if !is_number_like(piece[space + 1..head].trim()) {
            break;
        }
        head = space;
    }
    let lead = piece[..head].trim_end();
    // The first token too is a figure: the whole piece is a row of figures.
    let lead = if head < piece.len() && is_number_like(lead) { "" } else { lead };
    let mut at = start;
    let add = |from: usize, to: usize, cells: &mut Vec<Cell>| {
        let range = TextRange::new(offset + from, offset + to);
        let column = (cells.len() - before) as u16;
        cells.push(Cell { range, kind: kind(&words[from..to]), column, opens_row: column == 0 });
    };
    if !lead.is_empty() {
        add(at, at + lead.len(), cells);
        at += lead.len();
    }
    for token in words[at..end].split(' ').filter(|token| !token.is_empty()) {
        let from = token.as_ptr() as usize - words.as_ptr() as usize;
        add(from, from + token.len(), cells);
    }
}

pub(super) fn push(
    line: &str,
    start: usize,
    end: usize,
    column: usize,
    opens_row: bool,
    cells: &mut Vec<Cell>,
) {
    let column = column.min(u16::MAX as usize) as u16;
    if let Some(digits) = digits(&line.as_bytes()[start..end]) {
        let range = TextRange::new(start + digits.start, start + digits.end);
        cells.push(Cell { range, kind: CellKind::Number, column, opens_row });
        return;
    }
    let words = plain_number(markup::unwrapped(trim(&line[start..end])));
    let from =
        if words.is_empty() { start } else { words.as_ptr() as usize - line.as_ptr() as usize };
    let range = TextRange::new(from, from + words.len());
    cells.push(Cell { range, kind: kind(words), column, opens_row });
}

/// The range of the digits, if a piece is nothing but digits and blanks, as most cells of a table are.
fn digits(piece: &[u8]) -> Option<Range<usize>> {
    let start = piece.iter().position(|&byte| byte != b' ')?;
    let count = piece[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_alone = piece[start + count..].iter().all(|&byte| byte == b' ');
    ((1..=12).contains(&count) && is_alone).then_some(start..start + count)
}

/// A number, or an empty string, without the emphasis of Markdown (`**12**`) and the field marks that a word processor leaves (`[bookmark: _GoBack]12`).
/// Words are returned as they are; their marks are removed when they are folded.
fn plain_number(words: &str) -> &str {
    const MARKS: [char; 3] = ['*', '_', '`'];
    if !words.starts_with(MARKS) && !words.starts_with('[') && !words.ends_with(']') {
        return words;
    }
    let mut inner = words.trim_matches(MARKS);
    while let Some(rest) = field_mark(inner) {
        inner = trim(rest);
    }
    if let Some(open) = inner.find('[').filter(|open| field_mark(&inner[*open..]) == Some("")) {
        inner = trim(&inner[..open]);
    }
    if is_number_like(inner) || inner.is_empty() && !words.starts_with(MARKS) {
        inner
    } else {
        words
    }
}

/// The offsets of a separator. Searched byte by byte: a row has a separator every few bytes, and to start memchr for each would take longer.
fn places(separator: u8, row: &[u8]) -> impl Iterator<Item = usize> {
    row.iter().enumerate().filter(move |(_, byte)| **byte == separator).map(|(at, _)| at)
}

/// A cell without the white space and invisible characters around its words.
pub(super) fn trim(piece: &str) -> &str {
    let piece = piece.trim_ascii();
    // Digits and Chinese characters are recognised by one byte: E4 to E9 are the first bytes of U+4000 to U+9FFF.
    let is_word = |byte: u8| byte.is_ascii_graphic() || (0xe4..=0xe9).contains(&byte);
    match piece.as_bytes() {
        [first, ..] if is_word(*first) && ends_in_word(piece.as_bytes()) => piece,
        _ => piece.trim_matches(is_trimmed),
    }
}

fn ends_in_word(bytes: &[u8]) -> bool {
    match bytes {
        [.., lead, _, last] if !last.is_ascii() => (0xe4..=0xe9).contains(lead),
        [.., last] => last.is_ascii_graphic(),
        [] => false,
    }
}

/// White space and invisible characters, which are trimmed from cells: a figure with a zero-width space behind it is still that figure. Within a word an
/// invisible character does not separate cells.
pub(super) fn is_trimmed(c: char) -> bool {
    is_space(c) || is_invisible(c)
}
