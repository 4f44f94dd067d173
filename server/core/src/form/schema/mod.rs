//! The file format of a form, as serde reads it. The JSON schema is made from these types, so their doc comments are what an author sees in
//! the editor, in Chinese. Whatever is not a matter of types (known names, unique ids) is checked where the form is compiled.

mod table;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::at::At;
use super::page::RawPage;
use super::rule::{Group, Severity};

pub(super) use table::{
    RawBlock, RawColumn, RawKind, RawLabel, RawNumber, RawRow, RawTable, RawValues,
};

/// gouji 的表单文件：一类报告应有哪些部分、表格、数据关系，以及正文怎样表述表内数据。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "gouji 表单")]
pub(super) struct RawForm {
    /// 表单编号，小写英文、数字和连字符。
    pub(super) id: At<String>,
    /// 表单名称，用于提示信息。
    pub(super) name: Option<String>,
    /// 以另一表单为底本：编号相同的部分、表格、关系、规则以本文件为准，其余沿用。
    pub(super) base: Option<At<String>>,
    /// 同一类报告不同年份的表单写同一个值；不写时取编号。
    pub(super) family: Option<String>,
    /// 适用的报告年度：2021.. 表示2021年起，2019..2020 表示两年，..2018 表示截至2018年，2021 表示一年。
    pub(super) years: At<String>,
    /// 标题须依次含有的词。
    pub(super) title: Option<Vec<String>>,
    /// 标题的其他写法，每种是依次含有的几个词，以最后一个词结尾：没有规范标题时，写明机关和年份的这种标题也算标题。
    pub(super) title_short: Option<Vec<Vec<String>>>,
    /// 另一类文件的标题，写法同上：它以下的各部分不是这类报告，除非其中至少一半用的是本表单的标题原文。
    pub(super) title_other: Option<Vec<Vec<String>>>,
    /// 机关名称和年份之后的规范标题。
    pub(super) title_standard: Option<String>,
    /// 引言的示范文字，供生成空白报告；{agency} 代表机关名称，{year} 代表报告年度。
    pub(super) preface: Option<String>,
    /// 不沿用底本中的哪些关系、规则（写编号）和正文口径（写单元格）。
    #[serde(default)]
    pub(super) omit: Vec<At<String>>,
    /// 一级部分，按先后顺序。
    #[serde(default, rename = "section")]
    pub(super) sections: Vec<RawSection>,
    /// 表格，按先后顺序。
    #[serde(default, rename = "table")]
    pub(super) tables: Vec<RawTable>,
    /// 表内数据关系。顺序即合并报告时的命名顺序。
    #[serde(default, rename = "relation")]
    pub(super) relations: Vec<RawRelation>,
    /// 正文怎样表述单元格的数据。
    #[serde(default, rename = "claim")]
    pub(super) claims: Vec<RawClaim>,
    /// 单元格所依据的条文，供查看，不参与检查。
    #[serde(default, rename = "article")]
    pub(super) articles: Vec<RawArticle>,
    /// 固定的句子，供输入时补全，不参与检查。
    #[serde(default, rename = "phrase")]
    pub(super) phrases: Vec<RawPhrase>,
    /// 使用本表单词语的规则。
    #[serde(default, rename = "rule")]
    pub(super) rules: Vec<At<RawRule>>,
    /// 机关层级，从最具体到最一般；写了就整体取代底本的层级。
    #[serde(default, rename = "level")]
    pub(super) levels: Vec<RawLevel>,
    /// 怎样识别机关名称。
    pub(super) issuer: Option<RawIssuer>,
    /// 词表：词的列表里的 "{{名称}}" 代表表中全部词，pattern 里的 {{名称}} 代表其中任一词。
    #[serde(default)]
    pub(super) lists: BTreeMap<String, Vec<String>>,
}

