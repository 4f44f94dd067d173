//! The relations of a table: what is broken, merged by cause, with the smallest repairs.

use rust_decimal::Decimal;

use super::explain::explain;
use super::figures::Figures;
use super::fix::{fix, title};
use super::inequality::check_inequality;
use super::shape::Shapes;
use super::wording::{beside, scope, short_statement, show, statement};
use crate::form::{CellIndex, Comparison, Equation, Relation, Table};
use crate::repair::{Broken, Cluster, MOST_CELLS, Repair, Sides, System, repair};
use crate::rules::{BrokenRelation, Cure, Data, Finding, Related, RuleIndex, Sink, TableCx};

/// Repairs that are offered.
pub(super) const OFFERED: usize = 8;
/// Further broken sums that a message states; the rest it counts.
const STATED: usize = 3;

/// One relation in one column, row or table.
#[derive(Clone, Copy)]
pub(super) struct Sum<'a> {
    pub(super) rule: RuleIndex,
    pub(super) relation: &'a Relation,
    pub(super) equation: &'a Equation,
}

impl Sum<'_> {
    /// The cells with their signs: left side positive.
    pub(super) fn terms(&self) -> impl Iterator<Item = (CellIndex, Decimal)> + '_ {
        let left = self.equation.left.iter().map(|&cell| (cell, Decimal::ONE));
        left.chain(self.equation.right.iter().map(|&cell| (cell, Decimal::NEGATIVE_ONE)))
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = CellIndex> + '_ {
        self.terms().map(|(cell, _)| cell)
    }

    /// What programs are told of it.
    pub(super) fn broken(
        &self,
        spec: &Table,
        (left, right): (Decimal, Decimal),
        difference: Decimal,
    ) -> BrokenRelation {
        let keys = |cells: &[CellIndex]| {
            cells.iter().filter_map(|&cell| Some(spec.names(cell)?.key.clone())).collect()
        };
        BrokenRelation {
            id: self.relation.id.clone(),
            scope: self.equation.scope.clone(),
            left_cells: keys(&self.equation.left),
            right_cells: keys(&self.equation.right),
            left,
            right,
            difference,
        }
    }
}

/// Checks the relations of the table. `rules` are those of [`crate::form::Form::relations`] of the table's own form, in the same order.
///
/// Broken sums that one repair mends are one finding, of the rule and at the place of the first. A relation that is off for a place takes no
/// part there: it neither breaks nor restricts a repair.
pub(crate) fn check_sums(
    cx: &TableCx<'_>,
    (rules, shapes): (&[RuleIndex], &Shapes),
    out: &mut Sink<'_>,
) {
    if cx.table.unreadable.is_some() {
        return;
    }
    let figures = Figures::new(cx.table);
    let (sums, inequalities): (Vec<_>, Vec<_>) =
        relations(cx, rules, &figures).partition(|it| it.relation.comparison == Comparison::Equal);
    for it in &inequalities {
        check_inequality(cx, it, &figures, out);
    }
    check_equal(cx, &figures, (&sums, shapes), out);
}

/// The relations of the table that are on, worked out, in the form's order.
fn relations<'a>(
    cx: &'a TableCx<'_>,
    rules: &'a [RuleIndex],
    figures: &'a Figures<'_>,
) -> impl Iterator<Item = Sum<'a>> {
    let form = &*cx.table.form;
    let own =
        form.relations.iter().zip(rules).filter(|(relation, _)| relation.table == cx.table.table);
    let sums = own.flat_map(|(relation, &rule)| {
        relation.instances.iter().map(move |equation| Sum { rule, relation, equation })
    });
    sums.filter(|sum| {
        let total = cx.table.cell(sum.equation.total);
        total.is_some_and(|total| !cx.is_off(sum.rule, total.range))
            && !figures.may_lack_a_row(sum.relation, sum.equation)
    })
}

fn check_equal(
    cx: &TableCx<'_>,
    figures: &Figures<'_>,
    (sums, shapes): (&[Sum<'_>], &Shapes),
    out: &mut Sink<'_>,
) {
    if sums.iter().all(|it| figures.surely_agree(it.equation)) {
        return;
    }
    let Some(shape) = shapes.get(&cx.table.form, cx.table.table) else { return };
    let equations: Vec<_> = sums
        .iter()
        .map(|it| Sides { left: &it.equation.left, right: &it.equation.right })
        .collect();
    let outcome = repair(
        &System {
            values: figures.values(),
            kinds: &shape.kinds,
            weights: &shape.weights,
            equations: &equations,
            // One that is off, or may lack a row, takes no part.
            links: (sums.len() == shape.sums).then_some(&shape.links),
        },
        OFFERED,
    );
    let writer = Writer { cx, figures, sums };
    if outcome.askew {
        out.push_as(sums[outcome.broken[0].equation].rule, writer.askew(&outcome.broken));
    }
    for cluster in &outcome.clusters {
        let broken: Vec<_> = cluster.broken.iter().map(|&it| outcome.broken[it]).collect();
        if cluster.count > 0 {
            out.push_as(sums[broken[0].equation].rule, writer.mended(&broken, cluster));
        } else {
            for one in &broken {
                out.push_as(sums[one.equation].rule, writer.unmended(one, cluster.complete));
            }
        }
    }
}

/// Makes findings of broken sums.
struct Writer<'a> {
    cx: &'a TableCx<'a>,
    figures: &'a Figures<'a>,
    sums: &'a [Sum<'a>],
}

