#![allow(clippy::unwrap_used)]

use super::*;

fn form(id: &str) -> Form {
    builtin().into_iter().find(|form| form.id == id).unwrap()
}

#[test]
fn the_forms_of_the_annual_report_are_read() {
    let cells = |form: &Form| {
        form.tables.iter().map(|table| (table.id.clone(), table.cell_count)).collect::<Vec<_>>()
    };
    assert_eq!(
        cells(&form("annual-report-2021")),
        [("proactive".into(), 10), ("requests".into(), 175), ("review_litigation".into(), 15)]
    );
    assert_eq!(
        cells(&form("annual-report-2019")),
        [("proactive".into(), 22), ("requests".into(), 161), ("review_litigation".into(), 15)]
    );
}

#[test]
fn relations_are_written_out_in_their_order() {
    let shape = |form: &Form| {
        form.relations
            .iter()
            .map(|it| format!("{} {}", it.id, it.instances.len()))
            .collect::<Vec<_>>()
    };
    let common = [
        "requests-balance 7",
        "requests-row-total 25",
        "review-total 1",
        "direct-suit-total 1",
        "suit-after-review-total 1",
    ];
    let mut of_2021 = vec!["requests-results-total 7"];
    of_2021.extend(common);
    of_2021.push("in-force-below-issued 2");
    assert_eq!(shape(&form("annual-report-2021")), of_2021);
    let mut of_2019: Vec<_> =
        of_2021.iter().map(|it| it.replace("row-total 25", "row-total 23")).collect();
    of_2019.pop();
    of_2019.push("disclosed-total-below-new 2".into());
    assert_eq!(shape(&form("annual-report-2019")), of_2019);
}

#[test]
fn a_column_of_results_sums_twenty_one_items_and_stands_at_the_total() {
    let form = form("annual-report-2021");
    let relation = &form.relations[0];
    let table = &form.tables[relation.table];
    let first = &relation.instances[0];
    assert_eq!((first.scope.as_str(), first.left.len(), first.right.len()), ("自然人", 21, 1));
    assert_eq!(table.key(first.total), "results_total.natural_person");
    let balance = &form.relations[1].instances[6];
    assert_eq!(
        (balance.scope.as_str(), table.key(balance.total).as_str()),
        ("总计", "results_total.total")
    );
}