/// 一个一级部分。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    /// 部分编号，小写英文。
    pub(super) id: At<String>,
    /// 标题前的序号，不含顿号。
    pub(super) number: String,
    /// 不含序号的规范标题。
    pub(super) heading: String,
    /// 视为同一标题的其他完整写法。
    #[serde(default)]
    pub(super) accept: Vec<String>,
    /// 几组词：标题行含有任何一组的全部词，就是这一部分。
    #[serde(default)]
    pub(super) words: Vec<Vec<String>>,
    /// 这一部分的示范文字，供生成空白报告；{agency} 代表机关名称，{year} 代表报告年度。不写时沿用底本同一部分的。
    pub(super) template: Option<String>,
}

/// 一条表内数据关系，也是同名的规则。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRelation {
    /// 关系编号，小写英文、数字和连字符。
    pub(super) id: At<String>,
    /// 表格编号。
    pub(super) table: At<String>,
    /// 对每一列、每一行，还是对整张表各成立一次。
    pub(super) each: RawEach,
    /// 等式或不等式：用 + 连接的各项，中间是 =、>= 或 <=。逐列时写行编号，逐行时写列编号，整表时写单元格编号；* 代表任意一段。
    pub(super) equation: At<String>,
    /// 不成立时的严重程度，默认 error。
    #[serde(default)]
    pub(super) severity: RawSeverity,
    /// 关系的来源。
    #[serde(default)]
    pub(super) basis: String,
    /// 提示信息怎样称呼左边。
    pub(super) left: String,
    /// 提示信息怎样称呼右边。
    pub(super) right: String,
    /// 规则说明（Markdown），或者它的文件的路径（.md），相对于本文件。
    #[serde(default)]
    #[schemars(with = "String")]
    pub(super) page: RawPage,
}

/// 关系对什么逐一成立。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawEach {
    /// 每一列。
    Column,
    /// 每一行。
    Row,
    /// 整张表一次。
    Table,
}

/// 严重程度。
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawSeverity {
    /// 错误。
    #[default]
    Error,
    /// 警告。
    Warning,
    /// 提示。
    Info,
    /// 建议。
    Hint,
}

/// 正文怎样表述一个单元格或几个单元格之和：同一分句内有线索词和数字。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClaim {
    /// 单元格：表.行.列，没有行名的表写 表.列；几项之和用 + 连接，* 代表任意一段。
    pub(super) cell: At<String>,
    /// 数字也可能指的几项之和，写法同 cell：“办理8件”也许含上年结转的。
    pub(super) or: Option<Vec<At<String>>>,
    /// 线索词：数字之前至少有其一，与数字之间没有别的数字。
    pub(super) before: At<Vec<String>>,
    /// 后置的线索词：紧跟在数字和单位之后，代替数字之前的线索词，如“3件予以公开”。
    pub(super) behind: Option<At<Vec<String>>>,
    /// 对象词：线索词与数字之间或紧接在数字之后至少有其一；不写则不要求。
    pub(super) object: Option<At<Vec<String>>>,
    /// 数字之后的单位。
    pub(super) unit: At<Vec<String>>,
    /// 分句内有其一就不算。
    pub(super) not: Option<At<Vec<String>>>,
    /// 分句内有其一就不算，但不妨碍后面的分句继续说同一话题。
    pub(super) unless: Option<At<Vec<String>>>,
    /// 分句内或话题词之后有其一就不算，除非报告机关的名称以其一结尾。
    pub(super) offices: Option<At<Vec<String>>>,
    /// 话题词：从数字往前到段首，先遇到的须是话题词而不是 not 中的词；不写则不要求。
    pub(super) topic: Option<At<Vec<String>>>,
    /// 数字是否须紧接线索词，其间至多有“了”“共”“为”。
    #[serde(default)]
    pub(super) adjacent: bool,
    /// 数字后面注明“含……”的，含的是其一才算；含别的（“39件（含咨询5件）”）就不算。
    pub(super) including: Option<At<Vec<String>>>,
    /// 线索词是否不足以说明数字说的就是这一格：同一句里别的数字与表格相符时才比较。
    #[serde(default)]
    pub(super) loose: bool,
    /// 写了 loose 的：同一句里它前后的数之间有其一就不算。
    pub(super) apart: Option<At<Vec<String>>>,
    /// 线索词旁的年份比报告年度晚几年：“2023年结转”写 -1，线索词为“年结转”；“结转2025年”写 1，线索词为“结转20”。年份不符的不算。
    pub(super) year: Option<i16>,
    /// 并列时的名称：“行政许可、行政处罚分别为12件、3件”按次序各说一个数。
    pub(super) listed: Option<At<Vec<String>>>,
}

