//! Sums that cannot be computed and are too large all the same.

use rust_decimal::Decimal;

use super::figures::Figures;
use super::params;
use super::wording::{beside, cell_title, scope, show};
use crate::form::{CellIndex, Comparison, Equation, Relation, TableIndex, ValueKind};
use crate::rules::{Check, Cure, Finding, Fixable, Mechanism, Sink, TableCx};

/// Keys: `table`. Where a cell is unknown a relation cannot be checked, but what is known of one side must not exceed the whole other side.
pub(in crate::rules) static COMPONENT_EXCEEDS: Mechanism = Mechanism {
    name: "component-exceeds",
    fixable: Fixable::No,
    build: |spec, form| {
        params::only(spec, &["table"])?;
        let table = params::table(spec, form)?;
        let relations = form
            .relations
            .iter()
            .filter(|it| it.table == table && it.comparison == Comparison::Equal);
        let relations: Vec<_> = relations.cloned().collect();
        Ok(Check::Table(Box::new(move |cx, sink| check(cx, table, &relations, sink))))
    },
};

/// What is too large.
struct Excess<'a> {
    relation: &'a Relation,
    equation: &'a Equation,
    /// The known terms of the incomplete side, the largest first.
    terms: Vec<(CellIndex, Decimal)>,
    /// Their sum.
    known: Decimal,
    /// The other side.
    limit: Decimal,
    name: &'a str,
}

fn check(cx: &TableCx<'_>, table: TableIndex, relations: &[Relation], sink: &mut Sink<'_>) {
    if cx.table.table != table || cx.table.unreadable.is_some() {
        return;
    }
    // With all figures known the sums themselves are checked.
    if cx.table.cells.iter().all(|cell| cell.as_ref().is_some_and(|it| it.value.number().is_some()))
    {
        return;
    }
    let figures = Figures::new(cx.table);
    let pairs = relations
        .iter()
        .flat_map(|relation| relation.instances.iter().map(move |equation| (relation, equation)));
    let found: Vec<_> = pairs
        .filter(|(relation, equation)| {
            !figures.may_lack_a_row(relation, equation) && never_negative(cx, &figures, equation)
        })
        .filter_map(|(relation, equation)| excess(&figures, relation, equation))
        .collect();
    if let Some((first, others)) = found.split_first() {
        sink.push(finding(cx, &figures, first, others));
    }
}

/// One finding for all that exceeds in a table.
fn finding(
    cx: &TableCx<'_>,
    figures: &Figures<'_>,
    first: &Excess<'_>,
    others: &[Excess<'_>],
) -> Finding {
    let place =
        |cell: CellIndex| cx.place(cx.table.cell(cell).map(|it| it.range).unwrap_or_default());
    let more =
        if others.is_empty() { String::new() } else { format!("；另有 {} 处", others.len()) };
    let message = format!(
        "{}{more}；有的单元格没有数，合计无法核对，但已有的数不可能同时成立，请补填并核对",
        statement(cx, first)
    );
    let mut finding = Finding::new(place(first.terms[0].0), message);
    finding.data.difference = first.known.checked_sub(first.limit);
    let spec = cx.table.spec();
    for &cell in [&first.equation.left, &first.equation.right]
        .into_iter()
        .flatten()
        .filter(|&&it| it != first.terms[0].0)
    {
        if let Some(value) = figures.get(cell) {
            finding = finding.related(
                place(cell),
                format!("{} {}", beside(spec, first.equation.total, cell), show(value)),
            );
        }
    }
    for other in others {
        finding = finding.related(place(other.terms[0].0), statement(cx, other));
    }
    let mut cures = cures(cx, figures, first);
    for other in others {
        let cured = self::cures(cx, figures, other);
        cures.retain(|cure| cured.iter().any(|it| it.meets(cure)));
    }
    finding.cured_by(cures)
}

/// The changes of one figure after which the sum fits: what is known of it less by the excess at least, or its limit more by as much.
fn cures(cx: &TableCx<'_>, figures: &Figures<'_>, excess: &Excess<'_>) -> Vec<Cure> {
    let Some(by) = excess.known.checked_sub(excess.limit) else { return Vec::new() };
    let place = |cell: CellIndex| Some(cx.place(cx.table.cell(cell)?.range));
    let of_term = |&(cell, value): &(CellIndex, Decimal)| {
        let most = value.checked_sub(by)?;
        Some(Cure::within(place(cell)?, most.min(Decimal::ZERO), most))
    };
    let of_limit = |&cell: &CellIndex| {
        let least = figures.get(cell)?.checked_add(by)?;
        Some(Cure::within(place(cell)?, least, Decimal::MAX))
    };
    let is_term = |cell: &&CellIndex| excess.terms.iter().any(|(term, _)| term == *cell);
    let sides = excess.equation.left.iter().chain(&excess.equation.right);
    let limits = sides.filter(|cell| !is_term(cell)).filter_map(of_limit);
    excess.terms.iter().filter_map(of_term).chain(limits).collect()
}

fn statement(cx: &TableCx<'_>, excess: &Excess<'_>) -> String {
    let spec = cx.table.spec();
    let limit = format!("{} {}", excess.name, show(excess.limit));
    match excess.terms.as_slice() {
        [(cell, value), ..] if *value > excess.limit => {
            format!("“{}”的 {} 大于{limit}", cell_title(spec, *cell), show(*value))
        }
        terms => format!(
            "{}已填的 {} 项之和 {} 大于{limit}",
            scope(spec, excess.relation, excess.equation),
            terms.len(),
            show(excess.known)
        ),
    }
}

/// The side with unknown cells, when what is known of it exceeds the other side.
fn excess<'a>(
    figures: &Figures<'_>,
    relation: &'a Relation,
    equation: &'a Equation,
) -> Option<Excess<'a>> {
    let sides = [
        (&equation.left, &equation.right, &relation.right),
        (&equation.right, &equation.left, &relation.left),
    ];
    sides.into_iter().find_map(|(cells, other, name)| {
        let mut terms: Vec<_> =
            cells.iter().filter_map(|&cell| Some((cell, figures.get(cell)?))).collect();
        let limit = figures.sum(other)?;
        let known =
            terms.iter().try_fold(Decimal::ZERO, |sum, (_, value)| sum.checked_add(*value))?;
        terms.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        (terms.len() < cells.len() && known > limit).then_some(Excess {
            relation,
            equation,
            terms,
            known,
            limit,
            name,
        })
    })
}

/// Only terms that cannot be negative make a sum grow.
fn never_negative(cx: &TableCx<'_>, figures: &Figures<'_>, equation: &Equation) -> bool {
    equation.left.iter().chain(&equation.right).all(|&cell| {
        let (block, _, column) = cx.table.spec().locate(cell);
        let kind = &cx.table.spec().blocks[block].columns[column].values;
        *kind != ValueKind::Change && figures.get(cell).is_none_or(|it| !it.is_sign_negative())
    })
}
