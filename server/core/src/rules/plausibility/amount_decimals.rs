//! Amounts finer than money is: more decimals than 分 have, and the tails that computed binary fractions leave.

use rust_decimal::{Decimal, RoundingStrategy};

use super::params::{self, CellRef, kind, plain};
use crate::form::{Form, RuleSpec, ValueKind};
use crate::report::{Unit, Value};
use crate::rules::{Applicability, Check, Edit, Finding, Fixable, Mechanism, Scope, Sink, TableCx};

/// `amount-precision`: more decimals than the form's cell allows. Key: `cell`.
pub(crate) static AMOUNT_PRECISION: Mechanism = Mechanism {
    name: "amount-precision",
    fixable: Fixable::Choice,
    build: |spec, form| build(spec, form, false),
};

/// `amount-noise`: a tail such as 0.30000000000000004. Key: `cell`.
pub(crate) static AMOUNT_NOISE: Mechanism = Mechanism {
    name: "amount-noise",
    fixable: Fixable::Choice,
    build: |spec, form| build(spec, form, true),
};

/// Zeros or nines in a row that no figure of an account has.
const RUN: usize = 6;

fn build(spec: &RuleSpec, form: &Form, noise: bool) -> Result<Check, String> {
    params::only(spec, &["cell"])?;
    let cell = params::cell(spec, form, "cell")?;
    let Some(ValueKind::Amount { unit, decimals }) = kind(form, &cell).cloned() else {
        return Err(format!("“cell”应为金额：{}", cell.key));
    };
    Ok(Scope::Table(Box::new(move |cx, sink| check(cx, sink, &cell, &unit, decimals, noise))))
}

fn check(
    cx: &TableCx<'_>,
    sink: &mut Sink<'_>,
    cell: &CellRef,
    unit: &str,
    decimals: u32,
    noise: bool,
) {
    let Some(bound) = cell.of(cx.table) else { return };
    let Value::Number(value, written) = bound.value else { return };
    let (unit, decimals) = match written.unit {
        Some(Unit::Yuan) => ("元", 2),
        Some(Unit::Yi) => ("亿元", 10),
        Some(Unit::Wan) => ("万元", 6),
        _ => (unit, decimals),
    };
    let value = plain(value);
    if value.scale() <= decimals || is_noise(value) != noise {
        return;
    }
    let rounded =
        plain(value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero));
    let what = if noise { "疑似由软件计算产生的误差" } else { "比 1 分还小" };
    let message = format!(
        "“{}”的 {value} {unit}有 {} 位小数，{what}：请核对后填写 {decimals} 位以内的小数",
        cell.name,
        value.scale()
    );
    let finding = Finding::new(cx.place(bound.range), message);
    // Only the digits are replaced, so that a unit behind them stays.
    let digits = cx.slice(bound.range).trim_end_matches(|c: char| !c.is_numeric()).len();
    let mut place = cx.place(bound.range);
    place.range.end = place.range.start + digits as u32;
    sink.push(finding.fix(
        format!("四舍五入为 {rounded}"),
        Applicability::Choice,
        vec![Edit::new(place, rounded.to_string())],
    ));
}

/// Whether the decimals run out in zeros or nines and then differ: 0.30000000000000004, 12.749999999999998.
fn is_noise(value: Decimal) -> bool {
    let digits = value.fract().abs().to_string();
    let decimals = digits.strip_prefix("0.").unwrap_or("");
    ["0", "9"].iter().any(|digit| {
        let run = digit.repeat(RUN);
        decimals.rfind(&run).is_some_and(|at| at + RUN + 2 >= decimals.len())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_a_long_run_near_the_end() {
        let noise = |text: &str| is_noise(Decimal::from_str_exact(text).unwrap());
        assert!(noise("0.30000000000000004"));
        assert!(noise("12.749999999999998"));
        assert!(noise("100.0000000001"));
        assert!(!noise("0.1234567"));
        assert!(!noise("1000000.5"));
        assert!(!noise("3.14159265"));
    }
}
