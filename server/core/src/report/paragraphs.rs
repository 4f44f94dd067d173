//! Paragraphs of running text: single lines, several lines that the edge of a page has broken (as in the text of a PDF), or the pieces between HTML tags.
//!
//! Lines are joined only where the text shows how wide its page is: several lines of nearly the same width end within a sentence. A paragraph that
//! merely lacks its full stop is not like the others, and nothing is joined with it.

use std::borrow::Cow;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::model::Part;
use crate::syntax::joins;
use crate::text::TextRange;

/// A paragraph's words in one line.
pub(crate) struct Paragraph<'a> {
    pub(crate) words: Cow<'a, str>,
    /// Where its first line stands in the text.
    start: usize,
    /// Where what follows no longer stands side by side with what is before it: the other lines, and digits that are read as narrower ones.
    more: Vec<Piece>,
}

/// Words that stand in a text side by side.
struct Piece {
    /// Where they begin, in bytes of the paragraph's words.
    start: usize,
    /// The same in the text.
    place: usize,
    /// One digit that takes [`WIDE`] bytes in the text.
    is_wide: bool,
}

/// Bytes of a full-width digit, and of a Chinese one.
const WIDE: usize = 3;

/// So many lines that end within a sentence show the page's edge.
const FEWEST: usize = 3;
/// Columns that a full line may lack: an indent of two characters, and a mark that would not fit.
const SLACK: usize = 6;
/// A page is no narrower, in columns; its lines have at least as many bytes.
const NARROWEST: usize = 40;

/// The paragraphs of several lines among `prose`, lines of `text`, by the indexes of these.
pub(super) fn joined_lines(text: &str, prose: &[TextRange]) -> Vec<Range<u32>> {
    let full = full_width(text, prose);
    let goes_on = |last: TextRange, next: TextRange| {
        let words = &text[last.to_range()];
        let is_full = |full| is_open(words) && words.width() >= full && is_next(text, last, next);
        full.is_some_and(is_full) || are_joined(text, last, next)
    };
    let mut joined: Vec<Range<u32>> = Vec::new();
    let pairs = (1..).zip(prose.windows(2));
    for (at, _) in pairs.filter(|(_, pair)| goes_on(pair[0], pair[1])) {
        match joined.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None => joined.push(at - 1..at + 1),
        }
    }
    joined
}

/// The paragraphs of `prose`, lines of `text`, of which those at `joined` ([`joined_lines`]) are one each.
pub(super) fn paragraphs<'a>(
    text: &'a str,
    prose: &[TextRange],
    joined: &[Range<u32>],
) -> Vec<Paragraph<'a>> {
    let mut paragraphs = Vec::with_capacity(prose.len());
    let mut at = 0;
    for run in joined.iter().map(lines_of).chain(std::iter::once(prose.len()..prose.len())) {
        let single = prose.get(at..run.start).unwrap_or_default();
        paragraphs.extend(single.iter().map(|line| Paragraph::line(text, *line)));
        paragraphs.extend(prose.get(run.clone()).and_then(|lines| Paragraph::of(text, lines)));
        at = run.end;
    }
    paragraphs
}

impl Part {
    /// The paragraphs of its running text; `text` is its own.
    pub(crate) fn paragraphs<'a>(&self, text: &'a str) -> Vec<Paragraph<'a>> {
        paragraphs(text, &self.prose, &self.joined)
    }

    /// The paragraphs in which these lines of its running text stand, which ascend.
    pub(crate) fn paragraphs_of<'a>(
        &self,
        text: &'a str,
        lines: impl Iterator<Item = TextRange>,
    ) -> Vec<Paragraph<'a>> {
        let (mut paragraphs, mut last) = (Vec::new(), 0..0);
        for line in lines {
            let own = self.paragraph_at(line);
            if own != last {
                let lines = self.prose.get(own.clone()).unwrap_or_default();
                paragraphs.extend(Paragraph::of(text, lines));
            }
            last = own;
        }
        paragraphs
    }

    /// The lines of its running text, by their indexes, that are one paragraph with `line`.
    pub(crate) fn paragraph_at(&self, line: TextRange) -> Range<usize> {
        let at = self.prose.partition_point(|it| it.start < line.start);
        let run = self.joined.partition_point(|run| lines_of(run).end <= at);
        let run = self.joined.get(run).map(lines_of).filter(|run| run.contains(&at));
        run.unwrap_or(at..at + 1)
    }
}

