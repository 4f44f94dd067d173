//! Says in Chinese what is wrong with a file that serde refuses.
//!
//! Serde stops at the first problem, and speaks English. So a refused file is walked along the JSON schema of the same types: every unknown,
//! missing or mistyped key is named, with its line. The schema can't be looser than serde without an answer: then serde's own words are given.

use std::sync::LazyLock;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, Problems};
use super::schema::RawForm;
use crate::nearest::suggest;

/// The JSON schema of a form's file.
pub fn schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(RawForm).to_value());
    &SCHEMA
}

/// What is wrong with `source`, which serde refused with `error`. Never empty.
pub(super) fn explain(source: &str, error: &toml::de::Error) -> Vec<Problem> {
    let mut problems = Problems::new(source);
    match DeTable::parse(source) {
        Ok(table) => {
            for (start, key, message) in against_schema(&table) {
                problems.push(start, key, message);
            }
        }
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            problems.push(start, key_of_line(source, start), syntax(error.message()));
        }
    }
    problems.finish().err().unwrap_or_else(|| {
        let mut problems = Problems::new(source);
        let start = error.span().map_or(0, |span| span.start);
        problems.push(
            start,
            key_of_line(source, start),
            format!("这里读不懂：{}", error.message()),
        );
        problems.finish().err().unwrap_or_default()
    })
}

/// What in `table` does not fit the schema, as (first byte, key, message).
pub(super) fn against_schema(table: &Spanned<DeTable<'_>>) -> Vec<(usize, String, String)> {
    let mut walk = Walk { found: Vec::new() };
    walk.table(schema(), table.get_ref(), table.span().start, "");
    walk.found
}

/// Problems as (first byte, key, message).
struct Walk {
    found: Vec<(usize, String, String)>,
}

impl Walk {
    fn value(&mut self, schema: &Value, value: &Spanned<DeValue<'_>>, key: &str) {
        let schema = resolve(schema);
        if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
            return self.any_of(options, value, key);
        }
        if let Some(words) = constants(schema) {
            return self.one_of(&words, value, key);
        }
        let start = value.span().start;
        if !types(schema).is_empty() && !types(schema).contains(&type_name(value.get_ref())) {
            let message = format!("应为{}，现为{}", wanted(schema), shown(value.get_ref()));
            self.found.push((start, key.into(), message));
            return;
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(schema, table, start, key),
            DeValue::Array(items) => {
                let Some(of_items) = schema.get("items") else { return };
                for (at, item) in items.iter().enumerate() {
                    self.value(of_items, item, &format!("{key}[{}]", name_of(item.get_ref(), at)));
                }
            }
            DeValue::Integer(integer) => self.range(schema, integer.as_str(), start, key),
            _ => {}
        }
    }

    fn table(&mut self, schema: &Value, table: &DeTable<'_>, start: usize, key: &str) {
        let none = serde_json::Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let others = schema.get("additionalProperties");
        for (name, value) in table {
            let path = join(key, name.get_ref());
            match known.get(name.get_ref().as_ref()).or(others.filter(|it| it.is_object())) {
                Some(schema) => self.value(schema, value, &path),
                None if others == Some(&Value::Bool(false)) => {
                    let near = suggest(name.get_ref(), known.keys().map(String::as_str));
                    let message = format!("没有名为“{}”的键{near}", name.get_ref());
                    self.found.push((name.span().start, path, message));
                }
                None => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str).filter(|name| !table.contains_key(*name)) {
            let about = known.get(name).map(description).unwrap_or_default();
            self.found.push((start, join(key, name), format!("缺少“{name}”：{about}")));
        }
    }

    /// One option must fit; where none does, the problems of the one that has the value's type are the telling ones.
    fn any_of(&mut self, options: &[Value], value: &Spanned<DeValue<'_>>, key: &str) {
        let mut leaves = Vec::new();
        flatten(options, &mut leaves);
        let mut same_type = None;
        for option in &leaves {
            let problems = tried(option, value, key);
            if problems.is_empty() {
                return;
            }
            if same_type.is_none() && types(option).contains(&type_name(value.get_ref())) {
                same_type = Some(problems);
            }
        }
        let wanted: Vec<_> =
            leaves.iter().map(|option| wanted(option)).filter(|it| !it.is_empty()).collect();
        self.found.extend(same_type.unwrap_or_else(|| {
            let message = format!("应为{}，现为{}", wanted.join("或"), shown(value.get_ref()));
            vec![(value.span().start, key.into(), message)]
        }));
    }

    fn one_of(&mut self, words: &[&str], value: &Spanned<DeValue<'_>>, key: &str) {
        let message = match value.get_ref() {
            DeValue::String(word) if words.contains(&word.as_ref()) => return,
            DeValue::String(word) => {
                format!("没有“{word}”这个取值{}", suggest(word, words.iter().copied()))
            }
            other => format!("应为字符串，取值为 {} 之一，现为{}", words.join("、"), shown(other)),
        };
        self.found.push((value.span().start, key.into(), message));
    }

    fn range(&mut self, schema: &Value, written: &str, start: usize, key: &str) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_i64);
        let (Some(least), Some(most)) = (bound("minimum"), bound("maximum")) else { return };
        if !written.parse().is_ok_and(|number| (least..=most).contains(&number)) {
            self.found.push((
                start,
                key.into(),
                format!("应为{least}至{most}的整数，现为 {written}"),
            ));
        }
    }
}

