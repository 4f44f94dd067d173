//! An amount in 元, 万元 and 亿元: a slip between them is the commonest of all.

use std::ops::Range;

use rust_decimal::Decimal;

use super::CellAt;
use super::Hover;
use crate::ide::target::{unit_of, yuan};
use crate::report::{Place, Unit, Value, read_value};
use crate::rules::show;
use crate::snapshot::Spot;
use crate::text::TextRange;

/// Longest amount with its unit, in characters.
const LONGEST: usize = 32;

/// An amount of the prose.
pub(super) fn hover(spot: Spot<'_>) -> Option<Hover> {
    let text = spot.report.text(spot.part);
    let (range, value, unit) = amount_at(text, spot.at)?;
    let place = Place::new(spot.part, TextRange::from(range));
    Some(Hover { range: spot.report.range(place), text: converted(value, unit)? })
}

/// The amount of a cell, in the unit that stands there or else in its column's.
pub(super) fn of_cell(at: &CellAt<'_>, number: Decimal) -> Option<String> {
    let Value::Number(_, written) = at.cell.value else { return None };
    converted(number, written.unit.or(unit_of(at.kind()))?)
}

/// 7,306,000 元 ＝ 730.6 万元 ＝ 0.07306 亿元.
pub(super) fn converted(value: Decimal, unit: Unit) -> Option<String> {
    let amount = value.checked_mul(yuan(unit)?)?;
    let units = [Unit::Yuan, Unit::Wan, Unit::Yi].into_iter().map(|unit| {
        let value = amount.checked_div(yuan(unit)?)?;
        // What a division had to round is not shown.
        let exact = value.checked_mul(yuan(unit)?)? == amount;
        exact.then(|| format!("{} {}", in_threes(value), unit_name(unit)))
    });
    Some(units.collect::<Option<Vec<String>>>()?.join(" ＝ "))
}

/// 件 stands for whatever is counted and is left out.
pub(super) fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Item => "",
        Unit::Yuan => "元",
        Unit::Wan => "万元",
        Unit::Yi => "亿元",
    }
}

/// A figure with a comma before every three digits.
fn in_threes(value: Decimal) -> String {
    let text = show(value);
    let (whole, rest) = text.find('.').map_or((&text[..], ""), |at| text.split_at(at));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// The number with a unit of money that `at` lies in, in bytes of the text.
fn amount_at(text: &str, at: usize) -> Option<(Range<usize>, Decimal, Unit)> {
    let part_of_one = |c: &char| {
        c.is_ascii_digit()
            || matches!(c, '０'..='９' | '.' | '．' | ',' | ' ' | '元' | '万' | '亿' | '余' | '多')
    };
    let before: usize =
        text[..at].chars().rev().take(LONGEST).take_while(part_of_one).map(char::len_utf8).sum();
    let behind: usize =
        text[at..].chars().take(LONGEST).take_while(part_of_one).map(char::len_utf8).sum();
    let (from, to) = (at - before, at + behind);
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let mut start = from;
    while start < to {
        start += text[start..to].find(is_digit)?;
        let is_figure = |c: char| is_digit(c) || matches!(c, '.' | '．' | ',');
        let end = text[start..to].find(|c| !is_figure(c)).map_or(to, |end| start + end);
        let unit_at = to - text[end..to].trim_start_matches([' ', '余', '多']).len();
        let units = [("元", Unit::Yuan), ("万元", Unit::Wan), ("亿元", Unit::Yi)];
        let unit = units.iter().find(|(name, _)| text[unit_at..to].starts_with(name));
        if let Some((name, unit)) = unit
            && (start..=unit_at + name.len()).contains(&at)
        {
            let value = read_value(&text[start..end]).number()?;
            return Some((start..unit_at + name.len(), value, *unit));
        }
        start = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_said_in_three_units() {
        let said = |value: &str, unit| converted(value.parse().expect("a number"), unit);
        assert_eq!(
            said("730.6", Unit::Wan).as_deref(),
            Some("7,306,000 元 ＝ 730.6 万元 ＝ 0.07306 亿元")
        );
        assert_eq!(
            said("400", Unit::Yuan).as_deref(),
            Some("400 元 ＝ 0.04 万元 ＝ 0.000004 亿元")
        );
        assert_eq!(said("5", Unit::Item), None);
    }

    #[test]
    fn an_amount_is_found_from_any_of_its_bytes() {
        let text = "共收费1,730.6余万元，另有5件，退回 80 元";
        let found = |at: usize| amount_at(text, at).map(|(range, ..)| &text[range]);
        let first = text.find('1').expect("there");
        for at in
            [first, first + 3, text.find("万元").expect("there"), text.find("，另").expect("there")]
        {
            assert_eq!(found(at), Some("1,730.6余万元"), "{at}");
        }
        assert_eq!(found(text.find('5').expect("there")), None);
        assert_eq!(found(text.find("80").expect("there")), Some("80 元"));
        assert_eq!(found(0), None);
    }
}
