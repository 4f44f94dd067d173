//! What is checked. A rule stands in one file with its page, its check, its fix and its tests; adding one is a file and a line in [`CORE`]
//! or, for a mechanism that forms instantiate with their own words, in [`MECHANISMS`].

/// Declares a rule whose doc comment is its page.
macro_rules! rule {
    ($(#[doc = $page:literal])+ $vis:vis static $name:ident = { $($field:ident: $value:expr),+ $(,)? };) => {
        $(#[doc = $page])+
        $vis static $name: $crate::rules::Rule = $crate::rules::Rule { page: concat!($($page, "\n"),+), $($field: $value),+ };
    };
}

mod context;
mod finding;
#[cfg(test)]
mod pages;
mod registry;
mod suppression;
#[cfg(test)]
pub(crate) mod testing;

pub use context::{ReportCx, Sink, TableCx};
pub use finding::{
    Applicability, BrokenRelation, Data, Edit, Finding, Fix, Related, RuleIndex, Severity,
};
pub use registry::{Check, Fixable, Group, Mechanism, Registry, Rule, RuleInfo, Scope};
pub(crate) use suppression::Directive;

/// Rules that hold for any form.
const CORE: &[&Rule] = &[&suppression::UNKNOWN_SUPPRESSION, &suppression::UNUSED_SUPPRESSION];

/// Mechanisms that forms instantiate by `use = "name"`.
const MECHANISMS: &[&Mechanism] = &[];
