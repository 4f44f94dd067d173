//! Code actions: from the last result.

use serde_json::{Value, json};

use crate::client::{Client, range, replacement};
use crate::texts;

const URI: &str = "file:///a.txt";

fn actions(client: &mut Client, line: u32, only: Option<&[&str]>) -> Vec<Value> {
    let context = match only {
        Some(only) => json!({ "diagnostics": [], "only": only }),
        None => json!({ "diagnostics": [] }),
    };
    let params = json!({ "textDocument": { "uri": URI }, "range": range((line, 0), (line + 1, 0)), "context": context });
    client.ask("textDocument/codeAction", params).as_array().expect("a list").clone()
}

/// A client with the text, and the number of its last line.
fn opened(capabilities: Value, text: &str) -> (Client, u32) {
    let mut client = Client::initialized(capabilities);
    client.open(URI, text);
    (client, text.lines().count() as u32 - 1)
}

#[test]
fn a_finding_offers_its_fix_its_silence_and_its_rule() {
    let (mut client, line) = opened(json!({}), &texts::with_unused_mark());
    let all = actions(&mut client, line, Some(&["quickfix"]));
    let titles: Vec<&str> =
        all.iter().map(|action| action["title"].as_str().expect("a title")).collect();
    let [fix, here, file, explain] = &all[..] else { panic!("{titles:?}") };
    assert_eq!(fix["isPreferred"], true);
    let deletion = json!([{ "range": range((line, 0), (line + 1, 0)), "newText": "" }]);
    assert_eq!(fix["edit"]["changes"][URI], deletion);
    assert_eq!(fix["diagnostics"][0]["code"], "unused-suppression");
    let text = "<!-- gouji-ignore unused-suppression: 理由 -->\n";
    assert_eq!(
        here["edit"]["changes"][URI],
        json!([{ "range": range((line, 0), (line, 0)), "newText": text }])
    );
    let text = "<!-- gouji-ignore-file unused-suppression: 理由 -->\n";
    assert_eq!(
        file["edit"]["changes"][URI],
        json!([{ "range": range((0, 0), (0, 0)), "newText": text }])
    );
    assert_eq!(explain["command"]["command"], "gouji.explainRule");
    assert_eq!(explain["command"]["arguments"], json!(["unused-suppression", URI]));
}

#[test]
fn a_diagnostic_that_the_client_names_counts_wherever_the_cursor_is() {
    let (mut client, line) = opened(json!({}), &texts::with_unused_mark());
    let diagnostics = client.diagnostics(URI, 1);
    for (named, expected) in [(diagnostics, 4), (vec![], 0)] {
        // Neovim asks at the cursor, and names what it shows in that line.
        let params = json!({
            "textDocument": { "uri": URI },
            "range": range((line, 0), (line, 0)),
            "context": { "diagnostics": named, "only": ["quickfix"] },
        });
        let all = client.ask("textDocument/codeAction", params);
        assert_eq!(all.as_array().map(Vec::len), Some(expected), "{all}");
    }
}

#[test]
fn a_diagnostic_has_its_own_fixes_and_not_those_of_another_in_its_line() {
    let words = "（三）政府信息管理。网站板面设计已更新，未发生泄漏国家秘密的情况。";
    let (text, line, _) = texts::changed(&[("（三）政府信息管理。", words)], words);
    let mut client = Client::initialized(json!({}));
    client.open(URI, &text);
    let all = client.diagnostics(URI, 1);
    let typos: Vec<&Value> = all.iter().filter(|it| it["code"] == "common-typo").collect();
    assert_eq!(typos.len(), 2, "{all:?}");
    for (typo, title) in typos.into_iter().zip(["改为“版面设计”", "改为“泄露国家秘密”"])
    {
        assert_eq!(typo["range"]["start"]["line"], line);
        let params = json!({
            "textDocument": { "uri": URI },
            "range": typo["range"],
            "context": { "diagnostics": [typo], "only": ["quickfix"] },
        });
        let actions = client.ask("textDocument/codeAction", params);
        let titles = actions.as_array().expect("a list").iter().map(|it| it["title"].as_str());
        let fixes: Vec<_> = titles.flatten().filter(|title| title.starts_with("改为")).collect();
        assert_eq!(fixes, [title]);
    }
}