/// The indexes of the lines of a paragraph.
pub(crate) fn lines_of(run: &Range<u32>) -> Range<usize> {
    run.start as usize..run.end as usize
}

impl<'a> Paragraph<'a> {
    /// A line that is one.
    pub(crate) fn line(text: &'a str, range: TextRange) -> Self {
        let words = Cow::Borrowed(&text[range.to_range()]);
        Self { words, start: range.start as usize, more: Vec::new() }
    }

    /// Lines of `text` that are one; `None` where there is no line.
    pub(crate) fn of(text: &'a str, lines: &[TextRange]) -> Option<Self> {
        let (first, others) = lines.split_first()?;
        let mut paragraph = Self::line(text, *first);
        for line in others {
            let (start, place) = (paragraph.words.len(), line.start as usize);
            paragraph.more.push(Piece { start, place, is_wide: false });
            paragraph.words.to_mut().push_str(&text[line.to_range()]);
        }
        Some(paragraph)
    }

    /// Does it have digits of full width?
    pub(crate) fn has_wide_digits(&self) -> bool {
        let bytes = self.words.as_bytes();
        memchr::memchr_iter(0xef, bytes).any(|at| matches!(bytes[at..], [_, 0xbc, 0x90..=0x99, ..]))
    }

    /// The line that it is; `None` for several.
    pub(crate) fn as_line(&self) -> Option<TextRange> {
        self.more.is_empty().then(|| self.place(TextRange::new(0, self.words.len())))
    }

    /// With ASCII digits for those of full width: 收到申请１２件.
    pub(crate) fn with_ascii_digits(self) -> Self {
        if self.has_wide_digits() { self.rewritten(|_, c| narrow(c)) } else { self }
    }

    /// The same, with digits for small counts in words too: 收到申请三件.
    pub(super) fn with_counts_in_digits(self) -> Self {
        self.rewritten(|rest, c| narrow(c).or_else(|| spelled(rest, c)))
    }

    /// With the digits that `digit` gives for characters of [`WIDE`] bytes; it is asked with the words up to their end and behind it.
    fn rewritten(self, digit: impl Fn((&str, &str), char) -> Option<char>) -> Self {
        let (mut words, mut more) = (String::with_capacity(self.words.len()), Vec::new());
        let mut lines = self.more.iter().peekable();
        let mut was_wide = false;
        for (at, c) in self.words.char_indices() {
            let narrow = digit(self.words.split_at(at + c.len_utf8()), c);
            let is_wide = narrow.is_some();
            let begins = lines.next_if(|piece| piece.start <= at).is_some();
            if is_wide || was_wide || begins {
                more.push(Piece { start: words.len(), place: self.at(at), is_wide });
            }
            words.push(narrow.unwrap_or(c));
            was_wide = is_wide;
        }
        Self { words: Cow::Owned(words), start: self.start, more }
    }

    /// Where a range of the words stands in the text.
    pub(crate) fn place(&self, range: TextRange) -> TextRange {
        let (start, last) = (self.at(range.start as usize), range.end.saturating_sub(1) as usize);
        let is_wide = self.piece(last).is_some_and(|piece| piece.is_wide);
        let end = self.at(last) + if is_wide { WIDE } else { 1 };
        TextRange::new(start, end.max(start))
    }

