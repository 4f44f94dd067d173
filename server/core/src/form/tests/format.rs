//! The file format: its committed schema, and files that nobody meant to write.

use expect_test::expect_file;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value};

use super::{FILES, FORMS, read};
use crate::form::explain::against_schema;
use crate::form::{Group, schema};

/// Keys in order, because another crate of a build may ask serde_json to keep the order in which they were made.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<_> = map.iter().collect();
            keys.sort_by_key(|(key, _)| *key);
            let map: Map<_, _> =
                keys.into_iter().map(|(key, it)| (key.clone(), sorted(it))).collect();
            map.into()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_committed_schema_is_the_one_that_files_are_read_by() {
    let text = serde_json::to_string_pretty(&sorted(schema())).unwrap() + "\n";
    expect_file!["../form.schema.json"].assert_eq(&text);
}

/// Else a right key would be blamed in a file that another key makes wrong.
#[test]
fn what_serde_reads_fits_the_schema() {
    let files = [FILES[0], FILES[1], super::problems::RIGHT, super::generality::FINAL_ACCOUNTS];
    for file in files {
        let table = toml::de::DeTable::parse(file).unwrap();
        assert_eq!(against_schema(&table), []);
    }
}

#[test]
fn a_group_is_written_as_it_is_named() {
    let options = schema()["$defs"]["RawGroup"]["oneOf"].as_array().unwrap();
    assert_eq!(options.len(), 10);
    for option in options {
        let group: Group = serde_json::from_value(option["const"].clone()).unwrap();
        assert_eq!(option["const"], group.name());
    }
}

/// What a slip of the hand, a merge or a tool may do to a file.
#[derive(Debug, Clone)]
enum Slip {
    Delete(Index, usize),
    Insert(Index, &'static str),
    SwapLines(Index, Index),
    CopyLine(Index, Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let scraps = vec![
        "\"",
        "'''",
        "[",
        "]",
        "{",
        "}",
        "[[",
        "]]",
        "=",
        ",",
        "#",
        "\n",
        "\r",
        "\0",
        "一",
        "1e999",
        "-",
        "nan",
        "inf",
        "*",
        "+",
        "{{",
        "}}",
        ".",
        "1979-05-27",
        "true",
        "[[table]]\n",
        "[[table.block]]\n",
        "id = \"x\"\n",
        "base = \"annual-report-2021\"\n",
        "\\u0000",
        "99999999999999999999",
        "(?:",
        "\u{feff}",
        "rows = []\n",
        "refused.*",
    ];
    prop_oneof![
        (any::<Index>(), 1..40_usize).prop_map(|(at, count)| Slip::Delete(at, count)),
        (any::<Index>(), select(scraps)).prop_map(|(at, scrap)| Slip::Insert(at, scrap)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Slip::SwapLines(a, b)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Slip::CopyLine(from, to)),
    ]
}

fn apply(text: &str, slip: &Slip) -> String {
    let chars = || text.chars();
    let count = chars().count();
    let mut lines: Vec<&str> = text.split('\n').collect();
    match slip {
        Slip::Delete(_, _) | Slip::Insert(_, _) if count == 0 => return String::new(),
        Slip::Delete(at, length) => {
            let at = at.index(count);
            return chars().take(at).chain(chars().skip(at + length)).collect();
        }
        Slip::Insert(at, scrap) => {
            let at = at.index(count);
            return chars().take(at).chain(scrap.chars()).chain(chars().skip(at)).collect();
        }
        Slip::SwapLines(a, b) => {
            let (a, b) = (a.index(lines.len()), b.index(lines.len()));
            lines.swap(a, b);
        }
        Slip::CopyLine(from, to) => {
            let line = lines[from.index(lines.len())];
            let to = to.index(lines.len());
            lines.insert(to, line);
        }
    }
    lines.join("\n")
}

/// Reads `text`; a refusal names lines of the file, and says something.
fn check(text: &str) {
    let lines = text.matches('\n').count() + 1;
    if let Err(problems) = read(text, &FORMS) {
        assert!(!problems.is_empty());
        for problem in problems {
            assert!((1..=lines).contains(&problem.line), "{problem:?} of {lines} lines");
            assert!(!problem.message.is_empty(), "{problem:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn a_mutated_form_is_read_or_refused(file in 0..2_usize, slips in prop::collection::vec(slip(), 1..6)) {
        check(&slips.iter().fold(FILES[file].to_owned(), |text, slip| apply(&text, slip)));
    }

    #[test]
    fn a_mutated_small_form_is_read_or_refused(slips in prop::collection::vec(slip(), 1..6)) {
        check(&slips.iter().fold(super::problems::RIGHT.to_owned(), |text, slip| apply(&text, slip)));
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,200}") {
        check(&text);
    }
}
