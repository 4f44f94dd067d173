//! A table of a preview: the form's rows and columns with the document's figures in them.

use std::ops::Range;

use super::preview::PartOf;
use super::relations::{Relations, Standing};
use crate::form::{CellIndex, Label, Table};
use crate::report::{BoundRow, BoundTable, Fit, Value};
use crate::text::TextRange;

/// A table as its form has it, with the figures of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewTable<'a> {
    /// What messages call it: 表三.
    pub name: &'a str,
    /// From its first to its last cell, in bytes of the document.
    pub range: Range<usize>,
    /// Why its figures are not known; such a table has neither cells nor relations.
    pub unreadable: Option<&'static str>,
    /// The headers and rows of the form.
    pub blocks: Vec<PreviewBlock<'a>>,
    /// By [`CellIndex`].
    pub cells: Vec<PreviewCell<'a>>,
    /// Those that are switched on, in the form's order.
    pub relations: Vec<PreviewRelation<'a>>,
    /// Rows of the document whose figures belong to no cell.
    pub strays: Vec<Stray>,
}

/// A header and the rows below it.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewBlock<'a> {
    /// The line above the header.
    pub caption: Option<&'a str>,
    /// The header over the labels.
    pub corner: Option<&'a str>,
    /// The header over all columns.
    pub banner: Option<&'a str>,
    /// The columns, left to right.
    pub columns: Vec<PreviewLabel<'a>>,
    /// The rows, top to bottom.
    pub rows: Vec<PreviewRow<'a>>,
}

/// The label of a row or column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLabel<'a> {
    /// The form's wording.
    pub text: &'a str,
    /// The labels around it, outermost first.
    pub groups: &'a [String],
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow<'a> {
    /// Its label.
    pub label: PreviewLabel<'a>,
    /// The row in bytes of the document; `None` when the document does not have it.
    pub range: Option<Range<usize>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewCell<'a> {
    /// What messages call it: （六）3.其他·自然人.
    pub name: &'a str,
    /// What stands there.
    pub text: &'a str,
    /// Where, in bytes of the document; `None` when the document does not have it.
    pub range: Option<Range<usize>>,
    /// What it says.
    pub kind: PreviewCellKind,
    /// Index of the first finding that stands on it.
    pub finding: Option<usize>,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewCellKind {
    /// A number.
    Number,
    /// Nothing.
    Blank,
    /// `/`, 无 or other words.
    Words,
    /// The row is there, but which of its values belongs here cannot be known.
    Unknown,
    /// The document does not have it.
    Missing,
}

/// One relation in one column, row or table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRelation<'a> {
    /// The rule that checks it.
    pub rule: &'a str,
    /// Whether it holds.
    pub standing: Standing,
    /// In words, with its terms and both sums.
    pub sentence: String,
    /// The cell at which it is shown.
    pub total: CellIndex,
    /// All its cells.
    pub cells: Vec<CellIndex>,
}

/// A row of the document whose figures belong to no cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// Its label and values.
    pub text: String,
    /// Where, in bytes of the document.
    pub range: Range<usize>,
}

impl<'a> PreviewTable<'a> {
    /// `findings` are those of the part, with their indices.
    pub(super) fn new(
        part: &PartOf<'a>,
        table: &'a BoundTable,
        findings: &[(usize, TextRange)],
    ) -> Self {
        let (spec, range) = (table.spec(), part.range(table.range));
        let mut preview = Self {
            name: &spec.name,
            range,
            unreadable: None,
            blocks: Vec::new(),
            cells: Vec::new(),
            relations: Vec::new(),
            strays: Vec::new(),
        };
        if table.unreadable.is_some() {
            preview.unreadable = Some("表格的文字已损坏，数字无法确认");
            return preview;
        }
        preview.blocks = blocks(part, table, spec);
        preview.cells =
            (0..spec.cell_count).map(|index| cell(part, table, index, findings)).collect();
        let relations = Relations::new(part.report.snapshot().settings(), table);
        preview.relations = (relations.all())
            .map(|worked| PreviewRelation {
                rule: &worked.relation.id,
                standing: worked.standing,
                sentence: relations.sentence(&worked, worked.equation.total),
                total: worked.equation.total,
                cells: worked.equation.left.iter().chain(&worked.equation.right).copied().collect(),
            })
            .collect();
        preview.strays = table.rows.iter().filter_map(|row| stray(part, row)).collect();
        preview
    }
}

fn blocks<'a>(part: &PartOf<'a>, table: &BoundTable, spec: &'a Table) -> Vec<PreviewBlock<'a>> {
    let words = |label: &'a Option<Label>| label.as_ref().map(|label| label.text.as_str());
    let row = |at, row: &'a crate::form::Row| PreviewRow {
        label: PreviewLabel { text: &row.label.text, groups: &row.groups },
        range: (table.rows.iter())
            .find(|bound| bound.row == Some(at) && bound.fit != Fit::Duplicate)
            .map(|bound| part.range(bound.range)),
    };
    (spec.blocks.iter().enumerate())
        .map(|(at, block)| PreviewBlock {
            caption: words(&block.caption),
            corner: words(&block.corner),
            banner: words(&block.banner),
            columns: (block.columns.iter())
                .map(|column| PreviewLabel { text: &column.label.text, groups: &column.groups })
                .collect(),
            rows: block.rows.iter().enumerate().map(|(index, it)| row((at, index), it)).collect(),
        })
        .collect()
}

