//! Folding: wording without the accidents of width, spaces, brackets, punctuation, radicals and Traditional characters.
//!
//! Two labels are the same when their folds are equal: `（二） 部分公开`, `(二)部分公开` and `⼆部分公開` all fold to 二部分公开.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::syntax::{FIELD_MARKS, end_of_field};

/// Traditional to Simplified for the words of reports, and radicals that compatibility normalisation leaves alone.
static VARIANTS: LazyLock<Variants> =
    LazyLock::new(|| Variants::new(include_str!("../../data/variants.txt")));

struct Variants {
    /// One bit for each character of the common block, so that the usual character costs one look.
    common: Box<[u64; 0x5200 / 64]>,
    pairs: Vec<(char, char)>,
}

const FIRST_COMMON: u32 = 0x4e00;

impl Variants {
    fn new(data: &str) -> Self {
        let mut common = Box::new([0_u64; 0x5200 / 64]);
        let mut pairs: Vec<_> = data
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .filter_map(|pair| Some((pair.chars().next()?, pair.chars().nth(1)?)))
            .collect();
        pairs.sort_unstable();
        for &(variant, _) in &pairs {
            if let Some(bit) =
                (variant as u32).checked_sub(FIRST_COMMON).filter(|bit| *bit < 0x5200)
            {
                common[bit as usize / 64] |= 1 << (bit % 64);
            }
        }
        Self { common, pairs }
    }

    /// Does a character of the common block, by its number there, stand for itself?
    fn is_plain(&self, common: u32) -> bool {
        self.common[common as usize / 64] & (1 << (common % 64)) == 0
    }

    /// How many bytes `bytes` begin with that fold to themselves: Chinese of the common block and digits, as nearly all there is.
    fn plain(&self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            at += match bytes.get(at + 1..at + 3) {
                _ if first.is_ascii_digit() => 1,
                Some(&[second, third]) if (0xe4..=0xe9).contains(&first) => {
                    let upper = u32::from(first & 0x0f) << 12 | u32::from(second & 0x3f) << 6;
                    let code = upper | u32::from(third & 0x3f);
                    let common = code.wrapping_sub(FIRST_COMMON);
                    if common >= 0x5200 || !self.is_plain(common) {
                        return at;
                    }
                    3
                }
                _ => return at,
            };
        }
        at
    }

    fn get(&self, c: char) -> Option<char> {
        let bit = (c as u32).wrapping_sub(FIRST_COMMON);
        if bit < 0x5200 && self.is_plain(bit) {
            return None;
        }
        self.pairs.binary_search_by_key(&c, |pair| pair.0).ok().map(|at| self.pairs[at].1)
    }
}

/// The fold of `words`.
pub fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    fold_into(words, &mut folded);
    folded
}

/// Do `words` fold to themselves for sure? Nearly all that are Chinese and digits alone do.
pub(crate) fn is_plain(words: &str) -> bool {
    VARIANTS.plain(words.as_bytes()) == words.len()
}

/// Does a character of Chinese have another one for itself in the fold?
pub(crate) fn is_traditional(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) && VARIANTS.get(c).is_some()
}

/// Appends the fold of `words`.
pub(crate) fn fold_into(words: &str, folded: &mut String) {
    let variants = &*VARIANTS;
    let mut rest = words;
    loop {
        // Characters that fold to themselves are taken over together.
        let plain = variants.plain(rest.as_bytes());
        folded.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { return };
        rest = fold_char(c, &rest[c.len_utf8()..], folded);
    }
}

/// Appends the fold of a character that does not fold to itself; returns what is left behind it.
fn fold_char<'a>(c: char, rest: &'a str, folded: &mut String) -> &'a str {
    match c {
        '&' => return skip_entity(rest),
        '<' => return skip_tag(rest),
        '[' => return skip_field_mark(rest),
        // U+3000–303F are spaces, brackets and marks, except 〇.
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3006}' | '\u{3008}'..='\u{303f}' => {}
        // The full-width block is ASCII once more.
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from((c as u32 - 0xff00 + 0x20) as u8);
            folded.extend(plain.is_ascii_alphanumeric().then_some(plain.to_ascii_lowercase()));
        }
        _ if c.is_ascii() => {
            folded.extend(c.is_ascii_alphanumeric().then_some(c.to_ascii_lowercase()));
        }
        _ => match VARIANTS.get(c) {
            Some(simple) if ('\u{4e00}'..='\u{9fff}').contains(&c) => {
                folded.push(simple);
                return skip_gloss(rest, simple);
            }
            Some(simple) => folded.push(simple),
            None => fold_rare(c, folded),
        },
    }
    rest
}

