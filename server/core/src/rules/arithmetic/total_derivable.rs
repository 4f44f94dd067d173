//! A column of totals that is not there, where all that it would add up is.

use rust_decimal::Decimal;

use super::figures::Figures;
use super::params;
use super::wording::{column_title, row_title, show};
use crate::form::{CellIndex, Equation, Relation};
use crate::rules::{Check, Finding, Fixable, Mechanism, Sink, TableCx};

/// Rows whose totals a message lists.
const LISTED: usize = 6;

/// Keys: `relation`, one with `each = "row"`. Says what the totals would be when their whole column is missing and every row is complete.
pub(in crate::rules) static TOTAL_DERIVABLE: Mechanism = Mechanism {
    name: "total-derivable",
    fixable: Fixable::No,
    build: |spec, form| {
        params::only(spec, &["relation"])?;
        let relation = params::relation(spec, form)?.clone();
        Ok(Check::Table(Box::new(move |cx, sink| check(cx, &relation, sink))))
    },
};

fn check(cx: &TableCx<'_>, relation: &Relation, sink: &mut Sink<'_>) {
    if cx.table.table != relation.table || cx.table.unreadable.is_some() {
        return;
    }
    let is_shown = |it: &Equation| cx.table.cell(it.total).is_some();
    if relation.instances.iter().any(is_shown) {
        return;
    }
    let figures = Figures::new(cx.table);
    let sums: Option<Vec<_>> = relation
        .instances
        .iter()
        .map(|it| Some((it.total, sum(cx, &figures, it.total, &it.left, &it.right)?)))
        .collect();
    let Some((first, sums)) = sums.and_then(|sums| Some((sums.first()?.0, sums))) else { return };
    let spec = cx.table.spec();
    let listed: Vec<_> = sums.iter().filter(|(_, sum)| !sum.is_zero()).collect();
    let named =
        |(cell, sum): &&(CellIndex, Decimal)| format!("{} {}", row_title(spec, *cell), show(*sum));
    let totals = match listed.len() {
        0 => "各行都是 0".to_owned(),
        count => {
            let names: Vec<_> = listed.iter().take(LISTED).map(named).collect();
            let rest = if count > LISTED {
                format!("等 {count} 行，其余各行为 0")
            } else {
                "，其余各行为 0".to_owned()
            };
            format!("{}{rest}", names.join("、"))
        }
    };
    let message = format!(
        "{}没有“{}”列，但各行分项齐全，可由各列相加得出：{totals}；请补上这一列",
        spec.name,
        column_title(spec, first)
    );
    let (block, ..) = spec.locate(first);
    let header = cx.table.headers.get(block).and_then(|it| it.range);
    sink.push(Finding::new(cx.place(header.unwrap_or(cx.table.range)), message));
}

/// What a total must be; `None` unless its column is missing and all terms are known.
fn sum(
    cx: &TableCx<'_>,
    figures: &Figures<'_>,
    total: CellIndex,
    left: &[CellIndex],
    right: &[CellIndex],
) -> Option<Decimal> {
    let (block, _, column) = cx.table.spec().locate(total);
    let header = cx.table.headers.get(block)?;
    let is_missing = !header.columns.is_empty() && !header.columns.contains(&column);
    let terms = match (left, right) {
        (terms, [it]) | ([it], terms) if *it == total => terms,
        _ => return None,
    };
    figures.sum(terms).filter(|_| is_missing)
}
