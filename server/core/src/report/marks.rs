//! Lines that may be a border: titles, headings, the issuer's own line. A mark is a pure function of its line and the forms.

use super::fold::{fold, fold_into, numeral};
use super::lexicon::{Family, Lexicon};
use super::titles::{is_other_title, is_title, without_remark};
use super::untagged::Untagged;
use crate::syntax::{Cell, CellKind, LineView, Shape, field_mark, joins};
use crate::text::TextRange;

/// Bytes of a line beyond which it is prose; a heading at its beginning is still recognised.
const LONGEST_BORDER: usize = 240;
/// Most characters of a heading that is recognised by some of its words and not by its exact wording.
const LONGEST_HEADING: usize = 30;

/// What a line may open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A report.
    Title {
        /// Which family of forms.
        family: usize,
    },
    /// A document of another kind.
    OtherTitle,
    /// A part.
    Heading(HeadingMark),
    /// Perhaps the first line of a title that is broken over two.
    Issuer,
}

/// A heading of the form, or a numbered line that could be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadingMark {
    /// Family and index of the section; `None` for a line that is merely numbered.
    pub(crate) section: Option<(usize, usize)>,
    /// Whether the wording is one that the form gives. Otherwise the section was recognised by some of its words.
    pub(crate) exact: bool,
    /// The value of the numeral.
    pub(crate) number: Option<u32>,
    /// How it is numbered.
    pub(crate) style: Style,
    /// The heading in its line.
    pub(crate) range: TextRange,
    /// The numeral in its line.
    pub(crate) numeral: TextRange,
    /// The wording in its line.
    pub(crate) wording: TextRange,
}

/// How a heading is numbered. A report numbers its parts in one way, and often their paragraphs in another: 2.主动公开情况 within part 一.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// 三、
    Plain,
    /// 第三部分
    Part,
    /// Not at all.
    Unnumbered,
    /// 3. or 3、
    Digit,
    /// （三）
    Bracket,
    /// 三是
    Is,
}

impl Style {
    /// Whether this style numbers nothing but headings. The others also number paragraphs and sentences.
    pub(crate) fn is_for_headings(self) -> bool {
        matches!(self, Self::Plain | Self::Part | Self::Unnumbered)
    }
}

impl Mark {
    /// Whether both are the same border, wherever they stand in their lines.
    pub(crate) fn same_border(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Heading(a), Self::Heading(b)) => {
                (a.section, a.exact, a.number, a.style) == (b.section, b.exact, b.number, b.style)
            }
            (a, b) => a == b,
        }
    }
}

/// Marks that no title and no signature has, in both widths: a fix that changes the width of a comma must not turn a title into prose.
const OF_SENTENCES: [char; 8] = ['。', '；', '，', '《', '：', ';', ',', ':'];

/// What the line may open, if anything.
pub(crate) fn mark(lexicon: &Lexicon, text: &str, view: LineView<'_>) -> Option<Mark> {
    let text = &text[view.start..];
    let cells = candidate(text, view)?;
    let is_cut = view.line.shape == Shape::Markup && cells.len() > 1;
    let untagged = if is_cut { Untagged::new(text, cells) } else { Untagged::whole(text, cells) };
    let line = &*untagged.words;
    let (lead, numbered) = strip_marks(line);
    let numeral = leading_numeral(numbered);
    if numeral.number.is_none() && !ends_like_border(lexicon, without_remark(line)) {
        return None;
    }
    if let Some(mut mark) = heading(lexicon, numbered, &numeral, lead) {
        for range in [&mut mark.range, &mut mark.numeral, &mut mark.wording] {
            *range = untagged.place(*range);
        }
        return Some(Mark::Heading(mark));
    }
    if line.len() > LONGEST_BORDER || line.contains(OF_SENTENCES) {
        return None;
    }
    let folded = fold(line);
    if let Some(family) = lexicon.families.iter().position(|family| is_title(family, line, &folded))
    {
        return Some(Mark::Title { family });
    }
    if lexicon.families.iter().any(|family| is_other_title(family, &folded)) {
        return Some(Mark::OtherTitle);
    }
    let issuer = |family: &Family| {
        family.issuer_endings.iter().any(|ending| folded.ends_with(ending.as_str()))
    };
    (view.line.shape == Shape::Bare
        && folded.chars().count() <= LONGEST_HEADING
        && lexicon.families.iter().any(issuer))
    .then_some(Mark::Issuer)
}

