use super::*;
use crate::repair::Repair;

fn changes(repair: &Repair) -> Vec<(usize, String)> {
    repair.changes.iter().map(|it| (it.cell, it.to.to_string())).collect()
}

/// The rows of a requests table with two of its columns and their total: new, carried in, 21 results, their total, carried out.
fn requests() -> Sheet {
    let results = [78, 37, 0, 3, 0, 3, 4, 4, 1, 0, 72, 15, 0, 0, 2, 0, 0, 0, 2, 0, 12];
    let column: Vec<i64> = [233, 1].into_iter().chain(results).chain([234, 0]).collect();
    let rows = column.len();
    let mut sheet = Sheet::counts(&[column.clone(), vec![0; rows], column].concat());
    for start in [0, rows, 2 * rows] {
        let items: Vec<_> = (start + 2..start + 23).collect();
        sheet = sheet
            .equation(&items, &[start + 23])
            .equation(&[start, start + 1], &[start + 23, start + 24]);
    }
    for row in 0..rows {
        sheet = sheet.equation(&[row, rows + row], &[2 * rows + row]);
    }
    sheet
}

#[test]
fn adds_one_to_an_item_and_to_its_total() {
    let outcome = requests().repair(usize::MAX);
    assert_eq!(
        outcome
            .broken
            .iter()
            .map(|it| (it.equation, it.difference.to_string()))
            .collect::<Vec<_>>(),
        [(0, "-1".into()), (4, "-1".into())]
    );
    let [cluster] = outcome.clusters.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((cluster.count, cluster.best.len(), cluster.complete), (21, 21, true));
    for repair in &cluster.best {
        let [(a, _), (b, _)] = changes(repair)[..] else { panic!("{repair:?}") };
        assert!((2..23).contains(&a) && b == a + 50, "{repair:?}");
    }
    assert_eq!(
        requests().repair(8).clusters[0].best,
        cluster.best[..8],
        "a shorter list begins the longer one"
    );
}

#[test]
fn a_readier_row_comes_first() {
    let mut sheet = requests();
    sheet.weights[22] = Decimal::new(5, 1);
    sheet.weights[72] = Decimal::new(5, 1);
    assert_eq!(
        changes(&sheet.repair(8).clusters[0].best[0]),
        [(22, "13".into()), (72, "13".into())]
    );
}

#[test]
fn any_cell_of_a_single_sum_may_be_wrong_unless_it_would_be_negative() {
    let outcome = Sheet::counts(&[5, 1, 0, 4]).equation(&[0, 1, 2], &[3]).repair(usize::MAX);
    let repairs: Vec<_> =
        outcome.clusters[0].best.iter().map(|it| changes(it)[0].clone()).collect();
    assert_eq!(repairs, [(0, "3".into()), (3, "6".into())]);
}

#[test]
fn a_change_may_be_negative() {
    let mut sheet = Sheet::counts(&[5, 3, 9]).equation(&[0, 1], &[2]);
    sheet.kinds[1] = Kind::Change;
    sheet.values[2] = Some(Decimal::ONE);
    let outcome = sheet.repair(usize::MAX);
    let mut repairs: Vec<_> =
        outcome.clusters[0].best.iter().map(|it| changes(it)[0].clone()).collect();
    repairs.sort();
    assert_eq!(repairs, [(1, "-4".into()), (2, "8".into())]);
}

#[test]
fn an_amount_keeps_its_decimals() {
    let mut sheet = Sheet::counts(&[1, 2, 4]).equation(&[0, 1], &[2]);
    sheet.values[0] = Some(Decimal::new(1_234_567, 6));
    sheet.kinds = vec![
        Kind::Amount { decimals: 6 },
        Kind::Amount { decimals: 2 },
        Kind::Amount { decimals: 6 },
    ];
    let outcome = sheet.repair(usize::MAX);
    let mut repairs: Vec<_> =
        outcome.clusters[0].best.iter().map(|it| changes(it)[0].clone()).collect();
    repairs.sort();
    // 2.765433 would be too fine for the second cell.
    assert_eq!(repairs, [(0, "2".into()), (2, "3.234567".into())]);
}

