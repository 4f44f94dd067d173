//! The lens over a table.

use serde_json::{Value, json};

use crate::client::{Client, of, range, replacement};
use crate::texts;

const URI: &str = "file:///a.txt";
const TOTAL: (&str, &str) = ("（七）总计 | 0 | 0 |", "（七）总计 | 62 | 0 |");

fn lenses(client: &mut Client) -> Vec<Value> {
    client.ask("textDocument/codeLens", of(URI)).as_array().expect("a list").clone()
}

#[test]
fn a_lens_counts_the_relations_when_it_is_seen() {
    let (text, line, column) = texts::changed(&[TOTAL], "62");
    let reveals = json!({ "experimental": { "gouji": { "revealsRanges": true } } });
    for (capabilities, reveals) in [(reveals, true), (json!({}), false)] {
        let mut client = Client::initialized(capabilities);
        client.open(URI, &text);
        let lenses = lenses(&mut client);
        assert_eq!(lenses.len(), 3);
        assert!(lenses.iter().all(|lens| lens.get("command").is_none()));
        let said: Vec<Value> = lenses
            .into_iter()
            .map(|lens| client.ask("codeLens/resolve", lens)["command"].clone())
            .collect();
        assert_eq!(said[0]["title"], "勾稽关系 2 条全部成立");
        assert_eq!(said[1]["title"], "勾稽关系 39 条，有 3 条不成立");
        if reveals {
            assert_eq!(said[1]["command"], "gouji.revealRange");
            let place = range((line, column), (line, column + 2));
            assert_eq!(said[1]["arguments"], json!([URI, place]));
        } else {
            assert_eq!(said[1]["command"], "");
        }
        assert_eq!(said[0]["command"], "");
    }
}

#[test]
fn a_client_that_shows_documents_is_told_where() {
    let (text, line, column) = texts::changed(&[TOTAL], "62");
    let mut client =
        Client::initialized(json!({ "window": { "showDocument": { "support": true } } }));
    client.open(URI, &text);
    let lens = lenses(&mut client)[1].clone();
    let command = client.ask("codeLens/resolve", lens)["command"].clone();
    assert_eq!(command["command"], "gouji.showRange");
    let answer = client.ask("workspace/executeCommand", command);
    assert_eq!(answer, Value::Null);
    let shown = client.next("window/showDocument");
    let place = range((line, column), (line, column + 2));
    assert_eq!(shown["params"], json!({ "uri": URI, "takeFocus": true, "selection": place }));
    client.write(&[json!({ "jsonrpc": "2.0", "id": shown["id"], "result": { "success": true } })]);
    let wrong = json!({ "command": "gouji.showRange", "arguments": [URI, 3] });
    let id = client.request("workspace/executeCommand", wrong);
    assert_eq!(client.answer(id)["error"]["code"], -32602);
}

#[test]
fn a_lens_of_an_older_version_is_asked_for_again() {
    let (text, ..) = texts::changed(&[], "规章");
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    let lens = lenses(&mut client)[0].clone();
    client.change(URI, 2, &[replacement((0, 0), (0, 0), "\n")]);
    let id = client.request("codeLens/resolve", lens);
    assert_eq!(client.answer(id)["error"]["code"], -32801);
}
