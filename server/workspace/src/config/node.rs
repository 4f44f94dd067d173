//! TOML and JSON as one tree, whose values know their lines.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::{Origin, Problem};

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) origin: Origin,
    pub(super) value: Value,
}

#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    /// As written, for exact reading.
    Number(String),
    Flag(bool),
    List(Vec<Node>),
    Table(Vec<Entry>),
    Other,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) origin: Origin,
    pub(super) node: Node,
}

/// Reads the text of a TOML file.
pub(super) fn from_toml(source: &str, file: &Arc<std::path::PathBuf>) -> Result<Node, Problem> {
    let lines = Lines { source, file };
    match DeTable::parse(source) {
        Ok(table) => Ok(lines.table(0, table.into_inner())),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let message = format!(
                "TOML 语法错误（{}）：请检查此处的引号、方括号和等号，键不能重复",
                error.message()
            );
            Err(Problem::new(&lines.at(at), message))
        }
    }
}

/// Reads the settings of an editor.
pub(super) fn from_json(value: &serde_json::Value) -> Node {
    let value = match value {
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Number(number) => Value::Number(number.to_string()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(from_json).collect()),
        serde_json::Value::Object(entries) => {
            // Editors send null for what is not set.
            let set = entries.iter().filter(|(_, value)| !value.is_null());
            Value::Table(
                set.map(|(key, value)| Entry {
                    key: key.clone(),
                    origin: Origin::default(),
                    node: from_json(value),
                })
                .collect(),
            )
        }
        serde_json::Value::Bool(flag) => Value::Flag(*flag),
        serde_json::Value::Null => Value::Other,
    };
    Node { origin: Origin::default(), value }
}

struct Lines<'s> {
    source: &'s str,
    file: &'s Arc<std::path::PathBuf>,
}

impl Lines<'_> {
    fn at(&self, byte: usize) -> Origin {
        let before = &self.source.as_bytes()[..byte.min(self.source.len())];
        Origin {
            file: Some(self.file.clone()),
            line: Some(1 + memchr::memchr_iter(b'\n', before).count()),
        }
    }

    fn node(&self, start: usize, value: DeValue<'_>) -> Node {
        let value = match value {
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(number) if number.radix() == 10 => {
                Value::Number(number.as_str().to_owned())
            }
            DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
            DeValue::Array(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| self.node(item.span().start, item.into_inner()))
                    .collect(),
            ),
            DeValue::Table(table) => return self.table(start, table),
            DeValue::Boolean(flag) => Value::Flag(flag),
            DeValue::Integer(_) | DeValue::Datetime(_) => Value::Other,
        };
        Node { origin: self.at(start), value }
    }

    fn table(&self, start: usize, table: DeTable<'_>) -> Node {
        let entry = |(key, value): (
            toml::Spanned<std::borrow::Cow<'_, str>>,
            toml::Spanned<DeValue<'_>>,
        )| Entry {
            origin: self.at(key.span().start),
            node: self.node(value.span().start, value.get_ref().clone()),
            key: key.into_inner().into_owned(),
        };
        let mut entries: Vec<Entry> = table.into_iter().map(entry).collect();
        // The parser sorts keys by name; problems are told in the order of the file.
        entries.sort_by_key(|entry| entry.origin.line);
        Node { origin: self.at(start), value: Value::Table(entries) }
    }
}
