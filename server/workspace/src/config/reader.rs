//! Values of the tree by their kinds, with a message for each that is of another kind.

use std::path::Path;

use gouji_core::Decimal;
use gouji_core::nearest::suggest;

use super::node::{Entry, Node, Value};
use super::{At, Origin, Pattern, Problem};

/// Takes values out of the tree and notes what does not fit.
pub(super) struct Reader<'a> {
    pub(super) base: &'a Path,
    pub(super) problems: Vec<Problem>,
}

/// The entries of a table; what is taken out is known, what is left over is not.
pub(super) struct Fields {
    pub(super) name: &'static str,
    known: &'static [&'static str],
    entries: Vec<Entry>,
}

impl Fields {
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        debug_assert!(self.known.contains(&key), "{key} is read and not known");
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.swap_remove(at).node)
    }
}

impl Reader<'_> {
    pub(super) fn fields(
        &mut self,
        node: Node,
        name: &'static str,
        known: &'static [&'static str],
    ) -> Option<Fields> {
        let Value::Table(entries) = node.value else {
            self.wrong(&node.origin, name, &format!("一张表，可用的键有：{}", known.join("、")));
            return None;
        };
        Some(Fields { name, known, entries })
    }

    pub(super) fn finish(&mut self, fields: Fields) {
        let Fields { name, known, entries } = fields;
        for entry in entries {
            let near = suggest(&entry.key, known.iter().copied());
            self.problems.push(Problem::new(
                &entry.origin,
                format!("{name} 没有名为“{}”的键{near}", entry.key),
            ));
        }
    }

    pub(super) fn required(
        &mut self,
        fields: &mut Fields,
        key: &str,
        origin: &Origin,
    ) -> Option<At<String>> {
        if let Some(node) = fields.take(key) {
            return self.text(node, key);
        }
        self.problems.push(Problem::new(origin, format!("{} 缺少 {key}：请补上", fields.name)));
        None
    }

    /// The items of a list, those that can be read; none where the key is not there.
    pub(super) fn list<T>(
        &mut self,
        fields: &mut Fields,
        key: &str,
        read: fn(&mut Self, Node) -> Option<T>,
    ) -> Vec<T> {
        fields.take(key).map(|node| self.items(node, key, read)).unwrap_or_default()
    }

    fn items<T>(
        &mut self,
        node: Node,
        key: &str,
        read: fn(&mut Self, Node) -> Option<T>,
    ) -> Vec<T> {
        if let Value::List(items) = node.value {
            return items.into_iter().filter_map(|item| read(self, item)).collect();
        }
        self.wrong(&node.origin, key, &format!("一组表，如 [[{key}]]"));
        Vec::new()
    }

    pub(super) fn texts(&mut self, node: Node, key: &str) -> Vec<At<String>> {
        if let Value::List(items) = node.value {
            return items.into_iter().filter_map(|item| self.text(item, key)).collect();
        }
        self.wrong(&node.origin, key, "方括号中的一组字符串，如 [\"…\"]");
        Vec::new()
    }

    pub(super) fn text(&mut self, node: Node, key: &str) -> Option<At<String>> {
        let Value::Text(value) = node.value else {
            self.wrong(&node.origin, key, "带引号的字符串");
            return None;
        };
        Some(At { value, origin: node.origin })
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        node: Node,
        key: &str,
        values: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(node, key)?;
        let found = values.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let all: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
            let all = all.join("、");
            self.problems.push(Problem::new(
                &text.origin,
                format!("{key} 的值“{}”无效；可用的有：{all}", text.value),
            ));
        }
        found
    }

    pub(super) fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        if let Value::Flag(flag) = node.value {
            return Some(flag);
        }
        self.wrong(&node.origin, key, " true 或 false");
        None
    }

    pub(super) fn pair(&mut self, node: &Node) -> Option<(Decimal, Decimal)> {
        if let Value::List(items) = &node.value
            && let [low, high] = items.as_slice()
        {
            let (low, high) = (self.number(low, "usual")?, self.number(high, "usual")?);
            if low > high {
                self.problems.push(Problem::new(&node.origin, "usual 的最小值大于最大值：请调换"));
            }
            return Some((low, high));
        }
        self.wrong(&node.origin, "usual", "两个数，如 [0, 3000]");
        None
    }

    pub(super) fn number(&mut self, node: &Node, key: &str) -> Option<Decimal> {
        if let Value::Number(written) = &node.value {
            let digits = written.replace('_', "");
            let digits = digits.strip_prefix('+').unwrap_or(&digits);
            if let Ok(number) =
                Decimal::from_str_exact(digits).or_else(|_| Decimal::from_scientific(digits))
                && !number.is_sign_negative()
            {
                return Some(number);
            }
        }
        self.wrong(&node.origin, key, "不小于 0 的数");
        None
    }

    /// A year of four digits.
    pub(super) fn year(&mut self, node: &Node, key: &str) -> Option<u16> {
        if let Value::Number(written) = &node.value
            && let Ok(year @ 1949..=9999) = written.parse()
        {
            return Some(year);
        }
        self.wrong(&node.origin, key, "四位数的年份，如 2021");
        None
    }

    pub(super) fn wrong(&mut self, origin: &Origin, key: &str, expected: &str) {
        self.problems.push(Problem::new(origin, format!("{key} 的值不对：这里应是{expected}")));
    }

    pub(super) fn at(&self, glob: At<String>) -> At<Pattern> {
        At { value: Pattern { base: self.base.to_owned(), glob: glob.value }, origin: glob.origin }
    }
}
