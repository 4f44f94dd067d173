//! What a cell or a line looks like, by its characters alone.

use super::CellKind;

/// Longest value in bytes that is still taken for one: a 20-digit number in full-width digits with a unit.
const LONGEST_VALUE: usize = 72;

/// What words look like that are no cell of one piece.
pub(crate) fn kind_of(words: &str) -> CellKind {
    kind(super::cells::trim(words))
}

/// What `cell` (trimmed) looks like.
pub(super) fn kind(cell: &str) -> CellKind {
    if cell.is_empty() {
        CellKind::Blank
    } else if cell.len() > LONGEST_VALUE || begins_word(cell) {
        CellKind::Text
    } else if is_number_like(cell) {
        CellKind::Number
    } else if is_mark(cell) {
        CellKind::Mark
    } else {
        CellKind::Text
    }
}

/// What a converter writes into a cell that says nothing: a name for a column without one (`Col2`, `Unnamed: 3`), a value where none was (`NaN`).
pub(super) fn is_filler(cell: &str) -> bool {
    let is_count = |rest: &str| {
        let digits = rest.strip_suffix("_level_0").unwrap_or(rest);
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    match cell.as_bytes().first() {
        Some(b'C') => cell.strip_prefix("Col").is_some_and(is_count),
        Some(b'U') => cell.strip_prefix("Unnamed: ").is_some_and(is_count),
        Some(b'N') => cell == "NaN",
        _ => false,
    }
}

/// Does it begin with a character that begins no value? Nearly all words do.
fn begins_word(cell: &str) -> bool {
    let is_han = (0xe4..=0xe9).contains(&cell.as_bytes()[0]);
    if is_han {
        !cell.starts_with(['减', '減', '增', '无', '無', '空', '不'])
    } else {
        cell.starts_with('（')
    }
}

/// A number with what people put around it: sign, separators, full-width digits, a unit. Not a list item (`1.`) and not a date.
pub(crate) fn is_number_like(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    if bytes.len() <= 12 && bytes.iter().all(u8::is_ascii_digit) {
        return !bytes.is_empty();
    }
    if memchr::memchr(b'\\', bytes).is_some() {
        return unescaped(cell).is_some_and(|cell| is_number_like(&cell));
    }
    let rest = unsigned(cell).0;
    let end = rest.find(|c: char| !is_figure(c)).unwrap_or(rest.len());
    let figure = &rest[..end];
    let (Some(first), Some(last)) = (figure.chars().next(), figure.chars().next_back()) else {
        return false;
    };
    is_digit(first) && is_digit(last) && is_unit(rest[end..].trim())
}

/// A figure as Markdown escapes it, `346\\.92` or `\\-4`, without the backslashes; `None` for any other.
pub(crate) fn unescaped(cell: &str) -> Option<String> {
    let mut plain = cell.to_owned();
    for (escaped, sign) in [("\\-", "-"), ("\\+", "+"), ("\\.", ".")] {
        plain = plain.replace(escaped, sign);
    }
    (plain.len() < cell.len() && !plain.contains('\\')).then_some(plain)
}

/// How a mark of a word processor begins, behind its bracket: [bookmark: _GoBack] stands wherever the cursor stood last.
pub(crate) const FIELD_MARKS: [&str; 2] = ["bookmark:", "comment:"];
/// Bytes of a mark's name.
const LONGEST_FIELD: usize = 80;

/// What is behind the mark of a word processor that begins `words`.
pub(crate) fn field_mark(words: &str) -> Option<&str> {
    let inner = words.strip_prefix('[')?;
    FIELD_MARKS.iter().find_map(|mark| end_of_field(inner.strip_prefix(mark)?))
}

/// What is behind the bracket that closes such a mark.
pub(crate) fn end_of_field(name: &str) -> Option<&str> {
    let close = name.bytes().take(LONGEST_FIELD).position(|byte| byte == b']')?;
    Some(&name[close + 1..])
}

/// A character that shows as nothing and is no white space: a control character, a zero-width space, a byte order mark, a soft hyphen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
        || c.is_control() && !matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}')
}

