//! Layouts with a row a line.

use super::{flat, joint, with_break};
use crate::grid::{Cell, Grid, Role, Slot};
use crate::random::Random;

/// Kind 2: label spans keep all their columns, or lose one as spreadsheets' copies do.
pub(crate) fn tabs(grid: &Grid, random: &mut Random) -> String {
    let (joint, collapse, fill) = (joint(random), random.chance(50), random.chance(50));
    // A span in the first column collapses; elsewhere the columns would no longer meet.
    let narrow = |columns: usize, first: bool| {
        if collapse && first && columns > 1 { columns - 1 } else { columns }
    };
    let mut out = String::new();
    for row in grid.slots() {
        let mut cells: Vec<String> = Vec::new();
        for (at, slot) in row.iter().enumerate() {
            let (text, columns) = match slot {
                Slot::Cell(cell) => {
                    (flat(&cell.text, joint), narrow(cell.columns, is_label(cell, at)))
                }
                Slot::Covered { columns } => (String::new(), narrow(*columns, at == 0)),
            };
            cells.push(text);
            cells.extend(std::iter::repeat_n(String::new(), columns - 1));
        }
        if !fill && let Some(Slot::Cell(cell)) = row.last() {
            // What a span at the row's end leaves blank is often cut off; a blank value is not.
            cells.truncate(cells.len() + 1 - cell.columns);
        }
        out += &cells.join("\t");
        out.push('\n');
    }
    out
}

fn is_label(cell: &Cell, at: usize) -> bool {
    matches!(cell.role, Role::Label | Role::Group)
        || (at == 0 && cell.role == Role::Header && cell.rows > 1)
}

/// Kind 4.
pub(crate) fn pipes(grid: &Grid, random: &mut Random) -> String {
    let joint = joint(random);
    let mut out = String::new();
    for row in &grid.rows {
        let cells: Vec<String> =
            row.iter().map(|cell| format!("{} |", flat(&cell.text, joint))).collect();
        out += &cells.join(" ");
        out.push('\n');
    }
    out
}

/// Kind 4b.
pub(crate) fn pipes_with_tails(grid: &Grid, random: &mut Random) -> String {
    let joint = joint(random);
    let (before, tails) = *random.pick(&[
        (" ", true),
        ("  ", true),
        ("  ", false),
        ("\u{a0}", false),
        ("\u{a0}", true),
    ]);
    let spread = random.chance(50);
    let mut out = String::new();
    for row in &grid.rows {
        let cells: Vec<String> =
            row.iter().map(|cell| format!("{}{before}|", flat(&cell.text, joint))).collect();
        out += &cells.join(" ");
        let missing = grid.width - row.len();
        if tails && missing > 0 {
            out += if spread { " " } else { "" };
            out += &"|".repeat(missing);
        }
        out.push('\n');
    }
    out
}

/// Kind 5.
pub(crate) fn pipes_padded(grid: &Grid, random: &mut Random) -> String {
    let keep_covered = random.chance(50);
    let mut out = String::new();
    for row in grid.slots() {
        out.push('|');
        for slot in row {
            match slot {
                Slot::Cell(cell) if cell.role == Role::Value => {
                    out += &format!(" {:>7} |", cell.text);
                }
                Slot::Cell(cell) => out += &format!(" {} |", with_break(&cell.text, 8, random)),
                Slot::Covered { .. } if keep_covered => out += "  |",
                Slot::Covered { .. } => {}
            }
        }
        out.push('\n');
    }
    out
}

/// Kind 14: a delimiter row below the first, every span spread over its columns.
pub(crate) fn markdown(grid: &Grid, random: &mut Random) -> String {
    let joint = joint(random);
    let run_together = grid.width == 15 && random.chance(50);
    let mut rows = if run_together { run_together_header(grid) } else { spread_rows(grid, joint) };
    if random.chance(20) {
        let is_words = |cell: &&mut String| !cell.chars().any(|c| c.is_ascii_digit());
        for cell in rows.iter_mut().flatten().filter(is_words) {
            *cell = with_break(cell, 20, random).replace('\n', "<br>");
        }
    }
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        out += &format!("| {} |\n", row.join(" | "));
        if at == 0 {
            out += &format!("|{}\n", " --- |".repeat(row.len()));
        }
    }
    out
}

