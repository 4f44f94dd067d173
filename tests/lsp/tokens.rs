//! Semantic tokens: all of them, those of a range, and what an edit made of them.

use serde_json::{Value, json};

use crate::client::{Client, of, range, replacement};
use crate::texts;

const URI: &str = "file:///a.txt";

/// Tokens as (line, column, length, type, modifiers).
fn placed(data: &Value) -> Vec<[u64; 5]> {
    let numbers: Vec<u64> =
        data.as_array().expect("numbers").iter().filter_map(Value::as_u64).collect();
    let (mut line, mut column) = (0, 0);
    let place = |token: &[u64]| {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        [line, column, token[2], token[3], token[4]]
    };
    numbers.chunks_exact(5).map(place).collect()
}

#[test]
fn words_of_each_kind_are_named_by_the_legend() {
    let mut client = Client::start();
    let answer = client.shake_hands(json!({}));
    let legend = &answer["result"]["capabilities"]["semanticTokensProvider"]["legend"];
    let legend = if legend.is_null() {
        &answer["capabilities"]["semanticTokensProvider"]["legend"]
    } else {
        legend
    };
    let (text, line, column) = texts::changed(&[("（七）总计 | 0 |", "（七）总计 | 62 |")], "62");
    client.open(URI, &text);
    let all = placed(&client.ask("textDocument/semanticTokens/full", of(URI))["data"]);
    let total = all.iter().find(|it| it[..2] == [u64::from(line), u64::from(column)]);
    let total = total.unwrap_or_else(|| panic!("no token at the total: {all:?}"));
    assert_eq!(total[2], 2);
    assert_eq!(legend["tokenTypes"][total[3] as usize], "number");
    assert_eq!((&legend["tokenModifiers"][0], total[4]), (&json!("total"), 1));
    // The title is the first.
    assert_eq!((all[0][0], &legend["tokenTypes"][all[0][3] as usize]), (0, &json!("class")));
    let mut params = of(URI);
    params["range"] = range((line, 0), (line + 1, 0));
    let near = placed(&client.ask("textDocument/semanticTokens/range", params)["data"]);
    let expected: Vec<_> = all.iter().filter(|it| it[0] == u64::from(line)).copied().collect();
    assert_eq!(near, expected);
    assert_eq!(near.len(), 8, "a label and seven figures");
}

#[test]
fn a_delta_makes_the_new_tokens_of_the_old() {
    let (text, line, column) =
        texts::changed(&[("规章 | 0 | 0 | 0 |", "规章 | 12 | 0 | 0 |")], "12 |");
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    let mut known = client.ask("textDocument/semanticTokens/full", of(URI));
    let edits = [
        (replacement((line, column), (line, column), "9"), 1),
        (replacement((0, 0), (0, 0), "\n\n"), 1),
        (replacement((0, 0), (2, 0), ""), 1),
        // Between two parts of a sentence nothing has a token.
        (replacement((line, column), (line, column), ""), 0),
    ];
    for (version, (edit, expected)) in (2..).zip(edits) {
        client.change(URI, version, &[edit]);
        let mut params = of(URI);
        params["previousResultId"] = known["resultId"].clone();
        let delta = client.ask("textDocument/semanticTokens/full/delta", params);
        let edits = delta["edits"].as_array().expect("edits");
        assert_eq!(edits.len(), expected, "{delta}");
        let mut data = known["data"].as_array().expect("numbers").clone();
        for edit in edits {
            let (start, count) = (edit["start"].as_u64(), edit["deleteCount"].as_u64());
            let (start, count) = (start.expect("start") as usize, count.expect("count") as usize);
            data.splice(start..start + count, edit["data"].as_array().cloned().unwrap_or_default());
        }
        let fresh = client.ask("textDocument/semanticTokens/full", of(URI));
        assert_eq!(Value::Array(data), fresh["data"], "version {version}");
        known = fresh;
    }
    let mut params = of(URI);
    params["previousResultId"] = json!("long ago");
    assert!(client.ask("textDocument/semanticTokens/full/delta", params)["data"].is_array());
}
