//! The nearest `gouji.toml` up the tree from a file, read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

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
    /// By configuration file; `None` for files that have none.
    configs: Mutex<HashMap<Option<PathBuf>, Outcome>>,
}

type Outcome = Result<Arc<Loaded>, Arc<ConfigError>>;

impl Resolver {
    /// A resolver that has read nothing yet. Relative paths count from the current folder.
    pub fn new(options: Options) -> Self {
        let base = std::env::current_dir().unwrap_or_default();
        Self { options, base, folders: RwLock::default(), configs: Mutex::default() }
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
        let mut files: Vec<PathBuf> = configs
            .iter()
            .flat_map(|(file, outcome)| match outcome {
                Ok(loaded) => loaded.files.clone(),
                Err(error) => {
                    let named = error
                        .problems
                        .iter()
                        .filter_map(|problem| problem.origin.file.as_deref().cloned());
                    file.iter().cloned().chain(named).collect()
                }
            })
            .collect();
        files.sort();
        files.dedup();
        files
    }

    fn resolve(&self, folder: &Path) -> Outcome {
        let file = match &self.options.config {
            Some(file) => Some(absolute(file, &self.base)),
            None => nearest(&absolute(folder, &self.base)),
        };
        // Held while loading, so that a configuration is read once however many threads ask for it.
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = configs
            .entry(file)
            .or_insert_with_key(|file| self.load(file.as_deref()).map(Arc::new).map_err(Arc::new))
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

fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}
