//! Makes a [`Form`] of a file's raw values: resolves names, lays out cells, and lets a form take over what its base has.

use std::sync::Arc;

use super::at::At;
use super::ids::{Shape, check_ids, upsert};
use super::lists::splice_value;
use super::model::{Form, RuleSpec, Section, Years};
use super::page::ReadFile;
use super::problem::{Problem, Problems};
use super::schema::{RawForm, RawRule, RawSection, RawSeverity};
use super::{article, claim, issuer, phrase, relation, table};
use crate::nearest::suggest;

/// Compiles `raw`, whose places `problems` knows; `known` are the forms that it may be based on, and `read` reads the files that it names.
pub(super) fn compile(
    raw: RawForm,
    mut problems: Problems<'_>,
    known: &[Form],
    read: &mut ReadFile<'_>,
) -> Result<Form, Vec<Problem>> {
    let base = raw.base.as_ref().and_then(|base| find_base(base, known, &mut problems));
    let mut form = base.cloned().unwrap_or_default();
    let inherited = raw.base.as_ref().map_or(0, |base| base.start);
    head(&mut form, &raw, &mut problems);
    form.lists.extend(raw.lists);
    omit(&mut form, &raw.omit, &mut problems);
    sections(&mut form, raw.sections, &mut problems);
    table::compile(&mut form, raw.tables, &mut problems);
    // A table that is not there would make every name in it unknown.
    if problems.any() {
        return problems.finish().map(|()| form);
    }
    relation::compile(&mut form, raw.relations, inherited, read, &mut problems);
    claim::compile(&mut form, raw.claims, inherited, &mut problems);
    article::compile(&mut form, raw.articles, &mut problems);
    phrase::compile(&mut form, raw.phrases, &mut problems);
    rules(&mut form, raw.rules, inherited, read, &mut problems);
    issuer::levels(&mut form, raw.levels, &mut problems);
    if let Some(issuer) = raw.issuer {
        issuer::issuer(&mut form, issuer);
    }
    problems.finish().map(|()| form)
}

fn find_base<'k>(
    base: &At<String>,
    known: &'k [Form],
    problems: &mut Problems<'_>,
) -> Option<&'k Form> {
    let found = known.iter().find(|form| form.id == base.value);
    if found.is_none() {
        let near = suggest(&base.value, known.iter().map(|form| form.id.as_str()));
        problems.push(
            base.start,
            "base",
            format!("没有编号为“{}”的表单可作底本{near}", base.value),
        );
    }
    found
}

fn head(form: &mut Form, raw: &RawForm, problems: &mut Problems<'_>) {
    check_ids([&raw.id].into_iter(), "", Shape::Kebab, problems);
    form.id.clone_from(&raw.id.value);
    form.years = years(&raw.years, "years", problems);
    if let Some(name) = &raw.name {
        form.name.clone_from(name);
    }
    if let Some(title) = &raw.title {
        form.title.clone_from(title);
    }
    if let Some(title) = &raw.title_short {
        form.title_short.clone_from(title);
    }
    if let Some(title) = &raw.title_other {
        form.title_other.clone_from(title);
    }
    if let Some(title) = &raw.title_standard {
        form.title_standard.clone_from(title);
    }
    if let Some(preface) = &raw.preface {
        form.preface.clone_from(preface);
    }
    match &raw.family {
        Some(family) => form.family.clone_from(family),
        None if form.family.is_empty() => form.family.clone_from(&raw.id.value),
        None => {}
    }
    if raw.base.is_none() {
        let missing =
            [("name", form.name.is_empty()), ("title", form.title.iter().all(String::is_empty))];
        for (key, _) in missing.iter().filter(|(_, missing)| *missing) {
            problems.push(raw.id.start, *key, format!("缺少 {key}：没有底本的表单必须写明"));
        }
    }
}

/// `2021..`, `2019..2020`, `..2018` or `2021`.
fn years(text: &At<String>, key: &str, problems: &mut Problems<'_>) -> Years {
    let year = |text: &str| match text.trim() {
        "" => Some(None),
        text if text.len() == 4 => text.parse::<u16>().ok().map(Some),
        _ => None,
    };
    let parsed = match text.value.split_once("..") {
        Some((from, to)) => year(from).zip(year(to)),
        None => year(&text.value).filter(Option::is_some).map(|year| (year, year)),
    };
    match parsed {
        Some((from, to)) if from.is_none() || to.is_none() || from <= to => Years { from, to },
        Some(_) => {
            problems.push(text.start, key, format!("年份范围“{}”的起年晚于止年", text.value));
            Years::default()
        }
        None => {
            problems.push(
                text.start,
                key,
                format!("“{}”不是年份范围，应写作 2021..、2019..2020、..2018 或 2021", text.value),
            );
            Years::default()
        }
    }
}

