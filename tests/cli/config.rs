//! `gouji.toml`: the nearest one wins, and what is wrong in it is said with its line.

use crate::support::{Folder, RULES, faulty, report};

#[test]
fn the_nearest_configuration_wins() {
    let folder = Folder::new();
    folder
        .write("gouji.toml", "select = [\"unknown-suppression\"]\nfail-on = \"warning\"\n")
        .write("a.txt", faulty(1))
        .write("sub/gouji.toml", "[rules]\nunknown-suppression = \"off\"\n")
        .write("sub/deep/b.txt", faulty(2));
    assert_eq!(folder.run(&["check", "a.txt"]).status, 1);
    let found = folder.run(&["check", "sub"]);
    assert!(!found.stdout.contains("unknown-suppression"), "{}", found.stdout);
    let found = folder.run(&["check", "--config", "gouji.toml", "sub"]);
    assert!(
        found.stdout.contains("sub/deep/b.txt:1:24: 警告[unknown-suppression]"),
        "{}",
        found.stdout
    );
}

#[test]
fn words_of_ones_own_are_looked_for_like_those_of_gouji() {
    let folder = Folder::new();
    let words = r#"
[[typos]]
wrong = "公开拦"
right = "公开栏"

[[typos]] # Let stand what gouji takes for a slip.
wrong = "布署"
right = "布署"

[[terms]]
wrong = "办公厅室"
right = "办公室"

[[phrases]]
text = "坚持以公开为常态不公开为例外"

[[unwanted]]
rule = "web-chrome-residue"
text = "返回栏目首页"
at = "line"

[[references]]
number = "青石政办发〔2016〕12号"
title = "青石市政府信息公开办法"
replaced-by = "青石政办发〔2020〕8号"
replaced-from = 2020
"#;
    let prose = "布署公开拦建设，由办公厅室负责，坚持以公开为常态不公开是例外，依据青石政办发〔2016〕12号文件。";
    folder.write("gouji.toml", words).write(
        "a.txt",
        report(1).replacen(
            "\n一、总体情况\n",
            &format!("\n一、总体情况\n{prose}\n返回栏目首页\n"),
            1,
        ),
    );
    let found = folder.run(&["check", "--select", "common-typo,term-nonstandard,fixed-phrase-near-miss,web-chrome-residue,outdated-order-number,outdated-format-citation", "a.txt"]);
    for message in [
        "公开拦",
        "办公厅室",
        "坚持以公开为常态不公开是例外",
        "返回栏目首页",
        "青石政办发〔2020〕8号",
    ] {
        assert!(found.stdout.contains(message), "{message} in\n{}", found.stdout);
    }
    assert!(!found.stdout.contains("“布署”"), "{}", found.stdout);
}

#[test]
fn options_are_stronger_than_the_configuration() {
    let folder = Folder::new();
    folder
        .write("gouji.toml", "select = [\"arithmetic\"]\nfail-on = \"hint\"\n")
        .write("a.txt", faulty(1));
    assert!(!folder.run(&["check", "a.txt"]).stdout.contains("unknown-suppression"));
    let found = folder.run(&["check", "--select", RULES, "--fail-on", "error", "a.txt"]);
    assert!(found.stdout.contains("警告[unknown-suppression]"), "{}", found.stdout);
    assert_eq!(found.status, 0);
    let found =
        folder.run(&["check", "--select", RULES, "--ignore", "unknown-suppression", "a.txt"]);
    assert!(!found.stdout.contains("unknown-suppression"), "{}", found.stdout);
}

#[test]
fn a_broken_configuration_stops_only_its_own_files() {
    let folder = Folder::new();
    folder
        .write("bad/gouji.toml", "\nselct = [\"all\"]\n[rules]\nrequests-balnce = \"error\"\n")
        .write("bad/1.txt", faulty(1))
        .write("bad/2.txt", faulty(2))
        .write("good/3.txt", faulty(3));
    let found = folder.run(&["check", "--select", RULES, "."]);
    assert_eq!(found.status, 2);
    assert!(found.stdout.contains("good/3.txt:1:24: 警告"), "{}", found.stdout);
    assert!(found.stdout.contains("2 个文件有误"), "{}", found.stdout);
    assert_eq!(
        found.stderr,
        "gouji: bad/gouji.toml:2: 配置 没有名为“selct”的键；最接近的是“select”\ngouji: bad/1.txt 等使用这份配置的文件没有检查\n"
    );
    folder.write("bad/gouji.toml", "[rules]\nrequests-balnce = \"error\"\n[[ignore]]\npath = \"*\"\nrules = [\"tabel\"]\nreason = \"x\"\n");
    let found = folder.run(&["check", "bad"]);
    assert!(
        found.stderr.starts_with(
            "gouji: bad/gouji.toml:2: 没有名为“requests-balnce”的规则；最接近的是“requests-balance”（用 gouji rules 查看全部规则）\n"
        ),
        "{}",
        found.stderr
    );
    assert!(
        found.stderr.contains("gouji: bad/gouji.toml:5: 没有名为“tabel”的规则"),
        "{}",
        found.stderr
    );
}

