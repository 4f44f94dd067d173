//! The tree of a configuration becomes a [`Config`]; everything that does not fit is a problem with its line.

use std::path::Path;

use gouji_core::Decimal;

use super::node::{Entry, Node, Value};
use super::problem::suggest;
use super::{
    AmbiguousWidth, At, Band, Config, FailOn, Format, Ignore, InlayHints, Level, Origin, Pattern,
    Problem,
};

const LEVELS: [(&str, Level); 5] = [
    ("off", Level::Off),
    ("hint", Level::Hint),
    ("info", Level::Info),
    ("warning", Level::Warning),
    ("error", Level::Error),
];
const WIDTHS: [(&str, AmbiguousWidth); 2] =
    [("wide", AmbiguousWidth::Wide), ("narrow", AmbiguousWidth::Narrow)];
const FAIL_ON: [(&str, FailOn); 5] = [
    ("error", FailOn::Error),
    ("warning", FailOn::Warning),
    ("info", FailOn::Info),
    ("hint", FailOn::Hint),
    ("never", FailOn::Never),
];

/// Reads a configuration whose paths count from `base`.
pub(super) fn read(root: Node, base: &Path) -> (Config, Vec<Problem>) {
    let mut reader = Reader { base, problems: Vec::new() };
    let config = reader.config(root);
    (config, reader.problems)
}

struct Reader<'a> {
    base: &'a Path,
    problems: Vec<Problem>,
}

/// The entries of a table; what is taken out is known, what is left over is not.
struct Fields {
    name: &'static str,
    known: &'static [&'static str],
    entries: Vec<Entry>,
}

impl Fields {
    fn take(&mut self, key: &str) -> Option<Node> {
        debug_assert!(self.known.contains(&key), "{key} is read and not known");
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.swap_remove(at).node)
    }
}

