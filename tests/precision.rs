//! What every rule says of real text: all findings in the example reports, and in published reports where they are at hand, against the list in
//! `tests/findings`. A change of a rule shows here what it does; `UPDATE_EXPECT=1 cargo test -p gouji --test precision` takes it over.
//!
//! Rules that are off by default are on here: whoever turns one on should know what it says.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::engine::{Engine, Settings};
use gouji_core::rules::RuleIndex;
use gouji_core::snapshot::Snapshot;
use support::{examples, root, shared};

/// Places by rule: `file:line severity`.
type Findings = BTreeMap<String, BTreeSet<String>>;

#[test]
fn findings_in_the_examples_are_those_of_the_list() {
    compare("examples", &examples());
}

/// The list names places only: the reports are not ours to print.
#[test]
fn findings_in_published_reports_are_those_of_the_list() {
    let Some(folder) = shared("seeds") else { return };
    let mut reports = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the reports").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|it| it != "json")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            reports.push((entry.file_name().to_string_lossy().into_owned(), text));
        }
    }
    assert!(!reports.is_empty(), "no reports in {}", folder.display());
    compare("published", &reports);
}

fn compare(name: &str, reports: &[(String, String)]) {
    let path = root().join("tests/findings").join(format!("{name}.txt"));
    let now = findings(reports);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        write(&path, &now);
        return;
    }
    let listed = read(&path);
    let nothing = BTreeSet::new();
    let rules: BTreeSet<&String> = now.keys().chain(listed.keys()).collect();
    let mut changes = String::new();
    for rule in rules {
        let (old, new) = (listed.get(rule).unwrap_or(&nothing), now.get(rule).unwrap_or(&nothing));
        for (sign, places) in [("new ", new.difference(old)), ("gone", old.difference(new))] {
            places.for_each(|place| _ = writeln!(changes, "  {sign} {rule} {place}"));
        }
    }
    assert!(changes.is_empty(), "{} differs:\n{changes}", path.display());
    let count: usize = now.values().map(BTreeSet::len).sum();
    assert!(count > 0, "no finding at all");
}

fn findings(reports: &[(String, String)]) -> Findings {
    let mut settings = Settings::new(Engine::builtin());
    for rule in 0..settings.engine().registry().rules().len() {
        settings.enable(RuleIndex(rule as u16));
    }
    let settings = Arc::new(settings);
    let mut findings = Findings::new();
    for (name, text) in reports {
        let snapshot = Snapshot::new(text, settings.clone());
        for found in snapshot.findings() {
            let line = snapshot.text().line_of(found.range().start) + 1;
            let place = format!("{name}:{line} {}", found.severity().name());
            findings.entry(found.rule().id.to_string()).or_default().insert(place);
        }
    }
    findings
}

/// A rule alone on a line, its places behind it.
fn read(path: &PathBuf) -> Findings {
    let list = std::fs::read_to_string(path).unwrap_or_default();
    let (mut findings, mut rule) = (Findings::new(), String::new());
    for line in list.lines() {
        match line.strip_prefix("  ") {
            Some(place) => _ = findings.entry(rule.clone()).or_default().insert(place.to_owned()),
            None => line.clone_into(&mut rule),
        }
    }
    findings
}

fn write(path: &Path, findings: &Findings) {
    let mut list = String::new();
    for (rule, places) in findings {
        _ = writeln!(list, "{rule}");
        for place in places {
            _ = writeln!(list, "  {place}");
        }
    }
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write in");
    std::fs::write(path, list).expect("a list that can be written");
}
