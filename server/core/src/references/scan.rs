//! Document numbers and titles in a text.

use std::ops::Range;

/// Longest run of words that is taken for an issuer, in characters: 石家庄市人民政府办公室 and what a sentence puts before it.
const LONGEST_ISSUER: usize = 16;
/// Longest title, in characters; beyond, a 《 was left open.
pub(crate) const LONGEST_TITLE: usize = 120;

/// A document number as it stands in a text: 国办公开办函〔2021〕30号, 国务院令第711号.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentNumber<'t> {
    /// All of it, in bytes of the text. What stands before an unknown issuer may be words of the sentence.
    pub range: Range<usize>,
    /// The words before the year: the issuer's code, perhaps with words of the sentence before it.
    pub issuer: &'t str,
    /// The year with its brackets; empty where there is none (国务院令第711号).
    pub bracketed: Range<usize>,
    /// The year.
    pub year: Option<u16>,
    /// The number in its year, without leading zeros.
    pub sequence: u32,
}

impl DocumentNumber<'_> {
    /// The number as it stands `by` bytes farther on.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        let moved = |range: Range<usize>| range.start + by..range.end + by;
        Self { range: moved(self.range), bracketed: moved(self.bracketed), ..self }
    }
}

/// A title between 《 and 》.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedTitle<'t> {
    /// With its marks, in bytes of the text.
    pub range: Range<usize>,
    /// Without them.
    pub title: &'t str,
}

/// The document numbers of a text, from left to right. Wrong brackets, 第, zeros and blanks are read; a number without issuer is none.
pub fn document_numbers(text: &str) -> impl Iterator<Item = DocumentNumber<'_>> {
    let mut from = 0;
    text.match_indices('号').filter_map(move |(at, mark)| {
        let end = at + mark.len();
        let found = number(&text[from..at], from, end, &text[end..])?;
        from = found.range.end;
        Some(found)
    })
}

/// How the names of those end who give orders: 国务院, 人民政府, 国家主席.
const ORDERING: [char; 3] = ['院', '府', '席'];

/// The titles of a text, from left to right; a title within a title is part of it.
pub(crate) fn quoted_titles(text: &str) -> impl Iterator<Item = QuotedTitle<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find('《')?;
            let inner = start + '《'.len_utf8();
            let Some(end) = closing(&text[inner..]) else {
                from = inner;
                continue;
            };
            let (close, range) = (inner + end, start..inner + end + '》'.len_utf8());
            from = range.end;
            return Some(QuotedTitle { range, title: &text[inner..close] });
        }
    })
}

/// The title that a text begins with.
pub(crate) fn leading_title(text: &str) -> Option<QuotedTitle<'_>> {
    let inner = text.strip_prefix('《')?;
    let title = &inner[..closing(inner)?];
    Some(QuotedTitle { range: 0..title.len() + "《》".len(), title })
}

/// The titles of a text, to be looked up by place: a line may hold thousands, and as many numbers.
pub struct Titles<'t>(Vec<QuotedTitle<'t>>);

impl<'t> Titles<'t> {
    /// Those of `text`.
    pub fn of(text: &'t str) -> Self {
        Self(quoted_titles(text).collect())
    }

    /// Whether byte `at` stands in one.
    pub fn hold(&self, at: usize) -> bool {
        let next = self.0.partition_point(|title| title.range.end <= at);
        self.0.get(next).is_some_and(|title| title.range.start <= at)
    }

    /// The one nearest before byte `at`.
    pub fn before(&self, at: usize) -> Option<&QuotedTitle<'t>> {
        self.0[..self.0.partition_point(|title| title.range.end <= at)].last()
    }
}

/// The 》 that closes a title, on the same line.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(LONGEST_TITLE) {
        match c {
            '《' => depth += 1,
            '》' if depth == 0 => return Some(at),
            '》' => depth -= 1,
            '\n' | '\r' => return None,
            _ => {}
        }
    }
    None
}

