//! What a report must contain, as data. Forms are TOML files; this module reads them and reports everything that is wrong with a file.
//!
//! There are two stages: serde reads the raw types of `schema`, and `compile` resolves every name to an index. If serde refuses a file, `explain`
//! walks it along the JSON schema of the same types, so that every problem is named and not only the first.

mod article;
mod at;
mod cells;
mod claim;
mod compile;
mod equation;
mod explain;
mod ids;
mod issuer;
mod level;
mod lists;
mod model;
mod names;
mod page;
mod phrase;
mod problem;
mod relation;
mod rule;
mod schema;
pub mod skeleton;
mod table;

pub use claim::Claim;
pub use explain::schema;
pub(crate) use level::KnownLevel;
pub use level::Pattern;
pub use model::{
    Article, Band, Block, CellIndex, Column, Comparison, Each, Equation, Form, Issuer, Label,
    Level, Relation, Row, RuleSpec, Section, SectionIndex, Table, TableIndex, ValueKind, Years,
};
pub use names::{CellNames, Names};
pub(crate) use names::{column_name, shortened};
pub use page::ReadFile;
pub use phrase::Phrase;
pub use problem::Problem;
pub use rule::{Group, Severity};

use crate::packed::{packed, unpack};
use problem::Problems;

/// The forms that gouji brings, by the names of their files; a form stands behind its base.
const BUILTIN: [&[u8]; 2] = [packed!("annual-report-2021"), packed!("annual-report-2019")];

/// The forms that gouji brings.
pub fn builtin() -> Vec<Form> {
    let mut forms = Vec::new();
    for form in BUILTIN {
        // A test reads their files as it would a user's.
        if let Ok(raw) = unpack(form) {
            let is_packed = &mut |_: &str| Err("已随程序".to_owned());
            forms.extend(compile::compile(raw, Problems::of_own(), &forms, is_packed));
        }
    }
    forms
}

/// Reads a form's file. `known` are the forms that it may name as its base; `read_file` reads the files that it names, the pages of its rules.
///
/// # Errors
/// Everything that is wrong with the file, in the order of its lines.
pub fn read(
    source: &str,
    known: &[Form],
    read_file: &mut ReadFile<'_>,
) -> Result<Form, Vec<Problem>> {
    let raw = toml::from_str(source).map_err(|error| explain::explain(source, &error))?;
    compile::compile(raw, Problems::new(source), known, read_file)
}

#[cfg(test)]
mod tests;
