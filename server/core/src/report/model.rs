//! What is known of a report: its sections, tables, figures and claims, each with its place in the text.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::form::{CellIndex, Claim, Form, KnownLevel, Level, SectionIndex, TableIndex};
use crate::text::TextRange;

/// A range in one part of a report. Offsets count from the part's first byte, so that an edit in one part moves nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Index in [`Report::parts`].
    pub part: u32,
    /// Bytes within the part.
    pub range: TextRange,
}

impl Place {
    /// A place in `part`.
    pub fn new(part: usize, range: TextRange) -> Self {
        Self { part: part as u32, range }
    }

    /// The part, as an index.
    pub fn part(self) -> usize {
        self.part as usize
    }
}

/// A report: what stands before its first heading, and a part for each top-level heading.
#[derive(Debug, Clone)]
pub struct Report {
    /// The form that its year, or its rows where the year misleads, call for.
    pub form: Arc<Form>,
    /// The agency and year, as title block, preface and signature state them.
    pub head: Arc<Head>,
    /// The parts in the order of the text. The first one is the title block with the preface; it may be empty.
    pub parts: Vec<Arc<Part>>,
}

/// Which agency reports about which year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Head {
    /// The title line, without the agency's own line above it.
    pub title: Option<Title>,
    /// The issuer as the title names it, else as preface or signature do.
    pub agency: Option<Named>,
    /// The issuer's name in preface or signature, where it differs from `agency`.
    pub agency_full: Option<Named>,
    /// The report year.
    pub year: Option<u16>,
    level: KnownLevel,
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name without spaces, normalised.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A title line.
#[derive(Debug, Clone, PartialEq)]
pub struct Title {
    /// The whole title, without marks and surrounding blanks.
    pub place: Place,
    /// Normalised text of it.
    pub text: String,
    /// Where the year stands, when it does.
    pub year: Option<Named>,
    /// Whether it is in Traditional characters, or was read off a picture with blanks between all characters. Then the words of a form are not found in the
    /// text.
    pub hides_words: bool,
}

/// The text between two top-level headings, with what is bound in it. Depends on nothing outside its own text but the form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// The heading that opens it; `None` for the part before the first heading.
    pub heading: Option<Heading>,
    /// The tables found in it.
    pub tables: Vec<BoundTable>,
    /// The claims of its prose.
    pub claims: Vec<BoundClaim>,
    /// Lines of running text, in order: neither heading, table nor blank.
    pub prose: Vec<TextRange>,
    /// Paragraphs of several of these lines, by their indexes.
    pub joined: Vec<Range<u32>>,
    /// Whether anything but blanks stands below the heading.
    pub has_content: bool,
    /// Whether something stands in for a table that is no text: a picture, an attachment.
    pub has_picture: bool,
}

/// A recognised or merely numbered top-level heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// The form's section, `None` for a numbered heading that the form does not know.
    pub section: Option<SectionIndex>,
    /// The line without indentation, marks (`##`, tags) and trailing blanks.
    pub range: TextRange,
    /// The numeral with its punctuation: `三、`; empty range where there is none.
    pub numeral: TextRange,
    /// The value of the numeral.
    pub number: Option<u32>,
    /// The wording after the numeral.
    pub wording: TextRange,
    /// Normalised wording.
    pub text: String,
}

/// A table of the form, found in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundTable {
    /// The form whose rows it follows: usually the report's, else another of the family.
    pub form: Arc<Form>,
    /// Which table of that form.
    pub table: TableIndex,
    /// How it is laid out.
    pub layout: Layout,
    /// From its first to its last cell.
    pub range: TextRange,
    /// The values by [`CellIndex`]; empty when `unreadable`.
    pub cells: Vec<Option<Cell>>,
    /// Whether every one of `cells` that is there holds a whole number in plain digits.
    pub is_plain: bool,
    /// The rows found, in the order of the text.
    pub rows: Vec<BoundRow>,
    /// For each block, what its header shows.
    pub headers: Vec<BoundHeader>,
    /// The form's remark, where found.
    pub note: Option<TextRange>,
    /// Why no value can be assigned with certainty; `None` for a readable table.
    pub unreadable: Option<Unreadable>,
}

