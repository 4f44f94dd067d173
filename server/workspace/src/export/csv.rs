//! `export --format csv`: a line for each figure, for spreadsheets and statistics.

use gouji_core::snapshot::ReportView;
use gouji_core::text::Text;

use super::{claimed, claims, figures};
use crate::output::range;

/// The names of the columns. `kind` is `cell` or `claim`; `line` and `position`, its column on that line, say where the figure stands, both from 1.
pub(super) const HEADER: &str =
    "path,report,form,agency,year,kind,table,row,column,value,text,line,position\n";

/// Appends the report's figures: every cell that the document has, then the claims. `index` is the report's number in the file, from 0.
pub(super) fn report(
    out: &mut Vec<u8>,
    path: &str,
    index: usize,
    view: ReportView<'_>,
    text: &Text,
) {
    let (report, head) = (view.report, &view.report.head);
    let agency = head.agency.as_ref().map_or("", |agency| agency.text.as_str());
    let year = head.year.map(|year| year.to_string()).unwrap_or_default();
    let number = (index + 1).to_string();
    let mut add = |kind: &str, key: [&str; 3], value: &str, bytes: &std::ops::Range<usize>| {
        let start = range(text, bytes).start;
        let (line, position) = (start.line.to_string(), start.column.to_string());
        let words = text.slice(bytes.clone());
        let [table, row, column] = key;
        record(
            out,
            &[
                path,
                &number,
                &report.form.id,
                agency,
                &year,
                kind,
                table,
                row,
                column,
                value,
                &words,
                &line,
                &position,
            ],
        );
    };
    for figure in figures(&view) {
        if let Some((cell, place)) = figure.cell {
            let value =
                cell.value.number().map(|value| value.normalize().to_string()).unwrap_or_default();
            add("cell", [figure.table, &figure.row, &figure.column], &value, &view.range(place));
        }
    }
    for (claim, place) in claims(&view) {
        let key = report.form.claims.get(claim.claim).map_or("", |claim| claim.key.as_str());
        add("claim", split(key), &claimed(&report.form, claim).to_string(), &view.range(place));
    }
}

/// `requests.refused.state_secret.total` is table, row and column; a claim of a sum of cells stays whole.
fn split(key: &str) -> [&str; 3] {
    let parts = key
        .split_once('.')
        .and_then(|(table, rest)| rest.rsplit_once('.').map(|(row, column)| [table, row, column]));
    parts.filter(|_| !key.contains('+')).unwrap_or([key, "", ""])
}

fn record(out: &mut Vec<u8>, fields: &[&str]) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        if field.contains([',', '"', '\n', '\r']) {
            out.extend(format!("\"{}\"", field.replace('"', "\"\"")).as_bytes());
        } else {
            out.extend(field.as_bytes());
        }
    }
    out.push(b'\n');
}
