//! A part of a whole that is larger than it usually is.

use rust_decimal::Decimal;

use super::params::{self, CellRef, plain};
use crate::form::{Form, RuleSpec};
use crate::rules::{Check, Finding, Fixable, Mechanism, Scope, Sink, TableCx};

/// `share`. Keys: `part` and `whole`, cells of one table that are summed; `above`, the usual largest share (`"0.5"`); `least`, the smallest first
/// cell of `whole` for which a share says anything; `message`, in which `{part}`, `{whole}` and `{percent}` stand for the figures.
pub(crate) static SHARE: Mechanism = Mechanism { name: "share", fixable: Fixable::No, build };

struct Share {
    part: Vec<CellRef>,
    whole: Vec<CellRef>,
    above: Decimal,
    least: Decimal,
    message: String,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["part", "whole", "above", "least", "message"])?;
    let share = Share {
        part: params::cells(spec, form, "part")?,
        whole: params::cells(spec, form, "whole")?,
        above: params::decimal(&spec.params, "above")?,
        least: params::decimal(&spec.params, "least")?,
        message: params::text(&spec.params, "message")?,
    };
    Ok(Scope::Table(Box::new(move |cx, sink| check(cx, sink, &share))))
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>, share: &Share) {
    let (Some(part), Some(whole)) = (sum(cx, &share.part), sum(cx, &share.whole)) else { return };
    let first =
        share.whole.first().and_then(|cell| cell.of(cx.table)).and_then(|cell| cell.value.number());
    if whole <= Decimal::ZERO || first.is_none_or(|first| first < share.least) {
        return;
    }
    let Some(ratio) = part.checked_div(whole).filter(|ratio| *ratio > share.above) else { return };
    let Some(bound) = share.part.first().and_then(|cell| cell.of(cx.table)) else { return };
    let percent = ratio.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default().round_dp(1);
    let message = (share.message.replace("{part}", &plain(part).to_string()))
        .replace("{whole}", &plain(whole).to_string())
        .replace("{percent}", &plain(percent).to_string());
    let mut finding = Finding::new(cx.place(bound.range), message);
    for (cell, bound) in share.whole.iter().filter_map(|cell| Some((cell, cell.of(cx.table)?))) {
        let value = bound.value.number().unwrap_or_default();
        finding = finding.related(cx.place(bound.range), format!("{} {}", cell.name, plain(value)));
    }
    sink.push(finding);
}

/// The sum of cells, unknown as soon as one of them is.
fn sum(cx: &TableCx<'_>, cells: &[CellRef]) -> Option<Decimal> {
    cells
        .iter()
        .try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(cell.of(cx.table)?.value.number()?))
}
