//! Definitions, references and highlights.

use serde_json::{Value, json};

use crate::client::{Client, at, range};
use crate::texts;

const URI: &str = "file:///a.txt";
const ROW: (&str, &str) = (
    "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
    "一、本年新收政府信息公开申请数量 | 61 | 1 | 0 | 0 | 0 | 0 | 62 |",
);
const CLAIM: (&str, &str) =
    ("（三）政府信息管理。", "全年收到政府信息公开申请62件。\n（三）政府信息管理。");

/// A client with a claim and its cell; the start of the claim and that of the total.
fn opened(capabilities: Value) -> (Client, (u32, u32), (u32, u32)) {
    let (text, line, column) = texts::changed(&[ROW, CLAIM], "62 |");
    let (_, claim, at) = texts::changed(&[ROW, CLAIM], "收到政府信息公开申请62");
    let mut client = Client::initialized(capabilities);
    client.open(URI, &text);
    (client, (claim, at), (line, column))
}

#[test]
fn a_claim_leads_to_its_cell() {
    let (mut client, claim, total) = opened(json!({}));
    let found = client.ask("textDocument/definition", at(URI, claim.0, claim.1 + 12));
    let cell = range(total, (total.0, total.1 + 2));
    assert_eq!(found, json!([{ "uri": URI, "range": cell }]));
    let links = json!({ "textDocument": { "definition": { "linkSupport": true } } });
    let (mut client, ..) = opened(links);
    let found = client.ask("textDocument/definition", at(URI, claim.0, claim.1 + 12));
    assert_eq!(found[0]["targetSelectionRange"], cell);
    assert_eq!(found[0]["originSelectionRange"], range(claim, (claim.0, claim.1 + 13)));
}

#[test]
fn a_total_leads_to_its_parts_and_they_lead_back() {
    let (mut client, claim, total) = opened(json!({}));
    let parts = client.ask("textDocument/definition", at(URI, total.0, total.1));
    assert_eq!(parts.as_array().map(Vec::len), Some(6), "{parts}");
    let first = &parts[0]["range"]["start"];
    let back = client.ask(
        "textDocument/definition",
        json!({ "textDocument": { "uri": URI }, "position": first }),
    );
    assert_eq!(back[0]["range"], range(total, (total.0, total.1 + 2)));
    let mut params = at(URI, total.0, total.1);
    params["context"] = json!({ "includeDeclaration": true });
    let used = client.ask("textDocument/references", params);
    let claim = range(claim, (claim.0, claim.1 + 13));
    let all = used.as_array().expect("a list");
    assert!(all.contains(&json!({ "uri": URI, "range": claim })), "{used}");
    // The claim, six parts, itself, and the other side of the balance.
    assert_eq!(all.len(), 1 + 6 + 1 + 2, "{used}");
}

#[test]
fn a_figure_lights_all_that_it_is_tied_to() {
    let (mut client, _, total) = opened(json!({}));
    let lit = client.ask("textDocument/documentHighlight", at(URI, total.0, total.1));
    let kinds =
        |kind: i64| lit.as_array().expect("a list").iter().filter(|it| it["kind"] == kind).count();
    // Row total; its six parts and the rest of the balance; the claim.
    assert_eq!((kinds(3), kinds(2), kinds(1)), (1, 6 + 3, 1), "{lit}");
}