fn omit(form: &mut Form, omit: &[At<String>], problems: &mut Problems<'_>) {
    for id in omit {
        let before = form.relations.len() + form.rules.len() + form.claims.len();
        form.relations.retain(|relation| relation.id != id.value);
        form.rules.retain(|rule| rule.id != id.value);
        form.claims.retain(|claim| claim.key != id.value);
        if before == form.relations.len() + form.rules.len() + form.claims.len() {
            let ids = form
                .relations
                .iter()
                .map(|it| it.id.as_str())
                .chain(form.rules.iter().map(|it| it.id.as_str()));
            let near = suggest(&id.value, ids.chain(form.claims.iter().map(|it| it.key.as_str())));
            problems.push(
                id.start,
                "omit",
                format!("底本里没有“{}”这样的关系、规则或正文口径{near}", id.value),
            );
        }
    }
}

fn sections(form: &mut Form, raw: Vec<RawSection>, problems: &mut Problems<'_>) {
    check_ids(raw.iter().map(|it| &it.id), "section", Shape::Snake, problems);
    for section in raw {
        let known = form.section(&section.id.value);
        let inherited = known.map(|at| form.sections[at].template.clone());
        let made = Section {
            id: section.id.value,
            number: section.number,
            heading: section.heading,
            accept: section.accept,
            words: section.words,
            table: known.and_then(|at| form.sections[at].table),
            template: section.template.or(inherited).unwrap_or_default(),
        };
        if made.heading.trim().is_empty() {
            problems.push(
                section.id.start,
                format!("section[{}].heading", made.id),
                "标题是空的，应写明不含序号的规范标题",
            );
        }
        // A set without words would be held by every line.
        if made.words.iter().any(|set| set.iter().all(|word| word.trim().is_empty())) {
            problems.push(
                section.id.start,
                format!("section[{}].words", made.id),
                "有一组词是空的，每组至少要有一个词",
            );
        }
        upsert(&mut form.sections, known, made);
    }
}

fn rules(
    form: &mut Form,
    raw: Vec<At<RawRule>>,
    inherited: usize,
    read: &mut ReadFile<'_>,
    problems: &mut Problems<'_>,
) {
    check_ids(raw.iter().map(|it| &it.value.id), "rule", Shape::Kebab, problems);
    // What a mechanism says of an inherited rule concerns the line that inherits it.
    let line = problems.line(inherited);
    for rule in form.rules.iter_mut().filter(|rule| rule.line != line) {
        Arc::make_mut(rule).line = line;
    }
    for At { value: rule, start } in raw {
        let key = |field: &str| format!("rule[{}].{field}", rule.id.value);
        let known = form.rules.iter().position(|it| it.id == rule.id.value);
        if form.relations.iter().any(|relation| relation.id == rule.id.value) {
            let message = format!("编号“{}”已是一条关系的编号", rule.id.value);
            problems.push(rule.id.start, key("id"), message);
        }
        let mut params = toml::Value::Table(rule.params);
        if let Err(message) = splice_value(&mut params, &form.lists) {
            problems.push(rule.id.start, format!("rule[{}]", rule.id.value), message);
        }
        let toml::Value::Table(params) = params else { continue };
        let years = rule.years.as_ref().map(|text| years(text, &key("years"), problems));
        let known_page = known.map(|at| &form.rules[at].page);
        let page = rule.page.text(known_page, read, (rule.id.start, || key("page")), problems);
        let made = RuleSpec {
            line: problems.line(start),
            years: years.unwrap_or_default(),
            id: rule.id.value,
            mechanism: rule.mechanism,
            group: rule.group,
            severity: rule.severity.unwrap_or(RawSeverity::Warning).into(),
            enabled: rule.enabled.unwrap_or(true),
            unfinished: rule.unfinished.unwrap_or(false),
            page,
            params,
        };
        upsert(&mut form.rules, known, Arc::new(made));
    }
}
