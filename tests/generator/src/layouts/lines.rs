//! Layouts with a cell a line.

use super::{flat, joint, with_break};
use crate::grid::{Cell, Grid, Role, Slot};
use crate::losses::is_left_out;
use crate::random::Random;

/// Kind 1.
pub(crate) fn tab_led(grid: &Grid, random: &mut Random) -> String {
    let mut out = String::new();
    for row in grid.slots() {
        for slot in row {
            out.push('\t');
            match slot {
                Slot::Cell(cell) if cell.role == Role::Value => out += &cell.text,
                Slot::Cell(cell) => out += &with_break(&cell.text, 10, random),
                Slot::Covered { .. } => {}
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// Kind 3: what a row has fewer cells than the grid has columns stands as bare pipes at its end.
pub(crate) fn pipe_ended_rows(grid: &Grid, random: &mut Random) -> String {
    let own_line = random.chance(40);
    let mut out = String::new();
    for row in &grid.rows {
        out += "|\n";
        for cell in row {
            out += &cell.text;
            out += if cell.text.is_empty() { "|\n" } else { " |\n" };
        }
        let missing = grid.width - row.len();
        if missing > 0 {
            out.pop();
            out += if own_line { "\n" } else { " " };
            out += &"|".repeat(missing);
            out.push('\n');
        }
    }
    out
}

/// Kind 6: a blank cell is a line with only a pipe.
pub(crate) fn pipe_ended(grid: &Grid, random: &mut Random) -> String {
    let joint = joint(random);
    let mut out = String::new();
    for cell in grid.rows.iter().flatten() {
        out += &flat(&cell.text, joint);
        out += if cell.text.is_empty() { "|\n" } else { " |\n" };
    }
    out
}

/// Kind 23: a blank cell is its pipe alone.
pub(crate) fn pipes_below(grid: &Grid, random: &mut Random) -> String {
    let joint = *random.pick(&["", " ", "\n"]);
    let mut out = String::new();
    for cell in grid.rows.iter().flatten() {
        if !cell.text.is_empty() {
            out += &flat(&cell.text, joint);
            out.push('\n');
        }
        out += "|\n";
    }
    out
}

/// Kind 8: a blank cell leaves nothing.
pub(crate) fn bare(grid: &Grid, gap: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for cell in grid.rows.iter().flatten().filter(|cell| !cell.text.is_empty()) {
        out += &header_by_characters(cell, random);
        out += gap;
    }
    out
}

/// Narrow headers come out a character a line.
fn header_by_characters(cell: &Cell, random: &mut Random) -> String {
    if cell.role != Role::Header || cell.text.chars().count() > 4 || !random.chance(5) {
        return cell.text.clone();
    }
    let lines: Vec<String> =
        cell.text.chars().filter(|c| !c.is_whitespace()).map(String::from).collect();
    lines.join("\n")
}

/// Kind 20: blank lines may stand around the tabs, and stand between the rows.
pub(crate) fn tabs_between(grid: &Grid, random: &mut Random) -> String {
    let (joint, between) = (joint(random), *random.pick(&["\n\t\n", "\n\n\t\n\n"]));
    let row = |row: &Vec<Cell>| {
        let cells: Vec<String> = row.iter().map(|cell| flat(&cell.text, joint)).collect();
        cells.join(between) + "\n\n"
    };
    grid.rows.iter().map(row).collect()
}

/// Kind 10: zeros were left blank, and what is blank went to the end of the row.
pub(crate) fn columns_lost(grid: &Grid) -> String {
    let mut out = String::new();
    for row in &grid.rows {
        let kept: Vec<&Cell> = row.iter().filter(|cell| !is_left_out(cell)).collect();
        for cell in &kept {
            out += &flat(&cell.text, "");
            out += " |\n";
        }
        let missing = grid.width.saturating_sub(kept.len());
        if missing > 0 {
            out += &"|".repeat(missing);
            out.push('\n');
        }
    }
    out
}

/// Kind 11: rows of a group keep their numbers and lose their labels.
pub(crate) fn labels_lost(grid: &Grid) -> String {
    let mut out = String::new();
    for row in grid.slots() {
        // Both 三、本年度办理结果 and the group of items cover such a row, or begin in it.
        let depth = row
            .iter()
            .take_while(|slot| match slot {
                Slot::Cell(cell) => cell.role == Role::Group,
                Slot::Covered { .. } => true,
            })
            .count();
        for slot in &row {
            let Slot::Cell(cell) = slot else { continue };
            if cell.role != Role::Label || depth < 2 {
                out += &flat(&cell.text, "");
                out += " |\n";
            }
        }
    }
    out
}