/// Why a table cannot be read. Its values are then unknown and nothing about it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Bare labels without a single value: nobody has filled them in, or the values are gone.
    NoValues,
    /// Lines seen before were dropped: most values are gone.
    LinesDropped,
    /// Empty cells were collapsed, so that a value's column is lost.
    ColumnsLost,
    /// Values stand without the labels of their rows.
    LabelsLost,
    /// A comma may set cells apart or the digits of a figure: `行政许可,1,024`.
    CommasAmbiguous,
}

/// How a table separates its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A cell a line, each led by a tab.
    TabLed,
    /// A row a line, cells separated by tabs.
    Tabs,
    /// A row a line, cells separated by pipes.
    #[default]
    Pipes,
    /// A cell a line, ended by a pipe.
    PipeEnded,
    /// A row a line with a delimiter row below the header.
    Markdown,
    /// HTML cells.
    Html,
    /// Bare cells, one a line: a blank cell leaves nothing.
    Bare,
    /// Cells separated by spaces, as in the text of a PDF.
    Spaces,
}

/// What a header shows of a block's columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoundHeader {
    /// From the first to the last header cell; `None` when no header was found.
    pub range: Option<TextRange>,
    /// Columns of the block that are there, by index. All of them unless the header and the widths of the rows agree on fewer.
    pub columns: Vec<usize>,
    /// The header cells in the order of the text.
    pub labels: Vec<BoundLabel>,
    /// A label of another form's columns, where none of this one's stands: 对外公开总数量 above 行政规范性文件. What the values below it are is not known.
    pub foreign: Option<TextRange>,
}

/// A row that was found by its label.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundRow {
    /// Block and row in the form's table; `None` for a row that the form does not have.
    pub row: Option<(usize, usize)>,
    /// Its label, and before it those of the row spans that begin with it.
    pub labels: Vec<BoundLabel>,
    /// From the first label to the last value.
    pub range: TextRange,
    /// All value-or-blank cells after the label, structural blanks included.
    pub values: Vec<Cell>,
    /// How the values were assigned.
    pub fit: Fit,
    /// Column of the row's label and of its first value, counting separators from the line's start; for layouts with a row a line.
    pub columns: Option<(u32, u32)>,
}

/// How a row's values meet the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Every column has its value or its blank.
    Exact,
    /// Fewer or more values than columns: none is assigned.
    Width {
        /// Values that stand there.
        found: usize,
        /// Values that should.
        expected: usize,
    },
    /// The row has no value cell at all.
    Empty,
    /// A second row with the same label: not assigned.
    Duplicate,
    /// A group's own row, or a row that the form does not have.
    Extra,
}

/// A label as it stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundLabel {
    /// Where.
    pub range: TextRange,
    /// The form's wording for it, when it is one of the form's labels.
    pub standard: Option<Arc<str>>,
}

/// A value cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The value without surrounding blanks; empty at the place where a blank cell's value would go.
    pub range: TextRange,
    /// What it says.
    pub value: Value,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Blank,
    /// A number, exactly; `unit` tells what stood behind it.
    Number(Decimal, Written),
    /// `/`, `—`, 无 or words.
    NotNumber,
    /// The row is there, but which of its values belongs here cannot be known ([`Fit::Width`]).
    Unknown,
}

/// How a number was written.
#[allow(clippy::struct_excessive_bools)] // each is a fault of its own, and several may meet in one cell
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// A unit behind the number.
    pub unit: Option<Unit>,
    /// Full-width digits or point.
    pub full_width: bool,
    /// Thousands separators.
    pub separators: bool,
    /// Chinese numerals.
    pub han: bool,
    /// A sign: `+5`, `-4`, 减4, ↓4.
    pub signed: bool,
    /// Zeros before the first digit.
    pub leading_zero: bool,
}

