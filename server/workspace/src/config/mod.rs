//! What a user sets: `gouji.toml`, the same keys as JSON from an editor, and how both become the settings of a file.

mod apply;
mod choice;
mod forms;
mod glob;
mod node;
mod problem;
mod resolve;
mod show;
mod table;
mod value;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gouji_core::Decimal;
use gouji_core::ide::AmbiguousWidth;
use gouji_core::rules::Severity;
use schemars::{JsonSchema, Schema, SchemaGenerator};

pub use apply::FileSettings;
pub use problem::{ConfigError, Problem};
pub use resolve::{Options, Resolver};

use choice::choice;
use node::{Entry, Node};
use table::table;
use value::{Place, Reader, Value};
use words::{PhraseEntry, ReferenceEntry, UnwantedEntry, WordEntry};

/// The name of the file.
pub const FILE_NAME: &str = "gouji.toml";

// Serde is not asked to read these types: it stops at the first fault and speaks English, while `table` names all faults with their lines.

table! {
    /// gouji 的配置。文件名 gouji.toml，从被检查的文件所在目录逐级向上，取最近的一个。
    #[derive(Default)]
    pub struct Config {
        /// 只启用这些规则：规则编号、组名（如 typography）或 all。不写则启用各规则的默认设置。
        "select" => select: Option<Vec<At<String>>>,
        /// 各规则的严重程度；off 表示关闭，写了严重程度的规则即启用。
        "rules" => rules: Levels,
        /// 达到这一严重程度，命令行即以状态 1 退出；命令行选项 --fail-on 优先。默认 error。
        "fail-on" => fail_on: Option<FailOn>,
        /// 自己的表单文件（TOML），可用通配符，路径相对于本文件。
        "forms" => forms: Vec<At<Pattern>>,
        /// 各层级机关的数值常见范围，替换表单中的默认值。
        "bands" => bands: Vec<Band>,
        /// 不报告的问题：规则编号表示处处不报，[[ignore]] 表示只在一些文件中不报。
        "ignore" => ignore: Vec<Ignored>,
        /// 自己的错别字。
        "typos" => typos: Vec<WordEntry>,
        /// 自己的不规范用语。
        "terms" => terms: Vec<WordEntry>,
        /// 自己的固定表述。
        "phrases" => phrases: Vec<PhraseEntry>,
        /// 自己的遗留文字。
        "unwanted" => unwanted: Vec<UnwantedEntry>,
        /// 自己的法规和文件。
        "references" => references: Vec<ReferenceEntry>,
        /// 编辑器中的行内提示，各类可以分别关闭。
        "inlay-hints" => inlay_hints: InlayHints,
        /// 编辑器中的表格对齐。
        "format" => format: Format,
    }
}

table! {
    /// 一个层级、一个单元格的常见范围，单位与单元格相同。
    pub struct Band {
        /// 层级编号，如 county_department。
        "level" => level: At<String>,
        /// 单元格，如 proactive.admin_fee.amount。
        "cell" => cell: At<String>,
        /// 常见的最小值和最大值。
        "usual" => usual: Option<(Decimal, Decimal)>,
        /// 超过此值为警告。
        "warn-above" => warn_above: Option<Decimal>,
        /// 超过此值为错误。
        "error-above" => error_above: Option<Decimal>,
    }
    check(reader, fields) {
        let both = warn_above.flatten().zip(error_above.flatten());
        if both.is_some_and(|(warn, error)| warn > error) {
            reader.problem(&fields.origin, "[[bands]] 的 warn-above 大于 error-above：请改为不大于它");
        }
    }
}

table! {
    /// 一些文件中不报告的问题。
    pub struct Ignore {
        /// 文件路径，可用通配符，相对于本文件；不含斜杠时匹配任何目录中的文件名。
        "path" => path: At<Pattern>,
        /// 规则编号、组名或 all。
        "rules" => rules: SomeRules,
        /// 为什么不报告。
        "reason" => reason: At<String>,
        /// 只忽略落在这些字上的问题。
        "text" => text: Option<At<String>> = null,
    }
    check(reader, fields) {
        if let Some(At { value, origin }) = &path
            && let Err(wrong) = value.matcher()
        {
            reader.problems.push(glob::problem(value, origin, &wrong));
        }
        if rules.as_ref().is_some_and(|rules| rules.0.is_empty()) {
            reader.problem(&fields.origin, SomeRules::missing(Place { table: fields.name(), key: "rules" }));
        }
        if let Some(At { value, origin }) = &reason
            && value.trim().is_empty()
        {
            reader.problem(origin, "[[ignore]] 的 reason 是空的：请写明为什么不报告");
        }
        if let Some(Some(At { value, origin })) = &text
            && value.is_empty()
        {
            let message = "[[ignore]] 的 text 是空的：请写出问题所在的文字，或删去这一行";
            reader.problem(origin, message);
        }
    }
}

table! {
    /// 编辑器中的行内提示。
    #[derive(Default)]
    pub struct InlayHints {
        /// 一格一行的表格中，在数值前显示列名。默认 true。
        "columns" => columns: Option<bool> = true,
        /// 在总计后显示各项之和及差额。默认 true。
        "sums" => sums: Option<bool> = true,
    }
}

