//! What of a table's sums is the same in every report of its form, made when the first broken one is met.

use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::figures::{kinds, weights};
use crate::form::{Comparison, Form, TableIndex};
use crate::repair::{Kind, Links, Sides};

/// The shapes of a form's tables.
#[derive(Default)]
pub(crate) struct Shapes(Vec<OnceLock<Shape>>);

/// How the cells of one table hang together.
pub(super) struct Shape {
    pub(super) kinds: Vec<Kind>,
    pub(super) weights: Vec<Decimal>,
    /// How many sums the form has for the table.
    pub(super) sums: usize,
    /// The links of all of them.
    pub(super) links: Links,
}

impl Shapes {
    pub(crate) fn of(form: &Form) -> Self {
        Self(form.tables.iter().map(|_| OnceLock::new()).collect())
    }

    /// The shape of one of the form's tables.
    pub(super) fn get(&self, form: &Form, table: TableIndex) -> Option<&Shape> {
        Some(self.0.get(table)?.get_or_init(|| Shape::new(form, table)))
    }
}

impl Shape {
    fn new(form: &Form, table: TableIndex) -> Self {
        let spec = &form.tables[table];
        let own = form.relations.iter().filter(|it| it.table == table);
        let equal = own.filter(|it| it.comparison == Comparison::Equal);
        let sums: Vec<_> = equal
            .flat_map(|it| &it.instances)
            .map(|it| Sides { left: &it.left, right: &it.right })
            .collect();
        Self {
            kinds: kinds(spec),
            weights: weights(spec),
            sums: sums.len(),
            links: Links::new(spec.cell_count, sums.iter()),
        }
    }
}
