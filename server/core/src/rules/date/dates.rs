//! Dates of a line, as they are written: 2025年3月1日, 3月1日.

use std::ops::Range;

/// A date with day; nothing says that the calendar has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Date {
    /// From its first digit to behind 日.
    pub(super) range: Range<usize>,
    /// `None` where no year of four digits stands before the month.
    pub(super) year: Option<u16>,
    pub(super) month: u16,
    pub(super) day: u16,
}

impl Date {
    /// Whether the calendar has it. Without a year, 29 February may be.
    pub(super) fn exists(&self) -> bool {
        let is_leap = |year: u16| {
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
        };
        let days = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u16::from(self.year.is_none_or(is_leap)),
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&self.day)
    }
}

/// All dates with month and day, in order.
pub(super) fn dates(line: &str) -> Vec<Date> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('月') {
        let Some((month, start)) = number_before(line, at, 2) else { continue };
        let behind = at + '月'.len_utf8();
        let rest = line[behind..].trim_start_matches(' ');
        let day_at = line.len() - rest.len();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let after = rest[digits..].trim_start_matches(' ');
        if digits == 0 || digits > 2 || !after.starts_with('日') {
            continue;
        }
        let Ok(day) = line[day_at..day_at + digits].parse() else { continue };
        let end = line.len() - after.len() + '日'.len_utf8();
        let dated = line[..start].trim_end_matches(' ').strip_suffix('年');
        let year = dated.and_then(|before| number_before(before, before.len(), 4));
        let year = year.filter(|(year, _)| *year >= 1000);
        let start = year.map_or(start, |(_, start)| start);
        found.push(Date { range: start..end, year: year.map(|(year, _)| year), month, day });
    }
    found
}

/// The number that ends before `at`, blanks aside, of at most `most` digits, with its start.
fn number_before(line: &str, at: usize, most: usize) -> Option<(u16, usize)> {
    let before = line[..at].trim_end_matches(' ');
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    // 3.12月 and 1-12月 are no months with a day; 1月1日-12月31日 are.
    let lead = line[..start].strip_suffix(['.', '-', '/']);
    let is_tail = lead.is_some_and(|it| it.ends_with(|c: char| c.is_ascii_digit()));
    let fits = (1..=most).contains(&(before.len() - start)) && !is_tail;
    fits.then(|| before[start..].parse().ok().map(|number| (number, start))).flatten()
}

/// Whether the words between two dates join them to a stretch of time.
pub(super) fn joins(words: &str) -> bool {
    matches!(
        words.trim(),
        "至" | "到" | "—" | "——" | "－" | "–" | "-" | "～" | "~" | "起至" | "起到"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_and_without_a_year() {
        let line = "2025年1月1日-12 月 31 日，13个月，3月，1-3月5日";
        let found: Vec<_> =
            dates(line).into_iter().map(|it| (line[it.range].to_owned(), it.year)).collect();
        assert_eq!(
            found,
            [("2025年1月1日".to_owned(), Some(2025)), ("12 月 31 日".to_owned(), None)]
        );
    }

    #[test]
    fn the_calendar_decides() {
        let exists = |line: &str| dates(line)[0].exists();
        assert!(exists("2024年2月29日") && exists("2月29日") && exists("12月31日"));
        assert!(!exists("2025年2月29日") && !exists("6月31日") && !exists("13月1日"));
    }
}
