//! Everything that is tied to the figure at the cursor.

use std::collections::BTreeMap;
use std::ops::Range;

use super::relations::total;
use super::target::{CellAt, ClaimAt};
use crate::snapshot::Snapshot;

/// A highlighted place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// In bytes of the document.
    pub range: Range<usize>,
    /// How it takes part.
    pub kind: HighlightKind,
}

/// How a place is tied to the figure at the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HighlightKind {
    /// The total of a relation, or the cell that a claim states: what the others make.
    Total,
    /// Another cell of a relation.
    Term,
    /// A claim of the prose.
    Claim,
}

/// All cells of the relations of the cell at `offset`, with the claims that state it; at a claim its cells with their claims.
pub fn highlights(snapshot: &Snapshot, offset: usize) -> Vec<Highlight> {
    let Some(spot) = snapshot.spot(offset) else { return Vec::new() };
    let mut found: BTreeMap<(usize, usize), HighlightKind> = BTreeMap::new();
    let mut add = |range: Range<usize>, kind| {
        // A blank cell has nothing to highlight.
        if !range.is_empty() {
            let known = found.entry((range.start, range.end)).or_insert(kind);
            if kind == HighlightKind::Total {
                *known = kind;
            }
        }
    };
    if let Some(cell) = CellAt::find(spot) {
        add(cell.range(), HighlightKind::Term);
        let table = cell.table;
        let relations = table.form.relations.iter().filter(|it| it.table == table.table);
        for (relation, equation) in
            relations.flat_map(|relation| relation.instances.iter().map(move |it| (relation, it)))
        {
            let cells = || equation.left.iter().chain(&equation.right);
            if !cells().any(|index| *index == cell.index) {
                continue;
            }
            let total = total(relation, equation).map(|(total, _)| total);
            for &index in cells() {
                if let Some(other) = CellAt::new(cell.report, cell.part, table, index) {
                    let is_total = total == Some(index);
                    add(
                        other.range(),
                        if is_total { HighlightKind::Total } else { HighlightKind::Term },
                    );
                }
            }
        }
        cell.claims().for_each(|claim| add(claim.range(), HighlightKind::Claim));
    } else if let Some(claim) = ClaimAt::find(spot) {
        add(claim.range(), HighlightKind::Claim);
        for cell in claim.cells() {
            add(cell.range(), HighlightKind::Total);
            cell.claims().for_each(|claim| add(claim.range(), HighlightKind::Claim));
        }
    }
    let highlights = found.into_iter();
    highlights.map(|((start, end), kind)| Highlight { range: start..end, kind }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, cursor, words};

    fn shown(fixture: &str) -> String {
        let (snapshot, at) = cursor(fixture);
        let highlights = highlights(&snapshot, at);
        let one = |it: &Highlight| {
            let mark = match it.kind {
                HighlightKind::Total => "!",
                HighlightKind::Term => "",
                HighlightKind::Claim => "~",
            };
            format!("{mark}{}", words(&snapshot, &it.range))
        };
        highlights.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    const REVIEW: &str = "0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";

    #[test]
    fn a_cell_lights_its_relation_with_the_total_apart() {
        let row = |first: &str| {
            changed(&[(REVIEW, &format!("{first} | 6 | 7 | 8 | 9 | 0 | 0 | 0 | 0 | 0 | 0 |"))])
        };
        assert_eq!(shown(&row("1 | $02 | 3 | 4 | 10")), "1 2 3 4 !10");
        assert_eq!(shown(&row("1 |  | 3 | 4 | $010")), "1 3 4 !10");
    }

    #[test]
    fn a_claim_lights_its_cell_and_its_twins() {
        let text = changed(&[
            ("规章 | 0 | 0 | 0 |", "规章 | 0 | 0 | 0 |"),
            ("行政规范性文件 | 0 |", "行政规范性文件 | 3 |"),
            ("（三）政府信息管理。", "制发行政规范性文件3$0件。\n（三）政府信息管理。"),
        ]);
        assert_eq!(shown(&text), "~制发行政规范性文件3件 !3");
    }

    #[test]
    fn words_light_nothing() {
        assert_eq!(shown(&changed(&[("（三）政府", "（三）政$0府")])), "");
    }
}
