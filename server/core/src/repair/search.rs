//! Groups: up to three cells that are connected by common sums and mend every broken sum that they touch.
//!
//! Every repair splits into groups that share no sum, so it is enough to find the groups and to combine them (`cover`): three sums with 21 candidate
//! cells each have 9,261 repairs of three cells, but only 63 groups.
//!
//! A group grows from one broken sum. A sum that holds must contain two of its cells or none, so a cell alone in such a sum names the few
//! cells of which one must come next; that prunes nearly everything.

use super::MOST_CELLS;
use super::net::Net;
use super::solve::solve;

/// Cells that are looked at before the search gives up. A table of 25 × 7 cells needs a tenth of it.
const BUDGET: u32 = 200_000;

/// Broken sums as bits, by their position among the broken ones.
pub(super) type Mask = u16;

/// Connected cells, with their changes.
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
    net: &'a Net<'a>,
    degree: usize,
    /// By relation: its bit, 0 for one that holds.
    bits: Vec<Mask>,
    /// By relation: how many cells of the path it holds.
    counts: Vec<u8>,
    /// By cell: whether it is on the path, or has been tried at this level.
    barred: Vec<bool>,
    /// The cells that have been tried, one level after the other.
    done: Vec<u32>,
    steps: u32,
}

/// How many of the remaining broken sums a group has to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of them.
    All,
    /// At least one.
    Any,
}

/// What a group must be.
#[derive(Clone, Copy)]
struct Goal {
    /// The broken sums that it may touch.
    remaining: Mask,
    size: usize,
    extent: Extent,
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
    /// Its cells with their changes.
    pub(super) fn changes(&self) -> impl Iterator<Item = (u32, i128)> + '_ {
        self.cells.iter().copied().zip(self.deltas).take(self.size)
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(net: &'a Net<'a>, cluster: &[usize]) -> Self {
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
            done: Vec::new(),
            steps: BUDGET,
        }
    }

    /// Whether the search has gone to its end.
    pub(super) fn complete(&self) -> bool {
        self.steps > 0
    }

    /// All groups of `size` cells that touch the smallest of the `remaining` broken sums and no broken sum beyond them, and that mend as many of them as
    /// `extent` says.
    pub(super) fn groups(&mut self, remaining: Mask, size: usize, extent: Extent) -> Vec<Group> {
        let mut found = Vec::new();
        if let Some(root) = self.smallest(remaining) {
            let goal = Goal { remaining, size, extent };
            self.grow(goal, &Path::default(), &[&[root]], 1, &mut found);
        }
        found
    }

    /// Adds each cell of the `from` sums that stands in at least `degree` sums to the path. A cell that has had its turn is barred for its
    /// later siblings, so that each group is found once.
    fn grow(
        &mut self,
        goal: Goal,
        path: &Path,
        from: &[&[u32]],
        degree: usize,
        found: &mut Vec<Group>,
    ) {
        let net = self.net;
        let before = self.done.len();
        for term in from.iter().copied().flatten().flat_map(|&it| net.joints(it, degree)) {
            if self.barred[term.cell as usize] || self.steps == 0 {
                continue;
            }
            self.steps -= 1;
            self.barred[term.cell as usize] = true;
            self.done.push(term.cell);
            let Some(next) = self.extend(goal, path, term.cell) else { continue };
            if next.len == goal.size {
                found.extend(self.group(&next));
            } else {
                self.descend(goal, &next, found);
            }
        }
        for cell in self.done.drain(before..) {
            self.barred[cell as usize] = false;
        }
    }

    /// The path with `cell`, unless too few cells are left for the sums that it leaves broken.
    fn extend(&self, goal: Goal, path: &Path, cell: u32) -> Option<Path> {
        let mut next = *path;
        // Two cells that stand in the same single sum cannot be told apart.
        let relations = self.net.relations_of(cell);
        if relations.len() == 1
            && path.cells[..path.len].iter().any(|&it| self.net.relations_of(it) == relations)
        {
            return None;
        }
        for &relation in relations {
            let bit = self.bits[relation as usize];
            next.covered |= bit;
            if bit == 0 {
                match self.counts[relation as usize] {
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
        let missing = if goal.extent == Extent::All {
            (goal.remaining & !next.covered).count_ones() as usize
        } else {
            0
        };
        (next.open + missing <= (goal.size - next.len) * self.degree).then_some(next)
    }

    /// Continues with the fewest cells of which one must come next.
    fn descend(&mut self, goal: Goal, path: &Path, found: &mut Vec<Group>) {
        let net = self.net;
        let cells = &path.cells[..path.len];
        for &relation in net.relations_of(cells[cells.len() - 1]) {
            self.counts[relation as usize] += 1;
        }
        let degree = self.least_degree(goal, path);
        let open = cells.iter().flat_map(|&cell| net.relations_of(cell)).copied();
        let open = open.filter(|&it| self.bits[it as usize] == 0 && self.counts[it as usize] == 1);
        let missing = if goal.extent == Extent::All {
            self.smallest(goal.remaining & !path.covered)
        } else {
            None
        };
        let needed = open.chain(missing).map(|it| (net.joints(it, degree).len(), it)).min();
        // A group is connected, so the next cell shares a sum with one of the path.
        let around = match *cells {
            [a] => [net.relations_of(a), &[]],
            [a, b] => [net.relations_of(a), net.relations_of(b)],
            _ => [[].as_slice(); 2],
        };
        // Beside a cell of a single sum only a cell of several makes sense.
        let beside = if matches!(around, [[_], []]) { degree.max(2) } else { degree };
        let reach = around.iter().copied().flatten().map(|&it| net.joints(it, beside).len()).sum();
        match needed {
            Some((count, relation)) if count <= reach || !self.hangs_together(cells) => {
                self.grow(goal, path, &[&[relation]], degree, found);
            }
            _ => self.grow(goal, path, &around, beside, found),
        }
        for &relation in net.relations_of(cells[cells.len() - 1]) {
            self.counts[relation as usize] -= 1;
        }
    }

    /// How many sums the next cell must stand in: for the last one, all that wait for a cell, or one for each part of the path that it has
    /// to join.
    fn least_degree(&self, goal: Goal, path: &Path) -> usize {
        if path.len + 1 < goal.size {
            return 1;
        }
        let missing = if goal.extent == Extent::All {
            (goal.remaining & !path.covered).count_ones() as usize
        } else {
            0
        };
        let parts = match path.cells[..path.len] {
            _ if path.open > 0 => 0,
            [a, b] if !self.meet(a, b) => 2,
            _ => 1,
        };
        path.open + missing + parts
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
        self.net.relations_of(a).iter().any(|it| self.net.relations_of(b).contains(it))
    }

    /// The broken sum of `mask` with the fewest cells.
    fn smallest(&self, mut mask: Mask) -> Option<u32> {
        let mut best: Option<(usize, u32)> = None;
        while mask != 0 {
            let relation = self.net.broken_relation(mask.trailing_zeros() as usize);
            mask &= mask - 1;
            let length = self.net.terms(relation).len();
            if best.is_none_or(|(shortest, _)| length < shortest) {
                best = Some((length, relation));
            }
        }
        best.map(|(_, relation)| relation)
    }
}
