//! A configuration becomes the settings of a file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gouji_core::engine::{Engine, Settings};
use gouji_core::ide::{self, HintKinds};
use gouji_core::nearest::suggest;
use gouji_core::rules::{Registry, RuleIndex, Severity};
use gouji_core::snapshot::{Found, Snapshot};

use super::glob::Matcher;
use super::{
    At, Config, ConfigError, FailOn, Ignored, Level, Options, Origin, Problem, forms, words,
};

/// What one file is checked by.
pub struct FileSettings {
    /// Forms, rules and severities.
    pub settings: Arc<Settings>,
    /// The configuration file that won; `None` when there is none up the tree.
    pub config: Option<Arc<PathBuf>>,
    /// From which severity on a run fails, where the configuration says.
    pub fail_on: Option<FailOn>,
    /// The hints that an editor shows.
    pub inlay_hints: HintKinds,
    /// How wide an editor takes characters of ambiguous width when it aligns tables.
    pub ambiguous_width: ide::AmbiguousWidth,
    /// What the configuration adds to the dictionary, in words.
    pub(super) words: String,
    pub(super) texts: Vec<TextIgnore>,
}

/// A finding on these words that is not reported.
#[derive(Clone)]
pub(super) struct TextIgnore {
    pub(super) rules: Vec<RuleIndex>,
    pub(super) text: String,
}

/// A configuration with its engine: all that files under it share.
pub(super) struct Loaded {
    plain: Arc<FileSettings>,
    ignores: Vec<PathIgnore>,
    /// By which entries of `ignores` match.
    variants: Mutex<HashMap<Vec<bool>, Arc<FileSettings>>>,
    /// The files that were read for it.
    pub(super) files: Vec<PathBuf>,
}

struct PathIgnore {
    path: Matcher,
    rules: Vec<RuleIndex>,
    text: Option<String>,
}

impl FileSettings {
    /// The findings of `snapshot`, without those that an `[[ignore]]` with `text` covers.
    pub fn findings<'a>(&'a self, snapshot: &'a Snapshot) -> impl Iterator<Item = Found<'a>> {
        snapshot.findings().filter(|found| !self.ignores(found, snapshot))
    }

    /// The words must touch the finding's range: `text = "5G基站"` covers a finding between 5G and 基站, not another one of that line.
    fn ignores(&self, found: &Found<'_>, snapshot: &Snapshot) -> bool {
        self.texts.iter().any(|ignore| {
            if !ignore.rules.contains(&found.finding.rule) {
                return false;
            }
            let (range, reach) = (found.range(), ignore.text.len());
            snapshot
                .text()
                .slice(range.start.saturating_sub(reach)..range.end + reach)
                .contains(&ignore.text)
        })
    }
}

impl Loaded {
    /// Everything that `config` asks for, or what is wrong with it.
    pub(super) fn new(
        config: &Config,
        file: Option<Arc<PathBuf>>,
        options: &Options,
    ) -> Result<Self, ConfigError> {
        let mut files: Vec<PathBuf> = file.iter().map(|file| file.to_path_buf()).collect();
        let dictionary = words::dictionary(config);
        let is_own = !config.forms.is_empty() || !config.bands.is_empty() || dictionary.is_some();
        let engine =
            if is_own { forms::engine(config, dictionary, &mut files)? } else { Engine::builtin() };
        let mut problems = Vec::new();
        let settings = settings(config, options, &engine, &mut problems);
        let registry = engine.registry();
        let mut ignores = Vec::new();
        for ignore in &config.ignore {
            let Ignored::In(ignore) = ignore else { continue };
            let rules = select(registry, &ignore.rules.0, "", &mut problems);
            // It was compiled once when it was read, to say what is wrong with it.
            if let Ok(path) = ignore.path.value.matcher() {
                let text = ignore.text.as_ref().map(|text| text.value.clone());
                ignores.push(PathIgnore { path, rules, text });
            }
        }
        if !problems.is_empty() {
            return Err(ConfigError { problems });
        }
        let plain = FileSettings {
            settings: Arc::new(settings),
            config: file,
            fail_on: config.fail_on,
            inlay_hints: HintKinds {
                columns: config.inlay_hints.columns.unwrap_or(true),
                sums: config.inlay_hints.sums.unwrap_or(true),
            },
            ambiguous_width: config.format.ambiguous_width.unwrap_or_default(),
            words: words::summary(config),
            texts: Vec::new(),
        };
        Ok(Self { plain: Arc::new(plain), ignores, variants: Mutex::default(), files })
    }

    /// The settings of the file at `path`, which is absolute.
    pub(super) fn settings_for(&self, path: &dyn Fn() -> PathBuf) -> Arc<FileSettings> {
        if self.ignores.is_empty() {
            return self.plain.clone();
        }
        let path = path();
        let matches: Vec<bool> =
            self.ignores.iter().map(|ignore| ignore.path.is_match(&path)).collect();
        if !matches.contains(&true) {
            return self.plain.clone();
        }
        let mut variants = self.variants.lock().unwrap_or_else(PoisonError::into_inner);
        let variant =
            variants.entry(matches).or_insert_with_key(|matches| Arc::new(self.variant(matches)));
        variant.clone()
    }

