//! Lines with HTML tags. A tag, a comment or a cell may go on over several lines, so the state behind a line says what is still open.
//!
//! Not a crate, since HTML tokenizers start at the first byte of a document and cannot resume at an edited line.

use std::ops::Range;

use super::cells::trim;
use super::shape::kind;
use super::{Cell, CellKind, State};
use crate::text::TextRange;

const IN_TAG: u8 = 1;
const IN_COMMENT: u8 = 2;
const IN_RAW: u8 = 4;
const CELL_EMPTY: u8 = 8;
const CELL_FILLED: u8 = 16;
pub(super) const ROW_OPENED: u8 = 32;

/// Is a tag, a comment or a script open?
pub(super) fn is_open(state: State) -> bool {
    state.0 & (IN_TAG | IN_COMMENT | IN_RAW) != 0
}

/// Tags that make a line markup. 《河北省实施<中华人民共和国…>办法》 and `x<5` hold none of them.
const TAGS: &[&str] = &[
    "a", "article", "b", "body", "br", "cell", "center", "col", "colgroup", "div", "em", "font",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "html", "i", "img", "input", "li", "link",
    "main", "meta", "o:p", "ol", "p", "row", "script", "section", "span", "strong", "style", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "u", "ul", "!doctype",
    "!--",
];

/// Does the line hold a tag of HTML?
pub(super) fn holds_tag(line: &str) -> bool {
    memchr::memchr_iter(b'<', line.as_bytes()).any(|at| {
        let name = tag_name(&line[at + 1..]);
        line[at..].starts_with("<!--") || TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name))
    })
}

/// Tags that stand within the words of a cell.
const INLINE: &[&str] =
    &["a", "b", "br", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u"];

/// Tags between pieces of one word or figure: Word writes `<span>1.</span><span lang=EN-US>属于国家秘密` and `<b>20</b><b>23</b>`. A break ends what
/// stands before it, and what is raised is a remark: `12<sup>①</sup>`.
const WITHIN_WORDS: &[&str] = &["a", "b", "em", "font", "i", "o:p", "s", "span", "strong", "u"];

/// Whether `between` consists of tags that separate nothing, at least one of them.
pub(crate) fn joins(between: &str) -> bool {
    let mut rest = between;
    while let Some(tag) = trim_entities(rest).strip_prefix('<') {
        let name = tag_name(tag);
        let Some(close) = memchr::memchr(b'>', tag.as_bytes()) else { return false };
        if !WITHIN_WORDS.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            return false;
        }
        rest = &tag[close + 1..];
    }
    rest.len() < between.len() && trim_entities(rest).is_empty()
}

/// Words without such tags among them.
pub(crate) fn untagged(words: &str) -> String {
    let mut said = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        let tag = &rest[open + 1..];
        let close = memchr::memchr(b'>', tag.as_bytes()).filter(|_| !tag_name(tag).is_empty());
        let end = close.map_or(open + 1, |close| open + close + 2);
        said.push_str(&rest[..if close.is_some() { open } else { end }]);
        rest = &rest[end..];
    }
    said.push_str(rest);
    said
}

/// The words of a cell between pipes without the tags and blanks that stand around them: `<span style="…">0</span><span></span>`, `&nbsp;`. A tag
/// that is a remark's, or that is not closed here, stays.
pub(super) fn unwrapped(cell: &str) -> &str {
    let mut words = cell;
    if !words.starts_with(['<', '&']) && !words.ends_with(['>', ';']) {
        return words;
    }
    let is_within =
        |tag: &str| WITHIN_WORDS.iter().any(|it| it.eq_ignore_ascii_case(tag_name(tag)));
    loop {
        words = trim_entities(words);
        let opening = words.strip_prefix('<').filter(|tag| is_within(tag));
        if let Some((_, rest)) = opening.and_then(|tag| tag.split_once('>')) {
            words = rest;
            continue;
        }
        let last = words.strip_suffix('>').and_then(|_| words.rsplit_once('<'));
        match last.filter(|(_, tag)| is_within(tag)) {
            Some((rest, _)) => words = rest,
            // Two words of which each has its own tags.
            None if words.contains('<') && words.contains('>') => return cell,
            None => return words,
        }
    }
}

/// Does a row of pipes begin here?
pub(super) fn opens_pipe_row(text: &str) -> bool {
    text.trim_start_matches([' ', '\t']).starts_with('|')
}

/// A row of pipes whose tags all stand within its cells, as Markdown has them: `| 结果<br>维持 | 0 |`.
pub(super) fn is_pipe_row(line: &str) -> bool {
    opens_pipe_row(line)
        && memchr::memchr_iter(b'<', line.as_bytes()).all(|at| {
            let name = tag_name(&line[at + 1..]);
            name.is_empty() || INLINE.iter().any(|tag| tag.eq_ignore_ascii_case(name))
        })
}

/// A tag that may end a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It ends a block.
    Block,
    /// It breaks the line, but only the words of a cell within a row of pipes: `| 结果<br>维持 |`.
    Break,
}

/// What the tag that `text` ends with ends, if anything.
pub(super) fn ending(text: &str) -> Option<Ending> {
    const LONGEST: usize = 12;
    let from = text.len().saturating_sub(LONGEST);
    let open = memchr::memrchr(b'<', &text.as_bytes()[from..])?;
    let tag = text[from + open + 1..text.len() - 1].trim_end_matches(['/', ' ']);
    // Most tags end with another letter: </td>.
    let last = tag.as_bytes().last().map(u8::to_ascii_lowercase);
    if !matches!(last, Some(b'p' | b'r' | b'v' | b'i' | b'e' | b'n' | b'1'..=b'6')) {
        return None;
    }
    let is = |name: &str| tag.eq_ignore_ascii_case(name);
    let closes = [
        "/p", "/tr", "/div", "/li", "/table", "/section", "/h1", "/h2", "/h3", "/h4", "/h5", "/h6",
    ];
    if is("br") {
        return Some(Ending::Break);
    }
    closes.into_iter().any(is).then_some(Ending::Block)
}

