//! Symbols, folds, selections, links.

use gouji_core::form::skeleton::SkeletonLayout;
use serde_json::{Value, json};

use crate::client::{Client, of};
use crate::texts;

const URI: &str = "file:///a.txt";

fn opened(capabilities: Value, text: &str) -> Client {
    let mut client = Client::initialized(capabilities);
    client.open(URI, text);
    client
}

fn list(value: Value) -> Vec<Value> {
    value.as_array().expect("a list").clone()
}

#[test]
fn symbols_are_a_tree_or_a_list() {
    let text = texts::report("青石县水利局", SkeletonLayout::Pipes);
    let trees = json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let tree = list(opened(trees, &text).ask("textDocument/documentSymbol", of(URI)));
    let [report] = &tree[..] else { panic!("{tree:?}") };
    assert_eq!(report["name"], "青石县水利局2024年政府信息公开工作年度报告");
    assert_eq!(report["children"].as_array().map(Vec::len), Some(6));
    let table = &report["children"][2]["children"][0];
    assert_eq!(
        (&table["name"], table["children"].as_array().map(Vec::len)),
        (&json!("表三"), Some(25))
    );
    let flat = list(opened(json!({}), &text).ask("textDocument/documentSymbol", of(URI)));
    assert_eq!(flat.len(), 1 + 6 + 3 + 6 + 25);
    let row = flat.iter().find(|it| it["name"] == "（三）1.属于国家秘密").expect("the row");
    assert_eq!(row["containerName"], "表三");
    assert_eq!(row["location"]["uri"], URI);
}

#[test]
fn symbols_of_all_open_documents_are_found_by_name() {
    let mut client = opened(json!({}), &texts::report("青石县水利局", SkeletonLayout::Pipes));
    client.open("file:///b.md", &texts::report("白鹿区教育局", SkeletonLayout::Markdown));
    client.open("file:///c.txt", "会议通知\n");
    let mut names = |query: &str| -> Vec<(String, String)> {
        let found = list(client.ask("workspace/symbol", json!({ "query": query })));
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        found.iter().map(|it| (text(&it["name"]), text(&it["location"]["uri"]))).collect()
    };
    assert_eq!(
        names("白鹿2024"),
        [("白鹿区教育局2024年政府信息公开工作年度报告".to_owned(), "file:///b.md".to_owned())]
    );
    assert_eq!(names("第三方").len(), 2);
    assert_eq!(names("").len(), 2 * (1 + 6 + 3));
}

#[test]
fn sections_and_tables_fold() {
    let text = texts::report("青石县水利局", SkeletonLayout::Pipes);
    let lines = json!({ "textDocument": { "foldingRange": { "lineFoldingOnly": true } } });
    let folds = list(opened(lines, &text).ask("textDocument/foldingRange", of(URI)));
    // Six sections, of which each has words below it, and three tables.
    assert_eq!(folds.len(), 6 + 3, "{folds:?}");
    assert!(folds.iter().all(|fold| fold.get("startCharacter").is_none()));
    let first = text.lines().position(|line| line.starts_with("一、总体情况"));
    assert_eq!(folds[0]["startLine"].as_u64(), first.map(|line| line as u64));
    let exact = list(opened(json!({}), &text).ask("textDocument/foldingRange", of(URI)));
    assert_eq!(exact[0]["startCharacter"], 0);
}

#[test]
fn a_selection_grows() {
    let (text, line, column) =
        texts::changed(&[("规章 | 0 | 0 | 0 |", "规章 | 12 | 34 | 0 |")], "34");
    let params = json!({ "textDocument": { "uri": URI }, "positions": [
        { "line": line, "character": column }, { "line": 0, "character": 0 },
    ] });
    let chains = list(opened(json!({}), &text).ask("textDocument/selectionRange", params));
    assert_eq!(chains.len(), 2);
    let mut step = &chains[0];
    let mut widths = Vec::new();
    while !step.is_null() {
        let lines = |end: &str| step["range"][end]["line"].as_u64().expect("a line");
        widths.push(lines("end") - lines("start"));
        step = &step["parent"];
    }
    // Cell, row, line; table, section, report.
    assert_eq!(widths[..3], [0, 0, 0], "{widths:?}");
    assert_eq!(widths.len(), 6, "{widths:?}");
    assert!(widths.is_sorted());
}

#[test]
fn addresses_and_known_citations_are_links() {
    let (text, ..) = texts::changed(
        &[(
            "（三）政府信息管理。",
            "网址：http://www.qingshi.gov.cn/zwgk/，可查阅。\n（三）政府信息管理。",
        )],
        "网址",
    );
    let links = list(opened(json!({}), &text).ask("textDocument/documentLink", of(URI)));
    let targets: Vec<&str> = links.iter().filter_map(|link| link["target"].as_str()).collect();
    assert!(targets.contains(&"http://www.qingshi.gov.cn/zwgk/"), "{targets:?}");
    assert!(targets.iter().any(|target| target.contains("www.gov.cn")), "{targets:?}");
}