#[test]
fn a_sum_with_an_unknown_cell_is_no_sum() {
    let mut sheet = Sheet::counts(&[1, 2, 4, 8, 9]).equation(&[0, 1], &[2]).equation(&[2, 3], &[4]);
    sheet.values[3] = None;
    let outcome = sheet.repair(8);
    assert_eq!(outcome.broken.iter().map(|it| it.equation).collect::<Vec<_>>(), [0]);
    assert_eq!(outcome.clusters[0].count, 3, "the second sum constrains nothing");
    sheet.values[0] = None;
    assert_eq!(sheet.repair(8), Outcome::default());
}

#[test]
fn components_are_mended_by_themselves() {
    let sheet = Sheet::counts(&[1, 2, 4, 5, 5, 9]).equation(&[0, 1], &[2]).equation(&[3, 4], &[5]);
    let outcome = sheet.repair(8);
    let clusters: Vec<_> =
        outcome.clusters.iter().map(|it| (it.broken.clone(), it.count)).collect();
    assert_eq!(clusters, [(vec![0], 3), (vec![1], 3)]);
}

#[test]
fn more_than_nine_broken_sums_are_not_searched() {
    let mut sheet = Sheet::counts(&[1; 30]);
    for start in (0..27).step_by(3) {
        sheet = sheet.equation(&[start, start + 1], &[start + 2]);
    }
    assert_eq!(sheet.repair(8).clusters.len(), 9);
    let outcome = sheet.equation(&[27, 28], &[29]).repair(8);
    assert_eq!((outcome.askew, outcome.broken.len(), outcome.clusters.len()), (true, 10, 0));
}

#[test]
fn what_three_cells_cannot_mend_has_no_repair() {
    // A ring of four sums holds them together; each also has cells of its own.
    let mut sheet = Sheet::counts(&[0; 16]);
    for ring in 0..4 {
        sheet.values[4 + ring] = Some(Decimal::from(10 + 7 * ring));
        sheet = sheet.equation(&[ring, 4 + ring, 8 + ring], &[(ring + 1) % 4, 12 + ring]);
    }
    let outcome = sheet.repair(8);
    let [cluster] = outcome.clusters.as_slice() else { panic!("{outcome:?}") };
    assert_eq!((cluster.broken.len(), cluster.count, cluster.complete), (4, 0, true));
}

#[test]
fn counts_the_combinations_of_independent_culprits() {
    // Three columns whose rows cannot be checked, held together by their totals: 21 culprits each.
    let column: Vec<i64> = (5..26).chain([316]).collect();
    let mut sheet = Sheet::counts(&column.repeat(4));
    for start in [0, 22, 44] {
        sheet = sheet.equation(&(start..start + 21).collect::<Vec<_>>(), &[start + 21]);
    }
    sheet.values[87] = Some(Decimal::from(948));
    let sheet = sheet.equation(&[21, 43, 65], &[87]);
    let outcome = sheet.repair(8);
    let cluster = &outcome.clusters[0];
    assert_eq!((cluster.count, cluster.best.len(), cluster.complete), (9_261, 8, true));
}

#[test]
fn figures_beyond_all_bounds_are_declined() {
    let mut sheet = Sheet::counts(&[1, 2, 4]).equation(&[0, 1], &[2]);
    sheet.values[0] = Some(Decimal::MAX);
    sheet.values[1] = Some(Decimal::MAX);
    assert_eq!(sheet.repair(8), Outcome::default());
    sheet.values[1] = Some(Decimal::new(1, 28));
    assert_eq!(sheet.repair(8), Outcome::default());
    assert_eq!(
        Sheet::counts(&[1]).equation(&[0], &[7]).repair(8),
        Outcome::default(),
        "a cell that is not there is unknown"
    );
}
