//! What the whole-program tests share: the program and core at hand, figures by key, and reports in numbers.

#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod expected;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use gouji_core::Decimal;
use gouji_core::engine::{Engine, Settings};
use gouji_core::report::{BoundTable, Report, Value};
use gouji_core::rules::Group;
use gouji_core::snapshot::{Found, Snapshot};

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    let cli = Path::new(env!("CARGO_MANIFEST_DIR"));
    cli.ancestors().nth(2).unwrap_or(cli).to_owned()
}

/// Sample documents that are not part of the repository: `GOUJI_SHARED`, else `../shared` beside it. `None` when there are none.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GOUJI_SHARED")
        .map_or_else(|| root().join("../shared"), PathBuf::from)
        .join(name);
    if folder.exists() {
        return Some(folder);
    }
    note(&format!("{} is not there: nothing to compare", folder.display()));
    None
}

/// Name and text of every example report, in the order of names.
pub(crate) fn examples() -> Vec<(String, String)> {
    let folder = root().join("tests/reports");
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

/// Says something to whoever reads the test's output.
#[expect(clippy::print_stderr, reason = "a test's only voice")]
pub(crate) fn note(text: &str) {
    eprintln!("note: {text}");
}

/// How often to try: the variable, else `quick`. `tests/run` sets the full numbers.
pub(crate) fn times(variable: &str, quick: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(quick)
}

/// Every rule as its author set it.
pub(crate) fn settings() -> Arc<Settings> {
    Arc::new(Settings::new(Engine::builtin()))
}

/// The figures of a report's tables by key; a cell that is there but holds no number is empty.
pub(crate) fn cells(report: &Report) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    for (_, table) in report.tables() {
        for (index, cell) in table.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let text = match cell.value {
                Value::Number(number, _) => number.normalize().to_string(),
                Value::Blank | Value::NotNumber | Value::Unknown => String::new(),
            };
            cells.insert(key(table, index), text);
        }
    }
    cells
}

/// `requests.new_received.total`.
pub(crate) fn key(table: &BoundTable, cell: usize) -> String {
    format!("{}.{}", table.spec().id, table.spec().key(cell))
}

/// A generated cell's text as the number that it says: `减4` is -4, `251000元` is 251000.
pub(crate) fn as_number(text: &str) -> String {
    let plain = text.replace('减', "-").replace('元', "");
    plain.parse::<Decimal>().map_or(plain, |number| number.normalize().to_string())
}

/// The findings of a group.
pub(crate) fn of_group(snapshot: &Snapshot, group: Group) -> Vec<Found<'_>> {
    snapshot.findings().filter(|found| found.rule().group == group).collect()
}

/// A finding in one line, for messages.
pub(crate) fn shown(snapshot: &Snapshot, found: &Found<'_>) -> String {
    let line = snapshot.text().to_string()[..found.range().start].lines().count().max(1);
    format!("{} (line {line}): {}", found.rule().id, found.finding.message)
}

/// Keeps a text that a test failed on; returns where it is.
pub(crate) fn keep(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    match std::fs::write(&path, text) {
        Ok(()) => path.display().to_string(),
        Err(problem) => format!("({}: {problem})", path.display()),
    }
}

/// A panic is a problem like others, so that the seed is known.
fn catch(check: impl FnOnce() -> Option<String>) -> Option<String> {
    std::panic::catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        Some(message.unwrap_or_else(|| "panic".to_owned()))
    })
}

/// Runs `check` for the seeds from 0 to `count` on all cores. It says what is wrong, or nothing; the test fails with the number of seeds for which
/// something was, and the first few, if they are more than `allowed`.
pub(crate) fn for_each_seed(
    what: &str,
    count: u64,
    allowed: u64,
    check: impl Fn(u64) -> Option<String> + Sync,
) {
    let next = AtomicU64::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= count {
                break;
            }
            if let Some(problem) = catch(|| check(seed)) {
                failures.lock().unwrap_or_else(PoisonError::into_inner).push((seed, problem));
            }
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    let mut failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    failures.sort();
    let first: Vec<_> = failures
        .iter()
        .take(5)
        .map(|(seed, problem)| format!("  seed {seed}: {problem}"))
        .collect();
    let summary = format!("{what}: {} of {count} seeds fail\n{}", failures.len(), first.join("\n"));
    assert!(failures.len() as u64 <= allowed, "{summary}");
    if !failures.is_empty() {
        note(&format!("{summary}\n  ({allowed} are allowed)"));
    }
}
