//! What a rendering loses: the tables whose figures no reader can know.

use std::collections::HashSet;

use crate::grid::{Cell, Grid, Role};
use crate::render::{Element, Layout};

/// Ids of the tables in the order of the report.
const TABLES: [&str; 3] = ["proactive", "requests", "review_litigation"];

/// The tables among `elements` some of whose figures are gone, or stand where they may belong to another row or column.
pub(crate) fn lost(elements: &[Element], layout: Layout) -> Vec<&'static str> {
    let mut seen = HashSet::new();
    let mut lost = Vec::new();
    let mut tables = TABLES.into_iter();
    for element in elements {
        match element {
            Element::Title(text) | Element::Heading(text) | Element::Paragraph(text) => {
                seen.insert(text.trim().to_owned());
            }
            Element::Table(grid) => {
                let Some(table) = tables.next() else { continue };
                let is_lost = match layout {
                    Layout::LinesDropped => drops_lines(grid, &mut seen),
                    Layout::ColumnsLost => grid.rows.iter().any(|row| collapses(row)),
                    // Only the table of requests has labels inside of row spans.
                    Layout::LabelsLost => grid.width == 10,
                    _ => false,
                };
                lost.extend(is_lost.then_some(table));
            }
        }
    }
    lost.extend(tables.filter(|_| layout == Layout::HeadingsOnly));
    lost
}

/// Does a row lose a value, but keep the place of another in doubt? A single value is there or it is not.
fn drops_lines(grid: &Grid, seen: &mut HashSet<String>) -> bool {
    let mut lost = false;
    for row in &grid.rows {
        let values = row.iter().filter(|cell| cell.role == Role::Value).count();
        for cell in row {
            for line in cell.text.lines() {
                let dropped = !line.trim().is_empty() && !seen.insert(line.trim().to_owned());
                lost |= dropped && cell.role == Role::Value && values > 1;
            }
        }
    }
    lost
}

/// Are some of the row's values left out and others kept?
fn collapses(row: &[Cell]) -> bool {
    let mut values = row.iter().filter(|cell| cell.role == Role::Value);
    let first = values.next().map(is_left_out);
    values.any(|cell| Some(is_left_out(cell)) != first)
}

/// A zero that its author left blank.
pub(crate) fn is_left_out(cell: &Cell) -> bool {
    cell.role == Role::Value && matches!(cell.text.as_str(), "" | "0")
}
