//! Makes a [`Form`] of a file's raw values: resolves names, lays out cells, and lets a form take over what its base has.

use rust_decimal::Decimal;

use super::at::At;
use super::model::{Claim, Each, Form, Relation, RuleSpec, Section, Years};
use super::problem::{Problem, Problems, suggest};
use super::schema::{RawEach, RawForm, RawNumber, RawRelation, RawRule, RawSection, RawSeverity};
use super::{equation, issuer, table};

/// Compiles `raw`, read from `source`; `known` are the forms that it may be based on.
pub(super) fn compile(raw: RawForm, source: &str, known: &[Form]) -> Result<Form, Vec<Problem>> {
    let mut problems = Problems::new(source);
    let base = raw.base.as_ref().and_then(|base| find_base(base, known, &mut problems));
    let mut form = base.cloned().unwrap_or_default();
    let inherited = raw.base.as_ref().map_or(0, |base| base.start);
    head(&mut form, &raw, &mut problems);
    omit(&mut form, &raw.omit, &mut problems);
    sections(&mut form, raw.sections, &mut problems);
    table::compile(&mut form, raw.tables, &mut problems);
    relations(&mut form, raw.relations, inherited, &mut problems);
    claims(&mut form, raw.claims, inherited, &mut problems);
    rules(&mut form, raw.rules, inherited, &mut problems);
    issuer::levels(&mut form, raw.levels, &mut problems);
    if let Some(issuer) = raw.issuer {
        issuer::issuer(&mut form, issuer);
    }
    problems.finish().map(|()| form)
}

/// Reports every id of `ids` that is not of the wanted shape or stands there twice.
pub(super) fn check_ids<'r>(
    ids: impl Iterator<Item = &'r At<String>>,
    list: &str,
    wanted: Shape,
    problems: &mut Problems<'_>,
) {
    let mut seen: Vec<&str> = Vec::new();
    for id in ids {
        let key = format!("{list}[{}].id", id.value);
        if !wanted.fits(&id.value) {
            problems.push(
                id.start,
                &key,
                format!("编号“{}”的写法不对，应为{}", id.value, wanted.name()),
            );
        }
        if seen.contains(&id.value.as_str()) {
            problems.push(
                id.start,
                &key,
                format!("编号“{}”重复，同一列表里的编号应各不相同", id.value),
            );
        }
        seen.push(&id.value);
    }
}

/// How an id is written.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// `requests-balance`.
    Kebab,
    /// `carried_in`, `refused.case_file`.
    Snake,
}

impl Shape {
    fn fits(self, id: &str) -> bool {
        let separators: &[char] = match self {
            Self::Kebab => &['-'],
            Self::Snake => &['.', '_'],
        };
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        id.split(separators).all(word)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kebab => "小写英文字母、数字和连字符，如 requests-balance",
            Self::Snake => "小写英文字母、数字和下划线，可用点分段，如 carried_in",
        }
    }
}

