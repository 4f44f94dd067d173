//! Reads the value of a cell, exactly.

use rust_decimal::Decimal;

use super::model::{Unit, Value, Written};
use crate::syntax::{is_han_number, unescaped, unsigned, untagged};

/// Reads a trimmed cell.
pub(crate) fn read(cell: &str) -> Value {
    if cell.is_empty() {
        return Value::Blank;
    }
    if let Some(number) = plain(cell) {
        return Value::Number(number, Written::default());
    }
    if cell.contains('\\') {
        return unescaped(cell).and_then(|cell| decorated(&cell)).unwrap_or(Value::NotNumber);
    }
    // A figure in pieces: <span>1</span><span>2</span>.
    if cell.contains('<') {
        return decorated(untagged(cell).trim()).unwrap_or(Value::NotNumber);
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
    let (rest, is_negative) = unsigned(cell);
    written.signed = rest.len() < cell.len();
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．' | ',' | '，')))
        .unwrap_or(rest.len());
    let (figure, unit) = rest.split_at(end);
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
    if !is_han_number(cell) {
        return None;
    }
    let digit = |c| "零一二三四五六七八九".chars().position(|it| it == c).map(|at| at as u64);
    let digits: Option<Vec<u64>> = cell.replace('〇', "零").chars().map(digit).collect();
    let value = match digits {
        // 二〇三: digit by digit. 〇 alone is 0.
        Some(digits) => digits.iter().fold(0, |value, digit| value * 10 + digit),
        // 一百二十三, 十二, 一千零五
        None => placed(cell)?,
    };
    Some(Value::Number(value.into(), written))
}

/// The value of a numeral with its places: 一百二十三.
fn placed(cell: &str) -> Option<u64> {
    let (mut value, mut least) = (0, u64::MAX);
    let mut ones = None;
    for c in cell.chars() {
        match c {
            '零' | '〇' if ones.is_none() => {}
            '十' | '百' | '千' => {
                let place = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                let leads = c == '十' && value == 0;
                let digit = ones.take().or(leads.then_some(1))?;
                if place >= least {
                    return None;
                }
                (value, least) = (value + digit * place, place);
            }
            _ => {
                let digit = "一二三四五六七八九".chars().position(|it| it == c)? as u64 + 1;
                if ones.replace(digit).is_some() {
                    return None;
                }
            }
        }
    }
    Some(value + ones.unwrap_or(0))
}

/// The unit behind a number; outer `None`: words that are no unit.
#[allow(clippy::option_option)] // no unit is fine, other words are not
fn unit_of(words: &str) -> Option<Option<Unit>> {
    Some(match words {
        "" => None,
        "件" | "个" | "個" | "宗" | "次" | "条" | "條" | "项" | "項" | "份" | "件次" => {
            Some(Unit::Item)
        }
        "元" | "人民币" => Some(Unit::Yuan),
        "万元" | "万" | "萬元" | "萬" => Some(Unit::Wan),
        "亿元" | "億元" => Some(Unit::Yi),
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
        // As Markdown escapes them.
        assert_eq!(number("\\-4").as_deref(), Some("-4"));
        assert_eq!(number("346\\.92").as_deref(), Some("346.92"));
        assert_eq!(number("減(减)4").as_deref(), Some("-4"));
        for (cell, value) in
            [("十二", "12"), ("〇", "0"), ("二〇三", "203"), ("一百零五", "105"), ("三十", "30")]
        {
            assert_eq!(number(cell).as_deref(), Some(value), "{cell}");
        }
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
            "1\\5",
            "\\",
            "2025.1.25",
            "12,34",
            "3人",
            "1.2.3",
            "百",
            "二三十",
            "十百",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(read(cell), Value::NotNumber, "{cell}");
        }
        assert_eq!(read(""), Value::Blank);
    }
}