/// A cell without the signs before its figure, and whether one of them makes it negative: -4, 减4, ↓4. A mirror may print the Simplified character
/// behind the Traditional one: 減(减)4.
pub(crate) fn unsigned(cell: &str) -> (&str, bool) {
    let mut rest = cell;
    let mut negative = false;
    while let Some(sign) = rest.chars().next() {
        negative |= matches!(sign, '-' | '−' | '－' | '减' | '減' | '↓');
        if !negative && !matches!(sign, '+' | '＋' | '增' | '↑') {
            break;
        }
        rest = rest[sign.len_utf8()..].trim_start();
        // 增加10, 减少4.
        rest = rest.strip_prefix(if negative { '少' } else { '加' }).unwrap_or(rest).trim_start();
        rest = rest.strip_prefix("(减)").or(rest.strip_prefix("（减）")).unwrap_or(rest);
        if negative {
            break;
        }
    }
    (rest, negative)
}

/// A number in Chinese numerals and nothing else: 十二, 三, 〇.
pub(crate) fn is_han_number(cell: &str) -> bool {
    const LONGEST: usize = 8 * '一'.len_utf8();
    !cell.is_empty() && cell.len() <= LONGEST && cell.chars().all(is_han_digit)
}

fn is_han_digit(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
        || matches!(c, '十' | '百' | '千')
}

/// What people write where no number is.
pub(crate) fn is_mark(cell: &str) -> bool {
    let is_stroke = |c| {
        matches!(
            c,
            '/' | '／'
                | '\\'
                | '＼'
                | '-'
                | '－'
                | '—'
                | '–'
                | '―'
                | '─'
                | '*'
                | '×'
                | '~'
                | '～'
        )
    };
    matches!(cell, "无" | "無" | "空" | "不适用" | "N/A" | "n/a")
        || (cell.chars().count() <= 4 && cell.chars().all(is_stroke))
}

/// A page number between dashes, or said to be one: `- 3 -`, `—3—`, `第 3 页`, `第3页 共8页`, `P. 3`.
pub(crate) fn page_footer(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 40 || !line.starts_with(begins_footer) {
        return false;
    }
    let inner = line.trim_start_matches(dash).trim_end_matches(dash);
    let dashed = inner.len() < line.len() && line.starts_with(dash) && line.ends_with(dash);
    let number = inner.trim();
    if dashed && !number.is_empty() && number.len() <= 9 && number.chars().all(is_digit) {
        return true;
    }
    let numbered = |prefix: &str| {
        line.strip_prefix(prefix)
            .is_some_and(|rest| rest.trim().parse::<u16>().is_ok_and(|number| number < 1000))
    };
    if numbered("P.") || numbered("p.") || numbered("Page") {
        return true;
    }
    line.starts_with('第')
        && line.contains('页')
        && line.chars().all(|c| is_digit(c) || c.is_whitespace() || "第页共，,/".contains(c))
}

fn dash(c: char) -> bool {
    matches!(c, '-' | '－' | '—' | '–' | '―' | '─' | '~' | '～' | '·')
}

fn begins_footer(c: char) -> bool {
    matches!(c, '第' | 'P' | 'p') || dash(c)
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_figure(c: char) -> bool {
    is_digit(c) || matches!(c, '.' | '．' | ',' | '，')
}

fn is_unit(words: &str) -> bool {
    matches!(
        words,
        "" | "件"
            | "个"
            | "宗"
            | "次"
            | "条"
            | "项"
            | "份"
            | "件次"
            | "元"
            | "万元"
            | "亿元"
            | "万"
            | "萬元"
            | "億元"
            | "萬"
            | "個"
            | "條"
            | "項"
            | "人民币"
    )
}
