//! `export --format json`: one object, with a line for each report.

use std::borrow::Cow;

use gouji_core::Decimal;
use gouji_core::report::BoundClaim;
use gouji_core::snapshot::ReportView;
use gouji_core::text::Text;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Figure, claimed, claims, figures};
use crate::output::{Range, range, write};

/// The version of the shape of this output.
const SCHEMA: u32 = 1;

/// What stands after the last report.
pub(super) const END: &str = "\n]}\n";

/// What stands before the first report.
pub(super) fn begin() -> String {
    format!("{{\"schema\":{SCHEMA},\"reports\":[")
}

#[derive(Serialize)]
struct ReportJson<'a> {
    path: &'a str,
    form: &'a str,
    agency: Option<&'a str>,
    year: Option<u16>,
    tables: Object<Object<Object<Option<CellJson<'a>>>>>,
    claims: Vec<ClaimJson<'a>>,
}

#[derive(Serialize)]
struct CellJson<'a> {
    value: Option<Exact>,
    text: Cow<'a, str>,
    range: Range,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    key: &'a str,
    value: Exact,
    text: Cow<'a, str>,
    range: Range,
}

/// A JSON object whose keys keep their order.
struct Object<T>(Vec<(String, T)>);

/// A number with all its digits: a JSON number is decimal, only its readers may make it binary.
struct Exact(Decimal);

/// Appends the report; `index` is its number in the file, from 0.
pub(super) fn report(
    out: &mut Vec<u8>,
    path: &str,
    index: usize,
    view: ReportView<'_>,
    text: &Text,
) {
    let (report, head) = (view.report, &view.report.head);
    let place = |place| {
        let bytes = view.range(place);
        (text.slice(bytes.clone()), range(text, &bytes))
    };
    let claim = |(claim, at): (&BoundClaim, _)| {
        let (text, range) = place(at);
        let key = report.form.claims.get(claim.claim).map_or("", |claim| claim.key.as_str());
        ClaimJson { key, value: Exact(claimed(&report.form, claim)), text, range }
    };
    let mut tables = Object(Vec::new());
    for Figure { table, row, column, cell } in figures(&view) {
        let cell = cell.map(|(cell, at)| {
            let (text, range) = place(at);
            CellJson {
                value: cell.value.number().map(|value| Exact(value.normalize())),
                text,
                range,
            }
        });
        tables
            .last(table, || Object(Vec::new()))
            .last(&row, || Object(Vec::new()))
            .0
            .push((column, cell));
    }
    let json = ReportJson {
        path,
        form: &report.form.id,
        agency: head.agency.as_ref().map(|agency| agency.text.as_str()),
        year: head.year,
        tables,
        claims: claims(&view).map(claim).collect(),
    };
    out.extend(if index == 0 { "\n" } else { ",\n" }.as_bytes());
    write(out, &json);
}

impl<T> Object<T> {
    /// The value of the last key if it is `key`, else of a new one: the form's order keeps the cells of a row together.
    fn last(&mut self, key: &str, new: impl FnOnce() -> T) -> &mut T {
        if self.0.last().is_none_or(|(last, _)| last != key) {
            self.0.push((key.to_owned(), new()));
        }
        let last = self.0.len() - 1;
        &mut self.0[last].1
    }
}

impl<T: Serialize> Serialize for Object<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.to_string())
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}
