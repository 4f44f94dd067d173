//! The tree of a configuration becomes a [`Config`]; everything that does not fit is a problem with its line.

use std::path::Path;

use super::node::{Entry, Node, Value};
use super::reader::Reader;
use super::{AmbiguousWidth, At, Band, Config, FailOn, Format, Ignore, InlayHints, Level, Problem};

/// What messages call the file as a whole.
const FILE: &str = "配置";
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

impl Reader<'_> {
    fn config(&mut self, root: Node) -> Config {
        let Some(mut fields) = self.fields(
            root,
            FILE,
            &[
                "select",
                "rules",
                "fail-on",
                "forms",
                "bands",
                "ignore",
                "typos",
                "terms",
                "phrases",
                "unwanted",
                "references",
                "inlay-hints",
                "format",
            ],
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
            bands: self.list(&mut fields, "bands", Self::band),
            ignore: self.list(&mut fields, "ignore", Self::ignore),
            typos: self.list(&mut fields, "typos", Self::typo),
            terms: self.list(&mut fields, "terms", Self::term),
            phrases: self.list(&mut fields, "phrases", Self::phrase),
            unwanted: self.list(&mut fields, "unwanted", Self::unwanted),
            references: self.list(&mut fields, "references", Self::reference),
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
}
