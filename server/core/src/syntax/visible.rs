//! Texts in which every character shows.

/// Whether no character of the text is one that nobody sees, or that stands for one that was lost: most texts hold none.
// A branch at each byte would keep them from being looked at together.
#[allow(clippy::needless_bitwise_bool)]
pub(crate) fn is_visible(text: &str) -> bool {
    let bytes = text.as_bytes();
    // C2 leads U+0080 to U+00BF, EE the private use area: both are rare.
    let is_odd = bytes.iter().fold(0, |found, &b| {
        let is_blank = (b == b'\t') | (b == b'\n') | (b == b'\r') | (b == 0x0c);
        found | u8::from(((b < b' ') & !is_blank) | (b == 0x7f) | (b == 0xc2) | (b == 0xee))
    });
    // EF leads commas too; behind it these are U+F000–F8FF, U+FEC0–FEFF, U+FFC0–FFFF.
    let seconds = bytes.get(1..).unwrap_or_default();
    let is_rare = bytes.iter().zip(seconds).fold(0, |found, (&b, &second)| {
        let begins = (second.wrapping_sub(0x80) <= 0x23) | (second == 0xbb) | (second == 0xbf);
        found | u8::from((b == 0xef) & begins)
    });
    let behind = |at: usize| (bytes.get(at + 1).copied(), bytes.get(at + 2).copied());
    is_odd | is_rare == 0
        && !memchr::memchr_iter(0xe2, bytes).any(|at| match behind(at) {
            (Some(0x80), Some(last)) => matches!(last, 0x8b..=0x8f | 0xaa..=0xae),
            (Some(second), _) => second == 0x81,
            _ => true,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::is_invisible;

    #[test]
    fn what_nobody_sees_is_told() {
        let is_odd = |c: char| {
            is_invisible(c)
                || matches!(c, '\u{b}' | '\u{85}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
        };
        for c in ('\0'..='\u{ffff}').filter(|c| is_odd(*c)) {
            assert!(!is_visible(&format!("公开{c}，")), "{c:?}");
        }
        assert!(is_visible("“公开”——3件…，\t答复 2 件。①㎡𠮷\r\n\u{c}"));
    }
}
