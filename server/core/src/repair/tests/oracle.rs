//! Every set of up to three cells, solved with fractions.

use super::*;
use crate::repair::{MOST_BROKEN, MOST_CELLS};

const ROUNDS: u64 = 4_000;

#[test]
fn equals_brute_force() {
    let mut sizes = [0_usize; MOST_CELLS + 1];
    let mut combined = 0;
    for seed in 0..ROUNDS {
        let sheet = random_sheet(&mut Random(seed));
        let outcome = sheet.repair(usize::MAX);
        let broken: Vec<_> = sheet
            .equations
            .iter()
            .enumerate()
            .filter(|(_, it)| residual(&sheet, it).is_some_and(|it| it != 0))
            .collect();
        assert_eq!(
            outcome.broken.iter().map(|it| it.equation).collect::<Vec<_>>(),
            broken.iter().map(|it| it.0).collect::<Vec<_>>(),
            "seed {seed}"
        );
        assert_eq!(outcome.askew, broken.len() > MOST_BROKEN, "seed {seed}");
        for cluster in &outcome.clusters {
            let first = outcome.broken[cluster.broken[0]].equation;
            let mut found: Vec<Vec<(usize, i128)>> = cluster
                .best
                .iter()
                .map(|it| it.changes.iter().map(|it| (it.cell, integer(it.to))).collect())
                .collect();
            found.sort();
            let expected = brute_force(&sheet, first);
            assert_eq!(found, expected, "seed {seed}: {sheet:?}");
            assert_eq!((cluster.count, cluster.complete), (expected.len(), true), "seed {seed}");
            sizes[expected.first().map_or(0, Vec::len)] += 1;
            combined += usize::from(cluster.broken.len() > 1);
        }
    }
    assert!(
        sizes.iter().all(|&it| it > 300) && combined > 1_000,
        "too few of a kind: {sizes:?}, {combined}"
    );
}

/// A small table with totals of rows and columns, sometimes a balance over some rows, twice the same cell, blanks and changes.
fn random_sheet(random: &mut Random) -> Sheet {
    let (rows, columns) = (2 + random.below(3), 2 + random.below(3));
    let mut grid = vec![vec![0_i64; columns]; rows];
    for row in &mut grid[..rows - 1] {
        for cell in &mut row[..columns - 1] {
            *cell =
                if random.below(3) == 0 { 0 } else { i64::try_from(random.below(12)).unwrap_or(0) };
        }
        row[columns - 1] = row[..columns - 1].iter().sum();
    }
    for column in 0..columns {
        grid[rows - 1][column] = grid[..rows - 1].iter().map(|row| row[column]).sum();
    }
    let mut sheet = Sheet::counts(&grid.concat());
    let cell = |row: usize, column: usize| row * columns + column;
    for row in 0..rows {
        sheet = sheet.equation(
            &(0..columns - 1).map(|it| cell(row, it)).collect::<Vec<_>>(),
            &[cell(row, columns - 1)],
        );
    }
    for column in 0..columns {
        sheet = sheet.equation(
            &(0..rows - 1).map(|it| cell(it, column)).collect::<Vec<_>>(),
            &[cell(rows - 1, column)],
        );
    }
    if random.below(3) == 0 {
        let count = sheet.values.len();
        let extra = (0..2 + random.below(3)).map(|_| random.below(count)).collect::<Vec<_>>();
        sheet = sheet.equation(&extra[1..], &extra[..1]);
    }
    for _ in 0..random.below(4) {
        let at = random.below(sheet.values.len());
        sheet.values[at] = Some(Decimal::from(random.below(14)));
    }
    for _ in 0..random.below(3) {
        let at = random.below(sheet.values.len());
        if random.below(2) == 0 {
            sheet.values[at] = None;
        } else {
            sheet.kinds[at] = Kind::Change;
        }
    }
    sheet
}

