//! Marks, spaces, ordinals and words.

mod ascii_quote;
mod audience_tone;
mod common_typo;
mod dictionary;
mod dunhao_between_marks;
mod duplicate_punct;
mod fixed_phrase;
mod free_email;
mod halfwidth_punct;
mod heading_indent;
mod heading_numeral_punct;
mod heading_numeral_style;
mod heading_sequence;
mod heading_space;
mod hedge_double;
mod list_sequence;
mod markdown_heading_level;
mod mixed_width_brackets;
mod nbsp;
mod ordinal;
mod paragraph_duplicate;
mod pii;
mod sentence_end_missing;
mod space_cjk_digit;
mod term_nonstandard;
mod trailing_space;
mod unbalanced;

pub(super) use ascii_quote::ASCII_QUOTE;
pub(super) use audience_tone::AUDIENCE_TONE;
pub(super) use common_typo::COMMON_TYPO;
pub(super) use dunhao_between_marks::DUNHAO_BETWEEN_MARKS;
pub(super) use duplicate_punct::DUPLICATE_PUNCT;
pub(super) use fixed_phrase::FIXED_PHRASE_NEAR_MISS;
pub(super) use free_email::FREE_EMAIL;
pub(super) use halfwidth_punct::HALFWIDTH_PUNCT;
pub(super) use heading_indent::HEADING_INDENT;
pub(super) use heading_numeral_punct::HEADING_NUMERAL_PUNCT;
pub(super) use heading_numeral_style::HEADING_NUMERAL_STYLE;
pub(super) use heading_sequence::HEADING_SEQUENCE;
pub(super) use heading_space::HEADING_SPACE;
pub(super) use hedge_double::HEDGE_DOUBLE;
pub(super) use list_sequence::LIST_SEQUENCE;
pub(super) use markdown_heading_level::MARKDOWN_HEADING_LEVEL;
pub(super) use mixed_width_brackets::MIXED_WIDTH_BRACKETS;
pub(super) use nbsp::NBSP_OR_IDEOGRAPHIC_SPACE;
pub(super) use paragraph_duplicate::PARAGRAPH_DUPLICATE;
pub(super) use pii::{PII_ID, PII_MOBILE};
pub(super) use sentence_end_missing::SENTENCE_END_MISSING;
pub(super) use space_cjk_digit::SPACE_CJK_DIGIT;
pub(super) use term_nonstandard::TERM_NONSTANDARD;
pub(super) use trailing_space::TRAILING_SPACE;
pub(super) use unbalanced::{BRACKET_UNBALANCED, QUOTE_UNBALANCED};

use super::{Applicability, Edit, Finding, Sink};

/// A Chinese character.
fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}

/// Cells or marks of a page rather than a sentence: what its marks and blanks mean is not ours to say.
fn is_tabular(line: &str) -> bool {
    memchr::memchr3(b'\t', b'|', b'`', line.as_bytes()).is_some()
        || has_tag(line)
        || ends_with_values(line)
}

/// A mark of a page: <p>, </p>, <!-- -->; not the name in 《实施<政府信息公开条例>办法》.
fn has_tag(line: &str) -> bool {
    let opens = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
    memchr::memchr_iter(b'<', line.as_bytes()).any(|at| line[at + 1..].starts_with(opens))
}

/// A row of values between commas, as spreadsheets are saved: `规章,3,5,74`. With full-width commas it would be none.
fn ends_with_values(line: &str) -> bool {
    let is_value = |cell: &str| {
        !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    memchr::memrchr(b',', line.as_bytes()).is_some_and(|at| is_value(line[at + 1..].trim()))
}

/// One finding on the first of `edits`, with one safe fix that makes them all: the same slip all over a part has one cause.
fn grouped(sink: &mut Sink<'_>, message: impl Fn(usize) -> String, title: &str, edits: Vec<Edit>) {
    let Some(first) = edits.first().map(|edit| edit.place) else { return };
    let finding = Finding::new(first, message(edits.len()));
    sink.push(finding.fix(title, Applicability::Safe, edits));
}
