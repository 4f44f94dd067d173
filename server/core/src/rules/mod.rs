//! The rules. Each stands in one file with its page, its check, its fix and its tests. To add one, write such a file and add a line to `CORE` or, for a
//! mechanism that forms instantiate with their own words, to `MECHANISMS`.

/// Declares a rule whose doc comment is its page.
macro_rules! rule {
    ($(#[doc = $page:literal])+ $vis:vis static $name:ident = { $($field:ident: $value:expr),+ $(,)? };) => {
        $(#[doc = $page])+
        #[allow(rustdoc::broken_intra_doc_links)] // the brackets of a page are those of document numbers: [2021]
        #[allow(clippy::needless_update)] // some rules say all there is to say
        $vis static $name: $crate::rules::Rule = $crate::rules::Rule {
            page: concat!($($page, "\n"),+),
            $($field: $value,)+
            ..$crate::rules::Rule::USUAL
        };
    };
}

mod anchors;
mod arithmetic;
mod citation;
mod context;
mod cure;
mod date;
mod finding;
mod leftover;
mod narrative;
#[cfg(test)]
mod pages;
mod plausibility;
mod reading;
mod reads;
mod registry;
mod structure;
mod suppression;
mod table;
#[cfg(test)]
pub(crate) mod testing;
mod typography;

pub use crate::form::{Group, Severity};
pub(crate) use anchors::{Anchors, CheckSet, DIGITS};
pub(crate) use arithmetic::{Figures, beside, check_sums, show};
pub(crate) use context::Seen;
pub use context::{LineCx, Mention, PartCx, PartOf, ReportCx, Sink, TableCx};
pub use cure::Cure;
pub use finding::{Applicability, BrokenRelation, Data, Edit, Finding, Fix, Related, RuleIndex};
pub(crate) use reading::Reading;
pub(crate) use reads::{Aspect, Reads};
pub use registry::{
    Check, Fixable, Listed, Mechanism, Registry, Rule, RuleInfo, RuleProblem, Scope,
};
pub(crate) use suppression::Directive;
pub(crate) use table::{Pattern, forced_values, layout_beside};

/// Rules that hold for any form.
const CORE: &[&Rule] = &[
    &structure::MISSING_SECTION,
    &structure::SECTION_OUT_OF_ORDER,
    &structure::DUPLICATE_SECTION,
    &structure::SECTION_HEADING_NONSTANDARD,
    &structure::SECTION_NUMBER_MISMATCH,
    &structure::SECTION_NUMBER_MISSING,
    &structure::EMPTY_SECTION,
    &structure::EXTRA_TOP_LEVEL_SECTION,
    &structure::TITLE_MISSING,
    &structure::TITLE_NONSTANDARD,
    &structure::TITLE_SELF_REFERENCE_MISMATCH,
    &structure::ISSUER_MISSING,
    &structure::ISSUER_ABBREVIATED,
    &structure::ISSUER_INCONSISTENT,
    &date::SIGNATURE_MISSING,
    &suppression::UNKNOWN_SUPPRESSION,
    &suppression::UNUSED_SUPPRESSION,
    &table::TABLE_MISSING,
    &table::TABLE_UNREADABLE,
    &table::TABLE_ROW_MISSING,
    &table::TABLE_ROW_UNKNOWN,
    &table::TABLE_ROW_ORDER,
    &table::TABLE_ROW_DUPLICATE,
    &table::TABLE_ROW_LABEL_NONSTANDARD,
    &table::TABLE_COLUMN_MISSING,
    &table::TABLE_ROW_WIDTH,
    &table::TABLE_ROW_SHIFTED,
    &table::TABLE_HEADER_MISALIGNED,
    &table::TABLE_NOTE_MISSING,
    &table::TABLE_NOTE_ALTERED,
    &table::TABLE_CELL_BLANK,
    &table::TABLE_CELL_NOT_NUMBER,
    &table::TABLE_CELL_NOT_INTEGER,
    &table::TABLE_CELL_UNIT_SUFFIX,
    &table::TABLE_CELL_FULLWIDTH_DIGIT,
    &table::TABLE_CELL_THOUSAND_SEPARATOR,
    &table::TABLE_CELL_HAN_NUMBER,
    &table::TABLE_LEGACY_FORM,
    &table::FEE_UNIT_CAPTION_MISSING,
    &table::TABLE_CELL_LINE_BREAK,
    &table::TABLE_DUPLICATE,
    &table::REVIEW_COLUMN_GROUP_MISSING,
    &date::INVALID_DATE,
    &date::DATE_ORDER,
    &date::SIGNED_BEFORE_YEAR_END,
    &date::YEAR_CONFLICT,
    &date::DATE_FORMAT,
    &citation::DOCNUM_BRACKET,
    &citation::DOCNUM_FORM,
    &citation::DOCNUM_TITLE_MISMATCH,
    &citation::DOCNUM_TYPO,
    &citation::FORMAT_CITATION_UNKNOWN,
    &citation::LAW_NAME_WRONG,
    &citation::NESTED_BOOK_TITLE,
    &citation::OLD_ARTICLE_NUMBER,
    &citation::OUTDATED_FORMAT_CITATION,
    &citation::OUTDATED_ORDER_NUMBER,
    &citation::SHORT_NAME_UNDEFINED,
    &citation::WRONG_ORDER_NUMBER,
    &leftover::PAGE_NUMBER_RESIDUE,
    &leftover::SCRAPE_URL_RESIDUE,
    &leftover::WORD_FIELD_RESIDUE,
    &leftover::AI_BOILERPLATE,
    &leftover::BLANK_LINES,
    &leftover::CONTROL_CHAR,
    &leftover::HTML_RESIDUE,
    &leftover::MOJIBAKE,
    &leftover::PLACEHOLDER_LEFT,
    &leftover::REVIEW_MARK_LEFT,
    &leftover::TEMPLATE_INSTRUCTION_LEFT,
    &leftover::WEB_CHROME_RESIDUE,
    &typography::COMMON_TYPO,
    &typography::HALFWIDTH_PUNCT,
    &typography::HEADING_NUMERAL_STYLE,
    &typography::HEADING_SPACE,
    &typography::SPACE_CJK_DIGIT,
    &typography::TERM_NONSTANDARD,
    &typography::ASCII_QUOTE,
    &typography::AUDIENCE_TONE,
    &typography::FIXED_PHRASE_NEAR_MISS,
    &typography::BRACKET_UNBALANCED,
    &typography::DUNHAO_BETWEEN_MARKS,
    &typography::DUPLICATE_PUNCT,
    &typography::FREE_EMAIL,
    &typography::HEADING_INDENT,
    &typography::HEADING_NUMERAL_PUNCT,
    &typography::HEADING_SEQUENCE,
    &typography::LIST_SEQUENCE,
    &typography::HEDGE_DOUBLE,
    &typography::MARKDOWN_HEADING_LEVEL,
    &typography::MIXED_WIDTH_BRACKETS,
    &typography::NBSP_OR_IDEOGRAPHIC_SPACE,
    &typography::PARAGRAPH_DUPLICATE,
    &typography::PII_ID,
    &typography::PII_MOBILE,
    &typography::QUOTE_UNBALANCED,
    &typography::SENTENCE_END_MISSING,
    &typography::TRAILING_SPACE,
];

/// Mechanisms that forms instantiate by `use = "name"`.
const MECHANISMS: &[&Mechanism] = &[
    &arithmetic::COMPONENT_EXCEEDS,
    &arithmetic::GROUP_SUBTOTAL,
    &arithmetic::TOTAL_DERIVABLE,
    &plausibility::AMOUNT_UNIT,
    &plausibility::AMOUNT_FLOOR,
    &plausibility::AMOUNT_PRECISION,
    &plausibility::AMOUNT_NOISE,
    &plausibility::NONZERO,
    &plausibility::SHARE,
    &plausibility::LEVEL_BAND,
    &plausibility::PERCENT_RANGE,
    &narrative::CLAIM_AGAINST_CELL,
    &narrative::AMOUNTS_IN_ORDER,
    &narrative::AMOUNT_SAID,
    &narrative::DENIAL_AGAINST_CELLS,
    &narrative::SHARE_OF_TOTAL,
    &narrative::SHARES_OF_WHOLE,
    &narrative::SHARE_OF_CELLS,
    &narrative::GROWTH_OF_COUNTS,
    &narrative::LISTED_TITLES,
    &narrative::FULL_RATE,
    &narrative::CELLS_REACH,
    &narrative::CELLS_UNDISCUSSED,
    &narrative::TOTAL_OF_PARTS,
    &narrative::PARTS_BY_WORD,
    &narrative::CLAIMS_AGREE,
    &narrative::TALLY_AGAINST_CELL,
    &date::WORD_BEFORE_TIME,
    &date::PERIOD,
    &date::CLOSED_YEAR_WORDING,
    &date::STALE_YEAR,
    &date::PLAN_YEAR,
    &date::LATE_SIGNATURE,
    &date::LATER_EVENT,
    &structure::STATEMENT_MISSING,
    &structure::WORDS_MISSING,
    &structure::SECTION_LIST,
    &structure::PREFACE,
    &structure::PROMISED_LIST,
    &structure::ASPECTS_MISSING,
    &structure::ASPECTS_ORDER,
    &structure::ASPECT_HEADING,
    &structure::SECTION_LENGTH,
    &structure::SECTION_FIGURES,
    &structure::SECTION_TOPIC,
    &structure::BARE_SECTION,
];
