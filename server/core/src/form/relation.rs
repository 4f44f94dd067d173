//! Relations between the cells of a table.

use super::equation;
use super::ids::{Shape, check_ids, upsert};
use super::model::{Each, Form, Relation};
use super::page::ReadFile;
use super::problem::Problems;
use super::schema::{RawEach, RawRelation};
use crate::nearest::suggest;

/// Adds the relations of a file to those of its base, which are worked out anew over the form's own tables.
pub(super) fn compile(
    form: &mut Form,
    raw: Vec<RawRelation>,
    inherited: usize,
    read: &mut ReadFile<'_>,
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
        if let Some(made) = compile_relation(form, known, relation, read, problems) {
            upsert(&mut form.relations, known, made);
        }
    }
}

fn compile_relation(
    form: &Form,
    known: Option<usize>,
    raw: RawRelation,
    read: &mut ReadFile<'_>,
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
    let known_page = known.map(|at| &form.relations[at].page);
    let page = raw.page.text(known_page, read, (raw.id.start, || key("page")), problems);
    match equation::expand(&raw.equation.value, each, &form.tables[table]) {
        Ok((comparison, instances)) => Some(Relation {
            id: raw.id.value,
            table,
            severity: raw.severity.into(),
            comparison,
            each,
            equation: raw.equation.value,
            basis: raw.basis,
            left: raw.left,
            right: raw.right,
            instances,
            page,
        }),
        Err(message) => {
            problems.push(raw.equation.start, key("equation"), message);
            None
        }
    }
}
