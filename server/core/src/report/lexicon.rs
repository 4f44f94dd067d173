//! The words of all forms, folded once, with which lines and cells are compared.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fold::{fold, fold_into, numeral};
use super::header::HeaderWords;
use crate::form::{Block, Form, Label, Section, Table};

/// Distance 1 is a typo only in labels at least this long: 规章 and 规范 differ by one character too.
const SHORTEST_TYPO: usize = 6;
/// A wrapped label is known by at least so many characters of its beginning.
const SHORTEST_PREFIX: usize = 4;

/// Folded words of a set of forms.
pub struct Lexicon {
    /// The forms, in the order in which they are tried.
    pub(crate) forms: Vec<Arc<Form>>,
    /// Forms grouped by family: indexes into `forms`.
    pub(crate) families: Vec<Family>,
    rows: FxHashMap<Box<str>, Vec<RowRef>>,
    /// All row labels with their length in characters, longest first.
    labels: Vec<(Box<str>, usize)>,
    groups: FxHashMap<Box<str>, Arc<str>>,
    headers: FxHashMap<Box<str>, Arc<str>>,
    /// Labels as forms print them with their folds: nearly all cells with words are such.
    folds: FxHashMap<Box<str>, Box<str>>,
    /// By number of bytes, whether a label of a row, and one of a header, is so long. Cells joined in search of a wrapped label mostly are not.
    lengths: Vec<(bool, bool)>,
    notes: Vec<(Box<str>, Arc<str>)>,
    /// By form, table and block.
    tables: Vec<Vec<Vec<BlockWords>>>,
}

/// The words of a block, folded.
struct BlockWords {
    header: HeaderWords,
    /// The form's wording of each row's label.
    rows: Vec<Arc<str>>,
}

/// Forms that share headings and titles.
pub(crate) struct Family {
    pub(crate) forms: Vec<usize>,
    pub(crate) title: Vec<String>,
    /// Other names of it, each by its words in order.
    pub(crate) title_short: Vec<Vec<String>>,
    /// Titles of documents of another kind, likewise.
    pub(crate) title_other: Vec<Vec<String>>,
    pub(crate) sections: Vec<SectionWords>,
    pub(crate) issuer_endings: Vec<String>,
    /// What an issuer that is a region ends with.
    pub(crate) regions: Vec<String>,
    /// Characters of the standard title behind its first word, sorted.
    pub(crate) title_tail: Vec<char>,
    /// Last characters of titles, exact headings and issuers: a line without a numeral that ends otherwise is no border.
    pub(crate) last: Vec<char>,
}

pub(crate) struct SectionWords {
    pub(crate) exact: Vec<String>,
    pub(crate) words: Vec<Vec<String>>,
}

/// A row of a table of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowRef {
    pub(crate) form: usize,
    pub(crate) table: usize,
    pub(crate) block: usize,
    pub(crate) row: usize,
    /// The label was given without its numeral and is also a header's word (其他, 总计): what stands around it must decide.
    pub(crate) weak: bool,
}

impl Lexicon {
    /// The words of `forms`.
    pub fn new(forms: &[Arc<Form>]) -> Self {
        let mut lexicon = Self {
            forms: forms.to_vec(),
            families: Vec::new(),
            rows: FxHashMap::default(),
            labels: Vec::new(),
            groups: FxHashMap::default(),
            headers: FxHashMap::default(),
            folds: FxHashMap::default(),
            lengths: Vec::new(),
            notes: Vec::new(),
            tables: Vec::new(),
        };
        for (index, form) in forms.iter().enumerate() {
            lexicon.add_family(index, form);
            lexicon.add_headers(form);
            lexicon.add_rows(index, form);
            let words = |table: &Table| table.blocks.iter().map(BlockWords::new).collect();
            lexicon.tables.push(form.tables.iter().map(words).collect());
        }
        lexicon.folds = forms
            .iter()
            .flat_map(|form| labels(form))
            .map(|it| (it.into(), fold(it).into()))
            .collect();
        lexicon.labels =
            lexicon.rows.keys().map(|label| (label.clone(), label.chars().count())).collect();
        let labels = lexicon.rows.keys().chain(lexicon.headers.keys());
        let longest = labels.map(|label| label.len()).max().unwrap_or(0);
        let mut lengths = vec![(false, false); longest + 1];
        lexicon.rows.keys().for_each(|label| lengths[label.len()].0 = true);
        lexicon.headers.keys().for_each(|label| lengths[label.len()].1 = true);
        lexicon.lengths = lengths;
        lexicon.labels.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        lexicon
    }

    /// May a line without a numeral that ends with this character be a border?
    pub(crate) fn may_end(&self, last: char) -> bool {
        self.families.iter().any(|family| family.last.binary_search(&last).is_ok())
    }

    /// Appends the fold of a cell's words.
    pub(crate) fn fold_into(&self, words: &str, folded: &mut String) {
        match self.folds.get(words) {
            Some(known) => folded.push_str(known),
            None => fold_into(words, folded),
        }
    }

