//! An amount so small that it was probably filled in in the next larger unit.

use rust_decimal::Decimal;

use super::params::{self, CellRef, plain, wan_cell};
use crate::form::{Form, RuleSpec};
use crate::report::Unit;
use crate::rules::{Check, Finding, Fixable, Mechanism, Scope, Sink, TableCx};

/// `amount-floor`. Keys: `cell`, an amount in 万元; `below`, in 万元: a smaller positive amount is doubted.
pub(crate) static AMOUNT_FLOOR: Mechanism =
    Mechanism { name: "amount-floor", fixable: Fixable::No, build };

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["cell", "below"])?;
    let ((cell, _), below) =
        (wan_cell(spec, form, "cell")?, params::decimal(&spec.params, "below")?);
    Ok(Scope::Table(Box::new(move |cx, sink| check(cx, sink, &cell, below))))
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>, cell: &CellRef, below: Decimal) {
    let Some(bound) = cell.of(cx.table) else { return };
    // 380元 in a cell for 万元 is 0.038, and a unit written behind the number is another rule's business.
    let crate::report::Value::Number(value, written) = bound.value else { return };
    if value <= Decimal::ZERO
        || value >= below
        || written.unit.is_some_and(|unit| unit != Unit::Wan)
    {
        return;
    }
    let Some(yuan) = value.checked_mul(Decimal::from(10_000)) else { return };
    let (value, yuan) = (plain(value), plain(yuan));
    let message = format!(
        "“{}”填写 {value} 万元，即 {yuan} 元，金额过小，疑把亿元数填入：请核对单位",
        cell.name
    );
    sink.push(Finding::new(cx.place(bound.range), message));
}
