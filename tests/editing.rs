//! What an editor writes on its user's behalf leaves every figure what it is, over all reports of ours.

mod support;

use std::collections::BTreeMap;

use gouji_core::ide::{self, SkeletonLayout};
use gouji_core::snapshot::Snapshot;
use support::{cells, settings};

/// Name and text of every example report.
fn reports() -> Vec<(String, String)> {
    let folder = support::root().join("tests/reports");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the reports").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != "expected.json" {
            found.push((name, std::fs::read_to_string(entry.path()).expect("UTF-8")));
        }
    }
    found.sort();
    assert!(found.len() >= 25, "only {} reports", found.len());
    found
}

/// The figures of every report of a text.
fn figures(text: &str) -> Vec<BTreeMap<String, String>> {
    let snapshot = Snapshot::new(text, settings());
    snapshot.reports().map(|report| cells(report.report)).collect()
}

#[test]
fn a_table_that_is_written_anew_says_the_same() {
    let mut written = BTreeMap::new();
    for (name, text) in reports() {
        let snapshot = Snapshot::new(&text, settings());
        let tables = snapshot.reports().flat_map(|report| {
            report.report.tables().map(move |(part, table)| {
                report.range(gouji_core::report::Place::new(part, table.range))
            })
        });
        let before = figures(&text);
        for table in tables {
            for layout in [SkeletonLayout::Markdown, SkeletonLayout::Tabs] {
                let Some(rewrite) = ide::rewritten(&snapshot, &table, layout) else { continue };
                let mut text = text.clone();
                text.replace_range(rewrite.range, &rewrite.text);
                let same = figures(&text) == before;
                assert!(same, "{name}, {layout:?}: {}", support::keep("rewritten.txt", &text));
                *written.entry(name.clone()).or_insert(0) += 1;
            }
        }
    }
    support::note(&format!("{written:?}"));
    assert!(written.len() >= 20, "only {written:?}");
}
