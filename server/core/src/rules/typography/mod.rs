//! Marks, spaces, ordinals and words.

mod common_typo;
mod dictionary;
mod halfwidth_punct;
mod heading_numeral_style;
mod heading_space;
mod space_cjk_digit;
mod term_nonstandard;

pub(super) use common_typo::COMMON_TYPO;
pub(super) use halfwidth_punct::HALFWIDTH_PUNCT;
pub(super) use heading_numeral_style::HEADING_NUMERAL_STYLE;
pub(super) use heading_space::HEADING_SPACE;
pub(super) use space_cjk_digit::SPACE_CJK_DIGIT;
pub(super) use term_nonstandard::TERM_NONSTANDARD;

/// A Chinese character.
fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}

/// Cells or marks of a page rather than a sentence: what its marks and blanks mean is not ours to say.
fn is_tabular(line: &str) -> bool {
    line.contains(['\t', '|', '<', '`'])
}
