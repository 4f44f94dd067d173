//! Dates and the time that a report speaks of.

mod date_order;
mod dates;
mod invalid_date;
mod jiezhi_word;
mod period;
mod wording;

pub(super) use date_order::DATE_ORDER;
pub(super) use invalid_date::INVALID_DATE;
pub(super) use jiezhi_word::JIEZHI_WORD;
pub(super) use period::PERIOD;
pub(super) use wording::CLOSED_YEAR_WORDING;
