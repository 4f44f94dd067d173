//! What other programs left in the text.

mod page_number_residue;
mod scrape_url_residue;
mod word_field_residue;

pub(super) use page_number_residue::PAGE_NUMBER_RESIDUE;
pub(super) use scrape_url_residue::SCRAPE_URL_RESIDUE;
pub(super) use word_field_residue::WORD_FIELD_RESIDUE;
