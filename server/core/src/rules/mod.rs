//! What is checked. A rule stands in one file with its page, its check, its fix and its tests; adding one is a file and a line in [`CORE`]
//! or, for a mechanism that forms instantiate with their own words, in [`MECHANISMS`].

mod context;
mod finding;
mod registry;

pub use context::{ReportCx, Sink, TableCx};
pub use finding::{Applicability, BrokenRelation, Data, Edit, Finding, Fix, Related, RuleIndex, Severity};
pub use registry::{Check, Fixable, Group, Mechanism, Registry, Rule, RuleInfo};

/// Rules that hold for any form.
const CORE: &[&Rule] = &[];

/// Mechanisms that forms instantiate by `use = "name"`.
const MECHANISMS: &[&Mechanism] = &[];
