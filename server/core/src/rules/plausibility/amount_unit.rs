//! An amount in 万元 that was filled in in 元. Everything that speaks for it becomes one finding: the prose, a written unit, what all issuers
//! together collect, what is usual for the issuer's level. The decimals decide nothing, they only say how the correction may look: a figure
//! with three decimals is no amount in 元, but it can be a sum of returns of which some are in 元 and some in 万元.

use rust_decimal::Decimal;

use super::evidence::{Evidence, Question, collect};
use super::params::{self, CellRef, plain, wan_cell};
use crate::form::{Form, RuleSpec};
use crate::report::{BoundTable, Place};
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, ReportCx, Scope, Sink,
};

/// `amount-unit`. Keys: `cell`, an amount in 万元; `ceiling`, in 万元, which no single issuer can reach, and `ceiling_name`, what it is the total of.
pub(crate) static AMOUNT_UNIT: Mechanism =
    Mechanism { name: "amount-unit", fixable: Fixable::Choice, build };

/// From this many decimals on an amount is none in 元.
const FINER_THAN_FEN: u32 = 3;

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["cell", "ceiling", "ceiling_name"])?;
    let (cell, decimals) = wan_cell(spec, form, "cell")?;
    let (ceiling, name) =
        (params::decimal(&spec.params, "ceiling")?, params::text(&spec.params, "ceiling_name")?);
    Ok(Scope::Report(Box::new(move |cx, sink| check(cx, sink, &cell, (ceiling, &name), decimals))))
}

fn check(
    cx: &ReportCx<'_>,
    sink: &mut Sink<'_>,
    cell: &CellRef,
    ceiling: (Decimal, &str),
    decimals: u32,
) {
    let Some((part, table, bound)) = cell.find(cx) else { return };
    let Some(value) = bound.value.number().filter(|value| *value > Decimal::ZERO) else { return };
    let question = Question { cell, ceiling, table, part, value };
    let evidence = collect(cx, &question, bound);
    let Some(severity) = evidence.severity else { return };
    let message = format!(
        "“{}”填写 {} 万元{}，疑为单位误用：{}{}。请核对原始数据后改正",
        row_name(cell),
        plain(value),
        in_yi(value),
        evidence.sentences.join("；"),
        mixed(value, decimals, &evidence),
    );
    let place = Place::new(part, bound.range);
    let mut finding = Finding::new(place, message);
    if let Some((part, range)) = evidence.claim {
        finding = finding.related(Place::new(part, range), "正文的表述");
    }
    sink.push_at(severity, fixes(finding, place, table, &evidence, cell));
}

/// What the decimals of too large an amount say of the correction.
fn mixed(value: Decimal, decimals: u32, evidence: &Evidence) -> String {
    let scale = plain(value).scale();
    let too_large = evidence.amounts.first().is_some_and(|amount| amount.value < value);
    if !too_large || evidence.header.is_some() || !(FINER_THAN_FEN..=decimals).contains(&scale) {
        return String::new();
    }
    format!(
        "。该数有 {scale} 位小数，按元理解则不足 1 分，可能是下级单位有的填元、有的填万元，混加而成"
    )
}

fn fixes(
    mut finding: Finding,
    place: Place,
    table: &BoundTable,
    evidence: &Evidence,
    cell: &CellRef,
) -> Finding {
    for amount in &evidence.amounts {
        let mut edits = vec![Edit::new(place, amount.value.to_string())];
        if let Some(header) = evidence.header {
            let (block, _, column) = table.spec().locate(cell.at.1);
            let standard = table.spec().blocks[block].columns[column].label.text.clone();
            edits.insert(0, Edit::new(Place { part: place.part, range: header }, standard));
        }
        finding = finding.fix(
            format!("改为 {}（{}）", amount.value, amount.reason),
            Applicability::Choice,
            edits,
        );
    }
    finding
}

fn row_name(cell: &CellRef) -> &str {
    cell.name.split('·').next().unwrap_or(&cell.name)
}

/// Large amounts are easier to judge in 亿元.
fn in_yi(value: Decimal) -> String {
    match value.checked_div(Decimal::from(10_000)) {
        Some(yi) if yi >= Decimal::ONE => format!("（约 {} 亿元）", plain(yi.round_dp(2))),
        _ => String::new(),
    }
}
