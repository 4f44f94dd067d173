//! The changes of up to three cells that satisfy all their sums, exactly.

use super::MOST_CELLS;
use super::net::Net;

/// A sum as an equation for the changes of the cells, with what they must add up to.
#[derive(Clone, Copy)]
struct Row {
    factors: [i128; MOST_CELLS],
    gap: i128,
}

/// The changes of `cells` after which every sum that holds one of them agrees and each cell says something new that it may say. `None` where
/// there are none, where they are not unique, and where the arithmetic overflows.
pub(super) fn solve(net: &Net<'_>, cells: &[u32]) -> Option<[i128; MOST_CELLS]> {
    let mut pivots: [Option<Row>; MOST_CELLS] = [None; MOST_CELLS];
    for (at, &cell) in cells.iter().enumerate() {
        for &relation in net.relations_of(cell) {
            let mut row = Row { factors: [0; MOST_CELLS], gap: net.gap(relation) };
            for (column, &other) in cells.iter().enumerate() {
                row.factors[column] = net.factor(relation, other).into();
            }
            // A sum of several cells is taken with the first of them.
            if row.factors[..at].iter().all(|&it| it == 0) {
                eliminate(&mut pivots, row)?;
            }
        }
    }
    let deltas = substitute(&pivots, cells.len())?;
    cells.iter().zip(deltas).all(|(&cell, delta)| net.may_change(cell, delta)).then_some(deltas)
}

/// Takes a row into the triangle; `None` when it contradicts the rows before it.
fn eliminate(pivots: &mut [Option<Row>; MOST_CELLS], mut row: Row) -> Option<()> {
    for (column, pivot) in pivots.iter_mut().enumerate() {
        if row.factors[column] == 0 {
            continue;
        }
        let Some(pivot) = pivot else {
            *pivot = Some(row);
            return Some(());
        };
        let (ours, theirs) = (pivot.factors[column], row.factors[column]);
        let mix = |row: i128, pivot: i128| times(row, ours)?.checked_sub(times(pivot, theirs)?);
        for later in column..MOST_CELLS {
            row.factors[later] = mix(row.factors[later], pivot.factors[later])?;
        }
        row.gap = mix(row.gap, pivot.gap)?;
    }
    (row.gap == 0).then_some(())
}

/// Solves the triangle from its last row up. A fraction is finer than any cell's step, so it is no change.
fn substitute(pivots: &[Option<Row>; MOST_CELLS], count: usize) -> Option<[i128; MOST_CELLS]> {
    let mut deltas = [0; MOST_CELLS];
    for column in (0..count).rev() {
        let pivot = pivots[column].as_ref()?;
        let known = (column + 1..count).try_fold(pivot.gap, |gap, later| {
            gap.checked_sub(times(pivot.factors[later], deltas[later])?)
        })?;
        deltas[column] = match pivot.factors[column] {
            1 => known,
            -1 => known.checked_neg()?,
            factor => {
                (known.checked_rem(factor)? == 0).then(|| known.checked_div(factor)).flatten()?
            }
        };
    }
    Some(deltas)
}

/// A product, quickly where a factor is as simple as nearly all are.
fn times(a: i128, b: i128) -> Option<i128> {
    match (a, b) {
        (0, _) | (_, 0) => Some(0),
        (1, it) | (it, 1) => Some(it),
        (-1, it) | (it, -1) => it.checked_neg(),
        _ => a.checked_mul(b),
    }
}
