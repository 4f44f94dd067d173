//! Tables as they stand in a file.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::form::at::At;

/// 一张表。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::form) struct RawTable {
    /// 表格编号，小写英文。
    pub(in crate::form) id: At<String>,
    /// 表格名称，用于提示信息。
    pub(in crate::form) name: String,
    /// 所在部分的编号。
    pub(in crate::form) section: At<String>,
    /// 印在表内的固定说明。
    pub(in crate::form) note: Option<String>,
    /// 区块，自上而下，每个区块有自己的表头。
    #[serde(rename = "block")]
    pub(in crate::form) blocks: At<Vec<RawBlock>>,
}

/// 一个表头和它下面的各行。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::form) struct RawBlock {
    /// 表头上方独占一行的文字。
    pub(in crate::form) caption: Option<RawLabel>,
    /// 行名一列的表头。
    pub(in crate::form) corner: Option<RawLabel>,
    /// 横跨全部数值列的表头。
    pub(in crate::form) banner: Option<RawLabel>,
    /// 数值列，自左至右。
    pub(in crate::form) columns: At<Vec<RawColumn>>,
    /// 各行，自上而下；没有行名的表格不写，视为只有一行。
    #[serde(default)]
    pub(in crate::form) rows: Vec<RawRow>,
    /// 各列填什么；不写时为件数。
    #[serde(default)]
    pub(in crate::form) values: RawValues,
}

/// 一段固定文字；需要列出其他写法时写成含 text 和 accept 的表。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::form) enum RawLabel {
    /// 文字。
    Text(String),
    /// 文字和其他写法。
    Full(RawFullLabel),
}

/// 文字和其他写法。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::form) struct RawFullLabel {
    /// 规范文字。
    pub(in crate::form) text: String,
    /// 视为相同的其他写法；空格、全半角、括号、标点、繁简不同的写法不必列。
    #[serde(default)]
    pub(in crate::form) accept: Vec<String>,
}

/// 一个数值列。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::form) struct RawColumn {
    /// 列编号，小写英文，可用点分段。
    pub(in crate::form) id: At<String>,
    /// 列名。
    pub(in crate::form) label: String,
    /// 视为相同的其他列名；空格、全半角、括号、标点、繁简不同的写法不必列。
    #[serde(default)]
    pub(in crate::form) accept: Vec<String>,
    /// 列名上方各级合并表头，由外到内。
    #[serde(default)]
    pub(in crate::form) group: Vec<String>,
    /// 本列填什么；不写时同区块。
    pub(in crate::form) values: Option<RawValues>,
    /// 修改建议动到本列的代价，默认1；合计宜大。
    pub(in crate::form) weight: Option<At<RawNumber>>,
}

/// 一行。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::form) struct RawRow {
    /// 行编号，小写英文，可用点分段。
    pub(in crate::form) id: At<String>,
    /// 行名。
    pub(in crate::form) label: String,
    /// 视为相同的其他行名；空格、全半角、括号、标点、繁简不同的写法不必列。
    #[serde(default)]
    pub(in crate::form) accept: Vec<String>,
    /// 所属各级合并行名，由外到内。
    #[serde(default)]
    pub(in crate::form) group: Vec<String>,
    /// 修改建议动到本行的代价，默认1；越小越先考虑，兜底的“其他”一类宜小，合计宜大。
    pub(in crate::form) weight: Option<At<RawNumber>>,
}

/// 单元格填什么。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::form) struct RawValues {
    /// 种类。
    pub(in crate::form) kind: RawKind,
    /// 金额的单位；表内没有统一单位的写空字符串。
    pub(in crate::form) unit: Option<String>,
    /// 金额最多几位小数，0至12；不写时为2。
    #[schemars(range(max = 12))]
    pub(in crate::form) decimals: Option<At<u8>>,
}

/// 单元格的种类。
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::form) enum RawKind {
    /// 非负整数。
    #[default]
    Count,
    /// 可为负的整数，如增减数。
    Change,
    /// 非负小数。
    Amount,
}

/// 一个数，整数或小数。
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
pub(in crate::form) enum RawNumber {
    /// 整数。
    Int(i64),
    /// 小数。
    Float(f64),
}

/// The derived schema would offer two kinds of numbers where an author knows one.
impl JsonSchema for RawNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "number" })
    }
}
