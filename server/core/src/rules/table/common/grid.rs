//! Lines, and the columns that separators make on them.

use crate::report::{BoundRow, BoundTable, Layout};
use crate::text::TextRange;

/// Whether cells have columns that a reader sees: a row a line, one separator between two cells and none left out.
pub(in crate::rules::table) fn is_grid(layout: Layout) -> bool {
    matches!(layout, Layout::Tabs | Layout::Markdown)
}

/// The line that holds `offset`, without its break.
pub(in crate::rules::table) fn line_of(text: &str, offset: usize) -> TextRange {
    let is_break = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let offset = offset.min(text.len());
    let (before, behind) = text.as_bytes().split_at(offset);
    let start = before.iter().rposition(is_break).map_or(0, |at| at + 1);
    let end = behind.iter().position(is_break).map_or(text.len(), |at| offset + at);
    TextRange::new(start, end)
}

/// The column at `offset` in a grid: separators before it on its line, counted as [`BoundRow::columns`] counts them.
pub(in crate::rules::table) fn column_of(text: &str, offset: usize, layout: Layout) -> usize {
    let start = line_of(text, offset).start as usize;
    let before = text.get(start..offset).unwrap_or("");
    separators(before, layout)
}

/// How many cells a line of a grid has, blank ones included.
pub(in crate::rules::table) fn cells_on_line(text: &str, offset: usize, layout: Layout) -> usize {
    let line = text.get(line_of(text, offset).to_range()).unwrap_or("");
    match layout {
        Layout::Markdown => {
            let inner = line.trim();
            let inner = inner.strip_prefix('|').unwrap_or(inner);
            separators(inner.strip_suffix('|').unwrap_or(inner), layout) + 1
        }
        _ => separators(line, layout) + 1,
    }
}

fn separators(text: &str, layout: Layout) -> usize {
    if layout == Layout::Tabs {
        return text.matches('\t').count();
    }
    let mut escaped = false;
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    count
}

/// Separators before the first cell of a line: a pipe may lead it.
pub(in crate::rules::table) fn leading(text: &str, offset: usize) -> usize {
    let line = text.get(line_of(text, offset).to_range()).unwrap_or("");
    usize::from(line.trim_start().starts_with('|'))
}

/// Where a row of a grid has its labels and values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules::table) struct Shape {
    /// Columns of the labels, outermost first.
    pub(in crate::rules::table) labels: Vec<usize>,
    /// Column of the first value.
    pub(in crate::rules::table) first_value: usize,
    /// Cells on the line.
    pub(in crate::rules::table) cells: usize,
}

/// The shape of a row whose values are all assigned and which stands on one line.
pub(in crate::rules::table) fn shape_of(
    text: &str,
    table: &BoundTable,
    row: &BoundRow,
) -> Option<Shape> {
    if text.get(row.range.to_range())?.contains(['\n', '\r']) {
        return None;
    }
    let first = super::values_of(table, row).map(|(_, cell)| cell.range.start).min()? as usize;
    Some(Shape {
        labels: row
            .labels
            .iter()
            .map(|label| column_of(text, label.range.start as usize, table.layout))
            .collect(),
        first_value: column_of(text, first, table.layout),
        cells: cells_on_line(text, row.range.start as usize, table.layout),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{markdown, tabs};
    use super::*;
    use crate::engine::{Engine, Settings};
    use crate::report::Place;
    use crate::snapshot::Snapshot;

    #[test]
    fn columns_count_separators() {
        let text = "甲\t\t乙\n| 丙 | 丁 |\r\n戊 | 己";
        assert_eq!(column_of(text, text.find('乙').expect("in the text"), Layout::Tabs), 2);
        assert_eq!(column_of(text, text.find('丁').expect("in the text"), Layout::Markdown), 2);
        assert_eq!(column_of(text, text.find('己').expect("in the text"), Layout::Markdown), 1);
        assert_eq!(cells_on_line(text, 0, Layout::Tabs), 3);
        assert_eq!(cells_on_line(text, text.find('丙').expect("in the text"), Layout::Markdown), 2);
        assert_eq!(cells_on_line(text, text.find('戊').expect("in the text"), Layout::Markdown), 2);
    }

    #[test]
    fn columns_are_those_of_the_binder() {
        for text in [tabs(), markdown()] {
            let snapshot = Snapshot::new(&text, Settings::new(Engine::builtin()).into());
            let mut rows = 0;
            for report in snapshot.reports() {
                for (part, table) in report.report.tables() {
                    for row in &table.rows {
                        let Some(((label, value), own)) = row.columns.zip(row.labels.last()) else {
                            continue;
                        };
                        let first = super::super::values_of(table, row).next().expect("a value").1;
                        let at = |range| report.range(Place::new(part, range)).start;
                        assert_eq!(column_of(&text, at(own.range), table.layout), label as usize);
                        assert_eq!(column_of(&text, at(first.range), table.layout), value as usize);
                        rows += 1;
                    }
                }
            }
            assert_eq!(rows, 31);
        }
    }

    #[test]
    fn a_line_ends_at_any_break() {
        let text = "甲\r\n乙\r丙";
        assert_eq!(line_of(text, 0), TextRange::new(0, 3));
        assert_eq!(&text[line_of(text, 6).to_range()], "乙");
        assert_eq!(&text[line_of(text, text.len()).to_range()], "丙");
        assert_eq!(super::super::line_break(text), "\r\n");
        assert_eq!(super::super::line_break("甲"), "\n");
        assert_eq!(&text[line_of(text, 99).to_range()], "丙");
    }
}