table! {
    /// 编辑器中的表格对齐。
    #[derive(Default)]
    pub struct Format {
        /// 宽窄不定的字符（引号“”、①、·等）按几列算。默认 wide。
        "ambiguous-width" => ambiguous_width: Option<AmbiguousWidth> = "wide",
    }
}

choice! {
    /// 严重程度，或 off。
    "Level" for Level {
        /// 关闭。
        "off" => Level(None),
        /// 建议。
        "hint" => Level(Some(Severity::Hint)),
        /// 提示。
        "info" => Level(Some(Severity::Info)),
        /// 警告。
        "warning" => Level(Some(Severity::Warning)),
        /// 错误。
        "error" => Level(Some(Severity::Error)),
    }

    /// 达到哪一严重程度即以状态 1 退出。
    "FailOn" for FailOn {
        /// 有错误。
        "error" => FailOn::Error,
        /// 有警告或错误。
        "warning" => FailOn::Warning,
        /// 有提示、警告或错误。
        "info" => FailOn::Info,
        /// 有任何问题。
        "hint" => FailOn::Hint,
        /// 从不。
        "never" => FailOn::Never,
    }

    /// 宽窄不定的字符按几列算。
    "AmbiguousWidth" for AmbiguousWidth {
        /// 两列，与汉字同宽。
        "wide" => AmbiguousWidth::Wide,
        /// 一列。
        "narrow" => AmbiguousWidth::Narrow,
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// File and line, for messages.
    pub origin: Origin,
}

/// A place in a configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file; `None` for options of the command line and settings of an editor.
    pub file: Option<std::sync::Arc<PathBuf>>,
    /// The line, counted from 1.
    pub line: Option<usize>,
}

/// The severity of a rule; `None` for off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level(pub Option<Severity>);

/// From which severity on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// An error.
    Error,
    /// A warning or worse.
    Warning,
    /// An info or worse.
    Info,
    /// Any finding.
    Hint,
    /// No finding.
    Never,
}

/// A path or glob with the folder that it counts from.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The folder of the configuration.
    pub base: PathBuf,
    /// As written.
    pub glob: String,
}

/// Rules by their ids, each with its level, in the order of the file.
#[derive(Debug, Default)]
pub struct Levels(pub Vec<(At<String>, Level)>);

/// The rules that an entry is about, which has to name some: ids, groups or `all`.
#[derive(Debug)]
pub struct SomeRules(pub Vec<At<String>>);

/// An entry of the list `ignore`.
#[derive(Debug)]
pub enum Ignored {
    /// A rule, group or `all`, in every file.
    Everywhere(At<String>),
    /// Rules in some files.
    In(Ignore),
}

/// The JSON schema of `gouji.toml`, with which editors complete and check it.
pub fn schema() -> Schema {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<<Config as Value>::Schema>();
    schema.insert("title".to_owned(), "gouji 配置".into());
    schema
}

/// Reads a configuration whose paths count from `base`.
fn read(root: Node, base: &Path) -> Result<Config, Vec<Problem>> {
    let mut reader = Reader { base, problems: Vec::new() };
    let config = table::read::<Config>(root, "配置".to_owned(), &mut reader);
    config.filter(|_| reader.problems.is_empty()).ok_or(reader.problems)
}

impl FailOn {
    /// Whether a finding of this severity fails a run.
    pub fn is_met_by(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => severity >= Severity::Info,
            Self::Hint => true,
            Self::Never => false,
        }
    }
}

impl Value for Levels {
    type Schema = BTreeMap<String, <Level as Value>::Schema>;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let node::Value::Table(entries) = node.value else {
            let expected = "一张表，如 [rules] 之下写 规则编号 = \"warning\"";
            return reader.wrong(&node.origin, place.key, expected);
        };
        let level = |Entry { key, origin, node }: Entry| {
            let name = format!("{}.{key}", place.key);
            let level = Level::read(node, Place { key: &name, ..place }, reader)?;
            Some((At { value: key, origin }, level))
        };
        Some(Self(entries.into_iter().filter_map(level).collect()))
    }

    fn left_out() -> Option<Self> {
        Some(Self::default())
    }

    fn overlay(&mut self, above: Self) {
        self.0.extend(above.0);
    }
}

impl Value for SomeRules {
    type Schema = Vec<String>;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Value::read(node, place, reader).map(Self)
    }

    fn missing(place: Place<'_>) -> String {
        let Place { table, key } = place;
        format!("{table} 缺少 {key}：请写出要忽略的规则编号，如 {key} = [\"requests-balance\"]")
    }
}

impl Value for Ignored {
    type Schema = Self;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if let node::Value::Text(_) = node.value {
            return At::read(node, place, reader).map(Self::Everywhere);
        }
        Ignore::read_item(node, place, reader).map(Self::In)
    }

    fn list(key: &str) -> String {
        Ignore::list(key)
    }
}

impl JsonSchema for Ignored {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Ignored".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let rule = generator.subschema_for::<String>();
        let entry = generator.subschema_for::<<Ignore as Value>::Schema>();
        schemars::json_schema!({ "anyOf": [rule, entry] })
    }
}

#[cfg(test)]
mod tests;
