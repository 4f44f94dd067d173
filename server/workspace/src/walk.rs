//! Which files a command reads.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::{env, fs};

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::file::cannot_read;

/// Endings of the files that are read when a folder is walked.
pub const EXTENSIONS: [&str; 5] = ["txt", "md", "markdown", "html", "htm"];

/// A path to read, or why it cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As the user would write it: below the argument that led to it, without a leading `./`.
    pub path: PathBuf,
    /// Whether the user named this very file; then it is read whatever its ending.
    pub explicit: bool,
    /// Index of the argument that led to it.
    pub argument: usize,
    /// What to say instead of reading it.
    pub problem: Option<String>,
}

/// The files below `arguments`, sorted by path, each once. Folders are walked as git would: hidden and ignored files are left out.
pub fn files(arguments: &[PathBuf]) -> Vec<Entry> {
    let mut found = Vec::new();
    for (argument, path) in arguments.iter().enumerate() {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, argument, &mut found),
            Ok(_) => {
                found.push(Entry { path: shorten(path), explicit: true, argument, problem: None });
            }
            Err(error) => found.push(Entry {
                path: shorten(path),
                explicit: true,
                argument,
                problem: Some(cannot_read(&error)),
            }),
        }
    }
    // The same file by two arguments is one file, and named is stronger than found.
    found.sort_by(|a, b| {
        a.path.cmp(&b.path).then(b.explicit.cmp(&a.explicit)).then(a.argument.cmp(&b.argument))
    });
    found.dedup_by(|later, first| later.path == first.path);
    found
}

/// The first `most` files below folders, in the order of their paths, and whether there are more. Unlike [`files`] it takes no more memory than that,
/// whatever the folders hold, and ends when `goes_on` says no; for that it goes through one folder after the other.
pub fn first(folders: &[PathBuf], most: usize, goes_on: &dyn Fn() -> bool) -> (Vec<PathBuf>, bool) {
    let mut found = Vec::new();
    for folder in folders {
        let walk = walker(folder).sort_by_file_path(Path::cmp).build();
        // One more than wanted tells that there are more.
        let walk = walk.take_while(|_| goes_on()).flatten().filter(is_read).take(most + 1);
        found.extend(walk.map(|entry| shorten(entry.path())));
    }
    found.sort();
    found.dedup();
    let is_all = found.len() <= most;
    found.truncate(most);
    (found, !is_all)
}

/// Goes through a folder as git would. What git passes over everywhere for this user counts where `HOME` says whose that is: the standard library
/// would ask the system's list of users else, and a program that carries its C library (`build.rs` of the command line) crashes where that list is
/// kept by another library.
pub(crate) fn walker(root: &Path) -> WalkBuilder {
    let is_known = cfg!(not(unix)) || env::var_os("HOME").is_some_and(|home| !home.is_empty());
    let mut walker = WalkBuilder::new(root);
    walker.git_global(is_known);
    walker
}

/// A link is read when it leads to a file; a link to a folder is not followed, as it may lead in a circle. A pipe or a socket is no file: whoever
/// reads one waits for ever.
fn is_read(entry: &DirEntry) -> bool {
    let is_file =
        |kind: fs::FileType| kind.is_file() || kind.is_symlink() && entry.path().is_file();
    is_text(entry.path()) && entry.file_type().is_some_and(is_file)
}

fn walk(root: &Path, argument: usize, found: &mut Vec<Entry>) {
    let (sender, receiver) = std::sync::mpsc::channel();
    walker(root).build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            let entry = match entry {
                Ok(entry) if is_read(&entry) => {
                    Entry { path: shorten(entry.path()), explicit: false, argument, problem: None }
                }
                Ok(_) => return WalkState::Continue,
                Err(error) => unreadable(root, argument, &error),
            };
            if sender.send(entry).is_ok() { WalkState::Continue } else { WalkState::Quit }
        })
    });
    drop(sender);
    found.extend(receiver);
}

