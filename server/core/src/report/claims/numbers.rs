//! The numbers that claims state, with their units.

use std::ops::Range;

use crate::report::model::Unit;
use crate::report::prose::{Hedges, figure_end};

/// Bytes of a figure and its unit that stand before a cue. No figure of a report is longer.
pub(super) const LONGEST: usize = 48;

/// A number with its unit.
#[derive(Clone)]
pub(super) struct Number {
    pub(super) range: Range<usize>,
    pub(super) unit: Unit,
    /// Behind the unit.
    pub(super) end: usize,
    /// Whether a word between it and its unit makes it uncertain: 30余件.
    pub(super) hedged: bool,
}

/// Ten thousands and hundred millions that are counted: 12.6万件.
const SCALES: [(char, Unit); 2] = [('万', Unit::Wan), ('亿', Unit::Yi)];

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
        let rest = words[figure..].trim_start_matches(' ');
        if let Some((unit, hedged, rest)) = unit_of(rest, units, hedges) {
            let end = words.len() - rest.len();
            return Some(Number { range: start..figure, unit, end, hedged });
        }
        at = figure;
    }
}

/// The year that stands at a cue: the 2023 of 2023年结转 and of 结转2023年, whose cues are 年结转 and 结转20.
pub(super) fn year_at(words: &str, cue: Range<usize>) -> Option<u16> {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let before = words.as_bytes()[..cue.start].iter().rev().take(4).take_while(|it| is_digit(it));
    let from = cue.start - before.count();
    let to =
        cue.end + words.as_bytes()[cue.end..].iter().take(4).take_while(|it| is_digit(it)).count();
    let at = from + words[from..to].find(|c: char| c.is_ascii_digit())?;
    let year = words.get(at..at + 4).filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()))?;
    words[at + 4..].trim_start().starts_with('年').then(|| year.parse().ok())?
}

/// Whether a remark behind a number says that it holds what is not `including`: 办理39件（含咨询5件）.
pub(super) fn holds_more(behind: &str, hedges: &Hedges, including: &[String]) -> bool {
    let Some(remark) = behind.strip_prefix(['（', '(', '，', ',']) else { return false };
    let held =
        hedges.with.iter().filter_map(|word| remark.trim_start().strip_prefix(word.as_str()));
    held.max_by_key(|it| remark.len() - it.len())
        .is_some_and(|held| !including.iter().any(|it| held.starts_with(it.as_str())))
}

/// Whether another figure stands right behind a number, which is then one of several: 近三年收到5件、6件、8件.
pub(super) fn is_followed(behind: &str) -> bool {
    behind
        .strip_prefix('、')
        .is_some_and(|next| next.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// The unit with which `rest` begins, whether it is hedged, and what stands behind it.
fn unit_of<'w>(rest: &'w str, units: &[String], hedges: &Hedges) -> Option<(Unit, bool, &'w str)> {
    let hedge = |rest: &'w str| {
        let behind = hedges.after.iter().find_map(|it| rest.strip_prefix(it.as_str()));
        (behind.is_some(), behind.map_or(rest, |it| it.trim_start_matches(' ')))
    };
    let longest = |rest: &'w str| {
        let known = units.iter().filter(|unit| rest.starts_with(unit.as_str()));
        let unit = known.max_by_key(|unit| unit.len())?;
        Some((unit.as_str(), &rest[unit.len()..]))
    };
    let (hedged, own) = hedge(rest);
    if let Some((unit, behind)) = longest(own) {
        let unit = match unit {
            "元" => Unit::Yuan,
            "万元" => Unit::Wan,
            "亿元" => Unit::Yi,
            _ => Unit::Item,
        };
        return Some((unit, hedged, behind));
    }
    let (scale, scaled) =
        SCALES.iter().find_map(|(word, unit)| Some((*unit, own.strip_prefix(*word)?)))?;
    let (again, counted) = hedge(scaled);
    let (unit, behind) = longest(counted)?;
    // An amount has its own units.
    (!unit.ends_with('元')).then_some((scale, hedged || again, behind))
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
