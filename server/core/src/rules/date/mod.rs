//! Dates and the time that a report speaks of.

mod date_format;
mod date_order;
mod dates;
mod future_event;
mod invalid_date;
mod late_signature;
mod period;
mod plan_year;
mod signature;
mod signature_missing;
mod signed_before_year_end;
mod stale_words;
mod stale_year;
mod word_before_time;
mod wording;
mod written;
mod year_conflict;

pub(super) use date_format::DATE_FORMAT;
pub(super) use date_order::DATE_ORDER;
pub(super) use future_event::LATER_EVENT;
pub(super) use invalid_date::INVALID_DATE;
pub(super) use late_signature::LATE_SIGNATURE;
pub(super) use period::PERIOD;
pub(super) use plan_year::PLAN_YEAR;
pub(super) use signature_missing::SIGNATURE_MISSING;
pub(super) use signed_before_year_end::SIGNED_BEFORE_YEAR_END;
pub(super) use stale_year::STALE_YEAR;
pub(super) use word_before_time::WORD_BEFORE_TIME;
pub(super) use wording::CLOSED_YEAR_WORDING;
pub(super) use year_conflict::YEAR_CONFLICT;
