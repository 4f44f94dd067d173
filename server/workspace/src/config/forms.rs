//! A user's own forms, bands and words: the engine that knows them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::dictionary::Dictionary;
use gouji_core::engine::Engine;
use gouji_core::form::{self, Form};
use gouji_core::nearest::suggest;

use super::{At, Band, Config, ConfigError, Origin, Pattern, Problem};
use crate::file;
use crate::walk::walker;

/// The forms of gouji, with those of `config` and its bands, and `dictionary` in the place of gouji's own. Adds the files that it reads to `files`.
pub(super) fn engine(
    config: &Config,
    dictionary: Option<Dictionary>,
    files: &mut Vec<PathBuf>,
) -> Result<Arc<Engine>, ConfigError> {
    let mut problems = Vec::new();
    let mut forms = form::builtin();
    let mut origins: Vec<(String, Arc<PathBuf>)> = Vec::new();
    for pattern in &config.forms {
        for path in paths(pattern, &mut problems) {
            let path = Arc::new(path);
            match read(&path, &forms, files) {
                Ok(form) => {
                    origins.push((form.id.clone(), path));
                    // A form of the same id takes the place of gouji's own.
                    match forms.iter_mut().find(|known| known.id == form.id) {
                        Some(known) => *known = form,
                        None => forms.push(form),
                    }
                }
                Err(wrong) => problems.extend(wrong),
            }
        }
    }
    for band in &config.bands {
        apply(band, &mut forms, &mut problems);
    }
    if problems.is_empty() {
        match Engine::new(forms) {
            Ok(engine) => {
                return Ok(Arc::new(match dictionary {
                    Some(dictionary) => engine.with_dictionary(dictionary),
                    None => engine,
                }));
            }
            Err(wrong) => problems.extend(wrong.into_iter().map(|it| {
                let file = origins.iter().find(|(id, _)| *id == it.form).map(|(_, path)| path);
                let origin = Origin { file: file.cloned(), line: Some(it.line) };
                Problem { origin, message: it.message }
            })),
        }
    }
    problems.sort();
    Err(ConfigError { problems })
}

/// Reads a form and the files that it names, and adds them to `files`.
fn read(
    path: &Arc<PathBuf>,
    known: &[Form],
    files: &mut Vec<PathBuf>,
) -> Result<Form, Vec<Problem>> {
    files.push(path.to_path_buf());
    let at = |line| Origin { file: Some(path.clone()), line };
    let source = file::read(path).map_err(|message| {
        vec![Problem { origin: at(None), message: format!("无法读取表单：{message}") }]
    })?;
    let mut read_file = |named: &str| {
        let path = super::apply::absolute(&path.with_file_name(named), Path::new(""));
        let text = file::read(&path)?.text;
        files.push(path);
        Ok(text)
    };
    form::read(&source.text, known, &mut read_file).map_err(|problems| {
        let problem = |problem: form::Problem| {
            let key =
                if problem.key.is_empty() { String::new() } else { format!("{}: ", problem.key) };
            Problem { origin: at(Some(problem.line)), message: format!("{key}{}", problem.message) }
        };
        problems.into_iter().map(problem).collect()
    })
}

/// The files that a pattern means, sorted. None at all is a problem.
fn paths(pattern: &At<Pattern>, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let At { value: pattern, origin } = pattern;
    if pattern.is_literal() {
        return vec![super::apply::absolute(Path::new(&pattern.glob), &pattern.base)];
    }
    let matcher = match pattern.matcher() {
        Ok(matcher) => matcher,
        Err(error) => {
            problems.push(super::glob::problem(pattern, origin, &error));
            return Vec::new();
        }
    };
    let mut paths: Vec<PathBuf> = walker(&pattern.base)
        .build()
        .flatten()
        .map(ignore::DirEntry::into_path)
        .filter(|path| matcher.is_match(path) && path.is_file())
        .collect();
    paths.sort();
    if paths.is_empty() {
        problems.push(Problem::new(
            origin,
            format!("没有与“{}”匹配的表单文件：请检查路径（相对于配置文件所在目录）", pattern.glob),
        ));
    }
    paths
}

/// Puts a band in the place of the form's own. What it leaves out stays.
fn apply(band: &Band, forms: &mut [Form], problems: &mut Vec<Problem>) {
    if let Err(problem) = check(band, forms) {
        return problems.push(problem);
    }
    for form in forms.iter_mut().filter(|form| form.cell(&band.cell.value).is_some()) {
        for level in form.levels.iter_mut().filter(|level| level.id == band.level.value) {
            let known = level.bands.iter_mut().find(|known| known.cell == band.cell.value);
            match (known, band.warn_above, band.error_above) {
                (Some(known), warn, error) => {
                    known.usual = band.usual.or(known.usual);
                    known.warn_above = warn.unwrap_or(known.warn_above);
                    known.error_above = error.unwrap_or(known.error_above);
                }
                (None, Some(warn_above), Some(error_above)) => {
                    let (cell, usual) = (band.cell.value.clone(), band.usual);
                    level.bands.push(form::Band { cell, usual, warn_above, error_above });
                }
                (None, _, _) => problems.push(Problem::new(
                    &band.level.origin,
                    format!(
                        "表单没有为“{}”的“{}”给出范围：请同时写 warn-above 和 error-above",
                        band.level.value, band.cell.value
                    ),
                )),
            }
        }
    }
}

/// Whether some form has the level of a band, and some form its cell.
fn check(band: &Band, forms: &[Form]) -> Result<(), Problem> {
    let At { value: level, origin } = &band.level;
    let levels = || forms.iter().flat_map(|form| &form.levels).map(|level| level.id.as_str());
    if !levels().any(|id| id == level) {
        let near = suggest(level, levels());
        return Err(Problem::new(origin, format!("没有名为“{level}”的层级{near}")));
    }
    let At { value: cell, origin } = &band.cell;
    if !forms.iter().any(|form| form.cell(cell).is_some()) {
        let tables = forms.iter().flat_map(|form| &form.tables);
        let keys_of = |table: &form::Table| {
            let keys =
                (0..table.cell_count).map(|cell| format!("{}.{}", table.id, table.key(cell)));
            keys.collect::<Vec<_>>()
        };
        let keys: Vec<String> = tables.flat_map(keys_of).collect();
        let near = suggest(cell, keys.iter().map(String::as_str));
        return Err(Problem::new(origin, format!("没有名为“{cell}”的单元格{near}")));
    }
    Ok(())
}