#[test]
fn broken_toml_has_its_line() {
    let folder = Folder::new();
    folder.write("gouji.toml", "fail-on = \"error\"\n[rules\n").write("a.txt", report(1));
    let found = folder.run(&["check"]);
    assert_eq!(found.status, 2);
    assert!(found.stderr.starts_with("gouji: gouji.toml:2: TOML 语法错误"), "{}", found.stderr);
}

#[test]
fn ignores_cover_a_path_or_the_words_of_a_finding() {
    let folder = Folder::new();
    folder.write("old/a.txt", faulty(1)).write("new/b.txt", faulty(2));
    let ignore = |more: &str| {
        format!(
            "[[ignore]]\npath = \"old/*.txt\"\nrules = [\"leftover\"]\nreason = \"旧文件\"\n{more}"
        )
    };
    let places = |folder: &Folder| {
        let found = folder.run(&["check", "--select", RULES]).stdout;
        found
            .lines()
            .filter(|line| line.contains("[unknown"))
            .map(|line| line.split(':').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(places(&folder), ["new/b.txt", "old/a.txt"]);
    folder.write("gouji.toml", ignore(""));
    assert_eq!(places(&folder), ["new/b.txt"]);
    folder.write("gouji.toml", ignore("text = \"file requests-balnce\"\n"));
    assert_eq!(places(&folder), ["new/b.txt"], "the words reach into the finding");
    folder.write("gouji.toml", ignore("text = \"旧数据\"\n"));
    assert_eq!(
        places(&folder),
        ["new/b.txt", "old/a.txt"],
        "these words stand elsewhere in the line"
    );
}

#[test]
fn groups_and_all_are_names_too() {
    let folder = Folder::new();
    folder.write("a.txt", faulty(1));
    assert!(
        folder
            .run(&["check", "--select", "leftover", "a.txt"])
            .stdout
            .contains("unknown-suppression")
    );
    assert!(
        folder.run(&["check", "--select", "all", "a.txt"]).stdout.contains("unknown-suppression")
    );
    assert!(
        !folder
            .run(&["check", "--select", "all", "--ignore", "leftover", "a.txt"])
            .stdout
            .contains("unknown-suppression")
    );
}

#[test]
fn a_wrong_form_is_named_with_its_line_and_key() {
    let folder = Folder::new();
    folder
        .write("gouji.toml", "forms = [\"forms/*.toml\", \"other.toml\"]\n")
        .write("a.txt", report(1));
    folder.write("forms/mine.toml", "id = \"mine\"\nyears = \"2021..\"\nfamly = \"x\"\n");
    let found = folder.run(&["check", "a.txt"]);
    assert_eq!(found.status, 2);
    assert!(found.stderr.contains("gouji: forms/mine.toml:3: "), "{}", found.stderr);
    assert!(
        found.stderr.contains("gouji: other.toml: 无法读取表单：没有这个文件或目录"),
        "{}",
        found.stderr
    );
}

#[test]
fn the_page_of_a_rule_may_be_a_file_beside_the_form() {
    let folder = Folder::new();
    let form = r#"id = "mine"
base = "annual-report-2021"
years = "2021.."

[[relation]]
id = "review-sum"
table = "review_litigation"
each = "table"
equation = "review.upheld + review.other = review.total"
left = "各项之和"
right = "总计"
page = "pages/total.md"
"#;
    folder.write("gouji.toml", "forms = [\"forms/mine.toml\"]\n").write("forms/mine.toml", form);
    let found = folder.run(&["explain", "review-sum"]);
    assert_eq!(found.status, 2);
    let message = "gouji: forms/mine.toml:6: relation[review-sum].page: 读不了规则说明的文件“pages/total.md”：没有这个文件或目录";
    assert!(found.stderr.contains(message), "{}", found.stderr);
    folder.write("forms/pages/total.md", "本单位的说明\n\n## 查什么\n\n总计。\n");
    let found = folder.run(&["explain", "review-sum"]);
    assert!(found.stdout.contains("本单位的说明"), "{}{}", found.stdout, found.stderr);
}

#[test]
fn bands_name_a_level_and_a_cell_that_there_are() {
    let folder = Folder::new();
    let band = |level: &str, cell: &str| {
        format!("[[bands]]\nlevel = \"{level}\"\ncell = \"{cell}\"\nwarn-above = 10.5\n")
    };
    folder.write("a.txt", report(1));
    folder.write("gouji.toml", band("county_departmnt", "proactive.admin_fee.amount"));
    let found = folder.run(&["check", "a.txt"]);
    assert!(
        found.stderr.contains(
            "gouji.toml:2: 没有名为“county_departmnt”的层级；最接近的是“county_department”"
        ),
        "{}",
        found.stderr
    );
    folder.write("gouji.toml", band("county_department", "proactive.admin_fees.amount"));
    let found = folder.run(&["check", "a.txt"]);
    assert!(
        found.stderr.contains("gouji.toml:3: 没有名为“proactive.admin_fees.amount”的单元格"),
        "{}",
        found.stderr
    );
    folder.write("gouji.toml", band("county_department", "proactive.admin_fee.amount"));
    assert_eq!(folder.run(&["check", "a.txt"]).stderr, "");
}
