//! Compares what the program says of a folder of reports with its `expected.json`.
//!
//! For each file: `agency`, `year` and `form` of its first report; `cells`, the number of cells that each table has; `must`, findings by rule that begin,
//! or have a related place that begins, on one of `lines` (null: anywhere), with the rule's default severity unless `severity` is given; `silent`, rules
//! or whole groups that have no other findings, but for those in `except`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use gouji_core::engine::Engine;
use serde_json::Value;

/// The outcome of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Differences, each in one line.
    pub(crate) problems: Vec<String>,
    /// Expectations that name a rule or group that the program does not have: they could never fail.
    pub(crate) unknown: Vec<String>,
    /// How many expectations were met.
    pub(crate) met: usize,
}

/// Runs the program on each file that `expected.json` names.
pub(crate) fn compare(folder: &Path) -> Outcome {
    let expected = std::fs::read_to_string(folder.join("expected.json"))
        .unwrap_or_else(|problem| panic!("expected.json: {problem}"));
    let expected: Value = serde_json::from_str(&expected)
        .unwrap_or_else(|problem| panic!("expected.json: {problem}"));
    let rules = rules();
    let mut outcome = Outcome::default();
    for (name, wanted) in expected["files"].as_object().into_iter().flatten() {
        let mut file = File { name, wanted, rules: &rules, outcome: &mut outcome };
        file.compare_figures(&run(&folder.join(name), &["export", "--format", "json"]));
        file.compare_findings(&run(
            &folder.join(name),
            &["check", "--format", "json", "--fail-on", "never"],
        ));
    }
    outcome
}

/// Group and severity of every rule.
fn rules() -> BTreeMap<String, (String, String)> {
    let engine = Engine::builtin();
    let rules = engine.registry().rules().iter();
    rules
        .map(|rule| {
            (rule.id.to_string(), (rule.group.name().to_owned(), rule.severity.name().to_owned()))
        })
        .collect()
}

fn run(file: &Path, words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_gouji")).args(words).arg(file).output();
    let output = output.unwrap_or_else(|problem| panic!("cannot run gouji: {problem}"));
    let voice = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "gouji {words:?} {}: {:?}: {voice}",
        file.display(),
        output.status
    );
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|problem| panic!("gouji {words:?} {}: {problem}", file.display()))
}

struct File<'a> {
    name: &'a str,
    wanted: &'a Value,
    rules: &'a BTreeMap<String, (String, String)>,
    outcome: &'a mut Outcome,
}

impl File<'_> {
    fn expect(&mut self, met: bool, problem: impl FnOnce() -> String) {
        if met {
            self.outcome.met += 1;
        } else {
            self.outcome.problems.push(format!("{}: {}", self.name, problem()));
        }
    }

    fn compare_figures(&mut self, exported: &Value) {
        let report = &exported["reports"][0];
        for key in ["agency", "year", "form"] {
            let wanted = &self.wanted[key];
            if !wanted.is_null() {
                self.expect(report[key] == *wanted, || {
                    format!("{key} is {}, should be {wanted}", report[key])
                });
            }
        }
        for (table, wanted) in self.wanted["cells"].as_object().into_iter().flatten() {
            let rows = report["tables"][table].as_object();
            let cells = rows.into_iter().flatten().filter_map(|(_, row)| row.as_object()).flatten();
            let found = cells.filter(|(_, cell)| !cell.is_null()).count();
            self.expect(*wanted == found, || {
                format!("{table} has {found} cells, should have {wanted}")
            });
        }
    }

    fn compare_findings(&mut self, checked: &Value) {
        for key in ["rules", "groups", "except"] {
            for word in self.wanted["silent"][key].as_array().into_iter().flatten() {
                let word = word.as_str().unwrap_or("");
                let is_group = self.rules.values().any(|(group, _)| group == word);
                let is_known =
                    if key == "groups" { is_group } else { self.rules.contains_key(word) };
                if !is_known {
                    self.outcome.unknown.push(format!("{}: {word} in silent.{key}", self.name));
                }
            }
        }
        let none = Vec::new();
        let findings = checked["files"][0]["findings"].as_array().unwrap_or(&none);
        let mut expected = vec![false; findings.len()];
        for must in self.wanted["must"].as_array().into_iter().flatten() {
            let rule = must["rule"].as_str().unwrap_or("");
            let Some((_, severity)) = self.rules.get(rule).cloned() else {
                self.outcome.unknown.push(format!("{}: {rule}", self.name));
                continue;
            };
            let severity = must["severity"].as_str().unwrap_or(&severity);
            let mut met = false;
            for (at, finding) in findings.iter().enumerate() {
                if finding["rule"] == rule && stands_on(finding, &must["lines"]) {
                    met |= finding["severity"] == severity;
                    expected[at] = true;
                }
            }
            self.expect(met, || format!("no {severity} {rule} on lines {}", must["lines"]));
        }
        for (finding, _) in findings.iter().zip(&expected).filter(|(_, expected)| !**expected) {
            let rule = finding["rule"].as_str().unwrap_or("");
            let line = &finding["range"]["start"]["line"];
            self.expect(!self.is_silent(rule), || {
                format!("{rule} on line {line} should be silent: {}", finding["message"])
            });
        }
    }

    fn is_silent(&self, rule: &str) -> bool {
        let silent = &self.wanted["silent"];
        let holds = |key: &str, word: &str| {
            silent[key].as_array().is_some_and(|all| all.iter().any(|it| it == word))
        };
        let group = self.rules.get(rule).map_or("", |(group, _)| group);
        (holds("rules", rule) || holds("groups", group)) && !holds("except", rule)
    }
}

fn stands_on(finding: &Value, lines: &Value) -> bool {
    let Some(lines) = lines.as_array() else { return true };
    let related = finding["related"].as_array().into_iter().flatten();
    let mut starts =
        std::iter::once(finding).chain(related).map(|place| &place["range"]["start"]["line"]);
    starts.any(|line| lines.contains(line))
}