    fn variant(&self, matches: &[bool]) -> FileSettings {
        let mut settings = (*self.plain.settings).clone();
        let mut texts = Vec::new();
        for (ignore, _) in self.ignores.iter().zip(matches).filter(|(_, matches)| **matches) {
            match &ignore.text {
                Some(text) => {
                    texts.push(TextIgnore { rules: ignore.rules.clone(), text: text.clone() });
                }
                // A rule that is off leaves its relations out before they are merged with others.
                None => {
                    for rule in &ignore.rules {
                        settings.disable(*rule);
                    }
                }
            }
        }
        FileSettings {
            settings: Arc::new(settings),
            config: self.plain.config.clone(),
            fail_on: self.plain.fail_on,
            inlay_hints: self.plain.inlay_hints,
            ambiguous_width: self.plain.ambiguous_width,
            words: self.plain.words.clone(),
            texts,
        }
    }
}

/// Which rules run, and how loud. The command line's selection replaces the configuration's; severities stay.
fn settings(
    config: &Config,
    options: &Options,
    engine: &Arc<Engine>,
    problems: &mut Vec<Problem>,
) -> Settings {
    let registry = engine.registry();
    let mut on: Vec<bool> = registry.rules().iter().map(|rule| rule.enabled).collect();
    let mut severities: Vec<Option<Severity>> = vec![None; on.len()];
    if let Some(selected) = &config.select {
        on.fill(false);
        turn(&mut on, &select(registry, selected, "", problems), true);
    }
    for (id, Level(severity)) in &config.rules.0 {
        if let Some(rule) = find(registry, id, problems) {
            severities[usize::from(rule.0)] = *severity;
            on[usize::from(rule.0)] = severity.is_some();
        }
    }
    for ignore in &config.ignore {
        if let Ignored::Everywhere(rule) = ignore {
            turn(&mut on, &select(registry, std::slice::from_ref(rule), "", problems), false);
        }
    }
    let option = |ids: &[String]| {
        ids.iter().map(|id| At { value: id.clone(), origin: Origin::default() }).collect::<Vec<_>>()
    };
    if let Some(selected) = &options.select {
        on.fill(false);
        turn(&mut on, &select(registry, &option(selected), "--select：", problems), true);
    }
    turn(&mut on, &select(registry, &option(&options.ignore), "--ignore：", problems), false);

    let mut settings = Settings::new(engine.clone());
    for (index, on) in on.into_iter().enumerate() {
        let rule = RuleIndex(index as u16);
        match (on, severities[index]) {
            (true, Some(severity)) => settings.set(rule, severity),
            (true, None) => settings.enable(rule),
            (false, _) => settings.disable(rule),
        }
    }
    settings
}

fn turn(on: &mut [bool], rules: &[RuleIndex], to: bool) {
    for rule in rules {
        on[usize::from(rule.0)] = to;
    }
}

/// The rules that ids, groups and `all` mean.
fn select(
    registry: &Registry,
    names: &[At<String>],
    option: &str,
    problems: &mut Vec<Problem>,
) -> Vec<RuleIndex> {
    let mut rules = Vec::new();
    for name in names {
        let before = rules.len();
        let means = |rule: &gouji_core::rules::RuleInfo| {
            rule.id == name.value || rule.group.name() == name.value || name.value == "all"
        };
        rules.extend(
            registry
                .rules()
                .iter()
                .enumerate()
                .filter(|(_, rule)| means(rule))
                .map(|(index, _)| RuleIndex(index as u16)),
        );
        if rules.len() == before {
            let groups = registry.rules().iter().map(|rule| rule.group.name());
            let valid =
                registry.rules().iter().map(|rule| rule.id.as_ref()).chain(groups).chain(["all"]);
            problems.push(Problem::new(
                &name.origin,
                format!("{option}{}", no_rule(&name.value, valid)),
            ));
        }
    }
    rules
}

fn find(registry: &Registry, id: &At<String>, problems: &mut Vec<Problem>) -> Option<RuleIndex> {
    let found = registry.find(&id.value);
    if found.is_none() {
        let valid = registry.rules().iter().map(|rule| rule.id.as_ref());
        problems.push(Problem::new(&id.origin, no_rule(&id.value, valid)));
    }
    found
}

fn no_rule<'n>(id: &str, valid: impl IntoIterator<Item = &'n str>) -> String {
    format!("没有名为“{id}”的规则{}（用 gouji rules 查看全部规则）", suggest(id, valid))
}

/// `path` made absolute from `base`, without `.` and `..`, so that the folders above it are its parents by name.
pub(super) fn absolute(path: &Path, base: &Path) -> PathBuf {
    use std::path::Component;
    let mut clean = PathBuf::new();
    for part in base.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}