/// The cells of a line whose words may be a title, a heading or a name; `None` for a row of a table.
fn candidate<'c>(text: &str, view: LineView<'c>) -> Option<&'c [Cell]> {
    match view.line.shape {
        Shape::Blank
        | Shape::LonePipe
        | Shape::Delimiter
        | Shape::Directive
        | Shape::PageFooter => return None,
        Shape::Bare | Shape::Spaced => {
            let is_text = |cell: &Cell| cell.kind == CellKind::Text;
            let first = view.cells.first().filter(|it| is_text(it))?;
            // The line of a table of contents ends with the page's number; several figures are a row.
            let cells = match view.cells {
                [words @ .., page] if !is_text(page) => words,
                cells => cells,
            };
            let last = cells.last()?;
            if cells.len() < view.cells.len() && !is_text(last) {
                return None;
            }
            // A long line can still begin with a numbered heading: 六、其他需要报告的事项：无。
            let may_be = first.range.cover(last.range).len() <= LONGEST_BORDER
                || begins_numbered(&text[first.range.start as usize..]);
            return may_be.then_some(cells);
        }
        Shape::Commas
        | Shape::Tabbed
        | Shape::TabLed
        | Shape::Piped
        | Shape::PipeEnded
        | Shape::Markup => {}
    }
    let is_filled = |cell: &Cell| cell.kind != CellKind::Blank;
    let cells = &view.cells[..=view.cells.iter().rposition(is_filled)?];
    let cells = &cells[cells.iter().position(is_filled)?..];
    if view.line.shape == Shape::Markup {
        return are_words(text, cells).then_some(cells);
    }
    let [cell] = cells else { return None };
    (cell.kind == CellKind::Text && cell.range.len() <= LONGEST_BORDER).then_some(cells)
}

/// Whether cells of a line of HTML may be the pieces of one heading: `<p><b>一、</b>总体情况</p>`, ××局`<b>2023</b>`年… Two cells of a table are a row,
/// and so are a word and a figure between which more stands than tags within words.
fn are_words(text: &str, cells: &[Cell]) -> bool {
    let (mut len, mut before, mut is_loose) = (0, None, false);
    for cell in cells.iter().filter(|cell| cell.kind != CellKind::Blank) {
        let range = cell.range;
        let joined =
            before.is_some_and(|end| text.get(end..range.start as usize).is_some_and(joins));
        if is_loose && !joined || cell.column != cells[0].column {
            return false;
        }
        is_loose = match cell.kind {
            CellKind::Text => false,
            CellKind::Number => !joined,
            CellKind::Blank | CellKind::Mark => return false,
        };
        len += range.len();
        before = Some(range.end as usize);
    }
    !is_loose && len <= LONGEST_BORDER
}

/// Whether the last significant character can end a title, a heading or an issuer's name. Rules out most lines at once.
fn ends_like_border(lexicon: &Lexicon, line: &str) -> bool {
    let mut folded = String::new();
    for (at, c) in line.char_indices().rev() {
        fold_into(&line[at..at + c.len_utf8()], &mut folded);
        if let Some(last) = folded.chars().next_back().filter(|last| !last.is_ascii_alphanumeric())
        {
            return lexicon.may_end(last);
        }
        folded.clear();
    }
    false
}

/// Whether the words begin with a numeral.
pub(super) fn is_numbered(line: &str) -> bool {
    leading_numeral(strip_marks(line).1).number.is_some()
}

fn begins_numbered(words: &str) -> bool {
    let (_, words) = strip_marks(words);
    numeral(words).is_some_and(|(_, end)| words[end..].starts_with('、'))
}

/// Skips what stands before the numeral: `##`, `**`, `==`, `'''`, 【, a Word bookmark.
fn strip_marks(line: &str) -> (usize, &str) {
    let mut rest = line;
    loop {
        let next = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '#' | '*' | '_' | '=' | '\'' | '>' | '【' | '\u{feff}' | '\u{200b}')
        });
        let next = field_mark(next).unwrap_or(next);
        if next.len() == rest.len() {
            return (line.len() - rest.len(), rest);
        }
        rest = next;
    }
}

