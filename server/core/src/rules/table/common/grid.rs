//! Lines, and the columns that separators make on them.

use crate::report::{BoundRow, BoundTable, Layout};
use crate::text::TextRange;

/// Whether cells have columns that a reader sees: a row a line, one separator between two cells and none left out.
pub(in crate::rules::table) fn is_grid(layout: Layout) -> bool {
    matches!(layout, Layout::Tabs | Layout::Markdown)
}

/// The line that holds `offset`, without its break.
pub(in crate::rules::table) fn line_of(text: &str, offset: usize) -> TextRange {
    let offset = offset.min(text.len());
    let (before, behind) = text.as_bytes().split_at(offset);
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |at| at + 1);
    let end = memchr::memchr2(b'\n', b'\r', behind).map_or(text.len(), |at| offset + at);
    TextRange::new(start, end)
}

/// How the text ends its lines.
pub(in crate::rules::table) fn line_break(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// The column at `offset` in a grid: separators before it on its line. A pipe at the very start opens column 0.
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
            separators(line.trim_end().strip_suffix('|').unwrap_or(line), layout) + 1
        }
        _ => separators(line, layout) + 1,
    }
}

fn separators(text: &str, layout: Layout) -> usize {
    if layout == Layout::Tabs {
        return memchr::memchr_iter(b'\t', text.as_bytes()).count();
    }
    let text = text.trim_start();
    if memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return memchr::memchr_iter(b'|', text.strip_prefix('|').unwrap_or(text).as_bytes())
            .count();
    }
    let mut escaped = false;
    let mut count = 0;
    for c in text.strip_prefix('|').unwrap_or(text).chars() {
        count += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    count
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
    if memchr::memchr2(b'\n', b'\r', text.get(row.range.to_range())?.as_bytes()).is_some() {
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
    use super::*;

    #[test]
    fn columns_count_separators() {
        let text = "甲\t\t乙\n| 丙 | 丁 |\r\n戊 | 己";
        assert_eq!(column_of(text, text.find('乙').expect("in the text"), Layout::Tabs), 2);
        assert_eq!(column_of(text, text.find('丁').expect("in the text"), Layout::Markdown), 1);
        assert_eq!(column_of(text, text.find('己').expect("in the text"), Layout::Markdown), 1);
        assert_eq!(cells_on_line(text, 0, Layout::Tabs), 3);
        assert_eq!(cells_on_line(text, text.find('丙').expect("in the text"), Layout::Markdown), 2);
        assert_eq!(cells_on_line(text, text.find('戊').expect("in the text"), Layout::Markdown), 2);
    }

    #[test]
    fn a_line_ends_at_any_break() {
        let text = "甲\r\n乙\r丙";
        assert_eq!(line_of(text, 0), TextRange::new(0, 3));
        assert_eq!(&text[line_of(text, 6).to_range()], "乙");
        assert_eq!(&text[line_of(text, text.len()).to_range()], "丙");
        assert_eq!(line_break(text), "\r\n");
        assert_eq!(line_break("甲"), "\n");
        assert_eq!(&text[line_of(text, 99).to_range()], "丙");
    }
}
