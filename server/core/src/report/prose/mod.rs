//! The facts of a line of running text, read once for all rules. They are a pure function of its words, so after an edit only the lines are read again
//! whose words have changed.

mod frames;

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Deserialize;

pub(crate) use frames::Frame;
use frames::frames;

/// What a line says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Its figures, from left to right.
    pub figures: Vec<Figure>,
    /// Its years, from left to right.
    pub(crate) frames: Vec<Frame>,
}

/// A figure of the running text with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its digits, in bytes of the line.
    pub range: Range<usize>,
    /// What they say.
    pub value: Decimal,
    /// What stands behind them: 万元, 亿元, a percent sign or one other character (件, 年); empty before another figure and where nothing
    /// follows.
    pub unit: Range<usize>,
}

/// Words around a figure that say that it is not exact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hedges {
    /// Before it: 近30件.
    pub before: Vec<String>,
    /// Between it and its unit: 30余件.
    pub after: Vec<String>,
    /// Behind its unit: 30件左右.
    pub behind: Vec<String>,
    /// Behind a bracket or a comma that follows it, where it holds what else is named there: 39件（含咨询5件）.
    #[serde(default)]
    pub with: Vec<String>,
}

/// Units of more than one character.
const LONG: [&str; 7] = ["万元", "亿元", "人次", "条次", "件次", "场次", "户次"];

/// What may stand between groups of three digits.
const SEPARATORS: [char; 3] = [' ', ',', '，'];

/// Where the figure ends that begins at `start`: digits and a point, and groups of three digits behind a blank or a comma (1 024, 5,620).
pub(crate) fn figure_end(line: &str, start: usize) -> usize {
    let run = |from: usize| {
        let is_outside = |c: char| !(c.is_ascii_digit() || c == '.');
        line[from..].find(is_outside).map_or(line.len(), |it| from + it)
    };
    let mut end = run(start);
    let first = &line.as_bytes()[start..end];
    // 2025 120 is a year and a count, 0532 665 a telephone number.
    if first.len() > 3 || first.starts_with(b"0") || first.contains(&b'.') {
        return end;
    }
    while let Some(group) = group_end(line, end) {
        end = group;
    }
    let has_decimals = line.as_bytes().get(end) == Some(&b'.');
    if has_decimals { run(end) } else { end }
}

/// Where a separator at `at` and the three digits behind it end.
pub(crate) fn group_end(line: &str, at: usize) -> Option<usize> {
    let rest = line[at..].strip_prefix(SEPARATORS)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 3).then_some(line.len() - rest.len() + digits)
}

/// The first digit from `at` on. Most of a line is words, which are passed many bytes at once where no branch keeps them apart.
fn next_digit(line: &[u8], at: usize) -> Option<usize> {
    let (stretches, _) = line[at..].as_chunks::<16>();
    let is_worded = |stretch: &&[u8; 16]| {
        stretch.iter().fold(0, |found, byte| found | u8::from(byte.is_ascii_digit())) == 0
    };
    let from = at + 16 * stretches.iter().take_while(is_worded).count();
    line[from..].iter().position(u8::is_ascii_digit).map(|digit| from + digit)
}

impl Facts {
    /// Reads a line.
    pub(crate) fn read(line: &str) -> Self {
        let mut figures = Vec::new();
        let mut at = 0;
        while let Some(start) = next_digit(line.as_bytes(), at) {
            at = figure_end(line, start);
            let digits = line[start..at].trim_end_matches('.');
            let value = if digits.contains(SEPARATORS) {
                Decimal::from_str_exact(&digits.replace(SEPARATORS, ""))
            } else {
                Decimal::from_str_exact(digits)
            };
            let Ok(value) = value else { continue };
            let range = start..start + digits.len();
            let rest = line[range.end..].trim_start_matches(' ');
            let unit = line.len() - rest.len();
            let long = LONG.iter().find(|it| rest.starts_with(**it)).map(|it| it.len());
            // 3 5: the next figure is no unit of this one.
            let word = rest.chars().next().filter(|c| !c.is_ascii_digit());
            let len = long.or_else(|| word.map(char::len_utf8)).unwrap_or(0);
            figures.push(Figure { range, value, unit: unit..unit + len });
        }
        Self { figures, frames: frames(line) }
    }

    /// The figures between two bytes of the line.
    pub fn within(&self, range: Range<usize>) -> &[Figure] {
        let first = self.figures.partition_point(|it| it.range.start < range.start);
        let last = self.figures.partition_point(|it| it.unit.end <= range.end);
        self.figures.get(first..last).unwrap_or_default()
    }
}

impl Figure {
    /// What it counts, as written in its line.
    pub fn unit<'l>(&self, line: &'l str) -> &'l str {
        line.get(self.unit.clone()).unwrap_or("")
    }

    /// Whether it is a percentage of its line.
    pub fn is_percentage(&self, line: &str) -> bool {
        matches!(self.unit(line), "%" | "％" | "﹪")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three_digits_are_one_figure() {
        for (line, expected) in [
            ("信息1 024条", "1024"),
            ("费用5,620.5元", "5620.5"),
            ("费用1，260元", "1260"),
            ("共12 345 678次", "12345678"),
            ("2025 120条", "2025,120"),
            ("0532 665转", "0532,665"),
            ("12.5 120条", "12.5,120"),
            ("3 5件", "3,5"),
            ("3，1200件", "3,1200"),
        ] {
            let facts = Facts::read(line);
            let found: Vec<_> = facts.figures.iter().map(|it| it.value.to_string()).collect();
            let expected: Vec<_> =
                expected.split(',').map(|it| it.trim_start_matches('0').to_owned()).collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn figures_are_read_with_what_they_count() {
        let line = "2025年收到3 件，占12.5%，收费730.6万元，第2.号";
        let facts = Facts::read(line);
        let found: Vec<_> =
            facts.figures.iter().map(|it| (it.value.to_string(), it.unit(line))).collect();
        let expected = [("2025", "年"), ("3", "件"), ("12.5", "%"), ("730.6", "万元"), ("2", ".")];
        assert_eq!(found, expected.map(|(value, unit)| (value.to_owned(), unit)));
        let [three, five] = &Facts::read("3 5件").figures[..] else { panic!("two figures") };
        assert!(three.unit.end <= five.range.start && three.unit("3 5件").is_empty());
        let comma = line.find('，').expect("a comma");
        assert_eq!(facts.within(0..comma).len(), 2);
        assert_eq!(facts.within(comma..line.len()).len(), 3);
    }
}
