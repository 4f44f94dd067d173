//! What a value cell says, exactly.

use rust_decimal::Decimal;

use super::fold::numeral;
use super::model::{Unit, Value, Written};

/// Reads a trimmed cell.
pub(crate) fn read(cell: &str) -> Value {
    if cell.is_empty() {
        return Value::Blank;
    }
    if let Some(number) = plain(cell) {
        return Value::Number(number, Written::default());
    }
    // A figure broken over two lines of one cell: 86000⏎0元.
    if cell.contains(['\n', '\r']) {
        let joined: String = cell.split_whitespace().collect();
        return decorated(&joined).unwrap_or(Value::NotNumber);
    }
    decorated(cell).unwrap_or(Value::NotNumber)
}

/// ASCII digits without leading zero, the usual cell.
fn plain(cell: &str) -> Option<Decimal> {
    let bytes = cell.as_bytes();
    if bytes.len() > 18
        || !bytes.iter().all(u8::is_ascii_digit)
        || (bytes.len() > 1 && bytes[0] == b'0')
    {
        return None;
    }
    Some(Decimal::from(
        bytes.iter().fold(0_i64, |number, digit| number * 10 + i64::from(digit - b'0')),
    ))
}

fn decorated(cell: &str) -> Option<Value> {
    let mut written = Written::default();
    let rest = cell.trim_start_matches(['+', '＋', '增', '↑']).trim_start();
    let negative = rest.trim_start_matches(['-', '−', '－', '减', '減', '↓']).trim_start();
    written.signed = negative.len() < cell.len();
    let is_negative = negative.len() < rest.len();
    let end = negative
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．' | ',' | '，')))
        .unwrap_or(negative.len());
    let (figure, unit) = negative.split_at(end);
    if figure.is_empty() {
        return han(cell);
    }
    written.unit = unit_of(unit.trim())?;
    written.separators = figure.contains([',', '，']);
    written.full_width = !figure.is_ascii();
    if written.separators && !in_threes(figure) {
        return None;
    }
    let digits: String =
        figure.chars().filter(|c| !matches!(c, ',' | '，')).map(half_width).collect();
    written.leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let number = Decimal::from_str_exact(&digits).ok()?;
    Some(Value::Number(if is_negative { -number } else { number }, written))
}

/// `1,234,567.8`: a comma before every three digits and nowhere else. `1,5` may be a decimal comma, so it is no number.
fn in_threes(figure: &str) -> bool {
    let whole = figure.split(['.', '．']).next().unwrap_or("");
    whole.split([',', '，']).enumerate().all(|(at, group)| {
        let digits = group.chars().count();
        if at == 0 { (1..=3).contains(&digits) } else { digits == 3 }
    })
}

fn han(cell: &str) -> Option<Value> {
    let written = Written { han: true, ..Written::default() };
    if matches!(cell, "〇" | "零") {
        return Some(Value::Number(Decimal::ZERO, written));
    }
    let (value, end) = numeral(cell)?;
    (end == cell.len()).then(|| Value::Number(value.into(), written))
}

/// The unit behind a number; outer `None`: words that are no unit.
#[allow(clippy::option_option)] // no unit is fine, other words are not
fn unit_of(words: &str) -> Option<Option<Unit>> {
    Some(match words {
        "" => None,
        "件" | "个" | "宗" | "次" | "条" | "项" | "份" | "件次" => Some(Unit::Item),
        "元" | "人民币" => Some(Unit::Yuan),
        "万元" | "万" => Some(Unit::Wan),
        "亿元" => Some(Unit::Yi),
        _ => return None,
    })
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '．' => '.',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(cell: &str) -> Option<String> {
        read(cell).number().map(|number| number.to_string())
    }

    #[test]
    fn figures_are_read_exactly() {
        assert_eq!(number("25977391.028").as_deref(), Some("25977391.028"));
        assert_eq!(number("0").as_deref(), Some("0"));
        assert_eq!(number("１２．５").as_deref(), Some("12.5"));
        assert_eq!(number("1,234").as_deref(), Some("1234"));
        assert_eq!(number("减4").as_deref(), Some("-4"));
        assert_eq!(number("+5").as_deref(), Some("5"));
        assert_eq!(number("十二").as_deref(), Some("12"));
        assert!(matches!(
            read("251000元"),
            Value::Number(_, Written { unit: Some(Unit::Yuan), .. })
        ));
        assert!(matches!(read("007"), Value::Number(_, Written { leading_zero: true, .. })));
    }

    #[test]
    fn what_is_no_number_is_not_read_as_one() {
        for cell in [
            "/",
            "—",
            "无",
            "1,5",
            "2025.1.25",
            "12,34",
            "3人",
            "1.2.3",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(read(cell), Value::NotNumber, "{cell}");
        }
        assert_eq!(read(""), Value::Blank);
    }
}
