//! Bad input: each a clear message, exit status 2, and the other files still checked.

use crate::support::{Folder, Run, check, faulty, fixable, report};

/// Checks `name` beside a good file; gives what standard error says.
fn complaint(folder: &Folder, name: &str) -> String {
    folder.write("good.txt", faulty(1));
    let found = check(folder, &["good.txt", name]);
    assert_eq!(found.status, 2, "{}", found.stderr);
    assert!(
        found.stdout.contains("good.txt:1:24: 警告"),
        "the other file is checked: {}",
        found.stdout
    );
    assert!(found.stdout.contains("1 个文件有误"), "{}", found.stdout);
    found.stderr
}

#[test]
fn no_such_file() {
    assert_eq!(
        complaint(&Folder::new(), "none.txt"),
        "gouji: none.txt: 没有这个文件或目录：请检查路径\n"
    );
}

#[test]
fn unreadable_bytes() {
    let folder = Folder::new();
    let mut bytes = report(1).into_bytes();
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    bytes[line + 2] = 0xff;
    folder
        .write("broken.txt", bytes)
        .write("picture.txt", [0; 99])
        .write("a.pdf", "%PDF-1.7\n")
        .write("a.docx", "PK\x03\x04");
    let found = complaint(&folder, "broken.txt");
    assert!(
        found.starts_with("gouji: broken.txt: 第 2 行第 ") && found.contains("0xFF"),
        "{found}"
    );
    assert!(complaint(&folder, "picture.txt").contains("二进制文件"));
    assert!(complaint(&folder, "a.pdf").contains("PDF"));
    assert!(complaint(&folder, "a.docx").contains("暂不支持"));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.write("secret.txt", report(1));
    std::fs::set_permissions(folder.path("secret.txt"), std::fs::Permissions::from_mode(0o000))
        .unwrap();
    if std::fs::read(folder.path("secret.txt")).is_ok() {
        println!("skipped: an administrator reads everything");
        return;
    }
    assert_eq!(
        complaint(&folder, "secret.txt"),
        "gouji: secret.txt: 没有读取权限：请检查文件权限\n"
    );
}

#[test]
fn a_folder_without_reports() {
    let folder = Folder::new();
    folder.write("empty/x.docx", "").write("notes/a.md", "# 会议记录\n");
    let found = check(&folder, &["empty"]);
    assert_eq!((found.status, found.stdout.as_str()), (2, "没有检查任何报告\n"));
    assert!(found.stderr.starts_with("gouji: empty: 没有可以读取的文件"), "{}", found.stderr);
    let found = check(&folder, &["notes"]);
    assert_eq!(found.status, 2);
    assert_eq!(
        found.stderr,
        "gouji: notes: 1 个文件中没有找到年度报告：请检查路径，或用 --verbose 查看跳过了哪些文件\n"
    );
}

#[test]
fn a_named_file_without_report_is_skipped() {
    let folder = Folder::new();
    folder.write("a.md", "# 会议记录\n");
    let found = check(&folder, &["a.md"]);
    assert_eq!(
        found,
        Run { status: 0, stdout: "没有检查任何报告\n".to_owned(), stderr: String::new() }
    );
}

#[test]
fn named_files_are_read_whatever_their_ending() {
    let folder = Folder::new();
    folder.write("report.dat", faulty(1));
    assert!(check(&folder, &["report.dat"]).stdout.contains("report.dat:1:24: 警告"));
}

#[test]
fn a_wrong_rule_names_the_nearest() {
    let folder = Folder::new();
    folder.write("a.txt", report(1));
    for option in ["--select", "--ignore"] {
        let found = folder.run(&["check", option, "requests-balnce", "a.txt"]);
        let message = format!(
            "gouji: {option}：没有名为“requests-balnce”的规则；最接近的是“requests-balance”（用 gouji rules 查看全部规则）\n"
        );
        assert_eq!((found.status, found.stderr), (2, message));
    }
    let found = folder.run(&["explain", "requests-balnce"]);
    assert_eq!(found.status, 2);
    assert!(found.stderr.contains("最接近的是“requests-balance”"), "{}", found.stderr);
}

