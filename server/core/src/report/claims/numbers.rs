//! The numbers that claims state, with their units.

use std::ops::Range;

use crate::report::model::Unit;
use crate::report::prose::{Hedges, figure_end};

/// Bytes of a figure and its unit that stand before a cue. No figure of a report is longer.
const LONGEST: usize = 48;

/// A number with its unit.
#[derive(Clone)]
pub(super) struct Number {
    pub(super) range: Range<usize>,
    pub(super) unit: Unit,
    /// Behind the unit.
    pub(super) end: usize,
}

/// The first number behind `from` that one of `units` follows. The year in 收到2024年申请5件 has another unit.
pub(super) fn number_with_unit(
    words: &str,
    from: usize,
    units: &[String],
    hedges: &Hedges,
) -> Option<Number> {
    let mut at = from;
    loop {
        let start = at + words[at..].find(|c: char| c.is_ascii_digit())?;
        let figure = figure_end(words, start);
        let mut rest = words[figure..].trim_start_matches(' ');
        if let Some(behind) = hedges.after.iter().find_map(|it| rest.strip_prefix(it.as_str())) {
            rest = behind.trim_start_matches(' ');
        }
        let rest_at = words.len() - rest.len();
        let longest = units
            .iter()
            .filter(|unit| rest.starts_with(unit.as_str()))
            .max_by_key(|unit| unit.len());
        if let Some(unit) = longest {
            let kind = match unit.as_str() {
                "元" => Unit::Yuan,
                "万元" => Unit::Wan,
                "亿元" => Unit::Yi,
                _ => Unit::Item,
            };
            return Some(Number { range: start..figure, unit: kind, end: rest_at + unit.len() });
        }
        at = figure;
    }
}

/// The number whose unit ends where `stretch` does: the 3 of 3件不予公开.
pub(super) fn number_right_before(
    words: &str,
    stretch: Range<usize>,
    units: &[String],
    hedges: &Hedges,
) -> Option<Number> {
    let mut from = stretch.end.saturating_sub(LONGEST).max(stretch.start);
    while !words.is_char_boundary(from) {
        from += 1;
    }
    let window = &words[from..stretch.end];
    let digits = &window[..=window.rfind(|c: char| c.is_ascii_digit())?];
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '，' | '.');
    let start = digits.trim_end_matches(is_figure).len();
    let number = number_with_unit(&words[..stretch.end], from + start, units, hedges)?;
    (number.range.start == from + start && number.end == stretch.end).then_some(number)
}
