//! What every rule has: a group of the catalogue and a severity.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The severity of a finding, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A suggestion.
    Hint,
    /// Worth knowing.
    Info,
    /// Probably a fault.
    Warning,
    /// A fault.
    Error,
}

/// The groups of the catalogue, with their names in the JSON schema of forms.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "RawGroup", description = "规则组。")]
#[allow(missing_docs)]
pub enum Group {
    #[schemars(description = "结构。")]
    Structure,
    #[schemars(description = "表格。")]
    Table,
    #[schemars(description = "勾稽。")]
    Arithmetic,
    #[schemars(description = "表文一致。")]
    Narrative,
    #[schemars(description = "合理性。")]
    Plausibility,
    #[schemars(description = "引用。")]
    Citation,
    #[schemars(description = "日期。")]
    Date,
    #[schemars(description = "文字标点。")]
    Typography,
    #[schemars(description = "残留。")]
    Leftover,
    #[schemars(description = "跨文件。")]
    Workspace,
}

impl Severity {
    /// The name in output and configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Hint, Self::Info, Self::Warning, Self::Error]
            .into_iter()
            .find(|severity| severity.name() == name)
    }
}

impl Group {
    /// The name in output and configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Table => "table",
            Self::Arithmetic => "arithmetic",
            Self::Narrative => "narrative",
            Self::Plausibility => "plausibility",
            Self::Citation => "citation",
            Self::Date => "date",
            Self::Typography => "typography",
            Self::Leftover => "leftover",
            Self::Workspace => "workspace",
        }
    }
}