impl Reader<'_> {
    fn config(&mut self, root: Node) -> Config {
        let Some(mut fields) = self.fields(
            root,
            FILE,
            &["select", "rules", "fail-on", "forms", "bands", "ignore", "inlay-hints", "format"],
        ) else {
            return Config::default();
        };
        let config = Config {
            select: fields.take("select").map(|node| self.texts(node, "select")),
            rules: fields.take("rules").map(|node| self.rules(node)).unwrap_or_default(),
            fail_on: fields.take("fail-on").and_then(|node| self.choice(node, "fail-on", &FAIL_ON)),
            forms: fields
                .take("forms")
                .map(|node| self.texts(node, "forms"))
                .unwrap_or_default()
                .into_iter()
                .map(|it| self.at(it))
                .collect(),
            bands: fields
                .take("bands")
                .map(|node| self.items(node, "bands", Self::band))
                .unwrap_or_default(),
            ignore: fields
                .take("ignore")
                .map(|node| self.items(node, "ignore", Self::ignore))
                .unwrap_or_default(),
            inlay_hints: fields
                .take("inlay-hints")
                .map(|node| self.inlay_hints(node))
                .unwrap_or_default(),
            format: fields.take("format").map(|node| self.format(node)).unwrap_or_default(),
        };
        self.finish(fields);
        config
    }

    fn rules(&mut self, node: Node) -> Vec<(At<String>, Level)> {
        let Value::Table(entries) = node.value else {
            self.wrong(&node.origin, "rules", "一张表，如 [rules] 之下写 规则编号 = \"warning\"");
            return Vec::new();
        };
        let mut rules = Vec::new();
        for Entry { key, origin, node } in entries {
            if let Some(level) = self.choice(node, &format!("rules.{key}"), &LEVELS) {
                rules.push((At { value: key, origin }, level));
            }
        }
        rules
    }

    fn band(&mut self, node: Node) -> Option<Band> {
        let origin = node.origin.clone();
        let mut fields = self.fields(
            node,
            "[[bands]]",
            &["level", "cell", "usual", "warn-above", "error-above"],
        )?;
        let level = self.required(&mut fields, "level", &origin);
        let cell = self.required(&mut fields, "cell", &origin);
        let usual = fields.take("usual").and_then(|node| self.pair(&node));
        let warn_above =
            fields.take("warn-above").and_then(|node| self.number(&node, "warn-above"));
        let error_above =
            fields.take("error-above").and_then(|node| self.number(&node, "error-above"));
        self.finish(fields);
        if warn_above.zip(error_above).is_some_and(|(warn, error)| warn > error) {
            self.problems.push(Problem::new(
                &origin,
                "[[bands]] 的 warn-above 大于 error-above：请改为不大于它",
            ));
        }
        Some(Band { level: level?, cell: cell?, usual, warn_above, error_above })
    }

    fn inlay_hints(&mut self, node: Node) -> InlayHints {
        let Some(mut fields) = self.fields(node, "[inlay-hints]", &["columns", "sums"]) else {
            return InlayHints::default();
        };
        let hints = InlayHints {
            columns: fields.take("columns").and_then(|node| self.flag(&node, "columns")),
            sums: fields.take("sums").and_then(|node| self.flag(&node, "sums")),
        };
        self.finish(fields);
        hints
    }

    fn format(&mut self, node: Node) -> Format {
        let Some(mut fields) = self.fields(node, "[format]", &["ambiguous-width"]) else {
            return Format::default();
        };
        let width = fields.take("ambiguous-width");
        let ambiguous_width = width.and_then(|node| self.choice(node, "ambiguous-width", &WIDTHS));
        self.finish(fields);
        Format { ambiguous_width }
    }

    fn ignore(&mut self, node: Node) -> Option<Ignore> {
        let origin = node.origin.clone();
        if let Value::Text(value) = node.value {
            return Some(Ignore {
                path: None,
                rules: vec![At { value, origin }],
                reason: None,
                text: None,
            });
        }
        let mut fields = self.fields(node, "[[ignore]]", &["path", "rules", "reason", "text"])?;
        let path = self.required(&mut fields, "path", &origin).map(|path| self.at(path));
        let rules = fields.take("rules").map(|node| self.texts(node, "rules"));
        if rules.as_ref().is_none_or(Vec::is_empty) {
            self.problems.push(Problem::new(
                &origin,
                "[[ignore]] 缺少 rules：请写出要忽略的规则编号，如 rules = [\"requests-balance\"]",
            ));
        }
        let reason = self.required(&mut fields, "reason", &origin);
        if let Some(reason) = reason.as_ref().filter(|reason| reason.value.trim().is_empty()) {
            self.problems.push(Problem::new(
                &reason.origin,
                "[[ignore]] 的 reason 是空的：请写明为什么不报告",
            ));
        }
        let text = fields.take("text").and_then(|node| self.text(node, "text"));
        if let Some(text) = text.as_ref().filter(|text| text.value.is_empty()) {
            self.problems.push(Problem::new(
                &text.origin,
                "[[ignore]] 的 text 是空的：请写出问题所在的文字，或删去这一行",
            ));
        }
        self.finish(fields);
        let path = path?;
        if let Err(wrong) = path.value.matcher() {
            self.problems.push(super::glob::problem(&path.value, &path.origin, &wrong));
        }
        let path = Some(path.value);
        Some(Ignore {
            path,
            rules: rules?,
            reason: Some(reason?.value),
            text: text.map(|text| text.value),
        })
    }

    fn fields(
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

    fn finish(&mut self, fields: Fields) {
        let Fields { name, known, entries } = fields;
        for entry in entries {
            let near = suggest(&entry.key, known.iter().copied());
            self.problems.push(Problem::new(
                &entry.origin,
                format!("{name} 没有名为“{}”的键{near}", entry.key),
            ));
        }
    }

    fn required(&mut self, fields: &mut Fields, key: &str, origin: &Origin) -> Option<At<String>> {
        if let Some(node) = fields.take(key) {
            return self.text(node, key);
        }
        self.problems.push(Problem::new(origin, format!("{} 缺少 {key}：请补上", fields.name)));
        None
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

    fn texts(&mut self, node: Node, key: &str) -> Vec<At<String>> {
        if let Value::List(items) = node.value {
            return items.into_iter().filter_map(|item| self.text(item, key)).collect();
        }
        self.wrong(&node.origin, key, "方括号中的一组字符串，如 [\"…\"]");
        Vec::new()
    }

    fn text(&mut self, node: Node, key: &str) -> Option<At<String>> {
        let Value::Text(value) = node.value else {
            self.wrong(&node.origin, key, "带引号的字符串");
            return None;
        };
        Some(At { value, origin: node.origin })
    }

    fn choice<T: Copy>(&mut self, node: Node, key: &str, values: &[(&str, T)]) -> Option<T> {
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

    fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        if let Value::Flag(flag) = node.value {
            return Some(flag);
        }
        self.wrong(&node.origin, key, " true 或 false");
        None
    }

    fn pair(&mut self, node: &Node) -> Option<(Decimal, Decimal)> {
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

    fn number(&mut self, node: &Node, key: &str) -> Option<Decimal> {
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

    fn wrong(&mut self, origin: &Origin, key: &str, expected: &str) {
        self.problems.push(Problem::new(origin, format!("{key} 的值不对：这里应是{expected}")));
    }

    fn at(&self, glob: At<String>) -> At<Pattern> {
        At { value: Pattern { base: self.base.to_owned(), glob: glob.value }, origin: glob.origin }
    }
}

const FILE: &str = "配置";
