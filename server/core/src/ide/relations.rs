//! The relations of a table, worked out with the figures that stand there.

use rust_decimal::Decimal;

use crate::engine::Settings;
use crate::form::{CellIndex, Comparison, Each, Equation, Relation};
use crate::report::BoundTable;
use crate::rules::{Figures, beside, show};

/// Terms of a side that are written out; more are only added up.
const WRITTEN: usize = 12;

/// What is known of a table's figures, for the relations that are switched on.
pub(super) struct Relations<'a> {
    table: &'a BoundTable,
    figures: Figures<'a>,
    settings: &'a Settings,
}

/// One relation in one column, row or table.
pub(super) struct Worked<'a> {
    pub(super) relation: &'a Relation,
    pub(super) equation: &'a Equation,
    /// The sums of both sides, where every term is known.
    pub(super) sums: Option<(Decimal, Decimal)>,
    pub(super) standing: Standing,
}

/// Whether a relation holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Both sides are as the relation wants them.
    Holds,
    /// They are not.
    Broken,
    /// A figure is not known, or a row that the form does not have may be a term.
    Unknown,
}

impl Worked<'_> {
    /// The total and the cells whose sum it should be; `None` for a relation between two sums.
    pub(super) fn total(&self) -> Option<(CellIndex, &[CellIndex])> {
        total(self.relation, self.equation)
    }
}

/// The total of a relation and the cells whose sum it should be; `None` for a relation between two sums.
pub(super) fn total<'a>(
    relation: &Relation,
    equation: &'a Equation,
) -> Option<(CellIndex, &'a [CellIndex])> {
    if relation.comparison != Comparison::Equal {
        return None;
    }
    match (equation.left.as_slice(), equation.right.as_slice()) {
        (parts, [total]) if parts.len() > 1 => Some((*total, parts)),
        ([total], parts) if parts.len() > 1 => Some((*total, parts)),
        _ => None,
    }
}

impl<'a> Relations<'a> {
    pub(super) fn new(settings: &'a Settings, table: &'a BoundTable) -> Self {
        Self { table, figures: Figures::new(table), settings }
    }

    /// All of them, in the form's order; none of an unreadable table.
    pub(super) fn all(&self) -> impl Iterator<Item = Worked<'a>> + '_ {
        self.instances().map(|(relation, equation)| self.work_out(relation, equation))
    }

    /// Those in which a cell takes part.
    pub(super) fn of(&self, cell: CellIndex) -> impl Iterator<Item = Worked<'a>> + '_ {
        self.instances()
            .filter(move |(_, equation)| {
                equation.left.contains(&cell) || equation.right.contains(&cell)
            })
            .map(|(relation, equation)| self.work_out(relation, equation))
    }

    /// A relation in words, with both sides worked out, as seen from `cell`: a total names its terms.
    pub(super) fn sentence(&self, worked: &Worked<'_>, cell: CellIndex) -> String {
        let spec = self.table.spec();
        let scope = match worked.relation.each {
            Each::Column => "本列",
            Each::Row => "本行",
            Each::Table => "",
        };
        let scope = if scope.is_empty() { String::new() } else { format!("{scope}：") };
        let Some((left, right)) = worked.sums.filter(|_| worked.standing != Standing::Unknown)
        else {
            let why = match self.unknown(worked.equation) {
                Some(unknown) => format!("“{}”没有数字", beside(spec, cell, unknown)),
                None => "表中有格式以外的行".to_owned(),
            };
            let (left, right) = (&worked.relation.left, &worked.relation.right);
            return format!("{scope}{left}与{right}：{why}，无法核对");
        };
        let difference = left.checked_sub(right).unwrap_or_default().abs();
        let verdict = match (worked.relation.comparison, worked.standing) {
            (Comparison::Equal, Standing::Holds) => "等于",
            (Comparison::Equal, _) => "不等于",
            (Comparison::AtLeast, Standing::Holds) => "不少于",
            (Comparison::AtLeast, _) => "少于",
            (Comparison::AtMost, Standing::Holds) => "不多于",
            (Comparison::AtMost, _) => "多于",
        };
        let end = match worked.standing {
            Standing::Broken => format!("，差 {}", show(difference)),
            _ => String::new(),
        };
        let named = |other: &[CellIndex]| (other == [cell]).then_some(cell);
        let (relation, equation) = (worked.relation, worked.equation);
        let left = self.side(&relation.left, &equation.left, left, named(&equation.right));
        let right = self.side(&relation.right, &equation.right, right, named(&equation.left));
        format!("{scope}{left}，{verdict}{right}{end}")
    }

