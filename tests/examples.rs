//! The example reports are judged as their `expected.json` says, and nothing else is found wrong with the clean ones.

mod support;

use support::{expected, root};

#[test]
fn example_reports_are_judged_as_expected() {
    let outcome = expected::compare(&root().join("tests/reports"));
    let problems = outcome.problems;
    assert_eq!(outcome.unknown, [""; 0], "expectations of rules and groups that do not exist");
    assert!(
        problems.is_empty() && outcome.met > 0,
        "{} expectations met\n{}",
        outcome.met,
        problems.join("\n")
    );
}

/// A report without expectations would prove nothing.
#[test]
fn every_example_report_is_expected() {
    let folder = root().join("tests/reports");
    let expected = std::fs::read_to_string(folder.join("expected.json"))
        .unwrap_or_else(|problem| panic!("expected.json: {problem}"));
    let expected: serde_json::Value = serde_json::from_str(&expected)
        .unwrap_or_else(|problem| panic!("expected.json: {problem}"));
    for file in std::fs::read_dir(&folder)
        .unwrap_or_else(|problem| panic!("{}: {problem}", folder.display()))
        .flatten()
    {
        let name = file.file_name().to_string_lossy().into_owned();
        assert!(
            name == "expected.json" || !expected["files"][&name].is_null(),
            "{name} is not in expected.json"
        );
    }
}
