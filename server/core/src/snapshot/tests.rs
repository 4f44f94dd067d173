#![allow(clippy::unwrap_used)]

use super::*;
use crate::engine::Engine;

fn snapshot(text: &str) -> Snapshot {
    Snapshot::new(text, Arc::new(Settings::new(Engine::builtin())))
}

#[test]
fn dump() {
    for name in std::env::var("DUMP").unwrap_or_default().split(' ').filter(|it| !it.is_empty()) {
        let text = std::fs::read_to_string(name).unwrap();
        let snapshot = snapshot(&text);
        println!("== {name}");
        for view in snapshot.reports() {
            println!("{:?} {:?}", view.report.form.id, view.report.head);
            for part in &view.report.parts {
                println!(
                    "-- {:?} prose {} claims {}",
                    part.heading.as_ref().map(|it| (it.section, &it.text)),
                    part.prose.len(),
                    part.claims.len()
                );
                for table in &part.tables {
                    let known = table
                        .cells
                        .iter()
                        .flatten()
                        .filter(|cell| cell.value.number().is_some())
                        .count();
                    let some = table.cells.iter().flatten().count();
                    println!(
                        "   {} {} {:?} cells {} some {some} numbers {known} rows {} {:?} cols {:?}",
                        table.form.id,
                        table.spec().id,
                        table.layout,
                        table.cells.len(),
                        table.rows.len(),
                        table.unreadable,
                        table.headers.iter().map(|it| it.columns.len()).collect::<Vec<_>>()
                    );
                    for row in &table.rows {
                        if row.fit != crate::report::Fit::Exact || row.row.is_none() {
                            println!(
                                "      {:?} {:?} {}",
                                row.row,
                                row.fit,
                                row.labels.last().map_or("", |label| &view.text(
                                    view.report
                                        .parts
                                        .iter()
                                        .position(|it| Arc::ptr_eq(it, part))
                                        .unwrap()
                                )[label.range.to_range()])
                            );
                        }
                    }
                }
            }
        }
        for found in snapshot.findings() {
            println!("{} {:?} {}", found.rule().id, found.severity(), found.finding.message);
        }
    }
}
