//! Cells that are nearly always zero: a figure there is worth a second look.

use rust_decimal::Decimal;

use super::params::{self, CellRef, plain};
use crate::form::{Form, RuleSpec};
use crate::rules::{Check, Finding, Fixable, Mechanism, Scope, Severity, Sink, TableCx};

/// `nonzero`. Keys: `cells`, of one table; `message`, in which `{cell}`, `{value}` and `{level}` stand for the first cell above zero, its figure and
/// the issuer's level; `levels`, the severity for each level (levels that are not listed are silent; without the key every level is checked).
pub(crate) static NONZERO: Mechanism = Mechanism { name: "nonzero", fixable: Fixable::No, build };

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["cells", "message", "levels"])?;
    let cells = params::cells(spec, form, "cells")?;
    let (message, levels) = (params::text(&spec.params, "message")?, params::levels(spec, form)?);
    Ok(Scope::Table(Box::new(move |cx, sink| check(cx, sink, &cells, &message, levels.as_deref()))))
}

fn check(
    cx: &TableCx<'_>,
    sink: &mut Sink<'_>,
    cells: &[CellRef],
    message: &str,
    levels: Option<&[(String, Severity)]>,
) {
    let above = |cell: &&CellRef| {
        cell.of(cx.table)
            .and_then(|it| it.value.number())
            .is_some_and(|value| value > Decimal::ZERO)
    };
    let mut found = cells.iter().filter(above).filter_map(|cell| Some((cell, cell.of(cx.table)?)));
    let Some((first, bound)) = found.next() else { return };
    // The patterns of the levels are slow to compile.
    let asks = levels.is_some() || message.contains("{level}");
    let level = if asks { cx.head.level(cx.form) } else { None };
    let severity = match levels {
        None => None,
        Some(levels) => {
            match levels.iter().find(|(id, _)| level.is_some_and(|level| level.id == *id)) {
                Some((_, severity)) => Some(*severity),
                None => return,
            }
        }
    };
    let value = bound.value.number().unwrap_or_default();
    let message = (message.replace("{cell}", &first.name))
        .replace("{value}", &plain(value).to_string())
        .replace("{level}", level.map_or("", |level| &level.name));
    let mut finding = Finding::new(cx.place(bound.range), message);
    for (cell, bound) in found {
        let value = bound.value.number().unwrap_or_default();
        finding = finding.related(cx.place(bound.range), format!("{} {}", cell.name, plain(value)));
    }
    match severity {
        Some(severity) => sink.push_at(severity, finding),
        None => sink.push(finding),
    }
}