/// Cuts a line at its tags; returns what is still open behind it.
pub(super) fn cut(line: &str, entry: State, cells: &mut Vec<Cell>) -> State {
    let mut walk = Walk { line, state: entry.0, column: 0, cells };
    walk.on(0);
    State(walk.state)
}

/// Cuts a cell of a wiki's row, in which tags may stand; returns what is still open behind it.
pub(super) fn cut_cell(
    line: &str,
    cell: Range<usize>,
    column: u16,
    opens_row: bool,
    cells: &mut Vec<Cell>,
) -> State {
    let state = CELL_EMPTY | if opens_row { ROW_OPENED } else { 0 };
    let mut walk = Walk { line: &line[..cell.end], state, column, cells };
    walk.on(cell.start);
    if !is_open(State(walk.state)) {
        walk.close_cell(cell.end);
    }
    State(walk.state)
}

struct Walk<'a> {
    line: &'a str,
    state: u8,
    column: u16,
    cells: &'a mut Vec<Cell>,
}

impl Walk<'_> {
    /// On from `at` to the end.
    fn on(&mut self, mut at: usize) {
        while at < self.line.len() {
            at = match self.state & (IN_TAG | IN_COMMENT | IN_RAW) {
                0 => self.words(at),
                flag if flag & IN_COMMENT != 0 => self.until("-->", IN_COMMENT, at),
                flag if flag & IN_RAW != 0 => self.raw(at),
                _ => self.until(">", IN_TAG, at),
            };
        }
    }

    /// The words up to the next tag, and the tag.
    fn words(&mut self, at: usize) -> usize {
        let rest = &self.line[at..];
        let end = memchr::memchr(b'<', rest.as_bytes()).map_or(self.line.len(), |end| at + end);
        self.piece(at, end);
        if end == self.line.len() {
            return end;
        }
        let tag = &self.line[end + 1..];
        if tag.starts_with("!--") {
            self.state |= IN_COMMENT;
            return (end + 4).min(self.line.len());
        }
        let name = tag_name(tag);
        if name.is_empty() && !tag.starts_with('/') {
            // A `<` of the words.
            return end + 1;
        }
        self.open_or_close(name, tag.starts_with('/'), end);
        if let Some(close) = memchr::memchr(b'>', tag.as_bytes()) {
            return end + close + 2;
        }
        self.state |= IN_TAG;
        self.line.len()
    }

    fn open_or_close(&mut self, name: &str, closes: bool, at: usize) {
        let is = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(name));
        // TEI, which some converters write, has `row` and `cell`.
        if is(&["td", "th", "tr", "cell", "row"]) || (closes && is(&["table"])) {
            self.close_cell(at);
        }
        if closes {
            return;
        }
        if is(&["tr", "row"]) {
            self.state |= ROW_OPENED;
        } else if is(&["td", "th", "cell"]) {
            self.state |= CELL_EMPTY;
        } else if is(&["script", "style"]) {
            self.state |= IN_RAW;
        }
    }

    fn close_cell(&mut self, at: usize) {
        if self.state & CELL_EMPTY != 0 {
            self.add(TextRange::empty(at), CellKind::Blank);
        }
        if self.state & (CELL_EMPTY | CELL_FILLED) != 0 {
            self.column = self.column.saturating_add(1);
        }
        self.state &= !(CELL_EMPTY | CELL_FILLED);
    }

    fn piece(&mut self, start: usize, end: usize) {
        let words = trim_entities(&self.line[start..end]);
        if words.is_empty() {
            return;
        }
        let from = words.as_ptr() as usize - self.line.as_ptr() as usize;
        self.add(TextRange::new(from, from + words.len()), kind(words));
        if self.state & CELL_EMPTY != 0 {
            self.state = (self.state & !CELL_EMPTY) | CELL_FILLED;
        }
    }

    fn add(&mut self, range: TextRange, kind: CellKind) {
        let opens_row = self.state & ROW_OPENED != 0;
        self.state &= !ROW_OPENED;
        self.cells.push(Cell { range, kind, column: self.column, opens_row });
    }

    fn until(&mut self, end: &str, flag: u8, at: usize) -> usize {
        match self.line[at..].find(end) {
            Some(found) => {
                self.state &= !flag;
                at + found + end.len()
            }
            None => self.line.len(),
        }
    }

    /// Skips a script or a style sheet, whose words are none of the report's.
    fn raw(&mut self, at: usize) -> usize {
        let mut from = at;
        while let Some(found) = self.line[from..].find("</") {
            let name = tag_name(&self.line[from + found + 1..]);
            if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
                self.state &= !IN_RAW;
                return from + found;
            }
            from += found + 2;
        }
        self.line.len()
    }
}

/// The name at the start of a tag, without `/`.
fn tag_name(tag: &str) -> &str {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '!'))
        .unwrap_or(tag.len());
    &tag[..end]
}

/// Trims white space and the entities that stand for it.
fn trim_entities(words: &str) -> &str {
    const SPACES: &[&str] =
        &["&nbsp;", "&ensp;", "&emsp;", "&thinsp;", "&#160;", "&#xa0;", "&#xA0;", "&#12288;"];
    let mut words = trim(words);
    if !words.starts_with('&') && !words.ends_with(';') {
        return words;
    }
    while let Some(shorter) = SPACES
        .iter()
        .find_map(|space| words.strip_prefix(space).or_else(|| words.strip_suffix(space)))
    {
        words = trim(shorter);
    }
    words
}