/// A unit behind a number. `value` is always the number as written, not converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 件, 个, 宗, 次 and the like.
    Item,
    /// 元.
    Yuan,
    /// 万元.
    Wan,
    /// 亿元.
    Yi,
}

impl Head {
    /// The issuer's level, worked out once and only when it is asked for: it takes as long as a tenth of all other checks.
    pub fn level<'f>(&self, form: &'f Form) -> Option<&'f Level> {
        let level = self.level.of(form, &self.agency.as_ref()?.text);
        form.levels.get(level?)
    }
}

impl Value {
    /// The number, if it is one.
    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number, _) => Some(number),
            Self::Blank | Self::NotNumber | Self::Unknown => None,
        }
    }
}

/// A figure of the prose that states a cell or a sum of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundClaim {
    /// Index in [`Form::claims`].
    pub claim: usize,
    /// The clause's words from cue to unit.
    pub range: TextRange,
    /// The number alone.
    pub number: TextRange,
    /// The number as written.
    pub value: Decimal,
    /// The unit as written.
    pub unit: Unit,
    /// 约, 余, 近 and the like: an interval, not a point.
    pub hedged: bool,
    /// The year at its cue, where the claim is of one: 2023年结转4件.
    pub year: Option<u16>,
    /// Whether it speaks of an office. In the office's own report it is a claim like others.
    pub of_office: bool,
    /// Whether its words alone do not say that it states the cell. It does where the figures beside it state theirs.
    pub is_loose: bool,
}

impl BoundClaim {
    /// Whether it speaks of the report of `head`, as a claim `of` a form does: 2023年结转4件 states a cell of the report on 2024 alone.
    pub(crate) fn is_of(&self, of: &Claim, head: &Head) -> bool {
        let year = |offset| head.year.and_then(|year| year.checked_add_signed(offset));
        let is_its_year =
            of.year.is_none_or(|offset| self.year.is_some() && year(offset) == self.year);
        let agency = head.agency.as_ref().map_or("", |agency| agency.text.as_str());
        let is_its_office = || of.offices.iter().any(|it| agency.ends_with(it.as_str()));
        is_its_year && (!self.of_office || is_its_office())
    }
}

impl BoundTable {
    /// Whether each of `cells` that is there holds a whole number in plain digits.
    pub(super) fn are_plain(cells: &[Option<Cell>]) -> bool {
        let is_plain = |cell: &Cell| match cell.value {
            Value::Number(number, written) => number.scale() == 0 && written == Written::default(),
            Value::Blank | Value::NotNumber | Value::Unknown => false,
        };
        cells.iter().flatten().all(is_plain)
    }

    /// The form's table.
    pub fn spec(&self) -> &crate::form::Table {
        &self.form.tables[self.table]
    }

    /// The number in a cell, when there is one.
    pub fn number(&self, cell: CellIndex) -> Option<Decimal> {
        self.cell(cell)?.value.number()
    }

    /// A cell, when the document has it.
    pub fn cell(&self, cell: CellIndex) -> Option<&Cell> {
        self.cells.get(cell)?.as_ref()
    }
}

impl BoundTable {
    /// Whether it is the same table at the same place, character for character.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        // Forms are large, and an edit nearly always moves an end.
        self.range == other.range && Arc::ptr_eq(&self.form, &other.form) && self == other
    }
}

impl Report {
    /// All tables with the index of their part.
    pub fn tables(&self) -> impl Iterator<Item = (usize, &BoundTable)> {
        self.parts
            .iter()
            .enumerate()
            .flat_map(|(part, it)| it.tables.iter().map(move |table| (part, table)))
    }

    /// The first readable table with this id.
    pub fn table(&self, id: &str) -> Option<(usize, &BoundTable)> {
        self.tables().find(|(_, table)| table.spec().id == id && table.unreadable.is_none())
    }

    /// The number at `requests.new_received.total`.
    pub fn number(&self, key: &str) -> Option<Decimal> {
        let (table, _) = key.split_once('.')?;
        let (_, table) = self.table(table)?;
        let (_, cell) = table.form.cell(key)?;
        table.number(cell)
    }
}
