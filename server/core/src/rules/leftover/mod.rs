//! What other programs left in the text.

mod ai_boilerplate;
mod blank_lines;
mod control_char;
mod html_residue;
mod mojibake;
mod page_number_residue;
mod placeholder_left;
mod review_mark_left;
mod scrape_url_residue;
mod template_instruction_left;
mod unwanted;
mod web_chrome_residue;
mod word_field_residue;

pub(super) use ai_boilerplate::AI_BOILERPLATE;
pub(super) use blank_lines::BLANK_LINES;
pub(super) use control_char::CONTROL_CHAR;
pub(super) use html_residue::HTML_RESIDUE;
pub(super) use mojibake::MOJIBAKE;
pub(super) use page_number_residue::PAGE_NUMBER_RESIDUE;
pub(super) use placeholder_left::PLACEHOLDER_LEFT;
pub(super) use review_mark_left::REVIEW_MARK_LEFT;
pub(super) use scrape_url_residue::SCRAPE_URL_RESIDUE;
pub(super) use template_instruction_left::TEMPLATE_INSTRUCTION_LEFT;
pub(super) use web_chrome_residue::WEB_CHROME_RESIDUE;
pub(super) use word_field_residue::WORD_FIELD_RESIDUE;
