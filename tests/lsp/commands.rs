//! Commands that editors run on the server.

use std::path::Path;

use assert_cmd::Command;
use gouji_core::form::skeleton::SkeletonLayout;
use serde_json::{Value, json};

use crate::client::{Client, replacement};
use crate::texts;

fn run(client: &mut Client, command: &str, arguments: Value) -> String {
    let answer = client
        .ask("workspace/executeCommand", json!({ "command": command, "arguments": arguments }));
    answer.as_str().expect("a text").to_owned()
}

fn refused(client: &mut Client, command: &str, arguments: Value) -> String {
    let params = json!({ "command": command, "arguments": arguments });
    let id = client.request("workspace/executeCommand", params);
    let error = client.answer(id)["error"].clone();
    assert_eq!(error["code"], -32602, "{error}");
    error["message"].as_str().expect("a message").to_owned()
}

/// A client with `folder` open.
fn opened(folder: &Path) -> Client {
    let mut client = Client::start();
    let folders = json!([{ "uri": uri(folder), "name": "w" }]);
    client.ask(
        "initialize",
        json!({ "processId": null, "workspaceFolders": folders, "capabilities": {} }),
    );
    client.notify("initialized", json!({}));
    client
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

#[test]
fn every_command_is_announced() {
    let mut client = Client::start();
    let answer = client.shake_hands(json!({}));
    let expected = [
        "gouji.explainRule",
        "gouji.export",
        "gouji.newReport",
        "gouji.showConfiguration",
        "gouji.showRange",
    ];
    assert_eq!(answer["capabilities"]["executeCommandProvider"]["commands"], json!(expected));
}

#[test]
fn the_figures_are_those_of_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = texts::report("青石县水利局", SkeletonLayout::Pipes).replacen(
        "行政许可 | 0",
        "行政许可 | 12",
        1,
    );
    let path = folder.path().join("a.txt");
    std::fs::write(&path, &text).expect("written");
    let mut client = opened(folder.path());
    for format in ["json", "csv"] {
        let program = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(["export", "--format", format, "a.txt"])
            .current_dir(&folder)
            .output()
            .expect("runs");
        let printed = String::from_utf8(program.stdout).expect("UTF-8");
        assert!(printed.contains("12"), "{printed}");
        let closed = run(&mut client, "gouji.export", json!([uri(&path), format]));
        assert_eq!(closed, printed);
    }
    // What is open counts, not what is on the disk.
    client.open(&uri(&path), &text);
    let line = text.lines().position(|line| line.starts_with("行政许可")).expect("there") as u32;
    client.change(&uri(&path), 2, &[replacement((line, 7), (line, 9), "34")]);
    let csv = run(&mut client, "gouji.export", json!([uri(&path), "csv"]));
    let figure = csv.lines().find(|line| line.contains(",licensing,")).expect("exported");
    assert!(figure.starts_with("a.txt,1,annual-report-2021,青石县水利局,2024,cell,"), "{figure}");
    assert!(figure.contains(",34,34,"), "{figure}");
}

#[test]
fn a_new_report_has_no_fault() {
    let mut client = Client::initialized(json!({}));
    for (layout, extra) in
        [("", json!(["青石县水利局", 2025])), ("|", json!(["青石县水利局", "2025", "markdown"]))]
    {
        let text = run(&mut client, "gouji.newReport", extra);
        let title = "青石县水利局2025年政府信息公开工作年度报告";
        assert!(text.contains(title) && text.contains(&format!("{layout} ")), "{text}");
        client.open("file:///new.md", &text);
        assert_eq!(client.diagnostics("file:///new.md", 1), Vec::<Value>::new());
        client.notify(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": "file:///new.md" } }),
        );
    }
    let old = run(&mut client, "gouji.newReport", json!(["青石县水利局", 2020]));
    assert!(old.contains("政府集中采购"), "{old}");
    let message = refused(&mut client, "gouji.newReport", json!(["青石县水利局", 2012]));
    assert_eq!(message, "没有适用于 2012 年的报告格式");
}

