//! Word lists that a form names once and uses in many places: `"{{channels}}"` in a list stands for the list's words, `{{county_cities}}` in a
//! pattern for any of them.

use std::collections::BTreeMap;

use toml::Value;

use crate::nearest::suggest;

/// Word lists by name.
pub(super) type Lists = BTreeMap<String, Vec<String>>;

/// `words` with every `{{name}}` replaced by the words of that list, or which name is unknown.
pub(super) fn splice(words: Vec<String>, lists: &Lists) -> Result<Vec<String>, String> {
    let mut spliced = Vec::with_capacity(words.len());
    for word in words {
        match name_of(&word) {
            Some(name) => spliced.extend_from_slice(find(name, lists)?),
            None => spliced.push(word),
        }
    }
    Ok(spliced)
}

/// `pattern` with every `{{name}}` replaced by a group `list0`, `list1`, …, and the names of the lists that these stand for; or which name is unknown.
pub(super) fn grouped(pattern: &str, lists: &Lists) -> Result<(String, Vec<String>), String> {
    let (mut made, mut names) = (String::with_capacity(pattern.len()), Vec::new());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or("“{{”之后缺少“}}”")?;
        find(name, lists)?;
        made.push_str(&format!("{before}(?<list{}>)", names.len()));
        names.push(name.to_owned());
        rest = after;
    }
    made.push_str(rest);
    Ok((made, names))
}

/// Splices the lists of strings in `value`, at any depth.
pub(super) fn splice_value(value: &mut Value, lists: &Lists) -> Result<(), String> {
    match value {
        Value::Array(items) => {
            let mut spliced = Vec::with_capacity(items.len());
            for mut item in std::mem::take(items) {
                if let Some(name) = item.as_str().and_then(name_of) {
                    spliced.extend(find(name, lists)?.iter().cloned().map(Value::String));
                } else {
                    splice_value(&mut item, lists)?;
                    spliced.push(item);
                }
            }
            *items = spliced;
            Ok(())
        }
        Value::Table(table) => table.iter_mut().try_for_each(|(_, item)| splice_value(item, lists)),
        _ => Ok(()),
    }
}

fn name_of(word: &str) -> Option<&str> {
    // Few words are, and trimming each takes longer than a look for a brace.
    if !word.contains('{') {
        return None;
    }
    word.trim().strip_prefix("{{")?.strip_suffix("}}")
}

fn find<'l>(name: &str, lists: &'l Lists) -> Result<&'l [String], String> {
    let unknown =
        || format!("[lists] 里没有词表“{name}”{}", suggest(name, lists.keys().map(String::as_str)));
    lists.get(name).map(Vec::as_slice).ok_or_else(unknown)
}