/// Some mirrors print a Traditional character with the Simplified one behind it in brackets: 規（规）章.
fn skip_gloss(rest: &str, simple: char) -> &str {
    let mut chars = rest.chars();
    let (open, inner, close) = (chars.next(), chars.next(), chars.next());
    let glossed = matches!(open, Some('(' | '（' | '['))
        && inner == Some(simple)
        && matches!(close, Some(')' | '）' | ']'));
    if glossed { chars.as_str() } else { rest }
}

fn skip_entity(rest: &str) -> &str {
    match rest.bytes().take(9).position(|b| b == b';') {
        Some(end) if rest[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') => {
            &rest[end + 1..]
        }
        _ => rest,
    }
}

fn skip_tag(rest: &str) -> &str {
    let named = rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    match rest.find('>') {
        Some(end) if named => &rest[end + 1..],
        _ => rest,
    }
}

/// A mark that a word processor leaves in its text when it is copied: [bookmark: _GoBack].
fn skip_field_mark(rest: &str) -> &str {
    FIELD_MARKS.iter().find_map(|mark| end_of_field(rest.strip_prefix(mark)?)).unwrap_or(rest)
}

fn fold_rare(c: char, folded: &mut String) {
    for plain in std::iter::once(c).nfkc() {
        if plain.is_ascii() {
            if plain.is_ascii_alphanumeric() {
                folded.push(plain.to_ascii_lowercase());
            }
        } else if plain.is_alphanumeric() {
            folded.push(VARIANTS.get(plain).unwrap_or(plain));
        }
    }
}

/// The usual character for a Kangxi radical, which has the same length: ⼆ is 二.
pub(crate) fn unradical(c: char) -> char {
    if ('\u{2e80}'..='\u{2fdf}').contains(&c) {
        let plain = std::iter::once(c).nfkc().next().unwrap_or(c);
        return VARIANTS.get(plain).unwrap_or(plain);
    }
    c
}

/// The value of a Chinese numeral up to 99, and the bytes it takes: 十二 in 十二、….
pub(crate) fn numeral(words: &str) -> Option<(u32, usize)> {
    let digit = |c| {
        Some(match c {
            '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            _ => return None,
        })
    };
    let mut chars = words.char_indices().map(|(at, c)| (at, unradical(c))).peekable();
    let mut value = 0;
    let mut end = 0;
    if let Some(&(_, c)) = chars.peek()
        && let Some(ones) = digit(c)
    {
        value = ones;
        end = c.len_utf8();
        chars.next();
    }
    if let Some(&(at, '十')) = chars.peek() {
        value = value.max(1) * 10;
        end = at + '十'.len_utf8();
        chars.next();
        if let Some(&(at, c)) = chars.peek()
            && let Some(ones) = digit(c)
        {
            value += ones;
            end = at + c.len_utf8();
        }
    }
    (value > 0).then_some((value, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accidents_fold_away() {
        for words in [
            "（二） 部分公开",
            "(二)部分公开",
            "⼆、部分公開",
            "二、部 分\u{a0}公开",
            "二部分公開(开)",
        ] {
            assert_eq!(fold(words), "二部分公开", "{words}");
        }
        assert_eq!(fold("⺠⻔⻓⻅⻬⻛⻥"), "民门长见齐风鱼");
        assert_eq!(fold("１.属于“国家秘密”&nbsp;<br/>"), "1属于国家秘密");
        assert_eq!(fold("規（规）章"), "规章");
        assert_eq!(fold("2.重复[bookmark: _GoBack]申请"), "2重复申请");
        assert_eq!(fold("[附件]规章[bookmark"), "附件规章bookmark");
    }

    #[test]
    fn numerals_have_values() {
        assert_eq!(numeral("三、"), Some((3, 3)));
        assert_eq!(numeral("十二、"), Some((12, 6)));
        assert_eq!(numeral("二十"), Some((20, 6)));
        assert_eq!(numeral("零"), None);
    }
}
