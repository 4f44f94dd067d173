//! A form as the rest of core sees it: what a report of one kind must contain, with every name resolved to an index.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::claim::Claim;
use super::level::Pattern;
use super::names::Names;
use super::phrase::Phrase;
use super::rule::{Group, Severity};

/// Index of a section in [`Form::sections`].
pub type SectionIndex = usize;
/// Index of a table in [`Form::tables`].
pub type TableIndex = usize;
/// Index of a cell in its table: blocks in order, within a block row by row.
pub type CellIndex = usize;

/// One kind of report in one range of years.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    /// `annual-report-2021`.
    pub id: String,
    /// What a reader calls it: 政府信息公开工作年度报告（2021年格式）.
    pub name: String,
    /// Forms of one family share sections and titles and replace each other over the years.
    pub family: String,
    /// The report years in which the form applies.
    pub years: Years,
    /// Words that a title must hold, all of them, in this order: 政府信息公开, 报告.
    pub title: Vec<String>,
    /// Other names of it, each by its words in order, the last one at its end: 信息公开, 年报.
    pub title_short: Vec<Vec<String>>,
    /// Titles of documents of another kind, each by its words in order, the last one at its end: 学年, 信息公开, 报告.
    pub title_other: Vec<Vec<String>>,
    /// The full standard wording after agency and year: 政府信息公开工作年度报告.
    pub title_standard: String,
    /// What an empty report says before its first section; `{agency}` and `{year}` stand for the report's own. Empty: nothing.
    pub preface: String,
    /// The sections in their order.
    pub sections: Vec<Section>,
    /// The tables in their order.
    pub tables: Vec<Table>,
    /// The relations, in the order in which a merged finding takes its name.
    pub relations: Vec<Relation>,
    /// How the prose states cells.
    pub claims: Vec<Claim>,
    /// What the law says about cells.
    pub articles: Vec<Article>,
    /// Fixed sentences.
    pub phrases: Vec<Phrase>,
    /// Mechanisms instantiated with the form's own words. A form shares those of its base, most of which are pages of text.
    pub rules: Vec<Arc<RuleSpec>>,
    /// The levels of issuers with their bands, most specific first.
    pub levels: Vec<Level>,
    /// How an issuer's name is recognised.
    pub issuer: Issuer,
    /// Word lists by name. Wherever the form's file says `{{name}}`, the words already stand in their place.
    pub lists: BTreeMap<String, Vec<String>>,
}

/// An inclusive range of report years; an open end is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Years {
    /// First year.
    pub from: Option<u16>,
    /// Last year.
    pub to: Option<u16>,
}

impl Years {
    /// Does the range hold `year`?
    pub fn contains(self, year: u16) -> bool {
        self.from.is_none_or(|y| y <= year) && self.to.is_none_or(|y| year <= y)
    }
}

/// One top-level section.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// `requests`.
    pub id: String,
    /// The numeral before the heading: 三.
    pub number: String,
    /// The exact heading without numeral.
    pub heading: String,
    /// Other whole wordings that are the same heading.
    pub accept: Vec<String>,
    /// Sets of words: a short heading line that holds all words of one set is this section.
    pub words: Vec<Vec<String>>,
    /// The table that stands in the section.
    pub table: Option<TableIndex>,
    /// What an empty report says in the section, as [`Form::preface`].
    pub template: String,
}

/// One table: a list of blocks, each with its own header.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// `requests`.
    pub id: String,
    /// What messages call it: 表三.
    pub name: String,
    /// The section that holds it.
    pub section: SectionIndex,
    /// A fixed remark that the form prints in the table's corner, such as the note on cross-footing.
    pub note: Option<String>,
    /// The blocks in their order.
    pub blocks: Vec<Block>,
    /// Number of cells in all blocks.
    pub cell_count: usize,
    /// What messages call its cells.
    pub names: Names,
}

