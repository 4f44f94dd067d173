//! A system as integers: every sum with its terms, every cell with its sums.

use rust_decimal::Decimal;

use super::links::{Links, Term};
use super::{Broken, Kind, System};

/// A system whose figures are integers in units of 10^-`scale`.
pub(super) struct Net<'a> {
    scale: u32,
    cells: Vec<Cell>,
    relations: Vec<Relation>,
    links: Linked<'a>,
    /// The broken relations, ascending; a mask of them fits 16 bits because more than nine are not searched.
    broken: Vec<u32>,
}

/// The links of the relations.
enum Linked<'a> {
    Known(&'a Links),
    Own(Links),
}

/// A known or unknown figure and what may replace it.
struct Cell {
    value: Option<i128>,
    /// A new value is a multiple of this.
    step: i128,
    negative: bool,
}

/// A sum whose cells are all known.
struct Relation {
    equation: usize,
    left: i128,
    right: i128,
}

impl<'a> Net<'a> {
    pub(super) fn new(system: &System<'a>) -> Self {
        let scale = common_scale(system);
        let cells = system
            .values
            .iter()
            .zip(system.kinds)
            .map(|(value, kind)| Cell::new(*value, *kind, scale))
            .collect();
        let mut net = Self {
            scale,
            cells,
            relations: Vec::with_capacity(system.equations.len()),
            links: Linked::Own(Links::default()),
            broken: Vec::new(),
        };
        for equation in 0..system.equations.len() {
            net.relations.extend(net.relation(system, equation));
        }
        net.broken = (0..net.relations.len() as u32).filter(|&it| net.gap(it) != 0).collect();
        net
    }

    /// Whether some relation does not hold.
    pub(super) fn is_broken(&self) -> bool {
        !self.broken.is_empty()
    }