fn integer(value: Decimal) -> i128 {
    assert!(value.is_integer(), "{value}");
    value.normalize().mantissa()
}

fn value(sheet: &Sheet, cell: usize) -> Option<i128> {
    sheet.values[cell].map(integer)
}

/// Right minus left.
fn residual(sheet: &Sheet, (left, right): &(Vec<usize>, Vec<usize>)) -> Option<i128> {
    let sum = |cells: &[usize]| cells.iter().map(|&it| value(sheet, it)).sum::<Option<i128>>();
    Some(sum(right)? - sum(left)?)
}

/// The equations of the component of `start`, and its cells.
fn component(sheet: &Sheet, start: usize) -> (Vec<usize>, Vec<usize>) {
    let known = |it: &usize| residual(sheet, &sheet.equations[*it]).is_some();
    let cells_of = |it: usize| {
        sheet.equations[it].0.iter().chain(&sheet.equations[it].1).copied().collect::<Vec<_>>()
    };
    let mut equations = vec![start];
    loop {
        let mut cells: Vec<_> = equations
            .iter()
            .flat_map(|&it| cells_of(it))
            .filter(|&it| equations.iter().any(|&eq| factor(sheet, eq, it) != 0))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        let next: Vec<_> = (0..sheet.equations.len())
            .filter(known)
            .filter(|&it| it == start || cells.iter().any(|&cell| factor(sheet, it, cell) != 0))
            .collect();
        if next == equations {
            return (equations, cells);
        }
        equations = next;
    }
}

fn factor(sheet: &Sheet, equation: usize, cell: usize) -> i128 {
    let count = |cells: &[usize]| cells.iter().filter(|&&it| it == cell).count() as i128;
    count(&sheet.equations[equation].0) - count(&sheet.equations[equation].1)
}

fn brute_force(sheet: &Sheet, start: usize) -> Vec<Vec<(usize, i128)>> {
    let (equations, cells) = component(sheet, start);
    for size in 1..=MOST_CELLS {
        let mut found: Vec<_> = subsets(&cells, size)
            .into_iter()
            .filter_map(|set| new_values(sheet, &equations, &set))
            .collect();
        found.sort();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn subsets(cells: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let with = |at: usize| {
        subsets(&cells[at + 1..], size - 1)
            .into_iter()
            .map(move |rest| [vec![cells[at]], rest].concat())
    };
    (0..cells.len()).flat_map(with).collect()
}

/// The only new values with which all equations hold.
fn new_values(sheet: &Sheet, equations: &[usize], set: &[usize]) -> Option<Vec<(usize, i128)>> {
    let row = |&it: &usize| {
        set.iter()
            .map(|&cell| factor(sheet, it, cell))
            .chain([residual(sheet, &sheet.equations[it]).unwrap_or(0)])
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<i128>> = equations.iter().map(row).collect();
    // Gauss and Jordan without fractions: each unknown keeps one row.
    for column in 0..set.len() {
        let pivot = (column..rows.len()).find(|&it| rows[it][column] != 0)?;
        rows.swap(column, pivot);
        for other in 0..rows.len() {
            if other != column && rows[other][column] != 0 {
                let (ours, theirs) = (rows[column][column], rows[other][column]);
                rows[other] = (0..=set.len())
                    .map(|it| rows[other][it] * ours - rows[column][it] * theirs)
                    .collect();
            }
        }
    }
    if rows[set.len()..].iter().any(|row| row[set.len()] != 0) {
        return None;
    }
    let delta = |at: usize| {
        (rows[at][set.len()] % rows[at][at] == 0).then(|| rows[at][set.len()] / rows[at][at])
    };
    let new = |(at, &cell): (usize, &usize)| {
        let to = value(sheet, cell)? + delta(at).filter(|&it| it != 0)?;
        (to >= 0 || sheet.kinds[cell] == Kind::Change).then_some((cell, to))
    };
    set.iter().enumerate().map(new).collect()
}