#[test]
fn kinds_are_hierarchical() {
    let (mut client, line) = opened(json!({}), &texts::with_unused_mark());
    for (only, expected) in [
        ("source", 1),
        ("source.fixAll", 1),
        ("source.fixAll.gouji", 1),
        ("source.organizeImports", 0),
        ("refactor", 0),
    ] {
        assert_eq!(actions(&mut client, line, Some(&[only])).len(), expected, "{only}");
    }
    assert_eq!(actions(&mut client, line, None).len(), 5);
    assert_eq!(actions(&mut client, 0, Some(&["quickfix"])).len(), 0);
}

#[test]
fn edits_are_built_when_an_action_is_chosen() {
    let lazy = json!({
        "textDocument": { "codeAction": { "dataSupport": true, "resolveSupport": { "properties": ["edit"] } } },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
    });
    let (mut client, line) = opened(lazy, &texts::with_unused_mark());
    let fix = actions(&mut client, line, None)[0].clone();
    assert!(fix.get("edit").is_none());
    let resolved = client.ask("codeAction/resolve", fix.clone());
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": URI, "version": 1 }));
    assert_eq!(change["edits"][0]["range"], range((line, 0), (line + 1, 0)));
    let all = actions(&mut client, 0, Some(&["source.fixAll"]))[0].clone();
    assert_eq!(
        client.ask("codeAction/resolve", all)["edit"]["documentChanges"][0]["edits"],
        change["edits"]
    );
    // What was offered for another version would land in the wrong place.
    client.change(URI, 2, &[replacement((0, 0), (0, 0), "\n")]);
    let id = client.request("codeAction/resolve", fix);
    assert_eq!(client.answer(id)["error"]["code"], -32801);
}

#[test]
fn a_second_rule_joins_the_mark_above() {
    let (text, ..) = texts::with_unknown_rule();
    let (mut client, line) = opened(json!({}), &text);
    let here = actions(&mut client, line, None)[0].clone();
    let edit = &here["edit"]["changes"][URI][0];
    assert_eq!(edit["newText"], "<!-- gouji-ignore unknown-suppression: 理由 -->\n");
    client.change(URI, 2, &[json!({ "range": edit["range"], "text": "<!-- gouji-ignore requests-balance: 甲 -->\n" })]);
    let here = actions(&mut client, line + 1, None);
    let joined = here
        .iter()
        .find(|action| action["title"] == "在此处忽略 unknown-suppression")
        .expect("offered");
    let at = "<!-- gouji-ignore ".len() as u32;
    let edits =
        json!([{ "range": range((line, at), (line, at)), "newText": "unknown-suppression, " }]);
    assert_eq!(joined["edit"]["changes"][URI], edits);
}

#[test]
fn a_rule_explains_itself() {
    let mut client = Client::initialized(json!({}));
    let page = client.ask(
        "workspace/executeCommand",
        json!({ "command": "gouji.explainRule", "arguments": ["unused-suppression"] }),
    );
    assert!(page.as_str().expect("a page").contains("\n## 查什么\n"));
    let told = client.next("window/showMessage")["params"]["message"].clone();
    let told = told.as_str().expect("a message");
    assert!(told.contains("没有提出任何问题") && !told.contains("## 查什么"), "{told}");
    assert!(told.ends_with("gouji explain unused-suppression"), "{told}");
    let id = client.request(
        "workspace/executeCommand",
        json!({ "command": "gouji.explainRule", "arguments": ["none"] }),
    );
    assert_eq!(client.answer(id)["error"]["code"], -32602);
}

/// The titles of the actions of a kind at a place, each with the text that comes of it.
fn offered(client: &mut Client, place: (u32, u32), kind: &str) -> Vec<(String, String)> {
    let params = json!({
        "textDocument": { "uri": URI },
        "range": range(place, place),
        "context": { "diagnostics": [], "only": [kind] },
    });
    let all = client.ask("textDocument/codeAction", params);
    let shown = |action: &Value| {
        let new_text = action["edit"]["changes"][URI][0]["newText"].as_str().unwrap_or_default();
        (action["title"].as_str().expect("a title").to_owned(), new_text.to_owned())
    };
    all.as_array().expect("a list").iter().map(shown).collect()
}

