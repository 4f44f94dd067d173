//! Which cells stand in which sums: all that the search needs besides figures. The tables of a form have the same sums in every report, so their links
//! are worked out once and kept.

use std::cmp::Reverse;

use super::Sides;

/// The cells of each sum, and the sums of each cell.
#[derive(Debug, Default)]
pub struct Links {
    /// The cells of each sum, those that stand in most sums first, so that a search for a cell that joins several sums can stop early.
    terms: Vec<Term>,
    terms_of: Vec<(u32, u32)>,
    /// The sums of each cell, and how often each adds it.
    incidences: Vec<u32>,
    factors: Vec<i32>,
    incidences_of: Vec<(u32, u32)>,
}

/// A cell in a sum: how often it is added on the left side, less on the right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub(super) cell: u32,
    factor: i32,
}

impl Links {
    /// The links of `equations` between so many cells.
    pub fn new<'a>(cells: usize, equations: impl Iterator<Item = &'a Sides<'a>>) -> Self {
        let mut links = Self { incidences_of: vec![(0, 0); cells], ..Self::default() };
        let mut seen = vec![(u32::MAX, 0); cells];
        for sides in equations {
            links.add(sides, &mut seen);
        }
        links.turn();
        links
    }

    /// The most sums that one cell stands in.
    pub(super) fn degree(&self) -> usize {
        self.incidences_of.iter().map(|(from, to)| to - from).max().unwrap_or(0) as usize
    }

    pub(super) fn terms(&self, relation: u32) -> &[Term] {
        let (from, to) = self.terms_of[relation as usize];
        &self.terms[from as usize..to as usize]
    }

    pub(super) fn relations_of(&self, cell: u32) -> &[u32] {
        let (from, to) = self.incidences_of[cell as usize];
        &self.incidences[from as usize..to as usize]
    }

    /// How often `relation` adds `cell`.
    pub(super) fn factor(&self, relation: u32, cell: u32) -> i32 {
        let at = self.relations_of(cell).iter().position(|&it| it == relation);
        at.map_or(0, |at| self.factors[self.incidences_of[cell as usize].0 as usize + at])
    }

    /// Adds a sum. `seen` holds for each cell the last sum that it stands in, and where.
    fn add(&mut self, sides: &Sides<'_>, seen: &mut [(u32, usize)]) {
        let relation = self.terms_of.len() as u32;
        let from = self.terms.len();
        let signed =
            sides.left.iter().map(|it| (*it, 1)).chain(sides.right.iter().map(|it| (*it, -1)));
        for (cell, factor) in signed {
            match seen[cell] {
                (of, at) if of == relation => self.terms[at].factor += factor,
                _ => {
                    seen[cell] = (relation, self.terms.len());
                    self.terms.push(Term { cell: cell as u32, factor });
                }
            }
        }
        // A cell on both sides changes nothing.
        if self.terms[from..].iter().any(|term| term.factor == 0) {
            let kept: Vec<_> = self.terms.drain(from..).filter(|term| term.factor != 0).collect();
            self.terms.extend(kept);
        }
        self.terms_of.push((from as u32, self.terms.len() as u32));
    }

    /// Inverts the lists: from cells by sum to sums by cell.
    fn turn(&mut self) {
        let mut ends = vec![0_u32; self.incidences_of.len() + 1];
        for term in &self.terms {
            ends[term.cell as usize + 1] += 1;
        }
        for (cell, own) in self.incidences_of.iter_mut().enumerate() {
            ends[cell + 1] += ends[cell];
            *own = (ends[cell], ends[cell]);
        }
        self.incidences = vec![0; self.terms.len()];
        self.factors = vec![0; self.terms.len()];
        for (relation, &(from, to)) in self.terms_of.iter().enumerate() {
            for term in &self.terms[from as usize..to as usize] {
                let end = &mut self.incidences_of[term.cell as usize].1;
                self.incidences[*end as usize] = relation as u32;
                self.factors[*end as usize] = term.factor;
                *end += 1;
            }
        }
        let incidences_of = &self.incidences_of;
        let degree = |term: &Term| {
            let (from, to) = incidences_of[term.cell as usize];
            to - from
        };
        for &(from, to) in &self.terms_of {
            self.terms[from as usize..to as usize].sort_by_key(|term| Reverse(degree(term)));
        }
    }
}