    /// Whether the page's edge cuts a figure in a range of the words. `2025⏎120件` may be two figures.
    pub(crate) fn cuts_figure(&self, range: TextRange) -> bool {
        let is_digit = |at: usize| self.words.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let inner = self.more.partition_point(|piece| piece.start <= range.start as usize);
        let inner = self.more[inner..].iter().map(|piece| piece.start);
        inner.take_while(|start| *start < range.end as usize).any(|start| {
            let is_figure = is_digit(start - 1) && is_digit(start);
            is_figure && !self.is_in_line(TextRange::new(start - 1, start + 1))
        })
    }

    /// Whether a range of the words stands in one line.
    pub(crate) fn is_in_line(&self, range: TextRange) -> bool {
        let of_range = |at: u32| self.more.partition_point(|piece| piece.start < at as usize);
        let own = self.more.get(of_range(range.start)..of_range(range.end)).unwrap_or_default();
        let wide = own.iter().filter(|piece| piece.is_wide).count();
        self.place(range).len() == range.len() + wide * (WIDE - 1)
    }

    fn piece(&self, offset: usize) -> Option<&Piece> {
        let before = self.more.partition_point(|piece| piece.start <= offset);
        self.more.get(before.checked_sub(1)?)
    }

    fn at(&self, offset: usize) -> usize {
        let start = |piece: &Piece| piece.place + offset - piece.start;
        self.piece(offset).map_or(self.start + offset, start)
    }
}

/// The ASCII digit for one of full width.
fn narrow(c: char) -> Option<char> {
    let digit = u32::from(c).checked_sub(u32::from('０')).filter(|it| *it < 10)?;
    char::from_digit(digit, 10)
}

/// Counts in words. 一 is none: 收到一件、办结一件 says how something is done.
const SPELLED: [(char, char); 9] = [
    ('两', '2'),
    ('二', '2'),
    ('三', '3'),
    ('四', '4'),
    ('五', '5'),
    ('六', '6'),
    ('七', '7'),
    ('八', '8'),
    ('九', '9'),
];
/// What is counted in words.
const COUNTED: [char; 4] = ['件', '宗', '起', '份'];
/// Before a numeral, what makes it another one or no count: 第三件, 十三件, 每两件, 两、三件.
const PARTS_OF_NUMERALS: &str = "第每逐这那前后首头几数多各十百千零〇一二两三四五六七八九、至-—~～";
/// Behind what is counted, what makes it something else: 三件事.
const OTHERS: [char; 5] = ['事', '套', '大', '小', '以'];

/// Whether a count in words ends at `at`.
pub(super) fn is_spelled(words: &str, at: usize) -> bool {
    let last = words[..at].chars().next_back();
    last.is_some_and(|c| spelled(words.split_at(at), c).is_some())
}

/// The digit for a count in words that ends with `c`.
fn spelled((before, behind): (&str, &str), c: char) -> Option<char> {
    let (_, digit) = SPELLED.iter().find(|(word, _)| *word == c)?;
    let mut behind = behind.chars();
    let is_counted = behind.next().is_some_and(|c| COUNTED.contains(&c))
        && behind.next().is_none_or(|c| !OTHERS.contains(&c));
    let before = before.chars().rev().nth(1);
    let is_whole = before.is_some_and(|c| !PARTS_OF_NUMERALS.contains(c) && !c.is_ascii_digit());
    (is_counted && is_whole).then_some(*digit)
}

/// Columns from which on a line reaches the page's edge; `None` where no edge is to be seen, and each line is a paragraph.
fn full_width(text: &str, prose: &[TextRange]) -> Option<usize> {
    let lines = || prose.iter().map(|range| &text[range.to_range()]);
    // Headings and captions are open too, and short. Bytes tell enough to pass over nearly all texts.
    let open = || lines().filter(|line| line.len() >= NARROWEST && is_open(line));
    open().nth(FEWEST - 1)?;
    let widest = lines().map(UnicodeWidthStr::width).max().filter(|it| *it >= NARROWEST)?;
    let full = widest - SLACK;
    let reached = open().filter(|line| line.width() >= full).count();
    (reached >= FEWEST && reached * 3 >= open().count() * 2).then_some(full)
}