/// The exact decimal that an author wrote.
pub(super) fn decimal(number: RawNumber) -> Result<Decimal, String> {
    let text = match number {
        RawNumber::Int(number) => return Ok(Decimal::from(number)),
        // The shortest text that reads back as the same float is what stood in the file, for up to fifteen digits.
        RawNumber::Float(number) => number.to_string(),
    };
    Decimal::from_str_exact(&text).map_err(|_| format!("“{text}”超出了可以精确表示的范围"))
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
    check_ids([&raw.id].into_iter(), "form", Shape::Kebab, problems);
    form.id.clone_from(&raw.id.value);
    form.years = years(&raw.years, "years", problems);
    if let Some(name) = &raw.name {
        form.name.clone_from(name);
    }
    if let Some(title) = &raw.title {
        form.title.clone_from(title);
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

fn relations(
    form: &mut Form,
    raw: Vec<RawRelation>,
    inherited: usize,
    problems: &mut Problems<'_>,
) {
    check_ids(raw.iter().map(|it| &it.id), "relation", Shape::Kebab, problems);
    // The tables may have changed under the relations of the base.
    for at in 0..form.relations.len() {
        let relation = &form.relations[at];
        if raw.iter().any(|it| it.id.value == relation.id) {
            continue;
        }
        match equation::expand(&relation.equation, relation.each, &form.tables[relation.table]) {
            Ok((_, instances)) => form.relations[at].instances = instances,
            Err(message) => {
                let message = format!(
                    "沿用自底本的关系“{}”与本表单的表格不符：{message}。请重写它，或列入 omit",
                    relation.id
                );
                problems.push(inherited, "base", message);
            }
        }
    }
    for relation in raw {
        let known = form.relations.iter().position(|it| it.id == relation.id.value);
        if let Some(mut made) = compile_relation(form, relation, problems) {
            keep_page(&mut made.page, known.map(|at| form.relations[at].page.as_str()));
            upsert(&mut form.relations, known, made);
        }
    }
}

fn compile_relation(
    form: &Form,
    raw: RawRelation,
    problems: &mut Problems<'_>,
) -> Option<Relation> {
    let key = |field: &str| format!("relation[{}].{field}", raw.id.value);
    let Some(table) = form.table(&raw.table.value) else {
        let near = suggest(&raw.table.value, form.tables.iter().map(|table| table.id.as_str()));
        problems.push(
            raw.table.start,
            key("table"),
            format!("没有名为“{}”的表格{near}", raw.table.value),
        );
        return None;
    };
    let each = match raw.each {
        RawEach::Column => Each::Column,
        RawEach::Row => Each::Row,
        RawEach::Table => Each::Table,
    };
    match equation::expand(&raw.equation.value, each, &form.tables[table]) {
        Ok((comparison, instances)) => Some(Relation {
            id: raw.id.value,
            table,
            severity: raw.severity.name().into(),
            comparison,
            each,
            equation: raw.equation.value,
            basis: raw.basis,
            left: raw.left,
            right: raw.right,
            instances,
            page: raw.page,
        }),
        Err(message) => {
            problems.push(raw.equation.start, key("equation"), message);
            None
        }
    }
}

fn claims(
    form: &mut Form,
    raw: Vec<super::schema::RawClaim>,
    inherited: usize,
    problems: &mut Problems<'_>,
) {
    // A form that speaks of a cell speaks of it alone: its base's ways are dropped.
    form.claims.retain(|claim| !raw.iter().any(|it| it.cell.value == claim.key));
    let mut claims = std::mem::take(&mut form.claims);
    for claim in &mut claims {
        match form.cells(&claim.key) {
            Ok(cells) => claim.cells = cells,
            Err(message) => problems.push(
                inherited,
                "base",
                format!("沿用自底本的正文口径与本表单的表格不符：{message}。请重写它，或列入 omit"),
            ),
        }
    }
    for claim in raw {
        let key = |field: &str| format!("claim[{}].{field}", claim.cell.value);
        for (words, field) in [(&claim.before, "before"), (&claim.unit, "unit")] {
            if words.value.iter().all(|word| word.trim().is_empty()) {
                problems.push(words.start, key(field), format!("{field} 是空的，至少要有一个词"));
            }
        }
        match form.cells(&claim.cell.value) {
            Ok(cells) => claims.push(Claim {
                key: claim.cell.value,
                cells,
                before: claim.before.value,
                object: claim.object,
                unit: claim.unit.value,
                not: claim.not,
            }),
            Err(message) => problems.push(claim.cell.start, key("cell"), message),
        }
    }
    form.claims = claims;
}

fn rules(form: &mut Form, raw: Vec<RawRule>, inherited: usize, problems: &mut Problems<'_>) {
    check_ids(raw.iter().map(|it| &it.id), "rule", Shape::Kebab, problems);
    // What a mechanism says of an inherited rule concerns the line that inherits it.
    let line = problems.line(inherited);
    form.rules.iter_mut().for_each(|rule| rule.line = line);
    for rule in raw {
        let key = format!("rule[{}].years", rule.id.value);
        let known = form.rules.iter().position(|it| it.id == rule.id.value);
        if form.relations.iter().any(|relation| relation.id == rule.id.value) {
            let key = format!("rule[{}].id", rule.id.value);
            problems.push(rule.id.start, key, format!("编号“{}”已是一条关系的编号", rule.id.value));
        }
        let mut made = RuleSpec {
            line: problems.line(rule.id.start),
            years: rule.years.map(|text| years(&text, &key, problems)).unwrap_or_default(),
            id: rule.id.value,
            mechanism: rule.mechanism,
            group: rule.group.name().into(),
            severity: rule.severity.unwrap_or(RawSeverity::Warning).name().into(),
            enabled: rule.enabled.unwrap_or(true),
            page: rule.page,
            params: rule.params,
        };
        keep_page(&mut made.page, known.map(|at| form.rules[at].page.as_str()));
        upsert(&mut form.rules, known, made);
    }
}

/// A relation or rule that is written anew without a page keeps its base's.
fn keep_page(page: &mut String, known: Option<&str>) {
    if page.is_empty() {
        known.unwrap_or_default().clone_into(page);
    }
}

/// Puts `item` in the place of the base's item, else at the end.
pub(super) fn upsert<T>(items: &mut Vec<T>, known: Option<usize>, item: T) {
    match known.and_then(|at| items.get_mut(at)) {
        Some(old) => *old = item,
        None => items.push(item),
    }
}