    /// The relations that do not hold, as the caller sees them.
    pub(super) fn broken(&self) -> impl Iterator<Item = Broken> + '_ {
        self.broken.iter().map(|&it| {
            let relation = &self.relations[it as usize];
            let decimal = |value| self.decimal(value).unwrap_or_default();
            Broken {
                equation: relation.equation,
                left: decimal(relation.left),
                right: decimal(relation.right),
                difference: decimal(relation.left - relation.right),
            }
        })
    }

    /// The broken relations by component: positions among the broken ones, ascending.
    pub(super) fn clusters(&self) -> Vec<Vec<usize>> {
        let mut reached = vec![false; self.relations.len()];
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        for &start in &self.broken {
            if reached[start as usize] {
                continue;
            }
            let mut component = vec![start];
            reached[start as usize] = true;
            let mut at = 0;
            while let Some(&relation) = component.get(at) {
                at += 1;
                for term in self.links().terms(relation) {
                    for &next in self.links().relations_of(term.cell) {
                        if !std::mem::replace(&mut reached[next as usize], true) {
                            component.push(next);
                        }
                    }
                }
            }
            let members = self.broken.iter().enumerate().filter(|(_, it)| component.contains(it));
            clusters.push(members.map(|(position, _)| position).collect());
        }
        clusters
    }

    /// The relation that is broken at this position.
    pub(super) fn broken_relation(&self, position: usize) -> u32 {
        self.broken[position]
    }

    pub(super) fn relation_count(&self) -> usize {
        self.relations.len()
    }

    pub(super) fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// The most relations that one cell stands in.
    pub(super) fn degree(&self) -> usize {
        self.links().degree()
    }

    pub(super) fn terms(&self, relation: u32) -> &[Term] {
        self.links().terms(relation)
    }

    /// The terms of a relation whose cells stand in at least `degree` relations.
    pub(super) fn joints(&self, relation: u32, degree: usize) -> &[Term] {
        let terms = self.terms(relation);
        &terms[..terms.partition_point(|term| self.relations_of(term.cell).len() >= degree)]
    }

    pub(super) fn relations_of(&self, cell: u32) -> &[u32] {
        self.links().relations_of(cell)
    }

    /// How often `relation` adds `cell`.
    pub(super) fn factor(&self, relation: u32, cell: u32) -> i32 {
        self.links().factor(relation, cell)
    }

    /// One, in the unit of the figures.
    pub(super) fn unit(&self) -> i128 {
        10_i128.checked_pow(self.scale).unwrap_or(i128::MAX)
    }

    /// What the changes of a relation's cells must add up to: right side minus left.
    pub(super) fn gap(&self, relation: u32) -> i128 {
        let relation = &self.relations[relation as usize];
        relation.right - relation.left
    }

    /// The figure of a cell that stands in a relation.
    pub(super) fn value(&self, cell: u32) -> i128 {
        self.cells[cell as usize].value.unwrap_or(0)
    }

    /// Whether the cell really changes by `delta`, to a value that it may hold.
    pub(super) fn may_change(&self, cell: u32, delta: i128) -> bool {
        let Some(to) = self.value(cell).checked_add(delta) else { return false };
        let cell = &self.cells[cell as usize];
        delta != 0
            && to % cell.step == 0
            && (to >= 0 || cell.negative)
            && self.decimal(to).is_some()
    }

    pub(super) fn decimal(&self, value: i128) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(value, self.scale).ok().map(short)
    }

    /// Links the relations by their cells. Left out where nothing is searched: a healthy table needs its sums only.
    pub(super) fn link(&mut self, system: &System<'a>) {
        let is_whole = self.relations.len() == system.equations.len();
        let own = || {
            let equations = self.relations.iter().map(|it| &system.equations[it.equation]);
            Linked::Own(Links::new(self.cells.len(), equations))
        };
        self.links = system.links.filter(|_| is_whole).map_or_else(own, Linked::Known);
    }

    fn links(&self) -> &Links {
        match &self.links {
            Linked::Known(links) => links,
            Linked::Own(links) => links,
        }
    }

    /// A sum whose cells are all known.
    fn relation(&self, system: &System<'_>, equation: usize) -> Option<Relation> {
        let sides = &system.equations[equation];
        let (left, right) = self.sum(sides.left).zip(self.sum(sides.right))?;
        self.decimal(left).zip(self.decimal(right))?;
        self.decimal(left.checked_sub(right)?)?;
        Some(Relation { equation, left, right })
    }

    fn sum(&self, cells: &[usize]) -> Option<i128> {
        cells.iter().try_fold(0_i128, |sum, &cell| sum.checked_add(self.cells.get(cell)?.value?))
    }
}

impl Cell {
    fn new(value: Option<Decimal>, kind: Kind, scale: u32) -> Self {
        let (decimals, negative) = match kind {
            Kind::Count => (0, false),
            Kind::Change => (0, true),
            Kind::Amount { decimals } => (decimals, false),
        };
        // A table of counts needs no powers of ten.
        let (step, value) = if scale == 0 {
            (1, value.map(|it| short(it).mantissa()))
        } else {
            let step = 10_i128.checked_pow(scale.saturating_sub(decimals)).unwrap_or(i128::MAX);
            (step, value.and_then(|it| scaled(short(it), scale)))
        };
        Self { value, step, negative }
    }
}

/// Places behind the point that no figure and no kind exceeds.
fn common_scale(system: &System<'_>) -> u32 {
    let kinds = system.kinds.iter().map(|kind| match kind {
        Kind::Amount { decimals } => *decimals,
        Kind::Count | Kind::Change => 0,
    });
    let values = system.values.iter().flatten().map(|value| short(*value).scale());
    kinds.chain(values).max().unwrap_or(0).min(Decimal::MAX_SCALE)
}

/// Without zeros behind the point. Nearly all figures are integers, which need no division to see that.
fn short(value: Decimal) -> Decimal {
    if value.scale() == 0 { value } else { value.normalize() }
}

fn scaled(value: Decimal, scale: u32) -> Option<i128> {
    value.mantissa().checked_mul(10_i128.checked_pow(scale.checked_sub(value.scale())?)?)
}