/// Kind 18.
pub(crate) fn spans_repeated(grid: &Grid, random: &mut Random) -> String {
    let (joint, separator) = (joint(random), *random.pick(&["\t", " | "]));
    let line = |row: Vec<String>| match separator {
        "\t" => row.join(separator) + "\n",
        _ => format!("| {} |\n", row.join(separator)),
    };
    repeated_rows(grid, joint).into_iter().map(line).collect()
}

/// Kind 19: quoted where a field holds a comma, or everywhere. The cells that a span covers are blank, or say what the span says.
pub(crate) fn commas(grid: &Grid, random: &mut Random) -> String {
    let (joint, all, repeat) = (joint(random), random.chance(30), random.chance(30));
    let rows = if repeat { repeated_rows(grid, joint) } else { spread_rows(grid, joint) };
    // Half-width commas may still be made of the full-width ones.
    let field = |cell: &String| {
        if all || cell.contains([',', '，']) { format!("\"{cell}\"") } else { cell.clone() }
    };
    let line = |row: &Vec<String>| row.iter().map(field).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}

/// Kind 21: a row a line or a cell a line, spans said before a pipe.
pub(crate) fn wiki(grid: &Grid, random: &mut Random) -> String {
    let (joint, apart, styled) = (joint(random), random.chance(50), random.chance(50));
    let mut out = if styled { "{| class=\"wikitable\"\n" } else { "{|\n" }.to_owned();
    for row in &grid.rows {
        out += if styled { "|- align=\"center\"\n" } else { "|-\n" };
        for (at, cell) in row.iter().enumerate() {
            let mark = if cell.role == Role::Header { '!' } else { '|' };
            if at == 0 || apart {
                out.push(mark);
            } else {
                // A row may end with cells of another kind than its first.
                let first = if row[0].role == Role::Header { '!' } else { '|' };
                out += &format!(" {first}{first}");
            }
            for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                out += &if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
            }
            out += if cell.columns > 1 || cell.rows > 1 { " | " } else { " " };
            out += &flat(&cell.text, joint);
            out += if apart { "\n" } else { "" };
        }
        out += if apart { "" } else { "\n" };
    }
    out + "|}\n"
}

/// Kind 22.
pub(crate) fn one_line(grid: &Grid) -> String {
    let cells = grid.rows.iter().flatten().map(|cell| flat(&cell.text, ""));
    cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Every cell of the grid with the text of the cell that covers it.
fn repeated_rows(grid: &Grid, joint: &str) -> Vec<Vec<String>> {
    let mut texts = vec![String::new(); grid.width];
    let mut rows = Vec::new();
    for row in grid.slots() {
        let mut column = 0;
        for slot in row {
            column += match slot {
                Slot::Cell(cell) => {
                    texts[column..column + cell.columns].fill(flat(&cell.text, joint));
                    cell.columns
                }
                Slot::Covered { columns } => columns,
            };
        }
        rows.push(texts.clone());
    }
    rows
}

fn spread_rows(grid: &Grid, joint: &str) -> Vec<Vec<String>> {
    let spread = |slot: &Slot<'_>| {
        let (text, columns) = match slot {
            Slot::Cell(cell) => (flat(&cell.text, joint), cell.columns),
            Slot::Covered { columns } => (String::new(), *columns),
        };
        std::iter::once(text).chain(std::iter::repeat_n(String::new(), columns - 1))
    };
    grid.slots().iter().map(|row| row.iter().flat_map(spread).collect()).collect()
}

/// The three header rows of the review table as one: 行政复议结果维持.
fn run_together_header(grid: &Grid) -> Vec<Vec<String>> {
    let mut header = vec![String::new(); grid.width];
    for row in &grid.slots()[..3] {
        let mut column = 0;
        for slot in row {
            let columns = match slot {
                Slot::Cell(cell) => {
                    header[column..column + cell.columns]
                        .iter_mut()
                        .for_each(|it| *it += &flat(&cell.text, ""));
                    cell.columns
                }
                Slot::Covered { columns } => *columns,
            };
            column += columns;
        }
    }
    let values =
        grid.rows.iter().skip(3).map(|row| row.iter().map(|cell| cell.text.clone()).collect());
    std::iter::once(header).chain(values).collect()
}
