//! Relations with `>=` and `<=`, each by itself.

use super::figures::Figures;
use super::sums::Sum;
use super::wording::{beside, scope, show};
use crate::form::Comparison;
use crate::rules::{Data, Finding, Sink, TableCx};

/// Says so when the sides stand the wrong way round.
pub(super) fn check_inequality(
    cx: &TableCx<'_>,
    sum: &Sum<'_>,
    figures: &Figures<'_>,
    out: &mut Sink<'_>,
) {
    let (relation, equation) = (sum.relation, sum.equation);
    let Some((left, right)) = figures.sum(&equation.left).zip(figures.sum(&equation.right)) else {
        return;
    };
    let wrong = match relation.comparison {
        Comparison::AtLeast if left < right => "小于",
        Comparison::AtMost if left > right => "大于",
        _ => return,
    };
    let Some(difference) = left.checked_sub(right) else { return };
    let spec = cx.table.spec();
    let scope = match scope(spec, relation, equation) {
        scope if scope.is_empty() => scope,
        scope => format!("{scope}："),
    };
    let message = format!(
        "{scope}{} {} {wrong}{} {}，请核对",
        relation.left,
        show(left),
        relation.right,
        show(right)
    );
    let place = |cell| cx.place(cx.table.cell(cell).map(|it| it.range).unwrap_or_default());
    let mut finding = Finding::new(place(equation.total), message);
    for cell in sum.cells().filter(|&cell| cell != equation.total) {
        let words = format!(
            "{} {}",
            beside(spec, equation.total, cell),
            figures.get(cell).map(show).unwrap_or_default()
        );
        finding = finding.related(place(cell), words);
    }
    finding.data = Data {
        difference: Some(difference.abs()),
        relations: vec![sum.broken(spec, (left, right), difference)],
        repairs: None,
    };
    out.push_as(sum.rule, finding);
}