/// The options behind references and nested choices: an optional label is a label or nothing, and a label is a text or a table.
fn flatten<'s>(options: &'s [Value], leaves: &mut Vec<&'s Value>) {
    for option in options.iter().map(resolve) {
        match option.get("anyOf").and_then(Value::as_array) {
            Some(nested) => flatten(nested, leaves),
            None => leaves.push(option),
        }
    }
}

fn tried(option: &Value, value: &Spanned<DeValue<'_>>, key: &str) -> Vec<(usize, String, String)> {
    let mut walk = Walk { found: Vec::new() };
    walk.value(option, value, key);
    walk.found
}

fn resolve(schema: &Value) -> &Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
    target.and_then(|path| self::schema().pointer(path)).unwrap_or(schema)
}

/// The words of an enumeration.
fn constants(schema: &Value) -> Option<Vec<&str>> {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Some(words.iter().filter_map(Value::as_str).collect());
    }
    let options = schema.get("oneOf").and_then(Value::as_array)?;
    options.iter().map(|option| option.get("const").and_then(Value::as_str)).collect()
}

fn types(schema: &Value) -> Vec<&str> {
    let mut names: Vec<_> = match schema.get("type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if names.contains(&"number") {
        names.push("integer");
    }
    names
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

fn in_chinese(name: &str) -> &'static str {
    match name {
        "string" => "字符串",
        "integer" => "整数",
        "number" => "数",
        "boolean" => "true 或 false",
        "array" => "列表",
        "object" => "表",
        "date" => "日期",
        _ => "",
    }
}

fn wanted(schema: &Value) -> String {
    if let Some(words) = constants(schema) {
        return words.join("、");
    }
    let mut names = types(schema);
    let number = names.contains(&"number");
    names.retain(|name| *name != "null" && !(number && *name == "integer"));
    names.into_iter().map(in_chinese).collect::<Vec<_>>().join("或")
}

/// The value as a message quotes it.
fn shown(value: &DeValue<'_>) -> String {
    let kind = in_chinese(type_name(value));
    match value {
        DeValue::String(text) => format!("{kind}“{}”", text.chars().take(20).collect::<String>()),
        DeValue::Integer(number) => format!("{kind} {}", number.as_str()),
        DeValue::Float(number) => format!("{kind} {}", number.as_str()),
        DeValue::Boolean(it) => format!(" {it}"),
        DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => kind.into(),
    }
}

fn description(schema: &Value) -> &str {
    let own = schema.get("description").or_else(|| resolve(schema).get("description"));
    own.and_then(Value::as_str).unwrap_or_default()
}

fn name_of(item: &DeValue<'_>, at: usize) -> String {
    let named = |key| item.get(key).and_then(|it| it.get_ref().as_str());
    named("id").or_else(|| named("cell")).map_or_else(|| (at + 1).to_string(), str::to_owned)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.into() } else { format!("{path}.{name}") }
}

/// The key at the start of the line of byte `at`, for problems of which no more is known.
fn key_of_line(source: &str, at: usize) -> String {
    let before = source.as_bytes().get(..at.min(source.len())).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |line| line + 1);
    let line = source.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let key = line.trim_start_matches(['[', '{', ' ', '\t']);
    key.split([' ', '=', '"', ']', '}', '#']).next().unwrap_or_default().to_owned()
}

/// The toml crate's words for a broken file, in Chinese where they are known.
fn syntax(message: &str) -> String {
    const KNOWN: [(&str, &str); 21] = [
        ("duplicate key", "同一个键写了两次"),
        ("missing opening quote", "字符串缺少开头的引号"),
        ("string values must be quoted", "等号后面缺少值，或字符串没有写在引号里"),
        ("invalid basic string", "字符串缺少结尾的引号，或含有不能直接写的字符"),
        ("invalid literal string", "字符串缺少结尾的引号，或含有不能直接写的字符"),
        ("invalid multi-line", "多行字符串缺少结尾的三个引号"),
        ("missing comma between", "两项之间缺少逗号"),
        ("extra comma", "多了一个逗号"),
        ("missing assignment", "键和值之间缺少等号"),
        ("key with no value", "键和值之间缺少等号"),
        ("extra assignment", "多了一个等号"),
        ("extra `=`", "多了一个等号"),
        ("missing value", "等号后面缺少值"),
        ("invalid key-value pair", "这里应是“键 = 值”"),
        ("unclosed array table", "[[…]] 没有写完"),
        ("unclosed table", "[…] 没有写完"),
        ("unclosed inline table", "{ … } 没有写完"),
        ("unclosed array", "[ … ] 没有写完"),
        ("invalid unquoted key", "键含有中文等字符时要写在引号里"),
        ("cannot recurse further", "层次太深"),
        ("cannot extend value", "这个键已有值，不能再分段"),
    ];
    let known = KNOWN.iter().find(|(prefix, _)| message.starts_with(prefix));
    match known {
        Some((_, chinese)) => format!("不合 TOML 语法：{chinese}"),
        None => format!("不合 TOML 语法：{}", message.lines().next().unwrap_or_default()),
    }
}
