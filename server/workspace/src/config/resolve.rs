//! The nearest `gouji.toml` up the tree from a file, read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use super::apply::{FileSettings, Loaded, absolute};
use super::{Config, ConfigError, FILE_NAME, Origin, Problem, node, read};
use crate::file;

/// What is set outside of configuration files.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The configuration to use for every file, in place of the nearest one.
    pub config: Option<PathBuf>,
    /// An editor's settings, with the keys of `gouji.toml`, and the folder that their paths count from. They lie over the file's.
    pub editor: Option<(serde_json::Value, PathBuf)>,
    /// The rules to run, in place of all that is configured: ids, groups or `all`.
    pub select: Option<Vec<String>>,
    /// Rules that do not run, whatever is configured.
    pub ignore: Vec<String>,
}

/// Finds and reads configurations, each once. To be made anew when one of its [`files`](Resolver::files) or a setting changes.
pub struct Resolver {
    options: Options,
    base: PathBuf,
    /// By folder, as the caller spells it.
    folders: RwLock<HashMap<PathBuf, Outcome>>,
    /// What each folder, made absolute, had as its nearest configuration.
    nearest: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
    /// What the files were like when they were read.
    stamps: Mutex<HashMap<PathBuf, Option<Stamp>>>,
    /// By configuration file; `None` for files that have none.
    configs: Mutex<HashMap<Option<PathBuf>, Outcome>>,
}

type Outcome = Result<Arc<Loaded>, Arc<ConfigError>>;

/// Equal for a file that has not changed.
type Stamp = (Option<SystemTime>, u64);

impl Resolver {
    /// A resolver that has read nothing yet. Relative paths count from the current folder.
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
    /// Everything that is wrong with its configuration. One error is shared by all files of that configuration.
    pub fn settings_for(&self, path: &Path) -> Result<Arc<FileSettings>, Arc<ConfigError>> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let known =
            self.folders.read().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        let loaded = known.unwrap_or_else(|| self.resolve(folder))?;
        Ok(loaded.settings_for(&|| absolute(path, &self.base)))
    }

    /// The configuration files and forms read so far, for those who watch them.
    pub fn files(&self) -> Vec<PathBuf> {
        let configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        let mut files: Vec<PathBuf> =
            configs.iter().flat_map(|(file, outcome)| files_of(file.as_deref(), outcome)).collect();
        files.sort();
        files.dedup();
        files
    }

    /// Whether a file that was read is another one now, or another configuration is nearer, for those whom nobody tells.
    pub fn is_stale(&self) -> bool {
        let stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let nearest_known = self.nearest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        stamps.iter().any(|(file, known)| stamp(file) != *known)
            || nearest_known.iter().any(|(folder, known)| nearest(folder) != *known)
    }

    fn resolve(&self, folder: &Path) -> Outcome {
        let configured = self.options.config.as_ref().map(|file| absolute(file, &self.base));
        let file = configured.or_else(|| {
            let folder = absolute(folder, &self.base);
            let file = nearest(&folder);
            let mut known = self.nearest.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(folder, file.clone());
            file
        });
        // Before it is read: what changes meanwhile is noticed.
        let read_at = file.as_ref().map(|file| (file.clone(), stamp(file)));
        // Held while loading, so that a configuration is read once however many threads ask for it.
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = configs
            .entry(file)
            .or_insert_with_key(|file| {
                let outcome = self.load(file.as_deref()).map(Arc::new).map_err(Arc::new);
                let mut stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
                let files = files_of(file.as_deref(), &outcome);
                stamps.extend(files.map(|file| (file.clone(), stamp(&file))));
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
            (config, problems) = read::read(tree, file.parent().unwrap_or(Path::new("")));
        }
        if let Some((value, base)) = &self.options.editor {
            let (above, more) = read::read(node::from_json(value), base);
            config.overlay(above);
            problems.extend(more);
        }
        if !problems.is_empty() {
            problems.sort();
            return Err(ConfigError { problems });
        }
        Loaded::new(&config, file, &self.options)
    }
}

/// The files that a configuration has read, or that are to blame.
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

fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok(), data.len()))
}

fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}