fn heading(
    lexicon: &Lexicon,
    words: &str,
    numeral: &Numeral,
    offset: usize,
) -> Option<HeadingMark> {
    let &Numeral { number, style, end: numeral_end } = numeral;
    let start =
        field_mark(&words[numeral_end..]).map_or(numeral_end, |rest| words.len() - rest.len());
    let wording = &words[start..];
    let mark = wording.find('[').filter(|at| field_mark(&wording[*at..]).is_some());
    let wording = &wording[..mark.unwrap_or(wording.len())];
    let head_end = wording.find(['。', '：', ':', '；', '，', ',']).unwrap_or(wording.len());
    // 2.主动公开情况。本年度… is a paragraph.
    if !style.is_for_headings() && head_end < wording.len() {
        return None;
    }
    let head = wording[..head_end].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '#' | '=' | '\'' | '】')
    });
    if head.is_empty() || head.len() > LONGEST_BORDER / 2 {
        return None;
    }
    let folded = fold(head);
    let folded = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let runs_in = wording.len() - head_end > '：'.len_utf8();
    let at = |start: usize, end: usize| TextRange::new(offset + start, offset + end);
    let exact = section_of(lexicon, folded);
    let may_be_told = number.is_some() && style != Style::Is && !runs_in;
    let told = || may_be_told.then(|| section_by_words(lexicon, folded)).flatten();
    let found = HeadingMark {
        section: exact.or_else(told),
        exact: exact.is_some(),
        number,
        style,
        range: at(0, start + head.len()),
        numeral: at(0, numeral_end),
        wording: at(start, start + head.len()),
    };
    if found.section.is_some() {
        return (number.is_some() || !runs_in).then_some(found);
    }
    let unknown = style == Style::Plain
        && head_end == wording.len()
        && words[..numeral_end].trim_end().ends_with('、')
        && (4..=LONGEST_HEADING).contains(&folded.chars().count())
        && lexicon.rows(folded).is_empty()
        && !lexicon.begins_label(folded)
        && lexicon.group(folded).is_none();
    unknown.then_some(found)
}

/// What leads a heading, and where its wording begins.
struct Numeral {
    number: Option<u32>,
    style: Style,
    end: usize,
}

/// The numeral that leads `words`: `三、`, `三 、`, `三是`, `第三部分 `, `3.`, `（三）`, and `三）` that has lost its bracket.
fn leading_numeral(words: &str) -> Numeral {
    let none = Numeral { number: None, style: Style::Unnumbered, end: 0 };
    // Most lines begin with a figure or word that is no numeral.
    if !words.starts_with(may_lead) {
        return none;
    }
    let inner = words.trim_start_matches(['第', '（', '(']);
    let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let found = match digits {
        0 => numeral(inner),
        1..=2 => inner[..digits].parse().ok().map(|number| (number, digits)),
        _ => None,
    };
    let Some((number, end)) = found else { return none };
    let rest = &inner[end..];
    let behind = rest.trim_start();
    let (style, behind) = if let Some(behind) = behind.strip_prefix("部分") {
        (Style::Part, behind)
    } else if let Some(behind) = behind.strip_prefix('是') {
        (Style::Is, behind)
    } else if let Some(behind) = behind.strip_prefix(['）', ')']) {
        (Style::Bracket, behind)
    } else if digits > 0 {
        (Style::Digit, behind)
    } else {
        (Style::Plain, behind)
    };
    let wording = behind.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '、' | '.' | '．' | ',' | '，' | ':' | '：' | '﹑' | '*')
    });
    if wording.len() == rest.len() {
        return none;
    }
    Numeral { number: Some(number), style, end: words.len() - wording.len() }
}

/// Whether a numeral may begin with this character, or with a bracket before it.
fn may_lead(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '第' | '（' | '(' | '\u{2e80}'..='\u{2fdf}' | '一' | '二' | '三' | '四')
        || matches!(c, '五' | '六' | '七' | '八' | '九' | '十')
}

/// The section whose wording, or one of its variants, a folded heading is.
fn section_of(lexicon: &Lexicon, folded: &str) -> Option<(usize, usize)> {
    lexicon.families.iter().enumerate().find_map(|(index, family)| {
        let section = family
            .sections
            .iter()
            .position(|section| section.exact.iter().any(|wording| wording == folded))?;
        Some((index, section))
    })
}

/// The section that a folded heading means by some of its words. Only for lines with a numeral, which shows that they are headings at all.
fn section_by_words(lexicon: &Lexicon, folded: &str) -> Option<(usize, usize)> {
    if folded.chars().count() > LONGEST_HEADING || !lexicon.rows(folded).is_empty() {
        return None;
    }
    lexicon.families.iter().enumerate().find_map(|(index, family)| {
        let has = |set: &Vec<String>| {
            !set.is_empty() && set.iter().all(|word| folded.contains(word.as_str()))
        };
        let section = family.sections.iter().position(|section| section.words.iter().any(has))?;
        Some((index, section))
    })
}
