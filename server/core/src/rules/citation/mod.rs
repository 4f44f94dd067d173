//! Laws and documents that a report cites: their numbers and titles.

mod docnum_bracket;
mod docnum_typo;
mod nested_book_title;
mod outdated;
mod outdated_format_citation;
mod outdated_order_number;

pub(super) use docnum_bracket::DOCNUM_BRACKET;
pub(super) use docnum_typo::DOCNUM_TYPO;
pub(super) use nested_book_title::NESTED_BOOK_TITLE;
pub(super) use outdated_format_citation::OUTDATED_FORMAT_CITATION;
pub(super) use outdated_order_number::OUTDATED_ORDER_NUMBER;