#[test]
fn wrong_usage_is_said_in_chinese() {
    let folder = Folder::new();
    for (arguments, message) in [
        (&["chek"][..], "没有命令“chek”；最接近的是 check"),
        (&["check", "--fomat", "json"], "没有选项 --fomat；最接近的是 --format"),
        (&["check", "--format", "jsn"], "的值“jsn”无效；最接近的是 json"),
        (&["check", "--fail-on"], "后面缺少值"),
        (&["check", "--jobs", "0"], "应为正整数"),
        (&["check", "--fix", "--diff"], "--fix 不能与 --diff 同用"),
        (&["check", "--diff", "--format", "json"], "--diff 只能与 --format text 同用"),
        (&["check", "--fix", "--format", "json", "-"], "只能与 --format text 同用"),
        (&["check", "--fix", "-", "a.txt"], "不能再写其他路径"),
        (&["explain"], "缺少 <规则>"),
    ] {
        let found = folder.run(arguments);
        assert_eq!((found.status, found.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            found.stderr.starts_with("用法有误：") && found.stderr.contains(message),
            "{arguments:?}: {}",
            found.stderr
        );
    }
}

#[test]
fn what_is_to_come_says_so() {
    let folder = Folder::new();
    folder.write("a.txt", report(1));
    for format in ["sarif", "github", "gitlab", "junit", "html"] {
        let found = check(&folder, &["--format", format, "a.txt"]);
        assert_eq!((found.status, found.stdout.as_str()), (2, ""));
        assert!(found.stderr.contains("尚未实现"), "{}", found.stderr);
    }
    let found = folder.run(&["new", "--agency", "南湾区水利局", "--year", "2025"]);
    assert_eq!(found.status, 2);
    assert!(found.stderr.contains("尚未实现"), "{}", found.stderr);
}

#[test]
fn standard_input_is_a_file() {
    let folder = Folder::new();
    let found = folder.run_with(&["check", "-"], faulty(1).as_bytes());
    assert!(found.stdout.starts_with("-:1:24: 警告[unknown-suppression]"), "{}", found.stdout);
    folder.write("sub/gouji.toml", "[rules]\nunknown-suppression = \"error\"\n");
    let arguments =
        ["check", "--select", crate::support::RULES, "--stdin-filename", "sub/a.txt", "-"];
    let found = folder.run_with(&arguments, faulty(1).as_bytes());
    assert!(
        found.stdout.starts_with("sub/a.txt:1:24: 错误[unknown-suppression]"),
        "{}",
        found.stdout
    );
    assert_eq!(found.status, 1);
    let found = folder.run_with(&["check", "-"], b"\xff\xff");
    assert_eq!(found.status, 2);
    assert!(found.stderr.starts_with("gouji: -: 无法识别文字编码"), "{}", found.stderr);
}

#[test]
fn folders_and_files_are_checked_once_in_order() {
    let folder = Folder::new();
    folder
        .write("b/2.txt", faulty(1))
        .write("b/1.md", faulty(2))
        .write("a.txt", fixable(3))
        .write(".hidden/c.txt", faulty(4));
    let found = check(&folder, &[".", "b/2.txt", "./a.txt"]).stdout;
    let places: Vec<&str> = found
        .lines()
        .filter(|line| line.contains("[un"))
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(places, ["a.txt", "b/1.md", "b/2.txt"]);
}

/// Git passes over some files everywhere for a user; who that is, `HOME` says or nobody.
#[cfg(unix)]
#[test]
fn without_a_home_nothing_is_passed_over_everywhere() {
    let folder = Folder::new();
    folder
        .write("reports/a.txt", report(1))
        .write("reports/draft.txt", report(2))
        .write(".git/HEAD", "ref: refs/heads/main\n")
        .write("home/.config/git/ignore", "draft.txt\n");
    let read = |home: Option<&str>| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.args(["check", "--fail-on", "never", "reports"]).current_dir(folder.path(""));
        command.env_remove("XDG_CONFIG_HOME").env_remove("HOME");
        if let Some(home) = home {
            command.env("HOME", folder.path(home));
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    for (home, count) in [(Some("home"), 1), (None, 2), (Some("reports"), 2)] {
        let (status, said) = read(home);
        assert_eq!(status, Some(0), "{home:?}");
        assert!(said.contains(&format!("检查了 {count} 个文件")), "{home:?}: {said}");
    }
}
