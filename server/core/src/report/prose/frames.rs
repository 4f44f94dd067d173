//! Years of a line that say which time its sentence speaks of: 2025年，我局收到申请3件。

use std::ops::Range;

use crate::report::head::years;

/// A year outside of book-title marks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) year: u16,
    /// Its digits.
    pub(crate) digits: Range<usize>,
    /// Its digits with 年.
    pub(crate) range: Range<usize>,
    /// Behind 年 or 年度 and what blanks follow.
    pub(crate) end: usize,
    /// The sentence, up to its full stop, that it stands in.
    pub(crate) sentence: Range<usize>,
    /// Whether nothing but an ordinal, or a sub-heading with its ordinal, stands between it and the mark before it.
    pub(crate) opens: bool,
}

const STOPS: [char; 3] = ['。', '！', '？'];
const MARKS: [char; 7] = ['。', '！', '？', '；', ';', '：', ':'];
/// Bytes of the longest sentence; what goes on without a full stop for longer is a list or a scrap, and no year is its time.
const LONGEST_SENTENCE: usize = 3000;
/// Characters of the longest ordinal before a sentence: （十一）.
const LONGEST_ORDINAL: usize = 6;
/// Characters of the longest name of a sub-heading.
const LONGEST_HEADING: usize = 20;

impl Frame {
    /// The rest of the sentence.
    pub(crate) fn rest<'t>(&self, line: &'t str) -> &'t str {
        line.get(self.end..self.sentence.end).unwrap_or("")
    }

    /// Whether one of `words` follows it at once.
    pub(crate) fn is_before(&self, line: &str, words: &[String]) -> bool {
        let rest = self.rest(line);
        words.iter().any(|word| rest.starts_with(word.as_str()))
    }
}

/// The years of a line, in order. What stands in 《》 is the name of something else. Each stretch between two years is looked at once: a line of a
/// megabyte may hold nothing but years.
pub(crate) fn frames(line: &str) -> Vec<Frame> {
    let (mut frames, mut seen) = (Vec::new(), 0);
    let (mut titles, mut start, mut own, mut stop) = (0_isize, 0, 0, None::<usize>);
    for (digits, year) in years(line) {
        for (at, c) in line[seen..digits.start].char_indices() {
            let behind = seen + at + c.len_utf8();
            titles += isize::from(c == '《') - isize::from(c == '》');
            if STOPS.contains(&c) {
                start = behind;
            }
            if MARKS.contains(&c) {
                own = behind;
            }
        }
        seen = digits.start;
        let is_tail = line[..digits.start].ends_with(|c: char| c.is_ascii_alphanumeric());
        // Blanks may stand between the digits and 年.
        let rest = line[digits.end..].trim_start();
        let Some(rest) = rest.strip_prefix('年').filter(|_| titles <= 0 && !is_tail) else {
            continue;
        };
        let word = line.len() - rest.len();
        let rest = rest.trim_start();
        let end = line.len() - rest.strip_prefix('度').unwrap_or(rest).trim_start().len();
        let close = match stop.filter(|&stop| stop >= end) {
            Some(stop) => stop,
            None => line[end..].find(STOPS).map_or(line.len(), |at| end + at),
        };
        stop = Some(close);
        if close - start > LONGEST_SENTENCE {
            continue;
        }
        let before = &line[own..digits.start];
        let opens = is_ordinal(before.trim()) || is_heading(before);
        let (range, sentence) = (digits.start..word, start..close);
        frames.push(Frame { year, digits, range, end, sentence, opens });
    }
    frames
}

/// Nothing, or the ordinal of a paragraph: （一）, 1., 一是.
fn is_ordinal(words: &str) -> bool {
    let belongs =
        |c: char| c.is_ascii_digit() || "（）()一二三四五六七八九十、.．是#* ".contains(c);
    words.chars().take(LONGEST_ORDINAL + 1).count() <= LONGEST_ORDINAL && words.chars().all(belongs)
}

/// A sub-heading with its ordinal and the blank behind it: （三）信息管理情况 2025年.
fn is_heading(words: &str) -> bool {
    let heading = words.trim_end();
    let in_brackets =
        heading.trim_start().strip_prefix(['（', '(']).filter(|_| heading.len() < words.len());
    in_brackets.and_then(|rest| rest.split_once(['）', ')'])).is_some_and(|(ordinal, name)| {
        let name = name.trim_start();
        is_ordinal(ordinal)
            && name.chars().count() <= LONGEST_HEADING
            && name.chars().all(char::is_alphabetic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(line: &str) -> Vec<(u16, bool)> {
        frames(line).into_iter().map(|it| (it.year, it.opens)).collect()
    }

    #[test]
    fn a_year_opens_a_sentence_behind_a_mark_or_an_ordinal() {
        assert_eq!(opening("（一）2025年，收到3件。2024 年度，"), [(2025, true), (2024, true)]);
        assert_eq!(opening("一是2024年，与2023年相比"), [(2024, true), (2023, false)]);
        assert_eq!(opening("依据《2024年要点》和文件，2025年底"), [(2025, false)]);
        assert_eq!(opening("gk2024年"), []);
        assert_eq!(opening("(三) 信息管理情况 2024年，共3件"), [(2024, true)]);
        assert_eq!(opening("（三）信息管理2024年，共3件"), [(2024, false)]);
        assert_eq!(opening("信息管理情况 2024年，共3件"), [(2024, false)]);
    }

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        let line = "甲。2025年度 共3件；乙。丙";
        let frame = &frames(line)[0];
        assert_eq!(&line[frame.sentence.clone()], "2025年度 共3件；乙");
        assert_eq!(frame.rest(line), "共3件；乙");
        assert!(frame.is_before(line, &["共".to_owned()]));
    }
}
