//! The nearest `gouji.toml` up the tree from a file. Each configuration is read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::apply::{FileSettings, Loaded, absolute};
use super::value::Value;
use super::{Config, ConfigError, FILE_NAME, Origin, Problem, node, read};
use crate::file::{self, Stamp};

/// What is set outside of configuration files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The configuration to use for every file instead of the nearest one.
    pub config: Option<PathBuf>,
    /// An editor's settings, with the keys of `gouji.toml`, and the folder that their paths are relative to. They override the file.
    pub editor: Option<(serde_json::Value, PathBuf)>,
    /// The rules to run instead of those that are configured: ids, groups or `all`.
    pub select: Option<Vec<String>>,
    /// Rules that do not run, whatever is configured.
    pub ignore: Vec<String>,
}

/// Finds and reads configurations, each once. Has to be replaced by a new one when one of its [`files`](Resolver::files) or a setting changes.
pub struct Resolver {
    options: Options,
    base: PathBuf,
    /// By folder, as the caller spells it.
    folders: RwLock<HashMap<PathBuf, Outcome>>,
    /// The nearest configuration of each folder, made absolute.
    nearest: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
    /// The state of each file when it was read.
    stamps: Mutex<HashMap<PathBuf, Option<Stamp>>>,
    /// By configuration file; `None` for files that have none.
    configs: Mutex<HashMap<Option<PathBuf>, Outcome>>,
}

type Outcome = Result<Arc<Loaded>, Arc<ConfigError>>;

impl Resolver {
    /// A resolver that has read nothing yet. Relative paths are relative to the current folder.
    pub fn new(options: Options) -> Self {
        let base = std::env::current_dir().unwrap_or_default();
        Self {
            options,
            base,
            folders: RwLock::default(),
            nearest: Mutex::default(),
            stamps: Mutex::default(),
            configs: Mutex::default(),
        }
    }

    /// The settings of the file at `path`, which need not exist.
    ///
    /// # Errors
    /// Everything that is wrong with its configuration. All files of one configuration share one error.
    pub fn settings_for(&self, path: &Path) -> Result<Arc<FileSettings>, Arc<ConfigError>> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let known =
            self.folders.read().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        let loaded = known.unwrap_or_else(|| self.resolve(folder))?;
        Ok(loaded.settings_for(&|| absolute(path, &self.base)))
    }

    /// The configuration files and forms read so far, for callers that watch files.
    pub fn files(&self) -> Vec<PathBuf> {
        let configs = lock(&self.configs);
        let mut files: Vec<PathBuf> =
            configs.iter().flat_map(|(file, outcome)| files_of(file.as_deref(), outcome)).collect();
        files.sort();
        files.dedup();
        files
    }

    /// Whether a file that was read has changed, or another configuration is nearer now, for callers that cannot watch files.
    pub fn is_stale(&self) -> bool {
        let stamps = lock(&self.stamps).clone();
        let nearest_known = lock(&self.nearest).clone();
        stamps.iter().any(|(file, known)| Stamp::of(file) != *known)
            || nearest_known.iter().any(|(folder, known)| nearest(folder) != *known)
    }

    fn resolve(&self, folder: &Path) -> Outcome {
        let configured = self.options.config.as_ref().map(|file| absolute(file, &self.base));
        let file = configured.or_else(|| {
            let folder = absolute(folder, &self.base);
            let file = nearest(&folder);
            lock(&self.nearest).insert(folder, file.clone());
            file
        });
        // Taken before the file is read, so that a change meanwhile is noticed.
        let read_at = file.as_ref().map(|file| (file.clone(), Stamp::of(file)));
        // Held while loading, so that a configuration is read once however many threads ask for it.
        let mut configs = lock(&self.configs);
        let outcome = configs
            .entry(file)
            .or_insert_with_key(|file| {
                let outcome = self.load(file.as_deref()).map(Arc::new).map_err(Arc::new);
                let mut stamps = lock(&self.stamps);
                let files = files_of(file.as_deref(), &outcome);
                stamps.extend(files.map(|file| (file.clone(), Stamp::of(&file))));
                stamps.extend(read_at);
                outcome
            })
            .clone();
        self.folders
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(folder.to_owned(), outcome.clone());
        outcome
    }

    fn load(&self, file: Option<&Path>) -> Result<Loaded, ConfigError> {
        let (mut config, mut problems) = (Config::default(), Vec::new());
        let mut lay = |above: Result<Config, Vec<Problem>>| match above {
            Ok(above) => config.overlay(above),
            Err(more) => problems.extend(more),
        };
        let file = file.map(|file| Arc::new(file.to_owned()));
        if let Some(file) = &file {
            let fault = |message| ConfigError {
                problems: vec![Problem::new(
                    &Origin { file: Some(file.clone()), line: None },
                    message,
                )],
            };
            let source = file::read(file).map_err(fault)?.text;
            let tree = node::from_toml(&source, file)
                .map_err(|problem| ConfigError { problems: vec![problem] })?;
            lay(read(tree, file.parent().unwrap_or(Path::new(""))));
        }
        if let Some((value, base)) = &self.options.editor {
            lay(read(node::from_json(value), base));
        }
        if !problems.is_empty() {
            problems.sort();
            return Err(ConfigError { problems });
        }
        Loaded::new(&config, file, &self.options)
    }
}

/// The files that were read for a configuration, or that its errors name.
fn files_of<'o>(
    file: Option<&'o Path>,
    outcome: &'o Outcome,
) -> Box<dyn Iterator<Item = PathBuf> + 'o> {
    match outcome {
        Ok(loaded) => Box::new(loaded.files.iter().cloned()),
        Err(error) => {
            let named = error.problems.iter().filter_map(|it| it.origin.file.as_deref().cloned());
            Box::new(file.map(Path::to_owned).into_iter().chain(named))
        }
    }
}

/// Poisoning is ignored: an entry is inserted whole or not at all.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}
