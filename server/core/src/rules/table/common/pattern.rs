//! Rows written as their neighbours are written, so that an inserted row looks like the table it comes into, whatever the layout.

use super::values_of;
use crate::form::Row;
use crate::report::{BoundRow, BoundTable, Fit, Layout, Value};
use crate::rules::TableCx;
use crate::text::TextRange;

/// The way a table writes rows of one depth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// From the end of the row before to the first label.
    pub(crate) lead: String,
    /// Between labels that begin together, outermost first.
    gaps: Vec<String>,
    /// From behind the own label to behind the last value, all values 0.
    pub(crate) tail: String,
}

impl Pattern {
    /// The pattern of a row of `block` that stands as deep as `like` and begins with `labels` labels. `None` where no row is clean enough to be copied.
    pub(crate) fn of(cx: &TableCx<'_>, block: usize, like: &Row, labels: usize) -> Option<Self> {
        let table = cx.table;
        // In HTML a span counts its rows, and in the text of a PDF a label may wrap around its numbers: a copied row would break the table.
        if matches!(table.layout, Layout::Html | Layout::Spaces) {
            return None;
        }
        let depth = like.groups.len();
        let alike = |row: &BoundRow| {
            let spec = row.row.and_then(|(at, row)| table.spec().blocks.get(at)?.rows.get(row));
            row.row.is_some_and(|(at, _)| at == block)
                && spec.is_some_and(|spec| spec.groups.len() == depth)
                && row.labels.len() == labels
        };
        let mut pairs = table.rows.windows(2).filter(|pair| alike(&pair[1]));
        let between = pairs.find_map(|pair| Self::copied(cx, pair[0].range.end, &pair[1]));
        // What ends a header may be padded otherwise than what ends a row, so it comes second.
        between.or_else(|| {
            let header = table.headers.get(block)?.range?;
            let first = table.rows.iter().find(|row| row.row.is_some_and(|(at, _)| at == block))?;
            Self::copied(cx, header.end, first).filter(|_| alike(first))
        })
    }

    /// The row's text with these labels, from its first label on.
    pub(crate) fn row(&self, labels: &[&str]) -> String {
        let mut text = String::new();
        for (at, label) in labels.iter().enumerate() {
            text.push_str(label);
            text.push_str(self.gaps.get(at).map_or("", String::as_str));
        }
        text + &self.tail
    }

    fn copied(cx: &TableCx<'_>, before: u32, row: &BoundRow) -> Option<Self> {
        let (first, own) = (row.labels.first()?, row.labels.last()?);
        let between = |from: u32, to: u32| {
            (from <= to).then(|| cx.slice(TextRange { start: from, end: to }).to_owned())
        };
        let lead = between(before, first.range.start)?;
        if !lead.chars().all(is_separator) {
            return None;
        }
        let gaps: Option<Vec<_>> = row
            .labels
            .windows(2)
            .map(|pair| between(pair[0].range.end, pair[1].range.start))
            .collect();
        Some(Self { lead, gaps: gaps?, tail: zeroed(cx, cx.table, row, own.range.end)? })
    }
}

/// The text of `row` from `from` on, with 0 for every value; `None` unless all values are plain numbers.
fn zeroed(cx: &TableCx<'_>, table: &BoundTable, row: &BoundRow, from: u32) -> Option<String> {
    if row.fit != Fit::Exact {
        return None;
    }
    let mut text = String::new();
    let mut at = from;
    for (_, cell) in values_of(table, row) {
        if !matches!(cell.value, Value::Number(..)) || cell.range.start < at {
            return None;
        }
        let gap = cx.slice(TextRange { start: at, end: cell.range.start });
        if !gap.chars().all(is_separator) {
            return None;
        }
        text.push_str(gap);
        text.push('0');
        at = cell.range.end;
    }
    (at > from).then_some(text)
}

/// Whether only separators stand between two places, so that what is inserted there stands between two rows.
pub(in crate::rules::table) fn between_rows(cx: &TableCx<'_>, range: TextRange) -> bool {
    cx.slice(range).chars().all(is_separator)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || c == '|'
}
