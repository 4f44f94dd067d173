//! What a key of the configuration may hold: how it is read, how the JSON schema has it, and what is said of anything else.

use std::path::Path;

use gouji_core::Decimal;
use schemars::JsonSchema;

use super::node::{self, Node};
use super::{At, Origin, Pattern, Problem};

/// A value of the configuration.
pub(super) trait Value: Sized {
    /// What stands for it in the JSON schema.
    type Schema: JsonSchema;

    /// Reads what stands at `place`; `None` if it is nothing of the kind, which is then a problem.
    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Reads an item of the list that stands at `place`.
    fn read_item(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Self::read(node, place, reader)
    }

    /// How a list of such values is written under `key`.
    fn list(_key: &str) -> String {
        "方括号中的一组字符串，如 [\"…\"]".to_owned()
    }

    /// What it is where its key is left out; `None` if the key has to be there.
    fn left_out() -> Option<Self> {
        None
    }

    /// What is said where its key is left out and has to be there.
    fn missing(place: Place<'_>) -> String {
        format!("{} 缺少 {}：请补上", place.table, place.key)
    }

    /// Lays `above` over it: what that says wins, lists are joined.
    fn overlay(&mut self, above: Self) {
        *self = above;
    }
}

/// Where a value stands: its key, in the table that messages call so.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) table: &'a str,
    pub(super) key: &'a str,
}

/// Notes what cannot be read.
pub(super) struct Reader<'a> {
    /// The folder that paths count from.
    pub(super) base: &'a Path,
    pub(super) problems: Vec<Problem>,
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, origin: &Origin, message: impl Into<String>) {
        self.problems.push(Problem::new(origin, message));
    }

    /// Notes that something else than `expected` stands there.
    pub(super) fn wrong<T>(&mut self, origin: &Origin, name: &str, expected: &str) -> Option<T> {
        self.problem(origin, format!("{name} 的值不对：这里应是{expected}"));
        None
    }
}

impl Value for At<String> {
    type Schema = String;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            node::Value::Text(value) => Some(Self { value, origin: node.origin }),
            _ => reader.wrong(&node.origin, place.key, "带引号的字符串"),
        }
    }
}

impl Value for String {
    type Schema = Self;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        At::read(node, place, reader).map(|text| text.value)
    }
}

/// A text that says something.
#[derive(Debug)]
pub struct NonBlank(pub At<String>);

impl NonBlank {
    pub(super) fn text(&self) -> String {
        self.0.value.clone()
    }
}

impl Value for NonBlank {
    type Schema = String;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = At::<String>::read(node, place, reader)?;
        if text.value.trim().is_empty() {
            let Place { table, key } = place;
            reader.problem(&text.origin, format!("{table} 的 {key} 是空的：请写出文字"));
            return None;
        }
        Some(Self(text))
    }
}

impl Value for At<Pattern> {
    type Schema = String;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let At { value: glob, origin } = At::<String>::read(node, place, reader)?;
        Some(Self { value: Pattern { base: reader.base.to_owned(), glob }, origin })
    }
}

impl Value for bool {
    type Schema = Self;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.value {
            node::Value::Flag(flag) => Some(flag),
            _ => reader.wrong(&node.origin, place.key, " true 或 false"),
        }
    }

    fn left_out() -> Option<Self> {
        Some(false)
    }
}

impl Value for Decimal {
    type Schema = f64;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let number = match &node.value {
            node::Value::Number(written) => exact(written),
            _ => None,
        };
        number.or_else(|| reader.wrong(&node.origin, place.key, "不小于 0 的数"))
    }
}

/// The number that is written so, unless it is below zero.
fn exact(written: &str) -> Option<Decimal> {
    let digits = written.replace('_', "");
    let digits = digits.strip_prefix('+').unwrap_or(&digits);
    let number = Decimal::from_str_exact(digits).or_else(|_| Decimal::from_scientific(digits));
    number.ok().filter(|number| !number.is_sign_negative())
}

/// The least and the greatest.
impl Value for (Decimal, Decimal) {
    type Schema = [f64; 2];

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Node { origin, value } = node;
        let pair = match value {
            node::Value::List(items) => <[Node; 2]>::try_from(items).ok(),
            _ => None,
        };
        let Some([least, greatest]) = pair else {
            return reader.wrong(&origin, place.key, "两个数，如 [0, 3000]");
        };
        let least = Decimal::read(least, place, reader)?;
        let greatest = Decimal::read(greatest, place, reader)?;
        if least > greatest {
            reader.problem(&origin, format!("{} 的最小值大于最大值：请调换", place.key));
        }
        Some((least, greatest))
    }
}

/// A year of four digits.
#[derive(Debug, Clone, Copy)]
pub struct Year(pub u16);

impl Value for Year {
    type Schema = u16;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let year = match &node.value {
            node::Value::Number(written) => written.parse().ok(),
            _ => None,
        };
        match year {
            Some(year @ 1949..=9999) => Some(Self(year)),
            _ => reader.wrong(&node.origin, place.key, "四位数的年份，如 2021"),
        }
    }
}

impl<T: Value> Value for Option<T> {
    type Schema = T::Schema;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, place, reader).map(Some)
    }

    fn left_out() -> Option<Self> {
        Some(None)
    }

    fn overlay(&mut self, above: Self) {
        *self = above.or(self.take());
    }
}

/// The items that can be read.
impl<T: Value> Value for Vec<T> {
    type Schema = Vec<T::Schema>;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let node::Value::List(items) = node.value else {
            return reader.wrong(&node.origin, place.key, &T::list(place.key));
        };
        Some(items.into_iter().filter_map(|item| T::read_item(item, place, reader)).collect())
    }

    fn left_out() -> Option<Self> {
        Some(Self::new())
    }

    fn overlay(&mut self, above: Self) {
        self.extend(above);
    }
}