/// A header and the rows below it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// The line above the header: 第二十条第（一）项.
    pub caption: Option<Label>,
    /// The header over the labels: 信息内容.
    pub corner: Option<Label>,
    /// A header over all columns: 申请人情况.
    pub banner: Option<Label>,
    /// The value columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; a block without labels has one row whose `label` is empty.
    pub rows: Vec<Row>,
    /// Index of the block's first cell in the table.
    pub first_cell: CellIndex,
}

/// A fixed text with the other wordings that are taken for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Label {
    /// The form's wording.
    pub text: String,
    /// Other wordings, all seen in real reports.
    pub accept: Vec<String>,
}

/// A value column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// `natural_person`, or `review.upheld` in a table without row labels.
    pub id: String,
    /// 自然人.
    pub label: Label,
    /// The header cells above it, outermost first: 行政诉讼, 未经复议直接起诉.
    pub groups: Vec<String>,
    /// What its cells hold.
    pub values: ValueKind,
    /// How readily a repair changes the column, as [`Row::weight`]; a cell's weight is the product of the two.
    pub weight: Decimal,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// `refused.state_secret`.
    pub id: String,
    /// 1.属于国家秘密; empty for the single row of a block without labels.
    pub label: Label,
    /// The labels of the row spans that it stands in, outermost first: 三、本年度办理结果, （三）不予公开.
    pub groups: Vec<String>,
    /// How readily a repair changes the row: 1 is usual, less is readier (a row for all the rest).
    pub weight: Decimal,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ValueKind {
    /// A non-negative integer.
    #[default]
    Count,
    /// An integer that may be negative: 本年增/减.
    Change,
    /// A non-negative decimal in `unit`, with at most `decimals` places.
    Amount {
        /// 万元, or empty where the form prescribes none.
        unit: String,
        /// Most places that make sense: 6 for 万元, because 1 分 is 0.000001 万元.
        decimals: u32,
    },
}

/// A linear relation between cells of one table, written out for each column, row or group.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// `requests-balance`; also the rule's id.
    pub id: String,
    /// The table.
    pub table: TableIndex,
    /// The severity of a finding.
    pub severity: Severity,
    /// Whether the relation takes part in sums and repairs (`=`), or is an inequality checked by itself (`>=`, `<=`).
    pub comparison: Comparison,
    /// What the relation holds for, one by one.
    pub each: Each,
    /// The relation as its author wrote it: `new_received + carried_in = results_total + carried_out`.
    pub equation: String,
    /// Where the relation comes from.
    pub basis: String,
    /// How a message names the left side: 办理结果分项之和.
    pub left: String,
    /// How a message names the right side: （七）总计.
    pub right: String,
    /// The relation worked out for each column, row or group.
    pub instances: Vec<Equation>,
    /// The rule's page (Markdown, Chinese).
    pub page: Cow<'static, str>,
}

/// What a relation holds for, one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// Every column; the terms are rows.
    Column,
    /// Every row; the terms are columns.
    Row,
    /// The table once; the terms are cells.
    Table,
}

/// How the two sides of an equation compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`.
    Equal,
    /// `>=`: the left side is at least the right.
    AtLeast,
    /// `<=`.
    AtMost,
}

/// One instance of a relation: two sums of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    /// The column's, row's or group's name, for messages: 自然人.
    pub scope: String,
    /// Cells of the left side.
    pub left: Vec<CellIndex>,
    /// Cells of the right side.
    pub right: Vec<CellIndex>,
    /// The cell at which a finding stands: the only cell of a one-cell side, else the first of the right side.
    pub total: CellIndex,
}

/// What the law says about some cells, for an author who asks. No check reads it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// The cells as their author named them: `requests.refused.third_party.*`.
    pub keys: Vec<String>,
    /// The cells.
    pub cells: Vec<(TableIndex, CellIndex)>,
    /// Where it stands and what it says.
    pub text: String,
    /// Compared with the law's text; what is not is shown as not vouched for.
    pub verified: bool,
}

