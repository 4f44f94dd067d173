//! `export`, `rules` and `explain`.

use std::collections::BTreeMap;

use gouji_generator::{Layout, Options, Report, render};
use serde_json::Value;

use crate::support::{Folder, report};

#[test]
fn every_figure_is_exported_exactly() {
    let folder = Folder::new();
    let made = Report::random(5, &Options { blanks: true, ..Options::default() });
    folder.write("a.txt", render(&made, Layout::TabLed));
    let found = folder.run(&["export", "a.txt"]);
    assert_eq!((found.status, found.stderr.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(json["schema"], 1);
    let report = &json["reports"][0];
    assert_eq!(report["form"], "annual-report-2021");
    assert_eq!(report["agency"], made.agency);
    assert_eq!(report["year"], made.year);
    let mut cells = BTreeMap::new();
    for (table, rows) in report["tables"].as_object().unwrap() {
        for (row, columns) in rows.as_object().unwrap() {
            for (column, cell) in columns.as_object().unwrap() {
                let keys: Vec<&String> = cell.as_object().unwrap().keys().collect();
                assert_eq!(keys, ["range", "text", "value"]);
                let text =
                    if cell["value"].is_null() { String::new() } else { cell["value"].to_string() };
                cells.insert(format!("{table}.{row}.{column}"), text);
            }
        }
    }
    assert_eq!(cells, made.cells());
    let claim = &report["claims"][0];
    let keys: Vec<&String> = claim.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["key", "range", "text", "value"]);
}

#[test]
fn a_missing_table_has_null_cells() {
    let folder = Folder::new();
    let made = Report::random(5, &Options::default());
    folder.write("a.txt", render(&made, Layout::HeadingsOnly));
    let json: Value = serde_json::from_str(&folder.run(&["export", "a.txt"]).stdout).unwrap();
    let requests = &json["reports"][0]["tables"]["requests"];
    assert_eq!(requests["refused.state_secret"]["total"], Value::Null);
    assert!(requests["refused.state_secret"].as_object().unwrap().contains_key("total"));
}

#[test]
fn digits_survive() {
    let folder = Folder::new();
    let mut made = Report::random(5, &Options::default());
    let fee = made.proactive.len() - 1;
    made.proactive[fee] = Some("25977391.0280".to_owned());
    folder.write("a.txt", render(&made, Layout::Pipes));
    let found = folder.run(&["export", "a.txt"]).stdout;
    assert!(
        found.contains(
            "\"admin_fee\":{\"amount\":{\"value\":25977391.028,\"text\":\"25977391.0280\""
        ),
        "{found}"
    );
    let found = folder.run(&["export", "--format", "csv", "a.txt"]).stdout;
    assert!(
        found.contains(",cell,proactive,admin_fee,amount,25977391.028,25977391.0280,"),
        "{found}"
    );
}

#[test]
fn csv_has_a_line_for_each_figure() {
    let folder = Folder::new();
    let made = Report::random(5, &Options::default());
    folder.write("a,b.txt", render(&made, Layout::Pipes));
    let found = folder.run(&["export", "--format", "csv"]);
    assert_eq!(found.status, 0);
    let mut lines = found.stdout.lines();
    assert_eq!(
        lines.next(),
        Some("path,report,form,agency,year,kind,table,row,column,value,text,line,position")
    );
    let cells = lines.clone().filter(|line| line.contains(",cell,")).count();
    assert_eq!(cells, made.cells().len());
    let start = format!("\"a,b.txt\",1,annual-report-2021,{},{},", made.agency, made.year);
    assert!(lines.all(|line| line.starts_with(&start)), "{}", found.stdout);
}

#[test]
fn faults_stand_beside_the_export() {
    let folder = Folder::new();
    folder.write("a.txt", report(1));
    let found = folder.run(&["export", "none.txt", "a.txt"]);
    assert_eq!(
        (found.status, found.stderr.as_str()),
        (2, "gouji: none.txt: 没有这个文件或目录：请检查路径\n")
    );
    let json: Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(json["reports"].as_array().unwrap().len(), 1);
}

#[test]
fn the_catalogue_lists_every_rule_with_its_page() {
    let folder = Folder::new();
    let json: Value =
        serde_json::from_str(&folder.run(&["rules", "--format", "json"]).stdout).unwrap();
    let rules = json["rules"].as_array().unwrap();
    assert!(rules.len() >= 10);
    for rule in rules {
        let keys: Vec<&String> = rule.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            ["enabled", "fixable", "forms", "group", "id", "page", "severity", "title", "url"]
        );
        assert_ne!(rule["page"], "", "{rule}");
    }
    let text = folder.run(&["rules"]).stdout;
    for rule in rules {
        assert!(text.contains(rule["id"].as_str().unwrap()), "{rule}");
    }
    folder.write("gouji.toml", "[rules]\nrequests-balance = \"hint\"\n");
    let text = folder.run(&["rules"]).stdout;
    let line = text.lines().find(|line| line.contains("requests-balance")).unwrap();
    assert!(line.contains("建议"), "{line}");
}

#[test]
fn a_rule_explains_itself() {
    let found = Folder::new().run(&["explain", "requests-balance"]);
    assert_eq!(found.status, 0);
    assert!(found.stdout.starts_with("# requests-balance\n"), "{}", found.stdout);
    assert!(found.stdout.contains("上年结转"), "{}", found.stdout);
}

#[test]
fn the_version_is_printed() {
    let found = Folder::new().run(&["--version"]);
    assert_eq!((found.status, found.stdout), (0, format!("gouji {}\n", env!("CARGO_PKG_VERSION"))));
}