fn unreadable(root: &Path, argument: usize, error: &ignore::Error) -> Entry {
    let mut at = error;
    let mut path = root;
    loop {
        match at {
            ignore::Error::WithPath { path: inner, err } => {
                path = inner;
                at = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                at = err;
            }
            _ => break,
        }
    }
    let problem = at.io_error().map_or_else(|| at.to_string(), cannot_read);
    Entry { path: shorten(path), explicit: false, argument, problem: Some(problem) }
}

/// Whether a file is read when its folder is walked.
pub fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| EXTENSIONS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// `./a/./b.txt` is `a/b.txt`.
fn shorten(path: &Path) -> PathBuf {
    let short: PathBuf =
        path.components().filter(|part| !matches!(part, Component::CurDir)).collect();
    if short.as_os_str().is_empty() { PathBuf::from(".") } else { short }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_read() {
        let folder = tree(&["a.txt"]);
        let pipe = folder.path().join("b.txt");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        std::os::unix::fs::symlink(&pipe, folder.path().join("c.txt")).unwrap();
        let root = [folder.path().to_owned()];
        let only = folder.path().join("a.txt");
        let all = files(&root).into_iter().map(|it| it.path);
        assert!(all.eq([only.clone()]));
        assert_eq!(first(&root, 9, &|| true), (vec![only], false));
    }

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    fn names(folder: &tempfile::TempDir, found: &[Entry]) -> Vec<String> {
        found
            .iter()
            .map(|entry| entry.path.strip_prefix(folder.path()).unwrap().display().to_string())
            .collect()
    }

    #[test]
    fn folders_give_their_text_files_in_order() {
        let folder =
            tree(&["b/2.TXT", "b/1.md", "a.html", "a.docx", ".git/x.txt", ".hidden.txt", "c.htm"]);
        let found = files(&[folder.path().to_owned()]);
        assert_eq!(names(&folder, &found), ["a.html", "b/1.md", "b/2.TXT", "c.htm"]);
        assert!(found.iter().all(|entry| !entry.explicit && entry.problem.is_none()));
    }

    #[test]
    fn ignored_files_are_left_out_unless_named() {
        let folder = tree(&[".git/HEAD", "draft.txt", "final.txt"]);
        fs::write(folder.path().join(".gitignore"), "draft.txt\n").unwrap();
        assert_eq!(names(&folder, &files(&[folder.path().to_owned()])), ["final.txt"]);
        let found = files(&[folder.path().join("draft.txt"), folder.path().to_owned()]);
        assert_eq!(names(&folder, &found), ["draft.txt", "final.txt"]);
    }

    #[test]
    fn the_first_files_are_those_of_a_whole_walk() {
        let one =
            tree(&["b/2.TXT", "b/1.md", "a.html", "a.docx", ".git/x.txt", "b-c/1.txt", "z.txt"]);
        fs::write(one.path().join(".gitignore"), "z.txt\n").unwrap();
        let folders = [one.path().to_owned(), one.path().join("b")];
        let whole: Vec<_> = files(&folders).into_iter().map(|entry| entry.path).collect();
        assert_eq!(whole.len(), 4);
        for most in 0..6 {
            let (found, is_more) = first(&folders, most, &|| true);
            assert_eq!((&found[..], is_more), (&whole[..most.min(4)], most < 4));
        }
        assert!(first(&folders, 9, &|| false).0.is_empty());
    }

    #[test]
    fn a_file_found_twice_is_read_once() {
        let folder = tree(&["a.txt", "b.txt"]);
        let found = files(&[folder.path().to_owned(), folder.path().join("./b.txt")]);
        assert_eq!(names(&folder, &found), ["a.txt", "b.txt"]);
        assert!(found[1].explicit);
    }

    #[test]
    fn what_is_not_there_is_said_beside_the_rest() {
        let folder = tree(&["a.txt"]);
        let found = files(&[folder.path().join("none.txt"), folder.path().join("a.txt")]);
        assert_eq!(names(&folder, &found), ["a.txt", "none.txt"]);
        assert!(found[1].problem.as_ref().unwrap().contains("没有这个文件或目录"));
    }
}