/// 一条条文的要点，光标停在有关单元格上时显示。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawArticle {
    /// 有关的单元格：表.行.列，* 代表任意一段。
    pub(super) cells: Vec<At<String>>,
    /// 条文的出处和要点。
    pub(super) text: String,
    /// 已与原文核对；否则显示时注明“供参考”。
    #[serde(default)]
    pub(super) verified: bool,
}

/// 一句固定的话。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPhrase {
    /// 补全列表里的名称，也是输入时可用的词。
    pub(super) name: At<String>,
    /// 哪一部分的话；不写则是引言的。
    pub(super) section: Option<At<String>>,
    /// 整句：{agency} 代表机关名称，{year} 代表报告年度，{number} 代表要填的数。
    pub(super) text: String,
}

/// 一条规则：某个检查机制加上本表单的词语。除下列各项外，其余键由该机制解释。
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct RawRule {
    /// 规则编号，小写英文、数字和连字符。
    pub(super) id: At<String>,
    /// 检查机制的名称。
    #[serde(rename = "use")]
    pub(super) mechanism: String,
    /// 规则组。
    pub(super) group: Group,
    /// 严重程度，默认 warning。
    pub(super) severity: Option<RawSeverity>,
    /// 不必选择就运行，默认 true。
    pub(super) enabled: Option<bool>,
    /// 查的是可能还没有写到的内容，草稿里至多算建议，默认 false。
    pub(super) unfinished: Option<bool>,
    /// 适用的报告年度，写法同表单的 years；不写则不限。
    pub(super) years: Option<At<String>>,
    /// 规则说明（Markdown），或者它的文件的路径（.md），相对于本文件。
    #[serde(default)]
    #[schemars(with = "String")]
    pub(super) page: RawPage,
    /// 由检查机制解释的其余各项。
    #[serde(flatten)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub(super) params: toml::Table,
}

/// 一个机关层级及其常见区间。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLevel {
    /// 层级编号，小写英文。
    pub(super) id: At<String>,
    /// 层级名称。
    pub(super) name: String,
    /// 匹配机关全称的正则表达式；空字符串匹配任何名称。
    pub(super) pattern: At<String>,
    /// 是否汇总整个地区（各级人民政府、开发区）。
    #[serde(default)]
    pub(super) region: bool,
    /// 各单元格的常见区间。
    #[serde(default, rename = "band")]
    pub(super) bands: Vec<RawBand>,
}

/// 一个单元格在本层级的常见区间，单位同单元格。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBand {
    /// 单元格：表.行.列。
    pub(super) cell: At<String>,
    /// 常见的最小值和最大值；不清楚时不写。
    pub(super) usual: Option<At<Vec<RawNumber>>>,
    /// 超过它给出警告。
    pub(super) warn_above: At<RawNumber>,
    /// 超过它报错。
    pub(super) error_above: At<RawNumber>,
}

/// 怎样识别和缩写机关名称。
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIssuer {
    /// 全称的词尾。
    #[serde(default)]
    pub(super) endings: Vec<String>,
    /// 简称词尾对应的全称词尾。
    #[serde(default)]
    pub(super) short: BTreeMap<String, String>,
    /// 可以代指本级政府的地区词尾。
    #[serde(default)]
    pub(super) regions: Vec<String>,
}

impl From<RawSeverity> for Severity {
    fn from(severity: RawSeverity) -> Self {
        match severity {
            RawSeverity::Error => Self::Error,
            RawSeverity::Warning => Self::Warning,
            RawSeverity::Info => Self::Info,
            RawSeverity::Hint => Self::Hint,
        }
    }
}
