//! A slip of the keyboard in a table is found, and putting back what stood there is among the quick fixes.

mod support;

use std::ops::Range;
use std::sync::Arc;

use gouji_core::engine::Settings;
use gouji_core::rules::Group;
use gouji_core::snapshot::{Found, Snapshot};
use gouji_generator::{Change, Layout, Options, Random, Report, render};
use support::{for_each_seed, key, of_group, settings, times};

/// A report with changed cells, and where they stand.
struct Slipped {
    snapshot: Snapshot,
    changes: Vec<(Change, Range<usize>)>,
}

fn slipped(seed: u64, count: usize, settings: &Arc<Settings>) -> Result<Slipped, String> {
    let random = &mut Random::new(seed ^ 0x51);
    let mut report = Report::random(seed, &Options::random(random));
    let changes = report.change_cells(count, random);
    let layout = *random.pick(&[
        Layout::TabLed,
        Layout::Tabs,
        Layout::PipeEndedRows,
        Layout::Pipes,
        Layout::PipeEnded,
        Layout::Html,
    ]);
    let snapshot = Snapshot::new(&render(&report, layout), settings.clone());
    let placed = changes
        .into_iter()
        .map(|change| Some((change.clone(), place(&snapshot, &change.key)?)))
        .collect::<Option<Vec<_>>>();
    match placed {
        Some(changes) => Ok(Slipped { snapshot, changes }),
        None => Err(format!("a changed cell was not read ({})", layout.name())),
    }
}

fn place(snapshot: &Snapshot, wanted: &str) -> Option<Range<usize>> {
    let view = snapshot.reports().next()?;
    view.report.tables().find_map(|(part, table)| {
        let index = (0..table.cells.len()).find(|&cell| key(table, cell) == wanted)?;
        let cell = table.cell(index)?;
        Some(view.range(gouji_core::report::Place::new(part, cell.range)))
    })
}

fn speaks_of(found: &Found<'_>, range: &Range<usize>) -> bool {
    found.range() == *range
        || found.finding.related.iter().any(|related| found.report.range(related.place) == *range)
}

/// Whether some quick fix puts back the old number at this cell and touches nothing but changed cells.
fn restored(
    found: &Found<'_>,
    change: &(Change, Range<usize>),
    all: &[(Change, Range<usize>)],
) -> bool {
    let restores = |edit: &gouji_core::rules::Edit, (change, range): &(Change, Range<usize>)| {
        found.report.range(edit.place) == *range && edit.text == change.old.to_string()
    };
    found.finding.fixes.iter().any(|fix| {
        fix.edits.iter().any(|edit| restores(edit, change))
            && fix.edits.iter().all(|edit| all.iter().any(|change| restores(edit, change)))
    })
}

fn described(changes: &[(Change, Range<usize>)]) -> String {
    let all: Vec<_> = changes
        .iter()
        .map(|(change, _)| format!("{} {}→{}", change.key, change.old, change.new))
        .collect();
    all.join(", ")
}

#[test]
fn one_changed_cell_is_found_always_and_named() {
    let settings = settings();
    for_each_seed("found and named", times("GOUJI_TEST_REPORTS", 100), 0, |seed| {
        let it = match slipped(seed, 1, &settings) {
            Ok(it) => it,
            Err(problem) => return Some(problem),
        };
        let findings = of_group(&it.snapshot, Group::Arithmetic);
        let named = findings.iter().any(|found| speaks_of(found, &it.changes[0].1));
        (!named).then(|| {
            format!("{}: {} findings, none names it", described(&it.changes), findings.len())
        })
    });
}

#[test]
fn one_changed_cell_is_restored_by_a_quick_fix_in_98_of_100() {
    let settings = settings();
    let count = times("GOUJI_TEST_REPORTS", 100);
    for_each_seed("restored", count, count * 2 / 100, |seed| {
        let it = match slipped(seed, 1, &settings) {
            Ok(it) => it,
            Err(problem) => return Some(problem),
        };
        let findings = of_group(&it.snapshot, Group::Arithmetic);
        let mended = findings.iter().any(|found| restored(found, &it.changes[0], &it.changes));
        (!mended).then(|| format!("{}: {}", described(&it.changes), offers(&findings)))
    });
}

#[test]
fn two_changed_cells_are_restored_by_quick_fixes_in_92_of_100() {
    let settings = settings();
    let count = times("GOUJI_TEST_REPORTS", 100);
    for_each_seed("both restored", count, count * 8 / 100, |seed| {
        let it = match slipped(seed, 2, &settings) {
            Ok(it) => it,
            Err(problem) => return Some(problem),
        };
        let findings = of_group(&it.snapshot, Group::Arithmetic);
        let mended = it
            .changes
            .iter()
            .all(|change| findings.iter().any(|found| restored(found, change, &it.changes)));
        (!mended).then(|| format!("{}: {}", described(&it.changes), offers(&findings)))
    });
}

fn offers(findings: &[Found<'_>]) -> String {
    let titles =
        findings.iter().flat_map(|found| found.finding.fixes.iter().map(|fix| fix.title.clone()));
    format!("{} findings, fixes {:?}", findings.len(), titles.collect::<Vec<_>>())
}
