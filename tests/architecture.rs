//! The house stands as ARCHITECTURE.md says: who may know whom, what core may not touch, and where words live.

mod support;

use std::path::{Path, PathBuf};

use support::root;

/// The crates from the ground up; each may know those before it.
const CRATES: [(&str, &str); 4] = [
    ("core", "gouji_core"),
    ("workspace", "gouji_workspace"),
    ("lsp", "gouji_lsp"),
    ("cli", "gouji"),
];

fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder)
        .unwrap_or_else(|problem| panic!("{}: {problem}", folder.display()));
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir()
            && !["target", "node_modules", ".git", "out", "dist"].contains(&name.as_str())
        {
            found.extend(files_below(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

fn is_test(path: &Path) -> bool {
    let relative = path.strip_prefix(root()).unwrap_or(path);
    relative
        .components()
        .any(|it| matches!(it.as_os_str().to_str(), Some("tests" | "benches" | "fuzz")))
        || relative.file_stem().is_some_and(|stem| {
            ["tests", "testing"].iter().any(|end| stem.to_string_lossy().ends_with(end))
        })
}

/// A file's code: no comments, and nothing from its `#[cfg(test)]` modules on, which come last.
fn code(path: &Path) -> String {
    let text = text(path);
    let end = text.match_indices("#[cfg(test)]").find(|(at, _)| {
        let behind = text[*at..].lines().skip(1).find(|line| !line.trim_start().starts_with("#["));
        behind.is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
    });
    let text = &text[..end.map_or(text.len(), |(at, _)| at)];
    let lines: Vec<_> =
        text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code)).collect();
    lines.join("\n")
}

fn sources(krate: &str) -> Vec<PathBuf> {
    files_below(&root().join("server").join(krate).join("src"), &[".rs"])
        .into_iter()
        .filter(|path| !is_test(path))
        .collect()
}

#[test]
fn crates_know_only_those_below_them() {
    for (at, (folder, _)) in CRATES.iter().enumerate() {
        let manifest = text(&root().join("server").join(folder).join("Cargo.toml"));
        let (_, dependencies) = manifest.split_once("[dependencies]").unwrap_or_default();
        let dependencies = dependencies.split("\n[").next().unwrap_or("");
        for (_, above) in &CRATES[at + 1..] {
            let named = above.replace('_', "-");
            let depends =
                dependencies.lines().any(|line| line.split(['.', ' ', '=']).next() == Some(&named));
            assert!(!depends, "server/{folder} depends on {named}");
            for path in sources(folder) {
                assert!(
                    !code(&path).contains(&format!("{above}::")),
                    "{} uses {above}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn only_the_server_names_the_protocol() {
    for (folder, _) in CRATES.iter().filter(|(folder, _)| *folder != "lsp") {
        for path in sources(folder) {
            let code = code(&path);
            for word in ["tower_lsp", "lsp_types", "async_trait"] {
                assert!(!code.contains(word), "{} names {word}", path.display());
            }
        }
    }
}

/// The C library that a release carries ends the program where it has to load another library: for users and hosts that the system's own files do
/// not name. `walk.rs` goes through folders without asking who the user is.
#[test]
fn nothing_asks_for_users_and_hosts() {
    let mut walkers = Vec::new();
    for (folder, _) in CRATES {
        for path in sources(folder) {
            let code = code(&path);
            for word in ["home_dir", "ToSocketAddrs", "lookup_host", "TcpStream", "TcpListener"] {
                assert!(!code.contains(word), "{} names {word}", path.display());
            }
            if code.contains("WalkBuilder::new") || code.contains("ignore::Walk::new") {
                walkers.push(path);
            }
        }
    }
    assert!(matches!(&walkers[..], [only] if only.ends_with("walk.rs")), "{walkers:?}");
}

#[test]
fn core_has_no_world() {
    let banned = [
        "std::fs",
        "std::net",
        "std::time",
        "std::process",
        "std::env",
        "std::io",
        "std::thread",
        "tokio",
        "println!",
        "eprintln!",
        "dbg!",
        "panic!(",
        ".unwrap()",
        "unsafe ",
        "SystemTime",
        "Instant::",
    ];
    for path in sources("core") {
        let code = code(&path);
        for word in banned {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

/// Folders of core from the ground up. `repair` stands below `rules`: the rules on sums show the repairs.
#[test]
fn folders_of_core_know_only_those_below_them() {
    let order =
        ["text", "syntax", "form", "report", "references", "dictionary", "repair", "rules", "ide"];
    for (at, folder) in order.iter().enumerate() {
        for path in files_below(&root().join("server/core/src").join(folder), &[".rs"])
            .iter()
            .filter(|path| !is_test(path))
        {
            let code = code(path);
            for above in &order[at + 1..] {
                assert!(
                    !code.contains(&format!("crate::{above}")),
                    "{} uses crate::{above}",
                    path.display()
                );
            }
        }
    }
}

/// Words of a form that would betray a report's kind in Rust: its labels and headings of four characters and more.
fn form_words() -> Vec<String> {
    let mut words = Vec::new();
    for path in files_below(&root().join("server/core/src/form/forms"), &[".toml"]) {
        let table: toml::Table =
            text(&path).parse().unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        labels(&toml::Value::Table(table), false, &mut words);
    }
    words.sort();
    words.dedup();
    assert!(words.len() > 50, "only {} labels found in the forms: {words:?}", words.len());
    words
}

fn labels(value: &toml::Value, wanted: bool, words: &mut Vec<String>) {
    match value {
        toml::Value::String(text)
            if wanted && text.chars().filter(|c| !c.is_ascii()).count() >= 4 =>
        {
            words.push(text.clone());
        }
        toml::Value::Array(items) => items.iter().for_each(|item| labels(item, wanted, words)),
        toml::Value::Table(table) => {
            for (key, value) in table {
                let wanted = [
                    "label", "labels", "heading", "group", "groups", "caption", "banner", "note",
                    "corner",
                ]
                .contains(&key.as_str());
                labels(value, wanted, words);
            }
        }
        _ => {}
    }
}

#[test]
fn no_rust_knows_the_words_of_a_form() {
    let words = form_words();
    let files = CRATES.iter().flat_map(|(folder, _)| sources(folder));
    let mut betrayed = Vec::new();
    for path in files {
        let code = code(&path);
        betrayed.extend(
            words
                .iter()
                .filter(|word| code.contains(*word))
                .map(|word| format!("{}: {word}", path.display())),
        );
    }
    assert!(betrayed.is_empty(), "{}", betrayed.join("\n"));
}

/// The examples of its page show what a rule is for; what it must not be taken for is for its tests.
#[test]
fn every_rule_is_named_by_a_test_of_its_own() {
    let files = files_below(&root().join("server/core/src"), &[".rs"]);
    let tests = files.iter().map(|path| {
        let text = text(path);
        let code = if is_test(path) { 0 } else { text.find("#[cfg(test)]").unwrap_or(text.len()) };
        text[code..].to_owned()
    });
    let tests: Vec<String> = tests.collect();
    let engine = gouji_core::engine::Engine::builtin();
    let is_named = |id: &str| {
        let forms = [format!("\"{id}\""), format!("⟦{id}:")];
        tests.iter().any(|text| forms.iter().any(|form| text.contains(form.as_str())))
    };
    let untested: Vec<_> = (engine.registry().rules().iter())
        .filter(|rule| !is_named(&rule.id))
        .map(|rule| rule.id.to_string())
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn files_stay_under_400_lines() {
    let folders = ["server", "editors", "tests"].map(|folder| root().join(folder));
    let files = folders
        .iter()
        .filter(|folder| folder.exists())
        .flat_map(|folder| files_below(folder, &[".rs", ".ts", ".lua", ".mjs"]));
    let long: Vec<_> = files
        .map(|path| (text(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > 400)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

/// `README.md` lists every rule by group between two marks; `UPDATE_EXPECT=1` writes the list anew.
#[test]
fn the_readme_lists_every_rule() {
    use std::fmt::Write;

    let engine = gouji_core::engine::Engine::builtin();
    let mut groups = std::collections::BTreeMap::<_, Vec<_>>::new();
    for rule in engine.registry().rules() {
        groups.entry(rule.group).or_default().push(format!("`{}`", rule.id));
    }
    let mut table = "| 组 | 条数 | 规则 |\n| --- | --- | --- |\n".to_owned();
    for (group, mut rules) in groups {
        rules.sort();
        let _ = writeln!(table, "| {} | {} | {} |", group.name(), rules.len(), rules.join(" "));
    }
    let path = root().join("README.md");
    let readme = text(&path);
    let (open, close) = ("<!-- rules -->\n", "<!-- /rules -->");
    let (before, rest) =
        readme.split_once(open).unwrap_or_else(|| panic!("README.md has no {open:?}"));
    let (old, after) =
        rest.split_once(close).unwrap_or_else(|| panic!("README.md has no {close:?}"));
    if old != table && std::env::var_os("UPDATE_EXPECT").is_some() {
        let new = format!("{before}{open}{table}{close}{after}");
        std::fs::write(&path, new).unwrap_or_else(|problem| panic!("README.md: {problem}"));
        return;
    }
    assert_eq!(
        old, table,
        "README.md's rules are out of date: UPDATE_EXPECT=1 cargo test --test architecture"
    );
}