#[test]
fn a_table_is_written_anew_where_the_cursor_is_in_one() {
    let (text, line, column) = texts::changed(&[("规章 | 0 |", "规章 | 17 |")], "17");
    let (mut client, _) = opened(json!({}), &text);
    let all = offered(&mut client, (line, column), "refactor");
    let titles: Vec<&str> = all.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(
        titles,
        ["将表二改写为 Markdown 表格", "将表二改写为制表符分隔的表格（可粘贴到 Word、WPS）"]
    );
    assert!(all[0].1.contains("\n| 规章 | 17 | 0 | 0 |\n"), "{}", all[0].1);
    assert!(all[1].1.contains("\n规章\t17\t0\t0\n"), "{}", all[1].1);
    assert_eq!(offered(&mut client, (0, 0), "refactor"), []);
    assert_eq!(offered(&mut client, (line, column), "refactor.extract"), []);
}

#[test]
fn a_table_is_written_anew_when_that_is_chosen() {
    let (text, line, column) = texts::changed(&[("规章 | 0 |", "规章 | 17 |")], "17");
    let lazy = json!({ "textDocument": { "codeAction": {
        "dataSupport": true, "resolveSupport": { "properties": ["edit"] },
    } } });
    let (mut client, _) = opened(lazy, &text);
    let params = json!({
        "textDocument": { "uri": URI },
        "range": range((line, column), (line, column)),
        "context": { "diagnostics": [], "only": ["refactor.rewrite"] },
    });
    let action = client.ask("textDocument/codeAction", params)[1].clone();
    assert!(action.get("edit").is_none());
    let resolved = client.ask("codeAction/resolve", action);
    let edit = &resolved["edit"]["changes"][URI][0];
    assert!(edit["newText"].as_str().expect("text").contains("规章\t17\t0\t0\n"), "{edit}");
}

/// The report without its table in part three, or without that table's last column.
fn cut_down(column_alone: bool) -> String {
    let (text, ..) = texts::changed(&[], "规章");
    let from = text.find("（本列数据").expect("the table");
    let end = from + text[from..].find("\n\n").expect("its end");
    if !column_alone {
        return format!("{}{}", text[..from].trim_end(), &text[end..]);
    }
    let table = format!("{}\n", &text[from..end]).replace(" | 0 |\n", " |\n");
    let table = table.replace("法人或其他组织 | 总计 |", "法人或其他组织 |");
    format!("{}{}{}", &text[..from], table.trim_end_matches('\n'), &text[end..])
}

#[test]
fn what_is_missing_is_put_in_its_place() {
    let without = |words: &str| texts::changed(&[(words, "")], "规章").0;
    let section = "五、存在的主要问题及改进情况";
    for (text, rule, inserted) in [
        (without("行政强制 | 0 |\n"), "table-row-missing", "行政强制 | 0"),
        (without(&format!("{section}\n")), "missing-section", section),
        (cut_down(false), "table-missing", "（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
        (cut_down(true), "table-column-missing", "（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
    ] {
        let (mut client, _) = opened(json!({}), &text);
        let diagnostics = client.diagnostics(URI, 1);
        let found = diagnostics.iter().find(|it| it["code"] == rule).expect("a finding");
        let params = json!({
            "textDocument": { "uri": URI },
            "range": found["range"],
            "context": { "diagnostics": [found], "only": ["quickfix"] },
        });
        let all = client.ask("textDocument/codeAction", params);
        let text = all[0]["edit"]["changes"][URI][0]["newText"].as_str().expect("an insertion");
        assert!(text.contains(inserted), "{rule}: {all}");
    }
}

#[test]
fn a_diagnostic_is_known_by_rule_and_line() {
    let (mut client, line) = opened(json!({}), &texts::with_unused_mark());
    let mut named = client.diagnostics(URI, 1).remove(0);
    // Columns in bytes, as Neovim 0.7 sends them back.
    named["range"] = range((line, 3), (line, 90));
    for (code, expected) in [(json!("unused-suppression"), 4), (json!("requests-balance"), 0)] {
        named["code"] = code;
        let params = json!({
            "textDocument": { "uri": URI },
            "range": range((0, 0), (0, 0)),
            "context": { "diagnostics": [named], "only": ["quickfix"] },
        });
        let all = client.ask("textDocument/codeAction", params);
        assert_eq!(all.as_array().map(Vec::len), Some(expected), "{all}");
    }
}
