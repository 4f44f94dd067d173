#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect, expect_file};

use super::*;

/// What is wrong with a `gouji.toml` of this text, with the folder left out.
fn problems(source: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE_NAME), source).unwrap();
    match Resolver::new(Options::default()).settings_for(&folder.path().join("a.txt")) {
        Ok(_) => "没有问题\n".to_owned(),
        Err(error) => format!("{error}\n").replace(&format!("{}/", folder.path().display()), ""),
    }
}

fn check(source: &str, expected: &Expect) {
    expected.assert_eq(&problems(source));
}

#[test]
fn the_committed_schema_is_that_of_the_types() {
    let schema = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/gouji.schema.json")].assert_eq(&schema);
}

#[test]
fn the_reader_knows_the_keys_of_the_schema() {
    let schema = serde_json::to_value(schema()).unwrap();
    let keys = |of: &serde_json::Value| {
        of["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    for (opening, keys) in [
        ("", keys(&schema)),
        ("[[bands]]\n", keys(&schema["definitions"]["Band"])),
        ("[[ignore]]\n", keys(&schema["definitions"]["Ignore"])),
        ("[[typos]]\n", keys(&schema["definitions"]["WordEntry"])),
        ("[[terms]]\n", keys(&schema["definitions"]["WordEntry"])),
        ("[[phrases]]\n", keys(&schema["definitions"]["PhraseEntry"])),
        ("[[unwanted]]\n", keys(&schema["definitions"]["UnwantedEntry"])),
        ("[[references]]\n", keys(&schema["definitions"]["ReferenceEntry"])),
        ("[inlay-hints]\n", keys(&schema["definitions"]["InlayHints"])),
        ("[format]\n", keys(&schema["definitions"]["Format"])),
    ] {
        for key in keys {
            // A date suits no key, so each is refused for its value and none for its name.
            let found = problems(&format!("{opening}{key} = 2024-01-01\n"));
            assert!(found.contains("的值不对"), "{key}: {found}");
            assert!(!found.contains("没有名为"), "{key}: {found}");
        }
    }
}

#[test]
fn unknown_keys_name_the_nearest_with_its_line() {
    check(
        "# 配置\nfail_on = \"warning\"\n\n[rule]\n\n[[ignore]]\npaths = \"a.txt\"\nrules = [\"x\"]\nreason = \"r\"\n",
        &expect![[r"
            gouji.toml:2: 配置 没有名为“fail_on”的键；最接近的是“fail-on”
            gouji.toml:4: 配置 没有名为“rule”的键；最接近的是“rules”
            gouji.toml:6: [[ignore]] 缺少 path：请补上
            gouji.toml:7: [[ignore]] 没有名为“paths”的键；最接近的是“path”
        "]],
    );
}

#[test]
fn wrong_values_say_what_belongs_there() {
    check(
        "select = \"all\"\nfail-on = \"fatal\"\nforms = [1]\n[rules]\nx = \"eror\"\n[[bands]]\nlevel = \"town\"\ncell = \"a.b.c\"\nusual = [5, 1]\nwarn-above = 10\nerror-above = -2.5\n",
        &expect![[r#"
            gouji.toml:1: select 的值不对：这里应是方括号中的一组字符串，如 ["…"]
            gouji.toml:2: fail-on 的值“fatal”无效；可用的有：error、warning、info、hint、never
            gouji.toml:3: forms 的值不对：这里应是带引号的字符串
            gouji.toml:5: rules.x 的值“eror”无效；可用的有：off、hint、info、warning、error
            gouji.toml:9: usual 的最小值大于最大值：请调换
            gouji.toml:11: error-above 的值不对：这里应是不小于 0 的数
        "#]],
    );
}

#[test]
fn an_ignore_needs_its_reason() {
    check(
        "[[ignore]]\npath = \"a[\"\nrules = []\nreason = \" \"\ntext = \"\"\n",
        &expect![[r#"
            gouji.toml:1: [[ignore]] 缺少 rules：请写出要忽略的规则编号，如 rules = ["requests-balance"]
            gouji.toml:2: 路径“a[”的通配符不对（unclosed character class; missing ']'）：请检查方括号和花括号是否成对
            gouji.toml:4: [[ignore]] 的 reason 是空的：请写明为什么不报告
            gouji.toml:5: [[ignore]] 的 text 是空的：请写出问题所在的文字，或删去这一行
        "#]],
    );
}

#[test]
fn a_word_of_ones_own_must_be_usable() {
    check(
        r#"
[[typos]]
wrong = "公开"
right = "信息公开"
[[terms]]
wrong = " "
right = "政务公开"
[[phrases]]
text = "免费提供"
[[unwanted]]
rule = "web-chrome-residu"
text = "返回栏目"
at = "end"
[[references]]
title = "某某省政府信息公开办法"
number = "某某省政府令"
replaced-by = "某某省人民政府令第250号"
[[references]]
number = "国务院令第711号"
replaced-from = 19
"#,
        &expect![[r"
            gouji.toml:2: [[typos]] 的 right“信息公开”含有 wrong“公开”，改了还会再报：请用 before 或 after 写明何时不算错
            gouji.toml:6: [[terms]] 的 wrong 是空的：请写出文字
            gouji.toml:9: [[phrases]] 的 text 只有 4 个字，与太多文字相近：请写不少于 8 个字，短的词用 [[typos]]
            gouji.toml:11: [[unwanted]] 的 rule“web-chrome-residu”不是查遗留文字的规则；最接近的是“web-chrome-residue”
            gouji.toml:13: at 的值“end”无效；可用的有：anywhere、start、line、bracket
            gouji.toml:14: [[references]] 的 replaced-by 和 replaced-from 应同时写：被哪一件取代，从哪一年度起
            gouji.toml:16: number 的值“某某省政府令”不是文号：应如 国办公开办函〔2021〕30号 或 国务院令第711号
            gouji.toml:18: [[references]] 缺少 title：请补上
            gouji.toml:20: replaced-from 的值不对：这里应是四位数的年份，如 2021
        "]],
    );
}

#[test]
fn a_fault_of_syntax_has_its_line() {
    let found = problems("select = [\n\"a\"\n\nforms = [\"x\"]\n");
    assert!(found.starts_with("gouji.toml:4: TOML 语法错误（"), "{found}");
}

#[test]
fn the_nearest_configuration_wins_whole() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("in/deep");
    fs::create_dir_all(&inner).unwrap();
    fs::write(folder.path().join(FILE_NAME), "fail-on = \"hint\"\n").unwrap();
    fs::write(folder.path().join("in").join(FILE_NAME), "select = []\n").unwrap();
    let resolver = Resolver::new(Options::default());
    let settings = |path: &Path| resolver.settings_for(path).unwrap();
    assert_eq!(settings(&folder.path().join("a.txt")).fail_on, Some(FailOn::Hint));
    assert_eq!(settings(&inner.join("a.txt")).fail_on, None);
    assert_eq!(
        settings(&inner.join("a.txt")).config.as_deref(),
        Some(&folder.path().join("in").join(FILE_NAME))
    );
    // `..` is not a folder whose parents are looked at.
    assert_eq!(settings(&inner.join("../../x/a.txt")).fail_on, Some(FailOn::Hint));
    assert_eq!(
        resolver.files(),
        [folder.path().join(FILE_NAME), folder.path().join("in").join(FILE_NAME)]
    );
}

#[test]
fn an_editors_settings_lie_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE_NAME), "fail-on = \"hint\"\n[rules]\nnone = \"off\"\n")
        .unwrap();
    let options =
        |value| Options { editor: Some((value, folder.path().to_owned())), ..Options::default() };
    let editor = serde_json::json!({ "fail-on": "never", "select": null, "forms": "x.toml" });
    let error =
        Resolver::new(options(editor)).settings_for(&folder.path().join("a.txt")).err().unwrap();
    assert_eq!(error.to_string(), "forms 的值不对：这里应是方括号中的一组字符串，如 [\"…\"]");
}

#[test]
fn a_named_configuration_must_be_there() {
    let options = Options { config: Some("/nowhere/gouji.toml".into()), ..Options::default() };
    let error = Resolver::new(options).settings_for(Path::new("a.txt")).err().unwrap();
    assert_eq!(error.to_string(), "/nowhere/gouji.toml: 没有这个文件或目录：请检查路径");
}

#[test]
fn hints_are_switched_one_by_one() {
    let hints = |source: &str| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), source).unwrap();
        let editor = serde_json::json!({ "inlay-hints": { "sums": true } });
        let options =
            Options { editor: Some((editor, folder.path().to_owned())), ..Options::default() };
        let file = Resolver::new(options).settings_for(&folder.path().join("a.txt")).unwrap();
        (file.inlay_hints.columns, file.inlay_hints.sums)
    };
    assert_eq!(hints(""), (true, true));
    assert_eq!(hints("[inlay-hints]\ncolumns = false\nsums = false\n"), (false, true));
    check(
        "[inlay-hints]\ncolumns = \"no\"\nsum = true\n",
        &expect![[r"
            gouji.toml:2: columns 的值不对：这里应是 true 或 false
            gouji.toml:3: [inlay-hints] 没有名为“sum”的键；最接近的是“sums”
        "]],
    );
}
