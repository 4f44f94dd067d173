//! Dates with year, month and day, in digits or in Chinese numerals.

use std::ops::Range;

use crate::report::years;

/// A date with year, month and day; nothing says that the calendar has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    /// From the year's first digit to behind 日.
    pub(super) range: Range<usize>,
    pub(super) year: u16,
    pub(super) month: u16,
    pub(super) day: u16,
    /// Whether some of its numbers are digits and some Chinese numerals.
    pub(super) is_mixed: bool,
}

/// All dates with year, month and day, in order.
pub(super) fn written(line: &str) -> Vec<Written> {
    let date = |(digits, year): (Range<usize>, u16)| {
        let rest = line[digits.end..].trim_start().strip_prefix('年')?;
        let (month, is_month_han, rest) = number(rest)?;
        let (day, is_day_han, rest) = number(rest.strip_prefix('月')?)?;
        let rest = rest.strip_prefix('日')?;
        let figures = &line[digits.clone()];
        let is_han = |c: char| !c.is_ascii_digit() && c != ' ';
        let (some_han, all_han) =
            (figures.contains(is_han), !figures.contains(|c: char| c.is_ascii_digit()));
        Some(Written {
            range: digits.start..line.len() - rest.len(),
            year,
            month,
            day,
            is_mixed: some_han != all_han || is_month_han != all_han || is_day_han != all_han,
        })
    };
    years(line).filter_map(date).collect()
}

/// The number up to 99 that `words` begin with, whether it is in Chinese numerals, and what stands behind it, blanks aside.
fn number(words: &str) -> Option<(u16, bool, &str)> {
    let words = words.trim_start();
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &words[..words.len() - behind.len()];
    if !digits.is_empty() {
        let number = digits.parse().ok().filter(|_| digits.len() <= 2)?;
        return Some((number, false, behind.trim_start()));
    }
    let behind = words.trim_start_matches(|c: char| ONES.contains(c) || c == '十');
    let value = han(&words[..words.len() - behind.len()])?;
    Some((value, true, behind.trim_start()))
}

const ONES: &str = "零一二三四五六七八九";

/// 二十三, 十, 九, and 二三 as it is not written.
fn han(numeral: &str) -> Option<u16> {
    let value = |c: char| ONES.chars().position(|it| it == c).map(|at| at as u16);
    let one = |text: &str, none: u16| {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(none),
            (Some(c), None) => value(c),
            _ => None,
        }
    };
    match numeral.split_once('十') {
        Some((tens, ones)) => Some(one(tens, 1)? * 10 + one(ones, 0)?),
        None if numeral.is_empty() => None,
        None => one(numeral, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<(u16, u16, u16, bool)> {
        written(line).into_iter().map(|it| (it.year, it.month, it.day, it.is_mixed)).collect()
    }

    #[test]
    fn dates_are_read_in_either_script() {
        assert_eq!(read("2025年1月20日"), [(2025, 1, 20, false)]);
        assert_eq!(read("二〇二五年十二月三十一日"), [(2025, 12, 31, false)]);
        assert_eq!(read("2025 年 01 月 8 日"), [(2025, 1, 8, false)]);
        assert_eq!(
            read("2025年一月20日，二〇二五年1月八日"),
            [(2025, 1, 20, true), (2025, 1, 8, true)]
        );
        assert_eq!(read("2025年1月，2025年十几月二日"), []);
    }
}