/// A mechanism with the form's own words: one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSpec {
    /// The rule's id.
    pub id: String,
    /// The mechanism's name.
    pub mechanism: String,
    /// The group of the catalogue it belongs to.
    pub group: Group,
    /// The severity of a finding.
    pub severity: Severity,
    /// Whether it runs without being selected.
    pub enabled: bool,
    /// Whether what it misses may just not be written yet: in a draft its findings are hints at most.
    pub unfinished: bool,
    /// The years of reports in which it runs.
    pub years: Years,
    /// The rule's page (Markdown, Chinese).
    pub page: Cow<'static, str>,
    /// What else the mechanism reads; each mechanism says which keys.
    pub params: toml::Table,
    /// Line of the `[[rule]]` in the form's file, counted from 1, for messages about `params`.
    pub line: usize,
}

/// A level of issuers, with the band of its amounts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Level {
    /// `county_department`.
    pub id: String,
    /// 县直部门.
    pub name: String,
    /// Which names are of the level.
    pub pattern: Pattern,
    /// Whether the issuer reports for a whole region (a government), not for itself.
    pub region: bool,
    /// Bands by the key of the cell they speak of, in the cell's unit.
    pub bands: Vec<Band>,
}

/// What is usual for a cell at one level. Not official figures: configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Band {
    /// `proactive.admin_fee.amount`.
    pub cell: String,
    /// Lowest and highest usual value, where known.
    pub usual: Option<(Decimal, Decimal)>,
    /// Above this a warning.
    pub warn_above: Decimal,
    /// Above this an error.
    pub error_above: Decimal,
}

/// How an issuer's name is recognised and shortened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Issuer {
    /// Endings of full names: 局, 委员会, 人民政府, 管理委员会, 街道办事处.
    pub endings: Vec<String>,
    /// Short endings with their full form: 工信局 → 工业和信息化局.
    pub short: Vec<(String, String)>,
    /// Endings of regions that stand for their government: 市, 县, 区.
    pub regions: Vec<String>,
}

impl Form {
    /// The table with this id.
    pub fn table(&self, id: &str) -> Option<TableIndex> {
        self.tables.iter().position(|table| table.id == id)
    }

    /// The section with this id.
    pub fn section(&self, id: &str) -> Option<SectionIndex> {
        self.sections.iter().position(|section| section.id == id)
    }

    /// Resolves the key of one cell, such as `requests.new_received.total`. Patterns with `*` are resolved when a form is read, see [`Form::cells`].
    pub fn cell(&self, key: &str) -> Option<(TableIndex, CellIndex)> {
        let (table, rest) = key.split_once('.')?;
        let table = self.table(table)?;
        (0..self.tables[table].cell_count)
            .find(|&cell| self.tables[table].key(cell) == rest)
            .map(|cell| (table, cell))
    }
}

impl Table {
    /// Block, row in the block and column of a cell; one beyond the last is clamped to it.
    pub fn locate(&self, cell: CellIndex) -> (usize, usize, usize) {
        let block = self.blocks.iter().rposition(|block| block.first_cell <= cell).unwrap_or(0);
        let Some(found) = self.blocks.get(block) else { return (0, 0, 0) };
        let width = found.columns.len().max(1);
        let offset = cell - found.first_cell;
        (block, (offset / width).min(found.rows.len().saturating_sub(1)), offset % width)
    }

    /// The cell's key within its table: `new_received.total`, `review.upheld`.
    pub fn key(&self, cell: CellIndex) -> String {
        let (block, row, column) = self.locate(cell);
        let block = &self.blocks[block];
        match block.rows[row].id.as_str() {
            "" => block.columns[column].id.clone(),
            row => format!("{row}.{}", block.columns[column].id),
        }
    }

    /// The index of the cell at `row` and `column` of `block`.
    pub(crate) fn cell_at(&self, block: usize, row: usize, column: usize) -> CellIndex {
        self.blocks[block].first_cell + row * self.blocks[block].columns.len() + column
    }

    /// All rows with their block, top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = (usize, usize, &Row)> {
        self.blocks
            .iter()
            .enumerate()
            .flat_map(|(b, block)| block.rows.iter().enumerate().map(move |(r, row)| (b, r, row)))
    }
}
