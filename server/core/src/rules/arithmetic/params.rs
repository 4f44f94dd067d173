//! The keys of a `[[rule]]` for a mechanism of this group.

use crate::form::{Form, Relation, RuleSpec, TableIndex};

/// Refuses keys that the mechanism does not read.
pub(super) fn only(spec: &RuleSpec, keys: &[&str]) -> Result<(), String> {
    match spec.params.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(unknown) => {
            Err(format!("“{}”不读取 {unknown}；可用的键：{}", spec.mechanism, keys.join("、")))
        }
        None => Ok(()),
    }
}

/// The table that `table` names.
pub(super) fn table(spec: &RuleSpec, form: &Form) -> Result<TableIndex, String> {
    let id = text(spec, "table")?;
    form.table(id).ok_or_else(|| {
        let valid: Vec<_> = form.tables.iter().map(|it| it.id.as_str()).collect();
        format!("没有名为“{id}”的表格；可用的有：{}", valid.join("、"))
    })
}

/// The relation that `relation` names.
pub(super) fn relation<'f>(spec: &RuleSpec, form: &'f Form) -> Result<&'f Relation, String> {
    let id = text(spec, "relation")?;
    form.relations.iter().find(|it| it.id == id).ok_or_else(|| {
        let valid: Vec<_> = form.relations.iter().map(|it| it.id.as_str()).collect();
        format!("没有名为“{id}”的关系；可用的有：{}", valid.join("、"))
    })
}

fn text<'s>(spec: &'s RuleSpec, key: &str) -> Result<&'s str, String> {
    spec.params
        .get(key)
        .and_then(toml::Value::as_str)
        .ok_or_else(|| format!("“{}”需要文字键 {key}", spec.mechanism))
}
