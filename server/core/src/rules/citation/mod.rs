//! Laws and documents that a report cites: their numbers and titles.

mod docnum_bracket;
mod docnum_form;
mod docnum_title_mismatch;
mod docnum_typo;
mod format_citation_unknown;
mod law_name_wrong;
mod nested_book_title;
mod numbers;
mod old_article_number;
mod outdated;
mod outdated_format_citation;
mod outdated_order_number;
mod short_name_undefined;
mod wrong_order_number;

pub(super) use docnum_bracket::DOCNUM_BRACKET;
pub(super) use docnum_form::DOCNUM_FORM;
pub(super) use docnum_title_mismatch::DOCNUM_TITLE_MISMATCH;
pub(super) use docnum_typo::DOCNUM_TYPO;
pub(super) use format_citation_unknown::FORMAT_CITATION_UNKNOWN;
pub(super) use law_name_wrong::LAW_NAME_WRONG;
pub(super) use nested_book_title::NESTED_BOOK_TITLE;
pub(super) use old_article_number::OLD_ARTICLE_NUMBER;
pub(super) use outdated_format_citation::OUTDATED_FORMAT_CITATION;
pub(super) use outdated_order_number::OUTDATED_ORDER_NUMBER;
pub(super) use short_name_undefined::SHORT_NAME_UNDEFINED;
pub(super) use wrong_order_number::WRONG_ORDER_NUMBER;
