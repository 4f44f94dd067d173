//! A table written anew after its form, with the figures that are known.

use super::{forced_values, line_break, line_of};
use crate::form::skeleton::{SkeletonLayout, table_with};
use crate::report::{BoundTable, Cell, Fit, Layout, Value};
use crate::rules::{Edit, TableCx};
use crate::text::TextRange;

/// Replaces the whole table by one after the form. A figure keeps its writing; a cell that is not there gets what the relations force, else 0.
/// `None` where a figure's cell is unknown, where the table holds words of its own, or where more than text would be replaced.
pub(in crate::rules::table) fn rebuilt(cx: &TableCx<'_>) -> Option<Edit> {
    let table = cx.table;
    if matches!(table.layout, Layout::Html | Layout::Spaces) || !all_known(table) || holds_more(cx)
    {
        return None;
    }
    let is_new = |cell| table.cell(cell).is_none_or(|cell| cell.value == Value::Unknown);
    let forced = forced_values(table, is_new);
    let mut figures = (0..table.spec().cell_count).map(|cell| match table.cell(cell) {
        Some(it) if !is_new(cell) => cx.slice(it.range).to_owned(),
        _ => forced
            .get(&cell)
            .map_or_else(|| "0".to_owned(), |forced| forced.value.normalize().to_string()),
    });
    let drawn = table_with(table.spec(), beside(table.layout), &mut figures);
    let start = line_of(cx.text, table.range.start as usize).start;
    let end = line_of(cx.text, table.range.end as usize).end;
    Some(Edit::new(
        cx.place(TextRange { start, end }),
        drawn.trim_end_matches('\n').replace('\n', line_break(cx.text)),
    ))
}

/// The layout in which a skeleton can stand beside a table of this layout.
pub(crate) fn beside(neighbour: Layout) -> SkeletonLayout {
    match neighbour {
        Layout::Markdown => SkeletonLayout::Markdown,
        Layout::Tabs | Layout::TabLed => SkeletonLayout::Tabs,
        Layout::Pipes | Layout::PipeEnded | Layout::Html | Layout::Bare | Layout::Spaces => {
            SkeletonLayout::Pipes
        }
    }
}

/// Whether every row says where its figures belong; figures that are all 0 belong anywhere.
fn all_known(table: &BoundTable) -> bool {
    table.rows.iter().all(|row| match row.fit {
        Fit::Exact | Fit::Empty => true,
        Fit::Width { .. } => {
            let is_zero = |cell: &Cell| cell.value.number().is_some_and(|number| number.is_zero());
            row.values.iter().all(|cell| cell.value == Value::Blank || is_zero(cell))
        }
        Fit::Extra => row.values.iter().all(|cell| cell.value == Value::Blank),
        Fit::Duplicate => false,
    })
}

/// Whether something stands between the table's first and last cell that is neither label, value, note nor separator.
fn holds_more(cx: &TableCx<'_>) -> bool {
    let table = cx.table;
    let labels = table
        .rows
        .iter()
        .flat_map(|row| &row.labels)
        .chain(table.headers.iter().flat_map(|header| &header.labels));
    let values = table.rows.iter().flat_map(|row| &row.values);
    let mut known: Vec<TextRange> =
        labels.filter(|label| label.standard.is_some()).map(|label| label.range).collect();
    known.extend(values.map(|cell| cell.range));
    known.extend(table.note);
    known.sort_unstable();
    let mut at = table.range.start;
    for range in known {
        if !is_separator(cx.slice(TextRange { start: at, end: range.start.max(at) })) {
            return true;
        }
        at = at.max(range.end);
    }
    !is_separator(cx.slice(TextRange { start: at, end: table.range.end.max(at) }))
}

fn is_separator(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '|' | '-' | ':'))
}
