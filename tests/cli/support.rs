//! A folder with reports, and the program run in it.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use gouji_generator::{Layout, Options, Report, render};
use tempfile::TempDir;

/// A folder that goes away with its test. It is the root of its own tree: no configuration above it is found.
pub(crate) struct Folder(TempDir);

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The names of all files, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"")
    }

    /// Runs the program in the folder, with `stdin` on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &[u8]) -> Run {
        let output = self.command(arguments).write_stdin(stdin).output().unwrap();
        Run {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The program in the folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.current_dir(self.0.path()).env_remove("NO_COLOR").args(arguments);
        command
    }
}

/// A report without faults.
pub(crate) fn report(seed: u64) -> String {
    render(&Report::random(seed, &Options::default()), Layout::Pipes)
}

/// A report below a mark that names no rule: one warning in the first line, with nothing to fix it by.
pub(crate) fn faulty(seed: u64) -> String {
    format!("<!-- gouji-ignore-file requests-balnce: 旧数据 -->\n{}", report(seed))
}

/// A report below a mark that suppresses nothing: one warning in the first line, with a safe fix that deletes it.
pub(crate) fn fixable(seed: u64) -> String {
    format!("<!-- gouji-ignore-file unknown-suppression: 旧数据 -->\n{}", report(seed))
}

/// The rules that speak of [`faulty`] and [`fixable`], so that these tests say nothing about all the others.
pub(crate) const RULES: &str = "unknown-suppression,unused-suppression";

/// Runs `check` with [`RULES`] only.
pub(crate) fn check(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(&[&["check", "--select", RULES], arguments].concat())
}