#[test]
fn the_configuration_that_won_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let nested = folder.path().join("区").join("局");
    std::fs::create_dir_all(&nested).expect("made");
    let config = folder.path().join("区").join("gouji.toml");
    std::fs::write(folder.path().join("gouji.toml"), "fail-on = \"never\"\n").expect("written");
    std::fs::write(&config, "[rules]\ntable-missing = \"hint\"\n").expect("written");
    let mut client = opened(folder.path());
    let shown = run(&mut client, "gouji.showConfiguration", json!([uri(&nested.join("a.txt"))]));
    let head = format!("# 区/局/a.txt 的配置\n# 配置文件：{}\n", config.display());
    assert!(shown.starts_with(&head), "{shown}");
    assert!(shown.contains("\nfail-on = \"error\"\n"), "{shown}");
    assert!(shown.contains("\ntable-missing = \"hint\" # 默认 error\n"), "{shown}");
    let broken = folder.path().join("gouji.toml");
    std::fs::write(&broken, "fail-on = \"ever\"\n").expect("written");
    let shown =
        run(&mut client, "gouji.showConfiguration", json!([uri(&folder.path().join("b.txt"))]));
    assert!(shown.contains("# 配置有误，暂按默认设置检查：\n"), "{shown}");
    assert!(shown.contains(&format!("{}:1: ", broken.display())), "{shown}");
}

#[test]
fn a_wrong_call_is_told_what_is_right() {
    let mut client = Client::initialized(json!({}));
    for (command, arguments, expected) in [
        ("gouji.nothing", json!([]), "没有名为“gouji.nothing”的命令"),
        ("gouji.export", json!(["file:///none.txt"]), "这里有 1 个参数"),
        (
            "gouji.export",
            json!(["file:///none.txt", "xml"]),
            "“格式（json 或 csv）”是 \"xml\"：应是 json 或 csv",
        ),
        ("gouji.export", json!(["file:///none.txt", "csv"]), "/none.txt：没有这个文件或目录"),
        ("gouji.export", json!(["untitled:1", "csv"]), "文档“untitled:1”没有打开"),
        ("gouji.export", json!(["没有冒号", "csv"]), "应是文档的 URI"),
        ("gouji.newReport", json!(["某局", 25]), "应是四位数的年份"),
        ("gouji.newReport", json!(["某局", 2025, "rows"]), "应是 pipes、markdown 或 tabs"),
        ("gouji.showConfiguration", json!([1]), "应是一段文字"),
        ("gouji.explainRule", json!(["table-missin"]), "最接近的是“table-missing”"),
    ] {
        let message = refused(&mut client, command, arguments);
        assert!(message.contains(expected), "{command}: {message}");
    }
}

#[test]
fn a_rule_is_explained_in_short_where_its_page_cannot_be_shown() {
    let mut client = Client::initialized(json!({}));
    let page = run(&mut client, "gouji.explainRule", json!(["trailing-space"]));
    assert!(page.contains("## 依据"), "{page}");
    let message = client.next("window/showMessage")["params"]["message"].clone();
    let message = message.as_str().expect("text");
    assert!(message.starts_with("行尾有空格（trailing-space）。正文行尾的空格"), "{message}");
    assert!(message.ends_with("\n完整的说明：gouji explain trailing-space"), "{message}");
    assert_eq!(message.lines().count(), 2, "{message}");
    assert!(message.chars().count() < 200, "{message}");
    // Every rule has something to say so.
    let rules = gouji_core::engine::Engine::builtin();
    for rule in rules.registry().rules() {
        run(&mut client, "gouji.explainRule", json!([rule.id]));
        let message = client.next("window/showMessage")["params"]["message"].clone();
        let message = message.as_str().expect("text");
        let (about, _) = message.split_once("\n完整的说明：").expect("where the page is");
        let (_, about) = about.split_once(&format!("（{}）。", rule.id)).expect("its id");
        assert!(about.chars().count() > 8 && !about.starts_with(['#', '-', '|']), "{message}");
    }
    let shows = json!({ "experimental": { "gouji": { "showsPages": true } } });
    let mut client = Client::initialized(shows);
    run(&mut client, "gouji.explainRule", json!(["trailing-space"]));
    assert!(!client.has(|it| it["method"] == "window/showMessage"));
}
