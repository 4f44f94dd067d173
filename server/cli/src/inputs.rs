//! What a command reads: files, folders and standard input, each opened with its own configuration.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::engine::Settings;
use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::{ConfigError, FileSettings, Options, Resolver};
use gouji_workspace::decode::{self, Encoding};
use gouji_workspace::{file, walk};

use crate::args::{InputArgs, STDIN, SelectionArgs};

/// All that a command reads.
pub(crate) struct Inputs {
    pub(crate) files: Vec<Input>,
    /// The arguments that are folders, with their index among the arguments.
    pub(crate) folders: Vec<(usize, PathBuf)>,
    resolver: Resolver,
}

/// A file to read, or standard input.
pub(crate) struct Input {
    /// As output shows it.
    pub(crate) name: String,
    /// Index of the argument that led to it.
    pub(crate) argument: usize,
    /// Whether the user named this very file.
    pub(crate) explicit: bool,
    pub(crate) is_stdin: bool,
    /// The file; for standard input the name that decides its configuration.
    path: PathBuf,
    /// Why it cannot be read, if that is known already.
    problem: Option<String>,
}

/// A file that was read and bound.
pub(crate) struct Opened {
    pub(crate) encoding: Encoding,
    pub(crate) settings: Arc<FileSettings>,
    pub(crate) snapshot: Snapshot,
}

/// Why a file could not be checked.
pub(crate) enum Fault {
    /// It cannot be read or written: a sentence for the user.
    File(String),
    /// Its configuration is broken.
    Config(Arc<ConfigError>),
}

impl Inputs {
    pub(crate) fn new(args: &InputArgs, selection: Option<&SelectionArgs>) -> Self {
        let here = [PathBuf::from(".")];
        let arguments = if args.paths.is_empty() { &here[..] } else { &args.paths };
        let stdin = arguments.iter().position(|path| path.as_os_str() == STDIN).map(|argument| {
            let path = args.stdin_filename.clone().unwrap_or_else(|| PathBuf::from(STDIN));
            Input {
                name: path.display().to_string(),
                argument,
                explicit: true,
                is_stdin: true,
                path,
                problem: None,
            }
        });
        let named = arguments.iter().enumerate().filter(|(_, path)| path.as_os_str() != STDIN);
        let (indices, paths): (Vec<usize>, Vec<PathBuf>) =
            named.map(|(index, path)| (index, path.clone())).unzip();
        let folders = indices
            .iter()
            .zip(&paths)
            .filter(|(_, path)| path.is_dir())
            .map(|(index, path)| (*index, path.clone()));
        let found = walk::files(&paths).into_iter().map(|entry| Input {
            name: entry.path.display().to_string(),
            argument: indices[entry.argument],
            explicit: entry.explicit,
            is_stdin: false,
            path: entry.path,
            problem: entry.problem,
        });
        let options = Options {
            config: args.config.clone(),
            editor: None,
            select: selection.and_then(|selection| selection.select.clone()),
            ignore: selection.map(|selection| selection.ignore.clone()).unwrap_or_default(),
        };
        Self {
            folders: folders.collect(),
            files: stdin.into_iter().chain(found).collect(),
            resolver: Resolver::new(options),
        }
    }

    /// Reads a file, binds its reports by `bind` and passes it to `work`. Core does not panic on any input; should it do so all the same, one file is
    /// lost and not the whole run.
    pub(crate) fn open<R>(
        &self,
        input: &Input,
        bind: fn(&str, Arc<Settings>) -> Snapshot,
        work: impl FnOnce(&Opened) -> R,
    ) -> Result<R, Fault> {
        let opened = catch_unwind(AssertUnwindSafe(|| {
            let settings = self.resolver.settings_for(&input.path).map_err(Fault::Config)?;
            let bytes = input.read().map_err(Fault::File)?;
            let (text, encoding) =
                decode::borrowed(&bytes).map_err(|error| Fault::File(error.to_string()))?;
            let snapshot = bind(&text, settings.settings.clone());
            // The snapshot has a copy of the text, and a file may be large.
            drop(text);
            drop(bytes);
            Ok(work(&Opened { encoding, settings, snapshot }))
        }));
        opened.unwrap_or_else(|_| {
            Err(Fault::File(
                "检查时出现内部错误：请把这个文件和上面的信息报告给 gouji 的开发者".to_owned(),
            ))
        })
    }
}

impl Input {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn read(&self) -> Result<Vec<u8>, String> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        if !self.is_stdin {
            return file::bytes(&self.path);
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| file::cannot_read(&error))?;
        Ok(bytes)
    }
}

impl Fault {
    /// The fault on one line.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::File(message) => message.clone(),
            Self::Config(error) => {
                format!("配置有误，没有检查：{}", shorten(&error.to_string()).replace('\n', "；"))
            }
        }
    }
}

/// `text` with paths below the current folder made relative to it.
pub(crate) fn shorten(text: &str) -> String {
    match std::env::current_dir() {
        Ok(here) => text.replace(&format!("{}{}", here.display(), std::path::MAIN_SEPARATOR), ""),
        Err(_) => text.to_owned(),
    }
}
