//! Groups: up to three cells that hang together by common sums and mend every sum that they touch.
//!
//! A repair falls apart into groups that share no sum, so it is enough to find groups and to combine them (`cover`): three sums with 21
//! culprits each have 9,261 repairs of three cells, but only 63 groups.
//!
//! A group grows from one broken sum. A sum that holds must contain two of its cells or none, so a cell alone in such a sum names the few
//! cells of which one must come next; that prunes nearly everything.

use super::MOST_CELLS;
use super::net::{Incidence, Net};
use super::solve::solve;

/// Cells that are looked at before the search gives up. A 25 × 7 table needs a tenth.
const BUDGET: u32 = 200_000;

/// Broken sums as bits, by their position among the broken ones.
pub(super) type Mask = u16;

/// Cells that hang together, with their changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    cells: [u32; MOST_CELLS],
    deltas: [i128; MOST_CELLS],
    size: usize,
    /// The broken sums that it mends.
    pub(super) block: Mask,
}

/// The search in one component, or several that share nothing.
pub(super) struct Search<'a> {
    net: &'a Net,
    degree: usize,
    /// By relation: its bit, 0 for one that holds.
    bits: Vec<Mask>,
    /// By relation: how many cells of the path it holds.
    counts: Vec<u8>,
    /// By cell: on the path, or done with at this level.
    barred: Vec<bool>,
    steps: u32,
}

/// What a group must be.
#[derive(Clone, Copy)]
struct Goal {
    /// The broken sums that it may touch.
    remaining: Mask,
    size: usize,
    /// Whether it must mend all of them.
    whole: bool,
}

/// The cells chosen so far.
#[derive(Clone, Copy, Default)]
struct Path {
    cells: [u32; MOST_CELLS],
    len: usize,
    covered: Mask,
    /// Sums that hold and contain exactly one cell of the path.
    open: usize,
}

impl Group {
    pub(super) fn changes(&self) -> impl Iterator<Item = (u32, i128)> + '_ {
        self.cells.iter().copied().zip(self.deltas).take(self.size)
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(net: &'a Net, cluster: &[usize]) -> Self {
        let mut bits = vec![0; net.relation_count()];
        for &position in cluster {
            bits[net.broken_relation(position) as usize] = 1 << position;
        }
        Self {
            net,
            degree: net.degree(),
            bits,
            counts: vec![0; net.relation_count()],
            barred: vec![false; net.cell_count()],
            steps: BUDGET,
        }
    }

    /// Whether nothing was left out.
    pub(super) fn complete(&self) -> bool {
        self.steps > 0
    }

    /// All groups of `size` cells that touch the smallest of the `remaining` broken sums and no broken sum beyond them; with `whole` those
    /// that mend all of them.
    pub(super) fn groups(&mut self, remaining: Mask, size: usize, whole: bool) -> Vec<Group> {
        let mut found = Vec::new();
        if let Some(root) = self.smallest(remaining) {
            self.grow(
                Goal { remaining, size, whole },
                &Path::default(),
                &[Incidence { relation: root, factor: 0 }],
                &mut found,
            );
        }
        found
    }

    /// Adds each cell of the `from` sums to the path. A cell that has had its turn is barred for its later siblings, so that each group is
    /// found once.
    fn grow(&mut self, goal: Goal, path: &Path, from: &[Incidence], found: &mut Vec<Group>) {
        let net = self.net;
        let mut done = Vec::new();
        let least = self.least_degree(goal, path);
        for term in from.iter().flat_map(|it| {
            net.terms(it.relation)
                .iter()
                .take_while(|term| net.relations_of(term.cell).len() >= least)
        }) {
            if self.barred[term.cell as usize] || self.steps == 0 {
                continue;
            }
            self.steps -= 1;
            self.barred[term.cell as usize] = true;
            done.push(term.cell);
            let Some(next) = self.extend(goal, path, term.cell) else { continue };
            if next.len == goal.size {
                found.extend(self.group(&next));
            } else {
                self.descend(goal, &next, found);
            }
        }
        for cell in done {
            self.barred[cell as usize] = false;
        }
    }

