//! `gouji check`: output and exit status.

use expect_test::expect;
use serde_json::Value;

use crate::support::{Folder, Run, check, faulty, fixable, report};

#[test]
fn a_clean_report_ends_with_0() {
    let folder = Folder::new();
    folder.write("a.txt", report(1));
    let found = check(&folder, &["a.txt"]);
    let summary = "检查了 1 个文件、1 份报告：没有发现问题\n";
    assert_eq!(found, Run { status: 0, stdout: summary.to_owned(), stderr: String::new() });
}

#[test]
fn a_finding_is_shown_under_its_line() {
    let folder = Folder::new();
    folder.write("a.txt", faulty(1));
    expect![[r"
        a.txt:1:24: 警告[unknown-suppression] 忽略标记中的规则“requests-balnce”不存在，是否指 requests-balance？
          1 | <!-- gouji-ignore-file requests-balnce: 旧数据 -->
            |                        ^^^^^^^^^^^^^^^

        检查了 1 个文件、1 份报告：1 个警告
    "]]
    .assert_eq(&check(&folder, &["a.txt"]).stdout);
}

#[test]
fn the_exit_status_follows_fail_on() {
    let folder = Folder::new();
    folder.write("a.txt", faulty(1));
    for (level, status) in [("error", 0), ("warning", 1), ("info", 1), ("hint", 1), ("never", 0)] {
        assert_eq!(check(&folder, &["--fail-on", level, "a.txt"]).status, status, "{level}");
    }
    assert_eq!(check(&folder, &["a.txt"]).status, 0, "a warning does not fail by default");
    folder.write("gouji.toml", "[rules]\nunknown-suppression = \"error\"\n");
    assert_eq!(check(&folder, &["a.txt"]).status, 1, "an error does");
}

#[test]
fn a_fault_outweighs_findings() {
    let folder = Folder::new();
    folder.write("a.txt", faulty(1));
    let found = check(&folder, &["--fail-on", "warning", "a.txt", "none.txt"]);
    assert_eq!(found.status, 2);
    assert!(found.stdout.contains("a.txt:1:24: 警告"), "{}", found.stdout);
}

#[test]
fn quiet_leaves_the_findings_only() {
    let folder = Folder::new();
    folder.write("a.txt", report(1)).write("b.txt", faulty(1));
    assert_eq!(check(&folder, &["--quiet", "a.txt"]).stdout, "");
    let found = check(&folder, &["-q", "b.txt"]).stdout;
    assert!(found.starts_with("b.txt:1:24:") && !found.contains("检查了"), "{found}");
}

#[test]
fn verbose_tells_what_was_skipped_and_read_how() {
    let folder = Folder::new();
    let bytes =
        gouji_workspace::decode::encode(&report(1), gouji_workspace::decode::Encoding::Gb18030)
            .unwrap();
    folder.write("a.txt", bytes).write("notes.md", "# 说明\n").write("gouji.toml", "");
    let found = check(&folder, &["--verbose"]);
    assert_eq!(
        found.stderr,
        "gouji: a.txt: 使用配置 gouji.toml\ngouji: a.txt: 按 GB18030 读取\n\
         gouji: notes.md: 使用配置 gouji.toml\ngouji: notes.md: 没有年度报告，已跳过\n"
    );
    assert_eq!(found.stdout, "检查了 1 个文件、1 份报告：没有发现问题\n");
    assert_eq!(check(&folder, &[]).stderr, "");
}

#[test]
fn colors_are_for_terminals_or_on_request() {
    let folder = Folder::new();
    folder.write("a.txt", faulty(1));
    assert!(!check(&folder, &["a.txt"]).stdout.contains('\u{1b}'));
    assert!(!check(&folder, &["--color", "never", "a.txt"]).stdout.contains('\u{1b}'));
    assert!(check(&folder, &["--color", "always", "a.txt"]).stdout.contains("\u{1b}[1;33m警告"));
}

#[test]
fn a_document_cannot_command_the_terminal() {
    let folder = Folder::new();
    folder.write("a.txt", format!("<!-- gouji-ignore-file x\u{1b}[2Jy: 说明 -->\n{}", report(1)));
    let found = check(&folder, &["a.txt"]).stdout;
    assert!(!found.contains('\u{1b}'), "{found}");
    assert!(found.contains("<U+001B>[2J"), "{found}");
}

#[test]
fn statistics_count_by_rule() {
    let folder = Folder::new();
    folder.write("a.txt", faulty(1)).write("b.txt", faulty(2)).write("c.txt", fixable(3));
    expect![[r"
             2  警告  unknown-suppression
             1  警告  unused-suppression（1 个可自动改正）
        检查了 3 个文件、3 份报告：3 个警告。其中 1 个可用 --fix 自动改正
    "]]
    .assert_eq(&check(&folder, &["--statistics"]).stdout);
    expect![[r#"
        {"schema":1,"statistics":[{"rule":"unknown-suppression","severity":"warning","count":2,"fixable":0},{"rule":"unused-suppression","severity":"warning","count":1,"fixable":1}],"summary":{"files":3,"reports":3,"error":0,"warning":3,"info":0,"hint":0}}
    "#]]
    .assert_eq(&check(&folder, &["--statistics", "--format", "json"]).stdout);
}

/// The keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn json_has_the_promised_shape() {
    let folder = Folder::new();
    folder.write("a.txt", fixable(1)).write("b.txt", faulty(2)).write("notes.md", "# 说明\n");
    let found = check(&folder, &["--format", "json", ".", "none.txt"]);
    assert_eq!(found.status, 2);
    let json: Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(keys(&json), ["files", "schema", "summary"]);
    assert_eq!(json["schema"], 1);
    let files = json["files"].as_array().unwrap();
    let paths: Vec<&Value> = files.iter().map(|file| &file["path"]).collect();
    assert_eq!(paths, ["a.txt", "b.txt", "none.txt"]);
    assert!(files.iter().all(|file| keys(file) == ["error", "findings", "path", "reports"]));
    assert_eq!(keys(&files[0]["reports"][0]), ["agency", "form", "year"]);
    assert_eq!(files[2]["error"], "没有这个文件或目录：请检查路径");
    assert_eq!(files[0]["error"], Value::Null);

    let finding = &files[0]["findings"][0];
    assert_eq!(
        keys(finding),
        ["data", "fixes", "message", "range", "related", "rule", "severity", "url"]
    );
    assert_eq!(keys(&finding["data"]), ["difference", "relations", "repairs"]);
    assert_eq!(keys(&finding["range"]), ["end", "start"]);
    assert_eq!(keys(&finding["range"]["start"]), ["column", "line"]);
    assert_eq!(keys(&finding["fixes"][0]), ["applicability", "edits", "title"]);
    assert_eq!(keys(&finding["fixes"][0]["edits"][0]), ["range", "text"]);
    assert_eq!(finding["fixes"][0]["applicability"], "safe");
    assert_eq!(finding["url"], Value::Null);
    let summary = serde_json::json!({ "files": 3, "reports": 2, "error": 0, "warning": 2, "info": 0, "hint": 0 });
    assert_eq!(json["summary"], summary);
}

#[test]
fn columns_count_characters_and_no_byte_order_mark() {
    let folder = Folder::new();
    folder.write("a.txt", format!("\u{feff}{}", faulty(1).replace('\n', "\r")));
    let found = check(&folder, &["--format", "json", "a.txt"]);
    let json: Value = serde_json::from_str(&found.stdout).unwrap();
    let range = &json["files"][0]["findings"][0]["range"];
    let expected = serde_json::json!({ "start": { "line": 1, "column": 24 }, "end": { "line": 1, "column": 39 } });
    assert_eq!(*range, expected);
}

#[test]
fn the_same_input_gives_the_same_bytes_with_any_jobs() {
    let folder = Folder::new();
    for seed in 0..400 {
        let text = if seed % 3 == 0 { faulty(seed) } else { report(seed) };
        folder.write(&format!("{}/{seed}.txt", seed % 7), text);
    }
    for format in ["text", "json"] {
        let one = check(&folder, &["--format", format, "--jobs", "1"]);
        assert_eq!(one.stderr, "", "a progress bar is for terminals");
        for jobs in ["2", "7"] {
            assert!(
                check(&folder, &["--format", format, "--jobs", jobs]) == one,
                "{format} with {jobs} jobs"
            );
        }
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    use std::io::Read;
    use std::process::{Command, Stdio};

    let folder = Folder::new();
    for seed in 0..300 {
        folder.write(&format!("{seed}.txt"), faulty(seed));
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["check", "--select", crate::support::RULES])
        .current_dir(folder.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((status.code(), stderr.as_str()), (Some(0), ""));
}
