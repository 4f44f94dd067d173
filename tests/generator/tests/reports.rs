//! The generator keeps its promises: sums hold, the same seed gives the same text, and what a layout shows is what was made.

use std::collections::{BTreeMap, BTreeSet};

use gouji_generator::{Busyness, Form, Layout, Options, Random, Report, render};

const COLUMNS: [&str; 6] =
    ["natural_person", "business", "research", "public_benefit", "legal_service", "other_org"];

fn number(cells: &BTreeMap<String, String>, key: &str) -> u64 {
    cells
        .get(key)
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| panic!("{key} is no number in {cells:?}"))
}

#[test]
fn every_sum_of_a_report_holds() {
    for seed in 0..500 {
        let form = if seed % 3 == 0 { Form::Y2019 } else { Form::Y2021 };
        let figures = [Busyness::Quiet, Busyness::Usual, Busyness::Busy][seed as usize % 3];
        let cells = Report::random(seed, &Options { form, figures, ..Options::default() }).cells();
        let rows: BTreeSet<_> = cells
            .keys()
            .filter_map(|key| key.strip_prefix("requests.")?.rsplit_once('.'))
            .map(|it| it.0)
            .collect();
        for row in &rows {
            let sum: u64 = COLUMNS
                .iter()
                .map(|column| number(&cells, &format!("requests.{row}.{column}")))
                .sum();
            assert_eq!(
                sum,
                number(&cells, &format!("requests.{row}.total")),
                "seed {seed}, row {row}"
            );
        }
        for column in COLUMNS.iter().chain(&["total"]) {
            let at = |row: &str| number(&cells, &format!("requests.{row}.{column}"));
            let closing = ["new_received", "carried_in", "results_total", "carried_out"];
            let items: u64 =
                rows.iter().filter(|row| !closing.contains(row)).map(|row| at(row)).sum();
            assert_eq!(items, at("results_total"), "seed {seed}, column {column}");
            assert_eq!(
                at("new_received") + at("carried_in"),
                at("results_total") + at("carried_out"),
                "seed {seed}, {column}"
            );
        }
        for group in ["review", "suit_direct", "suit_after_review"] {
            let at = |cell: &str| number(&cells, &format!("review_litigation.{group}.{cell}"));
            assert_eq!(
                at("upheld") + at("corrected") + at("other") + at("pending"),
                at("total"),
                "seed {seed}, {group}"
            );
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_text() {
    for layout in Layout::READABLE.into_iter().chain(Layout::LOSSY) {
        let make = || {
            let options = Options::random(&mut Random::new(3));
            render(&Report::random(3, &options), layout)
        };
        assert_eq!(make(), make(), "{}", layout.name());
    }
}

/// Kind 4 has one row a line, so its figures can be read without knowing any label.
#[test]
fn rows_of_pipes_show_the_figures_in_order() {
    for seed in 0..100 {
        let report = Report::random(seed, &Options::default());
        let text = render(&report, Layout::Pipes);
        let shown: Vec<Vec<&str>> = text
            .lines()
            .map(|line| {
                line.trim_end_matches('|')
                    .split('|')
                    .map(str::trim)
                    .filter(|cell| cell.parse::<f64>().is_ok())
                    .collect()
            })
            .filter(|row: &Vec<&str>| row.len() == 7)
            .collect();
        let made: Vec<Vec<String>> = report
            .requests
            .iter()
            .map(|row| {
                row.iter().map(|cell| cell.map(|it| it.to_string()).unwrap_or_default()).collect()
            })
            .collect();
        assert_eq!(shown, made, "seed {seed}");
    }
}

#[test]
fn a_changed_cell_differs_from_what_stood_there() {
    for seed in 0..200 {
        let mut report = Report::random(seed, &Options::default());
        let before = report.cells();
        let changes = report.change_cells(2, &mut Random::new(seed));
        let after = report.cells();
        let differing: BTreeSet<_> =
            before.keys().filter(|key| before[*key] != after[*key]).cloned().collect();
        assert_eq!(
            differing,
            changes.iter().map(|change| change.key.clone()).collect(),
            "seed {seed}"
        );
    }
}

#[test]
fn a_crawler_leaves_no_line_twice() {
    let text = render(&Report::random(1, &Options::default()), Layout::LinesDropped);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), lines.iter().collect::<BTreeSet<_>>().len());
}
