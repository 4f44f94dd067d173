//! What a user sets: `gouji.toml`, the same keys as JSON from an editor, and how both become the settings of a file.

mod apply;
mod forms;
mod glob;
mod node;
mod problem;
mod read;
mod reader;
mod resolve;
mod show;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use gouji_core::Decimal;
use gouji_core::rules::Severity;
use schemars::{JsonSchema, Schema, SchemaGenerator};

pub use apply::FileSettings;
pub use problem::{ConfigError, Problem};
pub use resolve::{Options, Resolver};
pub use words::{PhraseEntry, ReferenceEntry, Spot, UnwantedEntry, WordEntry};

/// The name of the file.
pub const FILE_NAME: &str = "gouji.toml";

// The doc comments of these types are what an author sees in the editor, so they are Chinese. Serde is not asked to read them: it stops at
// the first fault and speaks English, while `read` names all faults with their lines.

/// gouji 的配置。文件名 gouji.toml，从被检查的文件所在目录逐级向上，取最近的一个。
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(title = "gouji 配置", rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// 只启用这些规则：规则编号、组名（如 typography）或 all。不写则启用各规则的默认设置。
    #[schemars(with = "Vec<String>", default)]
    pub select: Option<Vec<At<String>>>,
    /// 各规则的严重程度；off 表示关闭，写了严重程度的规则即启用。
    #[schemars(with = "BTreeMap<String, Level>", default)]
    pub rules: Vec<(At<String>, Level)>,
    /// 达到这一严重程度，命令行即以状态 1 退出；命令行选项 --fail-on 优先。默认 error。
    #[schemars(with = "FailOn", default)]
    pub fail_on: Option<FailOn>,
    /// 自己的表单文件（TOML），可用通配符，路径相对于本文件。
    #[schemars(with = "Vec<String>", default)]
    pub forms: Vec<At<Pattern>>,
    /// 各层级机关的数值常见范围，替换表单中的默认值。
    #[schemars(default)]
    pub bands: Vec<Band>,
    /// 不报告的问题：规则编号表示处处不报，[[ignore]] 表示只在一些文件中不报。
    #[schemars(with = "Vec<IgnoreItem>", default)]
    pub ignore: Vec<Ignore>,
    /// 自己的错别字。
    #[schemars(default)]
    pub typos: Vec<WordEntry>,
    /// 自己的不规范用语。
    #[schemars(default)]
    pub terms: Vec<WordEntry>,
    /// 自己的固定表述。
    #[schemars(default)]
    pub phrases: Vec<PhraseEntry>,
    /// 自己的遗留文字。
    #[schemars(default)]
    pub unwanted: Vec<UnwantedEntry>,
    /// 自己的法规和文件。
    #[schemars(default)]
    pub references: Vec<ReferenceEntry>,
    /// 编辑器中的行内提示，各类可以分别关闭。
    #[schemars(default)]
    pub inlay_hints: InlayHints,
    /// 编辑器中的表格对齐。
    #[schemars(default)]
    pub format: Format,
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

/// 严重程度，或 off。
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Level {
    /// 关闭。
    Off,
    /// 建议。
    Hint,
    /// 提示。
    Info,
    /// 警告。
    Warning,
    /// 错误。
    Error,
}

/// 达到哪一严重程度即以状态 1 退出。
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum FailOn {
    /// 有错误。
    Error,
    /// 有警告或错误。
    Warning,
    /// 有提示、警告或错误。
    Info,
    /// 有任何问题。
    Hint,
    /// 从不。
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

/// 一个层级、一个单元格的常见范围，单位与单元格相同。
#[derive(Debug, Clone, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Band {
    /// 层级编号，如 county_department。
    #[schemars(with = "String")]
    pub level: At<String>,
    /// 单元格，如 proactive.admin_fee.amount。
    #[schemars(with = "String")]
    pub cell: At<String>,
    /// 常见的最小值和最大值。
    #[schemars(with = "[f64; 2]", default)]
    pub usual: Option<(Decimal, Decimal)>,
    /// 超过此值为警告。
    #[schemars(with = "f64", default)]
    pub warn_above: Option<Decimal>,
    /// 超过此值为错误。
    #[schemars(with = "f64", default)]
    pub error_above: Option<Decimal>,
}

/// 一些文件中不报告的问题。
#[derive(Debug, Clone, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ignore {
    /// 文件路径，可用通配符，相对于本文件；不含斜杠时匹配任何目录中的文件名。
    #[schemars(with = "String")]
    pub path: Option<Pattern>,
    /// 规则编号、组名或 all。
    #[schemars(with = "Vec<String>")]
    pub rules: Vec<At<String>>,
    /// 为什么不报告。
    #[schemars(with = "String")]
    pub reason: Option<String>,
    /// 只忽略落在这些字上的问题。
    #[schemars(with = "String", default)]
    pub text: Option<String>,
}

/// 编辑器中的行内提示。
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InlayHints {
    /// 一格一行的表格中，在数值前显示列名。默认 true。
    #[schemars(with = "bool", default, extend("default" = true))]
    pub columns: Option<bool>,
    /// 在总计后显示各项之和及差额。默认 true。
    #[schemars(with = "bool", default, extend("default" = true))]
    pub sums: Option<bool>,
}

/// 编辑器中的表格对齐。
#[derive(Debug, Clone, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Format {
    /// 宽窄不定的字符（引号“”、①、·等）按几列算。默认 wide。
    #[schemars(with = "AmbiguousWidth", default, extend("default" = "wide"))]
    pub ambiguous_width: Option<AmbiguousWidth>,
}

/// 宽窄不定的字符按几列算。
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum AmbiguousWidth {
    /// 两列，与汉字同宽。
    Wide,
    /// 一列。
    Narrow,
}

/// What stands in the list `ignore`: a rule's id means everywhere.
struct IgnoreItem;

impl JsonSchema for IgnoreItem {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "IgnoreItem".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (rule, entry) =
            (generator.subschema_for::<String>(), generator.subschema_for::<Ignore>());
        schemars::json_schema!({ "anyOf": [rule, entry] })
    }
}

/// The JSON schema of `gouji.toml`, with which editors complete and check it.
pub fn schema() -> Schema {
    schemars::generate::SchemaSettings::draft07().into_generator().into_root_schema_for::<Config>()
}

impl Level {
    /// The severity; `None` for off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Hint => Some(Severity::Hint),
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
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

impl Config {
    /// Lays `above` over this configuration: what it says wins, lists are joined.
    fn overlay(&mut self, above: Config) {
        self.select = above.select.or(self.select.take());
        self.fail_on = above.fail_on.or(self.fail_on);
        self.rules.extend(above.rules);
        self.forms.extend(above.forms);
        self.bands.extend(above.bands);
        self.ignore.extend(above.ignore);
        self.typos.extend(above.typos);
        self.terms.extend(above.terms);
        self.phrases.extend(above.phrases);
        self.unwanted.extend(above.unwanted);
        self.references.extend(above.references);
        self.inlay_hints.columns = above.inlay_hints.columns.or(self.inlay_hints.columns);
        self.format.ambiguous_width = above.format.ambiguous_width.or(self.format.ambiguous_width);
        self.inlay_hints.sums = above.inlay_hints.sums.or(self.inlay_hints.sums);
    }
}

#[cfg(test)]
mod tests;