    /// The rows with exactly this folded label.
    pub(crate) fn rows(&self, folded: &str) -> &[RowRef] {
        if !self.lengths.get(folded.len()).is_some_and(|(rows, _)| *rows) {
            return &[];
        }
        self.rows.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The rows whose label is the longest one that `context` ends with.
    pub(crate) fn rows_ending(&self, context: &str) -> &[RowRef] {
        let found = self.labels.iter().find(|(label, _)| context.ends_with(&**label));
        found.map_or(&[], |(label, _)| self.rows(label))
    }

    /// The rows whose label is one character off `folded`.
    pub(crate) fn rows_near(&self, folded: &str) -> &[RowRef] {
        let length = folded.chars().count();
        if length < SHORTEST_TYPO {
            return &[];
        }
        // The longest stand first.
        let start = self.labels.partition_point(|(_, n)| *n > length + 1);
        let as_long = self.labels[start..]
            .iter()
            .take_while(|(_, n)| *n + 1 >= length && *n >= SHORTEST_TYPO);
        let mut found = as_long.filter(|(label, _)| is_one_off(label, folded));
        // 属于三类内部事务信息 and 属于四类…: two labels one character apart from the same words decide nothing.
        match (found.next(), found.next()) {
            (Some((label, _)), None) => self.rows(label),
            _ => &[],
        }
    }

    /// The rows of which `context` ends with the beginning of a label that goes on below the values.
    pub(crate) fn rows_wrapped(&self, context: &str) -> Vec<RowRef> {
        let mut best = (0, Vec::new());
        for (label, length) in &self.labels {
            let mut end = label.len();
            for shorter in (SHORTEST_PREFIX..*length).rev() {
                end = label[..end].char_indices().next_back().map_or(0, |(at, _)| at);
                if shorter < best.0 {
                    break;
                }
                if context.ends_with(&label[..end]) {
                    if shorter > best.0 {
                        best = (shorter, Vec::new());
                    }
                    best.1.extend_from_slice(self.rows(label));
                    break;
                }
            }
        }
        best.1
    }

    /// Is `folded` the beginning of a row's or a group's label?
    pub(crate) fn begins_label(&self, folded: &str) -> bool {
        let long_enough = folded.chars().count() >= SHORTEST_PREFIX;
        long_enough
            && (self.labels.iter().any(|(label, _)| label.starts_with(folded))
                || self.groups.keys().any(|group| group.starts_with(folded)))
    }

    /// The form's wording of a row's label.
    pub(crate) fn row_label(&self, row: RowRef) -> &Arc<str> {
        &self.tables[row.form][row.table][row.block].rows[row.row]
    }

    /// What the header of a block may show.
    pub(crate) fn header_words(&self, form: usize, table: usize, block: usize) -> &HeaderWords {
        &self.tables[form][table][block].header
    }

    /// The form's wording of a row span's label.
    pub(crate) fn group(&self, folded: &str) -> Option<&Arc<str>> {
        self.groups.get(folded)
    }

    /// The form's wording of a header cell.
    pub(crate) fn header(&self, folded: &str) -> Option<&Arc<str>> {
        if !self.lengths.get(folded.len()).is_some_and(|(_, headers)| *headers) {
            return None;
        }
        self.headers.get(folded)
    }

    /// The form's wording of a remark that begins like `folded`.
    pub(crate) fn note(&self, folded: &str) -> Option<&Arc<str>> {
        let begins =
            |note: &str| folded.chars().zip(note.chars()).take_while(|(a, b)| a == b).count() >= 8;
        self.notes.iter().find(|(note, _)| begins(note)).map(|(_, text)| text)
    }

    fn add_family(&mut self, index: usize, form: &Form) {
        let forms = &self.forms;
        let is_of = |family: &&mut Family| forms[family.forms[0]].family == form.family;
        match self.families.iter_mut().find(is_of) {
            Some(family) => family.forms.push(index),
            None => self.families.push(Family::new(index, form)),
        }
    }

    fn add_headers(&mut self, form: &Form) {
        for table in &form.tables {
            if let Some(note) = &table.note {
                self.notes.push((fold(note).into(), note.as_str().into()));
            }
            for block in &table.blocks {
                let fixed = [&block.caption, &block.corner, &block.banner].into_iter().flatten();
                for label in fixed.chain(block.columns.iter().map(|column| &column.label)) {
                    insert_label(&mut self.headers, label);
                }
                for group in block.columns.iter().flat_map(|column| &column.groups) {
                    self.headers.entry(fold(group).into()).or_insert_with(|| group.as_str().into());
                }
                for group in block.rows.iter().flat_map(|row| &row.groups) {
                    let standard: Arc<str> = group.as_str().into();
                    self.groups.entry(fold(group).into()).or_insert_with(|| standard.clone());
                    self.groups.entry(fold(unnumbered(group)).into()).or_insert(standard);
                }
            }
        }
    }

    fn add_rows(&mut self, index: usize, form: &Form) {
        for (table, spec) in form.tables.iter().enumerate() {
            for (block, row, it) in spec.rows() {
                for wording in std::iter::once(&it.label.text)
                    .chain(&it.label.accept)
                    .filter(|wording| !wording.is_empty())
                {
                    let bare = fold(unnumbered(wording));
                    let whole = fold(wording);
                    let reference = RowRef { form: index, table, block, row, weak: false };
                    let weak = self.headers.contains_key(bare.as_str());
                    for (label, weak) in [(whole.clone(), whole == bare && weak), (bare, weak)] {
                        let rows = self.rows.entry(label.into()).or_default();
                        let reference = RowRef { weak, ..reference };
                        if !rows.iter().any(|known| RowRef { weak, ..*known } == reference) {
                            rows.push(reference);
                        }
                    }
                }
            }
        }
    }
}

impl Family {
    /// The family of its first form.
    fn new(index: usize, form: &Form) -> Self {
        let sections: Vec<SectionWords> = form.sections.iter().map(SectionWords::new).collect();
        let title = folded(&form.title);
        let title_other: Vec<Vec<String>> = form.title_other.iter().map(|it| folded(it)).collect();
        let issuer_endings = folded(&form.issuer.endings);
        let endings = sections
            .iter()
            .flat_map(|section| &section.exact)
            .chain(title.last())
            .chain(title_other.iter().filter_map(|title| title.last()))
            .chain(&issuer_endings);
        let mut last: Vec<char> =
            endings.filter_map(|words| words.chars().next_back()).chain(['年', '度']).collect();
        last.sort_unstable();
        last.dedup();
        let standard = fold(&form.title_standard);
        let first = title.first().map_or("", String::as_str);
        let tail = standard.split_once(first).map_or("", |(_, tail)| tail);
        let mut title_tail: Vec<char> = tail.chars().collect();
        title_tail.sort_unstable();
        Self {
            forms: vec![index],
            title,
            title_short: form.title_short.iter().map(|it| folded(it)).collect(),
            title_other,
            sections,
            issuer_endings,
            regions: folded(&form.issuer.regions),
            title_tail,
            last,
        }
    }
}

impl SectionWords {
    fn new(section: &Section) -> Self {
        let exact = std::iter::once(&section.heading).chain(&section.accept);
        Self {
            exact: exact.map(|words| fold(words)).collect(),
            words: section.words.iter().map(|it| folded(it)).collect(),
        }
    }
}

impl BlockWords {
    fn new(block: &Block) -> Self {
        let rows = block.rows.iter().map(|row| row.label.text.as_str().into()).collect();
        Self { header: HeaderWords::new(block), rows }
    }
}

fn folded(words: &[String]) -> Vec<String> {
    words.iter().map(|word| fold(word)).collect()
}

/// What the cells of a form's tables say besides figures.
fn labels(form: &Form) -> impl Iterator<Item = &str> {
    let blocks = || form.tables.iter().flat_map(|table| &table.blocks);
    let fixed = blocks().flat_map(|block| [&block.caption, &block.corner, &block.banner]);
    let columns = blocks().flat_map(|block| block.columns.iter().map(|column| &column.label));
    let rows = blocks().flat_map(|block| block.rows.iter().map(|row| &row.label));
    let labels = fixed.flatten().chain(columns).chain(rows);
    let of_columns = blocks().flat_map(|block| block.columns.iter().flat_map(|it| &it.groups));
    let of_rows = blocks().flat_map(|block| block.rows.iter().flat_map(|it| &it.groups));
    labels.map(|label| label.text.as_str()).chain(of_columns.chain(of_rows).map(String::as_str))
}

/// Does one inserted, dropped or replaced character make `a` out of `b`?
fn is_one_off(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().skip(common).collect(), b.chars().skip(common).collect());
    let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) == behind + 1
}

/// `words` without the numeral that leads it: `（三）`, `2.`, `四、`.
pub(crate) fn unnumbered(words: &str) -> &str {
    let words = words.trim_start();
    let inner = words.trim_start_matches(['(', '（', '〔', '[']).trim_start();
    let end = numeral(inner).map_or_else(
        || inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len(),
        |(_, end)| end,
    );
    if end == 0 {
        return words;
    }
    let rest = inner[end..].trim_start();
    let behind = rest.trim_start_matches([')', '）', '〕', ']', '、', '.', '．', ',', '，', ' ']);
    // 三类内部事务 and 四川 begin with a numeral that belongs to the word.
    if behind.len() == rest.len() || behind.is_empty() { words } else { behind }
}

fn insert_label(labels: &mut FxHashMap<Box<str>, Arc<str>>, label: &Label) {
    let standard: Arc<str> = label.text.as_str().into();
    for wording in std::iter::once(&label.text).chain(&label.accept) {
        labels.entry(fold(wording).into()).or_insert_with(|| standard.clone());
    }
}
