//! A system as integers: every sum with its terms, every cell with its sums.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::{Broken, Kind, System};

/// A system whose figures are integers in units of 10^-`scale`.
pub(super) struct Net {
    scale: u32,
    cells: Vec<Cell>,
    relations: Vec<Relation>,
    terms: Vec<Term>,
    /// The relations of each cell, and how often each adds it.
    incidences: Vec<u32>,
    factors: Vec<i32>,
    /// The broken relations, ascending; a mask of them fits 16 bits because more than nine are not searched.
    broken: Vec<u32>,
}

/// A known or unknown figure and what may replace it.
struct Cell {
    value: Option<i128>,
    /// A new value is a multiple of this.
    step: i128,
    negative: bool,
    incidences: (u32, u32),
}

/// A sum whose cells are all known.
struct Relation {
    equation: usize,
    left: i128,
    right: i128,
    terms: (u32, u32),
}

/// A cell in a sum: how often it is added on the left side, less on the right.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub(super) cell: u32,
    pub(super) factor: i32,
}

impl Net {
    pub(super) fn new(system: &System<'_>) -> Self {
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
            relations: Vec::new(),
            terms: Vec::new(),
            incidences: Vec::new(),
            factors: Vec::new(),
            broken: Vec::new(),
        };
        let mut seen = vec![None; net.cells.len()];
        for equation in 0..system.equations.len() {
            net.add(system, equation, &mut seen);
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
                for term in self.terms(relation) {
                    for &next in self.relations_of(term.cell) {
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
        (0..self.cells.len() as u32).map(|cell| self.relations_of(cell).len()).max().unwrap_or(0)
    }

    pub(super) fn terms(&self, relation: u32) -> &[Term] {
        let (from, to) = self.relations[relation as usize].terms;
        &self.terms[from as usize..to as usize]
    }

    /// The terms of a relation whose cells stand in at least `degree` relations.
    pub(super) fn joints(&self, relation: u32, degree: usize) -> &[Term] {
        let terms = self.terms(relation);
        &terms[..terms.partition_point(|term| self.relations_of(term.cell).len() >= degree)]
    }

    pub(super) fn relations_of(&self, cell: u32) -> &[u32] {
        let (from, to) = self.cells[cell as usize].incidences;
        &self.incidences[from as usize..to as usize]
    }

    /// How often `relation` adds `cell`.
    pub(super) fn factor(&self, relation: u32, cell: u32) -> i32 {
        let at = self.relations_of(cell).iter().position(|&it| it == relation);
        at.map_or(0, |at| self.factors[self.cells[cell as usize].incidences.0 as usize + at])
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

    fn add(&mut self, system: &System<'_>, equation: usize, seen: &mut [Option<(usize, usize)>]) {
        let sides = &system.equations[equation];
        let Some((left, right)) = self.sum(sides.left).zip(self.sum(sides.right)) else { return };
        if self.decimal(left).is_none()
            || self.decimal(right).is_none()
            || left.checked_sub(right).is_none_or(|it| self.decimal(it).is_none())
        {
            return;
        }
        let from = self.terms.len();
        let signed =
            sides.left.iter().map(|it| (*it, 1)).chain(sides.right.iter().map(|it| (*it, -1)));
        for (cell, factor) in signed {
            match seen[cell] {
                Some((of, at)) if of == equation => self.terms[at].factor += factor,
                _ => {
                    seen[cell] = Some((equation, self.terms.len()));
                    self.terms.push(Term { cell: cell as u32, factor });
                }
            }
        }
        // A cell on both sides changes nothing.
        if self.terms[from..].iter().any(|term| term.factor == 0) {
            let kept: Vec<_> = self.terms.drain(from..).filter(|term| term.factor != 0).collect();
            self.terms.extend(kept);
        }
        self.relations.push(Relation {
            equation,
            left,
            right,
            terms: (from as u32, self.terms.len() as u32),
        });
    }

    fn sum(&self, cells: &[usize]) -> Option<i128> {
        cells.iter().try_fold(0_i128, |sum, &cell| sum.checked_add(self.cells.get(cell)?.value?))
    }

    /// Turns the terms by relation into incidences by cell. Left out where nothing is searched: a healthy table needs its sums only.
    ///
    /// The cells of a relation then stand in the order of their degree, most first, so that a search for a cell that joins several
    /// relations can stop early.
    pub(super) fn link(&mut self) {
        let mut ends = vec![0_u32; self.cells.len() + 1];
        for term in &self.terms {
            ends[term.cell as usize + 1] += 1;
        }
        for cell in 0..self.cells.len() {
            ends[cell + 1] += ends[cell];
            self.cells[cell].incidences = (ends[cell], ends[cell]);
        }
        self.incidences = vec![0; self.terms.len()];
        self.factors = vec![0; self.terms.len()];
        for (relation, it) in self.relations.iter().enumerate() {
            for term in &self.terms[it.terms.0 as usize..it.terms.1 as usize] {
                let end = &mut self.cells[term.cell as usize].incidences.1;
                self.incidences[*end as usize] = relation as u32;
                self.factors[*end as usize] = term.factor;
                *end += 1;
            }
        }
        let cells = &self.cells;
        let degree = |term: &Term| {
            cells[term.cell as usize].incidences.1 - cells[term.cell as usize].incidences.0
        };
        for relation in &self.relations {
            self.terms[relation.terms.0 as usize..relation.terms.1 as usize]
                .sort_by_key(|term| Reverse(degree(term)));
        }
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
        Self { value, step, negative, incidences: (0, 0) }
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