fn cell<'a>(
    part: &PartOf<'a>,
    table: &'a BoundTable,
    index: CellIndex,
    findings: &[(usize, TextRange)],
) -> PreviewCell<'a> {
    let name = table.spec().names(index).map_or("", |names| &names.cell);
    let Some(cell) = table.cell(index) else {
        return PreviewCell {
            name,
            text: "",
            range: None,
            kind: PreviewCellKind::Missing,
            finding: None,
        };
    };
    let kind = match cell.value {
        Value::Number(..) => PreviewCellKind::Number,
        Value::Blank => PreviewCellKind::Blank,
        Value::NotNumber => PreviewCellKind::Words,
        Value::Unknown => PreviewCellKind::Unknown,
    };
    let known = kind != PreviewCellKind::Unknown;
    PreviewCell {
        name,
        text: if known { part.slice(cell.range) } else { "" },
        range: known.then(|| part.range(cell.range)),
        kind,
        finding: (findings.iter())
            .find(|(_, of)| known && of.start == cell.range.start && of.end <= cell.range.end)
            .map(|(index, _)| *index),
    }
}

/// A row that could not be placed; none that merely names a group.
fn stray(part: &PartOf<'_>, row: &BoundRow) -> Option<Stray> {
    let lost = match row.fit {
        Fit::Exact | Fit::Empty => false,
        Fit::Width { .. } | Fit::Duplicate => true,
        Fit::Extra => row.values.iter().any(|cell| cell.value != Value::Blank),
    };
    let words = row.labels.last().map(|label| label.range);
    let words = words.into_iter().chain(row.values.iter().map(|cell| cell.range));
    let words: Vec<&str> = words.map(|range| part.slice(range)).collect();
    lost.then(|| Stray { text: words.join(" "), range: part.range(row.range) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::preview::{PreviewItem, preview};
    use crate::ide::testing::{changed, snapshot, words};
    use crate::snapshot::Snapshot;

    /// What is shown of table `name`, as `shown` tells it.
    fn with_table<T>(
        text: &str,
        name: &str,
        shown: impl Fn(&PreviewTable<'_>, &Snapshot) -> T,
    ) -> T {
        let snapshot = snapshot(text);
        let findings: Vec<_> = snapshot.findings().collect();
        let report = snapshot.reports().next().expect("a report");
        let tables = preview(report, &findings).into_iter().filter_map(|item| match item {
            PreviewItem::Table(table) if table.name == name => Some(table),
            _ => None,
        });
        shown(&tables.into_iter().next().expect("the table"), &snapshot)
    }

    #[test]
    fn every_cell_stands_where_its_figure_does() {
        with_table(
            &changed(&[("（一）予以公开 | 0 | 0 |", "（一）予以公开 | 7 | 𠮷 |")]),
            "表三",
            |table, snapshot| {
                assert_eq!(table.cells.len(), 175);
                for cell in &table.cells {
                    assert_eq!(
                        words(snapshot, cell.range.as_ref().expect("it is there")),
                        cell.text
                    );
                }
                let named =
                    |name| table.cells.iter().find(|cell| cell.name == name).expect("a cell");
                assert_eq!(named("（一）予以公开·自然人").text, "7");
                assert_eq!(named("（一）予以公开·商业企业").kind, PreviewCellKind::Words);
            },
        );
    }

    #[test]
    fn a_broken_relation_names_its_cells_and_terms() {
        let text = changed(&[
            ("（一）予以公开 | 0 |", "（一）予以公开 | 7 |"),
            ("（七）总计 | 0 |", "（七）总计 | 8 |"),
        ]);
        with_table(&text, "表三", |table, _| {
            let broken: Vec<_> = table
                .relations
                .iter()
                .filter(|it| it.standing == Standing::Broken && it.rule == "requests-results-total")
                .collect();
            let [sum] = broken[..] else { panic!("{broken:?}") };
            assert_eq!(table.cells[sum.total].name, "（七）总计·自然人");
            assert!(sum.cells.contains(&sum.total));
            assert!(
                sum.sentence.contains('7') && sum.sentence.ends_with("差 1"),
                "{}",
                sum.sentence
            );
            assert!(table.cells[sum.total].finding.is_some());
        });
    }

    #[test]
    fn what_the_document_lacks_is_missing_and_what_belongs_nowhere_is_told() {
        let text = changed(&[
            ("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", ""),
            ("3.要求提供公开出版物 | 0 |", "3.要求提供公开出版物 | 0 | 0 |"),
        ]);
        with_table(&text, "表三", |table, snapshot| {
            let of = |row: &str| {
                let cells = table.cells.iter().filter(|cell| cell.name.starts_with(row));
                cells.map(|cell| cell.kind).collect::<Vec<_>>()
            };
            assert_eq!(of("（五）2.重复申请"), [PreviewCellKind::Missing; 7]);
            assert_eq!(of("（五）3.要求提供公开出版物"), [PreviewCellKind::Unknown; 7]);
            let [stray] = &table.strays[..] else { panic!("{:?}", table.strays) };
            assert_eq!(stray.text, "3.要求提供公开出版物 0 0 0 0 0 0 0 0");
            assert!(words(snapshot, &stray.range).starts_with("3.要求提供公开出版物"));
            let missing = table.blocks[0].rows.iter().filter(|row| row.range.is_none());
            assert_eq!(missing.map(|row| row.label.text).collect::<Vec<_>>(), ["2.重复申请"]);
        });
    }
}
