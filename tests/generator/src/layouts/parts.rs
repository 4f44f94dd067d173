//! Kind 14b: Markdown with a small table for each group of rows or columns, as programs write that read pictures of tables.

use super::flat;
use crate::form::{NOTE, OUTCOMES};
use crate::grid::{Cell, Grid, Role};
use crate::random::Random;

pub(crate) fn markdown(grid: &Grid, random: &mut Random) -> String {
    match grid.width {
        15 => groups_of_columns(grid, random),
        10 => groups_of_rows(grid, random),
        _ => blocks(grid),
    }
}

/// A table for each caption.
fn blocks(grid: &Grid) -> String {
    let mut out = String::new();
    for row in &grid.rows {
        match row.as_slice() {
            [caption] => out += &format!("\n### {}\n", flat(&caption.text, "")),
            row => out += &line(row, row[0].role == Role::Header),
        }
    }
    out
}

/// A table for each group of items, all with the same header.
fn groups_of_rows(grid: &Grid, random: &mut Random) -> String {
    let (headers, rows) = grid.rows.split_at(3);
    let [natural, _, total] = &headers[1][..] else { return String::new() };
    let numbered = random.chance(30);
    let header: Vec<Cell> = std::iter::once(natural)
        .chain(&headers[2])
        .enumerate()
        .map(
            |(at, cell)| {
                if numbered { named(cell, &format!("数据{}", at + 1)) } else { cell.clone() }
            },
        )
        .chain([total.clone()])
        .collect();
    let header = line(&[vec![named(total, "类别")], header].concat(), true);
    let mut out = format!("{NOTE}\n\n{header}");
    for row in rows {
        let (groups, cells): (Vec<&Cell>, Vec<&Cell>) =
            row.iter().partition(|cell| cell.role == Role::Group);
        for group in &groups {
            out += &format!("\n### {}\n", flat(&group.text, ""));
        }
        if !groups.is_empty() {
            out += &header;
        }
        out += &line(&cells.into_iter().cloned().collect::<Vec<_>>(), false);
    }
    out
}

/// A table or a row for each group of columns.
fn groups_of_columns(grid: &Grid, random: &mut Random) -> String {
    let Some(values) = grid.rows.last() else { return String::new() };
    let titles = ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"];
    let outcomes: Vec<Cell> = OUTCOMES.iter().map(|text| named(&values[0], text)).collect();
    let groups = titles.iter().zip(values.chunks(OUTCOMES.len()));
    if random.chance(50) {
        let header = line(&[vec![named(&values[0], "类别")], outcomes].concat(), true);
        let row = |(title, values): (&&str, &[Cell])| {
            line(&[vec![named(&values[0], title)], values.to_vec()].concat(), false)
        };
        return header + &groups.map(row).collect::<String>();
    }
    let table = |(title, values): (&&str, &[Cell])| {
        format!("\n### {title}\n{}{}", line(&outcomes, true), line(values, false))
    };
    groups.map(table).collect()
}

fn named(cell: &Cell, text: &str) -> Cell {
    Cell { text: text.to_owned(), ..cell.clone() }
}

fn line(cells: &[Cell], is_header: bool) -> String {
    let texts: Vec<String> = cells.iter().map(|cell| flat(&cell.text, "")).collect();
    let delimiter =
        if is_header { format!("|{}\n", " --- |".repeat(cells.len())) } else { String::new() };
    format!("| {} |\n{delimiter}", texts.join(" | "))
}