/// The number that ends with `before`, which begins at byte `base` of the text; its 号 ends at `end`, before `behind`.
fn number<'t>(
    before: &'t str,
    base: usize,
    end: usize,
    behind: &str,
) -> Option<DocumentNumber<'t>> {
    let (rest, sequence) = trailing_number(before.trim_end())?;
    let numbered = rest.strip_suffix('第').unwrap_or(rest).trim_end();
    let is_second = rest.ends_with('第');
    let unbracketed = base + numbered.len()..base + numbered.len();
    let (words, bracketed, year, end) = match bracketed_year(numbered) {
        Some((words, year)) => (words, base + words.len()..base + numbered.len(), Some(year), end),
        // Only orders have no year: 国务院令第711号, 国务院第711号令, but no 第711号文件, no 5号楼 and no 口令3号.
        None if numbered
            .strip_suffix('令')
            .is_some_and(|it| is_second || it.ends_with(ORDERING)) =>
        {
            (numbered, unbracketed, None, end)
        }
        None if behind.starts_with('令') && numbered.ends_with(ORDERING) => {
            (numbered, unbracketed, None, end + '令'.len_utf8())
        }
        None => return None,
    };
    let words = words.trim_end();
    let issuer = trailing_words(words);
    (issuer.chars().count() > 1).then(|| DocumentNumber {
        range: base + words.len() - issuer.len()..end,
        issuer,
        bracketed,
        year,
        sequence,
    })
}

/// The number at the end, of five digits at most behind its zeros, and what stands before it.
fn trailing_number(text: &str) -> Option<(&str, u32)> {
    let (rest, number, digits) = trailing_digits(text);
    ((1..100_000).contains(&number) && digits <= 6).then_some((rest.trim_end(), number))
}

/// 〔2021〕 at the end, and what stands before it.
fn bracketed_year(text: &str) -> Option<(&str, u16)> {
    let inner = text.strip_suffix(['〕', ']', '】', '）', ')', '］', '﹞'])?.trim_end();
    let (before, year, digits) = trailing_digits(inner);
    let words = before.trim_end().strip_suffix(['〔', '[', '【', '（', '(', '［', '﹝'])?;
    (digits == 4 && (1949..2100).contains(&year)).then_some((words, year as u16))
}

/// What stands before the digits at the end, their value and how many they are.
fn trailing_digits(text: &str) -> (&str, u32, usize) {
    let rest = text.trim_end_matches(|c| digit(c).is_some());
    let digits = text[rest.len()..].chars().filter_map(digit);
    let number = |value: u32, digit| value.saturating_mul(10).saturating_add(digit);
    (rest, digits.clone().fold(0, number), digits.count())
}

/// The run of Han characters at the end.
fn trailing_words(text: &str) -> &str {
    let is_word = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let len: usize =
        text.chars().rev().take(LONGEST_ISSUER).take_while(is_word).map(char::len_utf8).sum();
    &text[text.len() - len..]
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str, Option<u16>, u32)> {
        document_numbers(text)
            .map(|it| (&text[it.range.clone()], it.issuer, it.year, it.sequence))
            .collect()
    }

    #[test]
    fn a_number_has_issuer_year_and_sequence() {
        assert_eq!(
            found("（国办公开办函〔2021〕30号）、国务院令 第711号"),
            [
                ("国办公开办函〔2021〕30号", "国办公开办函", Some(2021), 30),
                ("国务院令 第711号", "国务院令", None, 711),
            ]
        );
        assert_eq!(
            found("依据国务院第711号令、国务院令711号"),
            [
                ("依据国务院第711号令", "依据国务院", None, 711),
                ("国务院令711号", "国务院令", None, 711),
            ]
        );
        assert_eq!(found("国办函[2020] 第０109号").first().map(|it| it.3), Some(109));
    }

    #[test]
    fn what_has_no_issuer_is_no_number() {
        for text in [
            "解放路5号",
            "（2021）30号",
            "第711号",
            "令第0号",
            "号",
            "5G基站2号机",
            "第711号令",
            "口令3号",
            "县政府5号楼",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn titles_may_hold_titles() {
        let text = "《关于印发《公开办法》的通知》和《条例》，《未完\n》";
        let titles: Vec<_> = quoted_titles(text).map(|it| it.title).collect();
        assert_eq!(titles, ["关于印发《公开办法》的通知", "条例"]);
        assert_eq!(leading_title(text), quoted_titles(text).next());
        assert_eq!(leading_title(&text['《'.len_utf8()..]), None);
        let (all, second) = (Titles::of(text), text.find("《条例").unwrap());
        assert!(all.hold(0) && all.hold(second) && !all.hold(second - 1) && !all.hold(text.len()));
        assert_eq!(all.before(text.len()).map(|it| it.title), Some("条例"));
        assert_eq!(all.before(second).map(|it| it.title), Some("关于印发《公开办法》的通知"));
        assert_eq!(all.before(second - '和'.len_utf8() - 1), None);
    }
}
