//! `--fix` and `--diff`.

use expect_test::expect;
use gouji_workspace::decode::{Encoding, encode};

use crate::support::{Folder, RULES, check, faulty, fixable, report};

#[test]
fn safe_fixes_are_made_in_place_and_the_rest_is_reported() {
    let folder = Folder::new();
    folder.write("a.txt", fixable(1)).write("b.txt", faulty(2)).write("c.txt", report(3));
    let found = check(&folder, &["--fix"]);
    assert_eq!(folder.read("a.txt"), report(1).into_bytes());
    assert_eq!(folder.read("b.txt"), faulty(2).into_bytes());
    assert!(
        found.stdout.contains("b.txt:1:24: 警告") && !found.stdout.contains("a.txt:"),
        "{}",
        found.stdout
    );
    assert!(
        found.stdout.ends_with("检查了 3 个文件、3 份报告：1 个警告。已改正 1 处（1 个文件）\n"),
        "{}",
        found.stdout
    );
    assert_eq!(folder.names(), ["a.txt", "b.txt", "c.txt"]);
    let again = check(&folder, &["--fix"]);
    assert!(!again.stdout.contains("已改正"), "a second run changes nothing: {}", again.stdout);
}

#[test]
fn encoding_byte_order_mark_and_line_ends_stay() {
    let folder = Folder::new();
    for (index, encoding) in [
        Encoding::Utf8 { bom: true },
        Encoding::Utf16Le { bom: true },
        Encoding::Utf16Be { bom: true },
        Encoding::Utf16Le { bom: false },
        Encoding::Gb18030,
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("{index}.txt");
        let crlf = |text: &str| encode(&text.replace('\n', "\r\n"), encoding).unwrap();
        folder.write(&name, crlf(&fixable(1)));
        assert_eq!(check(&folder, &["--fix", &name]).status, 0);
        assert!(folder.read(&name) == crlf(&report(1)), "{}", encoding.name());
    }
}

#[test]
fn a_file_that_would_not_come_back_is_left_alone() {
    let folder = Folder::new();
    let mut bytes = encode(&fixable(1), Encoding::Gb18030).unwrap();
    // The old byte for the euro sign reads well, but is written as two bytes.
    bytes.extend(b"\xca\xd5\xb7\xd1\x80\n");
    folder.write("a.txt", &bytes);
    let found = check(&folder, &["--fix", "a.txt"]);
    assert_eq!(found.status, 2);
    assert!(found.stderr.contains("先另存为 UTF-8 再修复"), "{}", found.stderr);
    assert!(
        found.stdout.contains("警告[unused-suppression]"),
        "it is still reported: {}",
        found.stdout
    );
    assert_eq!(folder.read("a.txt"), bytes);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.write("a.txt", fixable(1));
    std::fs::set_permissions(folder.path("a.txt"), std::fs::Permissions::from_mode(0o444)).unwrap();
    let found = check(&folder, &["--fix", "a.txt"]);
    assert_eq!(found.status, 2);
    assert_eq!(found.stderr, "gouji: a.txt: 文件是只读的，没有写入：请先去掉只读属性\n");
    assert_eq!(folder.read("a.txt"), fixable(1).into_bytes());
}

#[test]
fn a_diff_shows_what_fix_would_change() {
    let folder = Folder::new();
    folder.write("a.txt", fixable(1)).write("b.txt", report(2));
    let found = check(&folder, &["--diff"]);
    let first: Vec<&str> = found.stdout.lines().take(4).collect();
    expect![[r"
        --- a.txt
        +++ a.txt
        @@ -1,4 +1,3 @@
        -<!-- gouji-ignore-file unknown-suppression: 旧数据 -->"]]
    .assert_eq(&first.join("\n"));
    assert_eq!(found.stderr, "检查了 2 个文件、2 份报告：1 个警告。其中 1 个可用 --fix 自动改正\n");
    assert_eq!(found.status, 0, "a warning does not fail by default");
    assert_eq!(check(&folder, &["--diff", "--fail-on", "warning"]).status, 1);
    assert_eq!(folder.read("a.txt"), fixable(1).into_bytes());
}

#[test]
fn standard_input_is_fixed_onto_standard_output() {
    let folder = Folder::new();
    let arguments = ["check", "--select", RULES, "--fix", "-"];
    let found = folder.run_with(&arguments, fixable(1).as_bytes());
    assert_eq!(found.stdout, report(1));
    assert_eq!(found.stderr, "检查了 1 个文件、1 份报告：没有发现问题。已改正 1 处（1 个文件）\n");
    let found = folder.run_with(&arguments, faulty(1).as_bytes());
    assert_eq!(found.stdout, faulty(1), "a text without fixes comes back as it was");
    assert!(found.stderr.starts_with("-:1:24: 警告"), "{}", found.stderr);
}
