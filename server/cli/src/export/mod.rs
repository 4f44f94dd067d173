//! The figures of a report, by the names of its form; one file an output format.

pub(crate) mod csv;
pub(crate) mod json;

use gouji_core::Decimal;
use gouji_core::form::{Form, ValueKind};
use gouji_core::report::{BoundClaim, Cell, Place, Unit};
use gouji_core::snapshot::ReportView;

/// A cell of the form, with what the document has for it.
struct Figure<'a> {
    table: &'a str,
    /// The row, or the group of columns in a table without rows.
    row: String,
    column: String,
    /// The document's cell; `None` when it has none.
    cell: Option<(&'a Cell, Place)>,
}

/// Every cell of every table of the report's form, in the form's order. A table that follows another form of the family has that form's cells.
fn figures<'a>(view: &ReportView<'a>) -> Vec<Figure<'a>> {
    let report = view.report;
    let mut figures = Vec::new();
    for spec in &report.form.tables {
        let bound = report.table(&spec.id);
        let spec = bound.map_or(spec, |(_, table)| table.spec());
        for index in 0..spec.cell_count {
            let key = spec.key(index);
            // Keys are row.column, and rows may have dots: `refused.state_secret.total`. Without rows they are group.column: `review.upheld`.
            let (row, column) = key.rsplit_once('.').unwrap_or(("", &key));
            let cell = bound.and_then(|(part, table)| {
                table.cell(index).map(|cell| (cell, Place::new(part, cell.range)))
            });
            figures.push(Figure {
                table: &spec.id,
                row: row.to_owned(),
                column: column.to_owned(),
                cell,
            });
        }
    }
    figures
}

/// Every figure of the prose that states a cell, with its place.
fn claims<'a>(view: &ReportView<'a>) -> impl Iterator<Item = (&'a BoundClaim, Place)> {
    let parts = view.report.parts.iter().enumerate();
    parts.flat_map(|(part, it)| {
        it.claims.iter().map(move |claim| (claim, Place::new(part, claim.range)))
    })
}

/// What a claim says in the unit of the cell that it states, so that the two compare: 2.5亿元 of a cell in 万元 is 25000.
fn claimed(form: &Form, claim: &BoundClaim) -> Decimal {
    let cell = form.claims.get(claim.claim).and_then(|claim| claim.cells.first());
    let kind = cell.map(|&(table, cell)| {
        let (block, _, column) = form.tables[table].locate(cell);
        &form.tables[table].blocks[block].columns[column].values
    });
    let is_wan = matches!(kind, Some(ValueKind::Amount { unit, .. }) if unit == "万元");
    let value = match claim.unit {
        Unit::Yuan if is_wan => claim.value.checked_div(Decimal::from(10_000)),
        Unit::Yi if is_wan => claim.value.checked_mul(Decimal::from(10_000)),
        Unit::Wan if !is_wan => claim.value.checked_mul(Decimal::from(10_000)),
        Unit::Yi => claim.value.checked_mul(Decimal::from(100_000_000)),
        Unit::Item | Unit::Yuan | Unit::Wan => Some(claim.value),
    };
    value.unwrap_or(claim.value).normalize()
}