    /// How many sums the next cell must stand in: for the last one, all that wait for a cell, and one more for each part of the path that
    /// it has to join.
    fn least_degree(&self, goal: Goal, path: &Path) -> usize {
        if path.len + 1 < goal.size {
            return 0;
        }
        let missing =
            if goal.whole { (goal.remaining & !path.covered).count_ones() as usize } else { 0 };
        let loose = path.open == 0 && path.len == 2 && !self.meet(path.cells[0], path.cells[1]);
        path.open + missing + if loose { 2 } else { 0 }
    }

    /// The path with `cell`, unless too few cells are left for the sums that it leaves broken.
    fn extend(&self, goal: Goal, path: &Path, cell: u32) -> Option<Path> {
        let mut next = *path;
        // Two cells that stand in the same single sum cannot be told apart.
        if let [only] = self.net.relations_of(cell)
            && path.cells[..path.len].iter().any(|&it| matches!(self.net.relations_of(it), [other] if other.relation == only.relation))
        {
            return None;
        }
        for incidence in self.net.relations_of(cell) {
            let bit = self.bits[incidence.relation as usize];
            next.covered |= bit;
            if bit == 0 {
                match self.counts[incidence.relation as usize] {
                    0 => next.open += 1,
                    1 => next.open -= 1,
                    _ => {}
                }
            }
        }
        if next.covered & !goal.remaining != 0 {
            return None;
        }
        next.cells[next.len] = cell;
        next.len += 1;
        let missing =
            if goal.whole { (goal.remaining & !next.covered).count_ones() as usize } else { 0 };
        (next.open + missing <= (goal.size - next.len) * self.degree).then_some(next)
    }

    /// Continues with the fewest cells of which one must come next.
    fn descend(&mut self, goal: Goal, path: &Path, found: &mut Vec<Group>) {
        let net = self.net;
        let cell = path.cells[path.len - 1];
        for incidence in net.relations_of(cell) {
            self.counts[incidence.relation as usize] += 1;
        }
        let around = path.cells[..path.len].iter().flat_map(|&cell| net.relations_of(cell));
        let open = around.filter(|it| {
            self.bits[it.relation as usize] == 0 && self.counts[it.relation as usize] == 1
        });
        let missing = if goal.whole { self.smallest(goal.remaining & !path.covered) } else { None };
        let needed = open.copied().chain(missing.map(|relation| Incidence { relation, factor: 0 }));
        if let Some(needed) = needed.min_by_key(|it| net.terms(it.relation).len()) {
            self.grow(goal, path, &[needed], found);
        } else {
            // Nothing is needed, but a group hangs together.
            let around = path.cells[..path.len].iter().flat_map(|&cell| net.relations_of(cell));
            self.grow(goal, path, &around.copied().collect::<Vec<_>>(), found);
        }
        for incidence in net.relations_of(cell) {
            self.counts[incidence.relation as usize] -= 1;
        }
    }

    fn group(&self, path: &Path) -> Option<Group> {
        let cells = &path.cells[..path.len];
        if !self.hangs_together(cells) {
            return None;
        }
        solve(self.net, cells).map(|deltas| Group {
            cells: path.cells,
            deltas,
            size: path.len,
            block: path.covered,
        })
    }

    fn hangs_together(&self, cells: &[u32]) -> bool {
        match *cells {
            [a, b] => self.meet(a, b),
            [a, b, c] => {
                u8::from(self.meet(a, b)) + u8::from(self.meet(b, c)) + u8::from(self.meet(a, c))
                    >= 2
            }
            _ => true,
        }
    }

    fn meet(&self, a: u32, b: u32) -> bool {
        self.net.relations_of(a).iter().any(|it| self.net.factor(it.relation, b) != 0)
    }

    /// The broken sum of `mask` with the fewest cells.
    fn smallest(&self, mask: Mask) -> Option<u32> {
        let members = (0..Mask::BITS as usize).filter(|position| mask & (1 << position) != 0);
        members
            .map(|position| self.net.broken_relation(position))
            .min_by_key(|&it| self.net.terms(it).len())
    }
}
