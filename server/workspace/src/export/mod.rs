//! The figures of a report, by the names of its form; one file an output format.

mod csv;
mod json;

use gouji_core::Decimal;
use gouji_core::form::{Form, ValueKind};
use gouji_core::report::{BoundClaim, Cell, Place, Unit};
use gouji_core::snapshot::{ReportView, Snapshot};

/// How the figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One object with everything.
    Json,
    /// A line for each figure.
    Csv,
}

impl Format {
    /// All of them, by the names that users write.
    pub const NAMES: [(&'static str, Self); 2] = [("json", Self::Json), ("csv", Self::Csv)];

    /// What stands before the first report.
    pub fn begin(self) -> String {
        match self {
            Self::Json => json::begin(),
            Self::Csv => csv::HEADER.to_owned(),
        }
    }

    /// What stands between the reports of two files.
    pub fn separator(self) -> &'static str {
        match self {
            Self::Json => ",",
            Self::Csv => "",
        }
    }

    /// What stands after the last report.
    pub fn end(self) -> &'static str {
        match self {
            Self::Json => json::END,
            Self::Csv => "",
        }
    }

    /// Appends the reports of one file, which is shown as `path`.
    pub fn reports(self, out: &mut Vec<u8>, path: &str, snapshot: &Snapshot) {
        for (index, view) in snapshot.reports().enumerate() {
            match self {
                Self::Json => json::report(out, path, index, view, snapshot.text()),
                Self::Csv => csv::report(out, path, index, view, snapshot.text()),
            }
        }
    }

    /// The figures of one file alone, which is shown as `path`.
    pub fn file(self, path: &str, snapshot: &Snapshot) -> String {
        let mut out = self.begin().into_bytes();
        self.reports(&mut out, path, snapshot);
        out.extend(self.end().as_bytes());
        String::from_utf8_lossy(&out).into_owned()
    }
}

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
