//! What a report must contain, as data. Forms are TOML files; this module reads them and says what is wrong with a wrong one.

mod model;
pub mod skeleton;

pub use model::{
    Band, Block, CellIndex, Claim, Column, Comparison, Equation, Form, Issuer, Label, Level,
    Relation, Row, RuleSpec, Section, SectionIndex, Table, TableIndex, ValueKind, Years,
};

/// The forms that gouji brings.
pub fn builtin() -> Vec<Form> {
    Vec::new()
}