impl Writer<'_> {
    /// One finding for all that one repair mends.
    fn mended(&self, broken: &[Broken], cluster: &Cluster) -> Finding {
        let spec = self.cx.table.spec();
        let advice = match (cluster.best.as_slice(), cluster.complete) {
            ([only], true) => {
                format!("只有一种改动最少的修法：{}，请核对", title(spec, &only.changes))
            }
            (best, complete) => {
                let (least, cells) = (
                    if complete { "" } else { "至少" },
                    best.first().map_or(0, |it| it.changes.len()),
                );
                format!(
                    "改动最少的修法{least}有 {} 种，每种改 {cells} 个数，请核对原始记录后选用",
                    cluster.count
                )
            }
        };
        let mut finding = self.finding(broken, &cluster.best, advice);
        finding.fixes = cluster.best.iter().map(|repair| fix(self.cx, repair)).collect();
        let cures = cluster.best.iter().filter_map(|repair| match repair.changes.as_slice() {
            [only] => Some(Cure::to(self.place(only.cell), only.to)),
            _ => None,
        });
        finding = finding.cured_by(cures);
        finding.data.repairs = Some(cluster.count);
        finding
    }

    /// A finding for one sum, where nothing of moderate size mends it with the others.
    fn unmended(&self, broken: &Broken, complete: bool) -> Finding {
        let advice = if complete {
            format!("只改 {MOST_CELLS} 个数以内不能使各项关系同时成立，请逐项核对")
        } else {
            "可能的修法太多，没有逐一试算，请逐项核对".to_owned()
        };
        self.finding(std::slice::from_ref(broken), &[], advice)
    }

    /// One finding for a table that looks misread.
    fn askew(&self, broken: &[Broken]) -> Finding {
        let spec = self.cx.table.spec();
        let first = &self.sums[broken[0].equation];
        let message = format!(
            "{}有 {} 处关系不成立（如{}），多半是粘贴错行、错列或表格没有读对，请先核对整张表",
            spec.name,
            broken.len(),
            self.stated(&broken[..1])
        );
        let mut finding = Finding::new(self.place(first.equation.total), message);
        for one in &broken[1..] {
            let sum = &self.sums[one.equation];
            let statement = match scope(spec, sum.relation, sum.equation) {
                scope if scope.is_empty() => {
                    statement(spec, sum.relation, sum.equation, self.figures, (one.left, one.right))
                }
                _ => short_statement(spec, sum.relation, sum.equation, (one.left, one.right)),
            };
            finding = finding.related(self.place(sum.equation.total), statement);
        }
        finding.data = self.data(broken);
        finding
    }

    /// All broken sums in words; those beyond a few are counted.
    fn stated(&self, broken: &[Broken]) -> String {
        let spec = self.cx.table.spec();
        let mut words: Vec<String> = Vec::new();
        for (at, one) in broken.iter().enumerate().take(STATED + 1) {
            let sum = &self.sums[one.equation];
            let again = at > 0
                && self.sums[broken[at - 1].equation].rule == sum.rule
                && !scope(spec, sum.relation, sum.equation).is_empty();
            words.push(if again {
                short_statement(spec, sum.relation, sum.equation, (one.left, one.right))
            } else {
                statement(spec, sum.relation, sum.equation, self.figures, (one.left, one.right))
            });
        }
        let more = broken.len() - words.len();
        let more = if more > 0 { format!("；另有 {more} 处不相等") } else { String::new() };
        format!("{}{more}", words.join("；"))
    }

    /// A finding at the total of the first sum, with all other cells beside it in the order of the text.
    fn finding(&self, broken: &[Broken], repairs: &[Repair], advice: String) -> Finding {
        let table = self.cx.table;
        let first = &self.sums[broken[0].equation];
        let explanation =
            explain(&table.form, table.table, self.figures, first, &broken[0], repairs);
        let sentences: Vec<_> =
            [Some(self.stated(broken)), explanation, Some(advice)].into_iter().flatten().collect();
        let base = first.equation.total;
        let mut cells: Vec<CellIndex> = broken
            .iter()
            .flat_map(|it| self.sums[it.equation].cells())
            .filter(|&it| it != base)
            .collect();
        cells.sort_unstable_by_key(|&cell| (table.cell(cell).map(|it| it.range.start), cell));
        cells.dedup();
        let mut finding = Finding::new(self.place(base), sentences.join("。"));
        let related = cells.iter().map(|&cell| {
            let figure = self.figures.get(cell).map(show).unwrap_or_default();
            let message = [beside(table.spec(), base, cell), figure.as_str()].join(" ");
            Related { message, place: self.place(cell) }
        });
        finding.related = related.collect();
        finding.data = self.data(broken);
        finding
    }

    fn data(&self, broken: &[Broken]) -> Data {
        let relation = |it: &Broken| {
            self.sums[it.equation].broken(self.cx.table.spec(), (it.left, it.right), it.difference)
        };
        Data {
            difference: broken.first().map(|it| it.difference.abs()),
            relations: broken.iter().map(relation).collect(),
            repairs: Some(0),
        }
    }

    fn place(&self, cell: CellIndex) -> crate::report::Place {
        self.cx.place(self.cx.table.cell(cell).map(|it| it.range).unwrap_or_default())
    }
}
