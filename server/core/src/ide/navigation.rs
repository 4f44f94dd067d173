//! From a claim to its cell and back, from a total to its parts and back.

use std::ops::Range;

use super::relations::total;
use super::target::{CellAt, ClaimAt};
use crate::form::CellIndex;
use crate::snapshot::Snapshot;

/// Where the thing at the cursor comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The words at the cursor, in bytes of the document.
    pub origin: Range<usize>,
    /// What defines them, in the order of the text.
    pub targets: Vec<Range<usize>>,
}

/// Where the thing at `offset` comes from: a claim from its cells, a total from its parts, a part from the totals that it goes into.
pub fn definition(snapshot: &Snapshot, offset: usize) -> Option<Definition> {
    let spot = snapshot.spot(offset)?;
    if let Some(cell) = CellAt::find(spot) {
        let parts = ranges(cell, parts(cell));
        let targets = if parts.is_empty() { ranges(cell, totals(cell)) } else { parts };
        return Some(Definition { origin: cell.range(), targets });
    }
    let claim = ClaimAt::find(spot)?;
    let targets = claim.cells().iter().map(CellAt::range).collect();
    Some(Definition { origin: claim.range(), targets })
}

/// Where the thing at `offset` is used: a cell in claims and across its relations, a claim's cell in other claims. With `declaration` the thing
/// itself, or a claim's cell, comes too. In the order of the text.
pub fn references(snapshot: &Snapshot, offset: usize, declaration: bool) -> Vec<Range<usize>> {
    let Some(spot) = snapshot.spot(offset) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(cell) = CellAt::find(spot) {
        found.extend(ranges(cell, across(cell)));
        found.extend(cell.claims().map(|claim| claim.range()));
        found.extend(declaration.then(|| cell.range()));
    } else if let Some(claim) = ClaimAt::find(spot) {
        for cell in claim.cells() {
            found.extend(cell.claims().map(|claim| claim.range()));
            found.extend(declaration.then(|| cell.range()));
        }
    }
    sorted(found)
}

/// The cells whose sum a total should be.
fn parts(cell: CellAt<'_>) -> Vec<CellIndex> {
    let own = relations(cell).filter(|(total, _)| *total == cell.index);
    own.flat_map(|(_, parts)| parts.iter().copied()).collect()
}

/// The totals that a cell goes into.
fn totals(cell: CellAt<'_>) -> Vec<CellIndex> {
    let own = relations(cell).filter(|(_, parts)| parts.contains(&cell.index));
    own.map(|(total, _)| total).collect()
}

/// The totals of a cell's table with their parts.
fn relations(cell: CellAt<'_>) -> impl Iterator<Item = (CellIndex, &[CellIndex])> {
    let relations = cell.table.form.relations.iter().filter(move |it| it.table == cell.table.table);
    relations.flat_map(|relation| relation.instances.iter().filter_map(|it| total(relation, it)))
}

/// The cells on the other side of every relation of a cell.
fn across(cell: CellAt<'_>) -> Vec<CellIndex> {
    let relations =
        cell.table.form.relations.iter().filter(|relation| relation.table == cell.table.table);
    let mut found = Vec::new();
    for equation in relations.flat_map(|relation| &relation.instances) {
        if equation.left.contains(&cell.index) {
            found.extend(&equation.right);
        } else if equation.right.contains(&cell.index) {
            found.extend(&equation.left);
        }
    }
    found
}

fn ranges(beside: CellAt<'_>, cells: Vec<CellIndex>) -> Vec<Range<usize>> {
    let at = |index| CellAt::new(beside.report, beside.part, beside.table, index);
    sorted(cells.into_iter().filter_map(at).map(|cell| cell.range()).collect())
}

fn sorted(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.dedup();
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, cursor, words};

    const NEW: &str = "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";

    /// A report in which every figure of a row and a claim tells where it stands.
    fn report(new: &str, claim: &str) -> String {
        changed(&[
            (NEW, &format!("一、本年新收政府信息公开申请数量 | {new} |")),
            ("（三）政府信息管理。", &format!("全年{claim}。\n（三）政府信息管理。")),
        ])
    }

    fn listed(snapshot: &Snapshot, ranges: &[Range<usize>]) -> String {
        let words = ranges.iter().map(|range| words(snapshot, range));
        words.collect::<Vec<_>>().join(" ")
    }

    fn defined(fixture: &str) -> String {
        let (snapshot, at) = cursor(fixture);
        match definition(&snapshot, at) {
            Some(found) => {
                let origin = words(&snapshot, &found.origin);
                format!("{origin} ← {}", listed(&snapshot, &found.targets))
            }
            None => "nothing".to_owned(),
        }
    }

    fn used(fixture: &str, declaration: bool) -> String {
        let (snapshot, at) = cursor(fixture);
        listed(&snapshot, &references(&snapshot, at, declaration))
    }

    const CLAIM: &str = "收到政府信息公开申请27件";

    #[test]
    fn a_claim_is_defined_by_its_cell_and_a_total_by_its_parts() {
        assert_eq!(
            defined(&report("21 | 1 | 2 | 3 | 0 | 0 | 27", "收到政府信息公开申请$027件")),
            "收到政府信息公开申请27件 ← 27"
        );
        assert_eq!(defined(&report("21 | 1 | 2 | 3 | 0 | 0 | $027", CLAIM)), "27 ← 21 1 2 3 0 0");
        assert_eq!(defined(&report("2$01 | 1 | 2 | 3 | 0 | 0 | 27", CLAIM)), "21 ← 27");
        assert_eq!(defined(&report("1 | 1 | 2 | 3 | 0 | 0 | 7", "共$0")), "nothing");
    }

    #[test]
    fn a_cell_is_used_by_claims_and_across_its_relations() {
        let text = report("21 | 1 | 2 | 3 | 0 | 0 | 27$0", CLAIM);
        // The other side of the balance is the total of results and what is carried out, both 0.
        assert_eq!(used(&text, false), format!("{CLAIM} 21 1 2 3 0 0 0 0"));
        assert_eq!(used(&text, true), format!("{CLAIM} 21 1 2 3 0 0 27 0 0"));
        let text = report("21 | 1 | 2 | 3 | 0 | 0 | 27", "收到政府信息公开申请$027件");
        assert_eq!(used(&text, true), format!("{CLAIM} 27"));
    }
}