    /// The figure of a cell, in its column's unit.
    pub(super) fn figure(&self, cell: CellIndex) -> Option<Decimal> {
        self.figures.get(cell)
    }

    /// A sum of cells, where all of them are known and no row that the form does not have may be one.
    pub(super) fn sum(&self, worked: &Worked<'_>, cells: &[CellIndex]) -> Option<Decimal> {
        let sum = self.figures.sum(cells)?;
        (!self.figures.may_lack_a_row(worked.relation, worked.equation)).then_some(sum)
    }

    fn terms(&self, cells: &[CellIndex]) -> Vec<(CellIndex, Decimal)> {
        let known = cells.iter().filter_map(|&cell| Some((cell, self.figures.get(cell)?)));
        known.filter(|(_, figure)| !figure.is_zero()).collect()
    }

    fn instances(&self) -> impl Iterator<Item = (&'a Relation, &'a Equation)> + '_ {
        let table: &'a BoundTable = self.table;
        let registry = self.settings.engine().registry();
        let rules = registry.relation_rules(&table.form);
        let own = table.form.relations.iter().zip(rules);
        own.filter(move |(relation, rule)| {
            table.unreadable.is_none()
                && relation.table == table.table
                && self.settings.severity(**rule).is_some()
        })
        .flat_map(|(relation, _)| relation.instances.iter().map(move |it| (relation, it)))
    }

    fn work_out(&self, relation: &'a Relation, equation: &'a Equation) -> Worked<'a> {
        let sums = self.figures.sum(&equation.left).zip(self.figures.sum(&equation.right));
        let standing = match sums {
            None => Standing::Unknown,
            Some(_) if self.figures.may_lack_a_row(relation, equation) => Standing::Unknown,
            Some((left, right)) => {
                let holds = match relation.comparison {
                    Comparison::Equal => left == right,
                    Comparison::AtLeast => left >= right,
                    Comparison::AtMost => left <= right,
                };
                if holds { Standing::Holds } else { Standing::Broken }
            }
        };
        Worked { relation, equation, sums, standing }
    }

    fn unknown(&self, equation: &Equation) -> Option<CellIndex> {
        let mut cells = equation.left.iter().chain(&equation.right).copied();
        cells.find(|&cell| self.figures.get(cell).is_none())
    }

    /// A side of a relation: its name, its sum, its terms where they are several, each with its name where they are the terms of `total`.
    fn side(
        &self,
        name: &str,
        cells: &[CellIndex],
        sum: Decimal,
        total: Option<CellIndex>,
    ) -> String {
        let (terms, spec) = (self.terms(cells), self.table.spec());
        match total {
            Some(total) if !terms.is_empty() && cells.len() > 1 => {
                let names = |&(cell, figure): &(CellIndex, Decimal)| {
                    format!("{} {}", beside(spec, total, cell), show(figure))
                };
                let terms: Vec<String> = terms.iter().map(names).collect();
                format!("{name} {}＝{}", show(sum), terms.join("＋"))
            }
            None if (2..=WRITTEN).contains(&terms.len()) => {
                let terms: Vec<String> = terms.iter().map(|(_, figure)| show(*figure)).collect();
                format!("{name} {}＝{}", terms.join("＋"), show(sum))
            }
            _ => format!("{name} {}", show(sum)),
        }
    }
}
