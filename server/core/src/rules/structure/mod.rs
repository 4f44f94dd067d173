//! Title and sections: what must be there, in which order, under which name.

mod duplicate_section;
mod empty_section;
mod extra_top_level_section;
mod issuer_abbreviated;
mod issuer_inconsistent;
mod issuer_missing;
mod missing_section;
mod outline;
mod preface;
mod section_heading_nonstandard;
mod section_list;
mod section_number_mismatch;
mod section_number_missing;
mod section_out_of_order;
mod statement_missing;
mod title_missing;
mod title_nonstandard;
mod title_self_reference;

pub(super) use duplicate_section::DUPLICATE_SECTION;
pub(super) use empty_section::EMPTY_SECTION;
pub(super) use extra_top_level_section::EXTRA_TOP_LEVEL_SECTION;
pub(super) use issuer_abbreviated::ISSUER_ABBREVIATED;
pub(super) use issuer_inconsistent::ISSUER_INCONSISTENT;
pub(super) use issuer_missing::ISSUER_MISSING;
pub(super) use missing_section::MISSING_SECTION;
pub(super) use preface::PREFACE;
pub(super) use section_heading_nonstandard::SECTION_HEADING_NONSTANDARD;
pub(super) use section_list::SECTION_LIST;
pub(super) use section_number_mismatch::SECTION_NUMBER_MISMATCH;
pub(super) use section_number_missing::SECTION_NUMBER_MISSING;
pub(super) use section_out_of_order::SECTION_OUT_OF_ORDER;
pub(super) use statement_missing::STATEMENT_MISSING;
pub(super) use title_missing::TITLE_MISSING;
pub(super) use title_nonstandard::TITLE_NONSTANDARD;
pub(super) use title_self_reference::TITLE_SELF_REFERENCE_MISMATCH;
