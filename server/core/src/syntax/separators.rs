//! Characters that may separate cells where there are neither tabs nor pipes: white space and drawn bars.

/// Which of the bytes that may separate cells a line holds, found in one pass. Most lines hold none, and need no closer look.
#[derive(Clone, Copy)]
pub(super) struct Seen(u8);

impl Seen {
    /// Bytes of white space.
    const BLANK: u8 = 1;
    /// Bytes of a drawn bar.
    pub(super) const BAR: u8 = 2;

    /// Looks through `words`, which neither begin nor end with white space.
    // Bitwise operators, because a branch at each byte would prevent vectorisation.
    #[allow(clippy::needless_bitwise_bool)]
    pub(super) fn of(words: &str) -> Self {
        let is_blank = |b: u8| (b == b' ') | (0x09..=0x0d).contains(&b) | (b == 0xc2) | (b == 0xe1);
        let is_wide = |a: u8, b: u8, c: u8| {
            // U+3000 and those of U+2000–206F; “”—… are of U+2000–206F too, and lie in 90 to a7.
            let is_general = (b == 0x81) | ((b == 0x80) & !(0x90..=0xa7).contains(&c));
            ((a == 0xe2) & is_general) | ((a == 0xe3) & (b == 0x80) & (c == 0x80))
        };
        let is_bar = |a: u8, b: u8, c: u8| {
            ((a == 0xef) & (b == 0xbd) & (c == 0x9c))
                | ((a == 0xe2) & (b == 0x94) & ((c == 0x82) | (c == 0x83)))
        };
        let blank = |is_there: bool| u8::from(is_there) * Self::BLANK;
        let bar = |is_there: bool| u8::from(is_there) * Self::BAR;
        let bytes = words.as_bytes();
        let next = |by: usize| bytes.get(by..).unwrap_or(&[]);
        let last = next(bytes.len().saturating_sub(2));
        let ends = last.iter().fold(0, |seen, &byte| seen | blank(is_blank(byte)));
        let triples = bytes.iter().zip(next(1)).zip(next(2));
        Self(triples.fold(ends, |seen, ((&a, &b), &c)| {
            seen | blank(is_blank(a) | is_wide(a, b, c)) | bar(is_bar(a, b, c))
        }))
    }

    /// Does the line hold bytes of this kind?
    pub(super) fn has(self, what: u8) -> bool {
        self.0 & what != 0
    }

    /// Does `words`, the line that was looked through, hold white space?
    pub(super) fn has_space(self, words: &str) -> bool {
        self.has(Self::BLANK) && words.contains(is_space)
    }
}

/// White space, which may set cells apart.
pub(super) fn is_space(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_whitespace() || c == '\u{b}' } else { c.is_whitespace() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_bars_are_seen_wherever_they_stand() {
        for space in [
            " ", "\t", "\u{a0}", "\u{85}", "\u{1680}", "\u{2003}", "\u{202f}", "\u{205f}",
            "\u{3000}",
        ] {
            for words in
                [format!("规章{space}3"), format!("3{space}件"), format!("“规章”{space}——")]
            {
                assert!(Seen::of(&words).has_space(&words), "{words:?}");
            }
        }
        for bar in ["｜", "│", "┃"] {
            assert!(Seen::of(&format!("规章{bar}0")).has(Seen::BAR), "{bar}");
        }
        for words in ["", "3", "规章", "“三安全一稳定”——3件…，①。", "a。"] {
            assert!(
                !Seen::of(words).has_space(words) && !Seen::of(words).has(Seen::BAR),
                "{words}"
            );
        }
    }
}
