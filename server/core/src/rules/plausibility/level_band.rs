//! Counts beyond what issuers of the level have.

use super::params::{self, CellRef, plain};
use crate::form::{Form, RuleSpec, ValueKind};
use crate::rules::{Check, Finding, Fixable, Mechanism, Scope, Sink, TableCx};

/// `level-band`. Key: `cells`, counts whose bands the form's levels give. A level without a band for a cell is silent: reports of whole regions
/// have no ceiling (traffic fines alone run into millions), and neither has an issuer of unknown level.
pub(crate) static LEVEL_BAND: Mechanism =
    Mechanism { name: "level-band", fixable: Fixable::No, build };

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["cells"])?;
    let cells = params::cells(spec, form, "cells")?;
    if let Some(cell) =
        cells.iter().find(|cell| !matches!(params::kind(form, cell), Some(ValueKind::Count)))
    {
        return Err(format!("“cells”应为件数：{}", cell.key));
    }
    Ok(Scope::Table(Box::new(move |cx, sink| check(cx, sink, &cells))))
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>, cells: &[CellRef]) {
    let Some(level) = cx.head.level(cx.form) else { return };
    for cell in cells {
        let Some(band) = level.bands.iter().find(|band| band.cell == cell.key) else { continue };
        let Some(bound) = cell.of(cx.table) else { continue };
        let Some(value) = bound.value.number().filter(|value| *value > band.warn_above) else {
            continue;
        };
        let message = format!(
            "“{}”为 {}，“{}”（按机关名称判断）很少超过 {}：请核对是否多填了位数，或者填了全地区的数",
            cell.name,
            plain(value),
            level.name,
            plain(band.warn_above)
        );
        sink.push(Finding::new(cx.place(bound.range), message));
    }
}