/// Do only tags that part nothing stand between two pieces of text? 收到申请<span>12</span>件 is one sentence.
pub(crate) fn are_joined(text: &str, piece: TextRange, next: TextRange) -> bool {
    text.get(piece.end as usize..next.start as usize).is_some_and(joins)
}

/// Does a line end within a sentence?
fn is_open(line: &str) -> bool {
    !line.ends_with(['。', '！', '？', '；', '：', ':', ';'])
}

/// Is the second line the next one of the text, or the first one of the next page?
fn is_next(text: &str, line: TextRange, next: TextRange) -> bool {
    let between = &text[line.end as usize..next.start as usize];
    let breaks = between.matches('\n').count().max(between.matches('\r').count());
    let has_footer = between.contains(|c: char| c.is_ascii_digit());
    let is_bare = |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '—' | '–');
    (breaks == 1 || has_footer) && between.chars().all(is_bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "  全县各级行政机关全年收到政府信息公开申请100件，办结
98件，其中予以公开55件，部分公开21件，不予公开12件，其
他处理10件。比上年多8件，主要是征地补偿方面的申请增加，
全部在法定期限内答复，没有收取信息处理费，也没有发生行
- 2 -
政复议。
  （二）政府信息管理
";

    fn joined(text: &str) -> Vec<String> {
        let lines = text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at + line.len() - line.trim_start().len();
            let range = TextRange::new(start, (*at + line.trim_end().len()).max(start));
            *at += line.len();
            Some(range)
        });
        let is_prose =
            |range: &TextRange| !range.is_empty() && !text[range.to_range()].contains("- 2");
        let prose: Vec<_> = lines.filter(is_prose).collect();
        let paragraphs = paragraphs(text, &prose, &joined_lines(text, &prose));
        for paragraph in &paragraphs {
            for (at, c) in paragraph.words.char_indices() {
                let place = paragraph.place((at..at + c.len_utf8()).into());
                assert_eq!(&text[place.to_range()], c.to_string());
            }
        }
        paragraphs.into_iter().map(|it| it.words.into_owned()).collect()
    }

    #[test]
    fn lines_of_a_page_are_one_paragraph() {
        let found = joined(PAGE);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("办结98件") && found[0].ends_with("也没有发生行政复议。"));
        assert_eq!(joined(&PAGE.replace('\n', "\r\n")), found);
    }

    #[test]
    fn digits_of_full_width_stand_where_they_are_written() {
        let text = "收到１２件，\n办结１\n０件";
        let lines: Vec<TextRange> = [0..18, 19..28, 29..35].map(TextRange::from).into();
        let joined = Paragraph {
            words: lines.iter().map(|it| &text[it.to_range()]).collect::<String>().into(),
            start: 0,
            more: lines[1..]
                .iter()
                .zip([18, 27])
                .map(|(line, start)| Piece { start, place: line.start as usize, is_wide: false })
                .collect(),
        };
        let read = joined.with_ascii_digits();
        assert_eq!(read.words, "收到12件，办结10件");
        for (words, place, is_in_line) in [
            ("12件", "１２件", true),
            ("10", "１\n０", false),
            ("件，办", "件，\n办", false),
            ("办结1", "办结１", true),
        ] {
            let at = read.words.find(words).expect("there");
            let range = TextRange::new(at, at + words.len());
            assert_eq!(&text[read.place(range).to_range()], place);
            assert_eq!(read.is_in_line(range), is_in_line, "{words}");
        }
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let unlike = "一是完善制度，明确责任分工，细化办理流程，做到件件有着落、事事有回音
二是加强培训，全年举办业务培训两次
三是强化监督，把公开工作纳入绩效考核，按季度通报进展情况，年底进行综合考评，对落实不力的约谈提醒
";
        assert_eq!(joined(unlike).len(), 3);
        // With a blank line between, each is a paragraph, however alike in width.
        assert_eq!(joined(&PAGE.replace('\n', "\n\n").replace("- 2 -\n\n", "")).len(), 6);
    }
}
