//! Kind 12: the text of a PDF. Cells are set apart by spaces, words break at the edge of the page or of a narrow cell, the label of a long row
//! span comes out a character at a time between the rows, and page footers stand in the middle of tables.

use super::flat;
use crate::grid::{Cell, Grid, Role};
use crate::random::Random;
use crate::render::Element;

/// Characters that fit on a line of prose.
const WIDTH: usize = 38;
/// Lines that fit on a page.
const PAGE: usize = 34;

/// The text of all pages.
pub(crate) fn document(elements: &[Element], random: &mut Random) -> String {
    let mut lines = Vec::new();
    for element in elements {
        match element {
            Element::Title(text) | Element::Heading(text) => lines.push(text.clone()),
            Element::Paragraph(text) => lines.extend(wrapped(text, WIDTH)),
            Element::Table(grid) if grid.width == 10 => requests(grid, &mut lines, random),
            Element::Table(grid) => table(grid, &mut lines, random),
        }
    }
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        out += line;
        out.push('\n');
        if at % PAGE == PAGE - 1 {
            out += &format!("- {} -\n", at / PAGE + 1);
        }
    }
    out
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut rest = chars.as_slice();
    while !rest.is_empty() {
        let mut at = width.min(rest.len());
        // A PDF never breaks inside a number.
        while at > 1
            && at < rest.len()
            && rest[at].is_ascii_alphanumeric()
            && rest[at - 1].is_ascii_alphanumeric()
        {
            at -= 1;
        }
        // Nor does a line begin with a closing mark.
        while at < rest.len() && "。，、；：）》”".contains(rest[at]) {
            at += 1;
        }
        lines.push(rest[..at].iter().collect());
        rest = &rest[at..];
    }
    lines
}

/// The small tables: a row a line, headers broken in narrow cells.
fn table(grid: &Grid, lines: &mut Vec<String>, random: &mut Random) {
    for row in &grid.rows {
        if row.iter().all(|cell| cell.role == Role::Header) && grid.width == 15 && random.chance(70)
        {
            for cell in row {
                lines.extend(wrapped(&flat(&cell.text, ""), 2 * cell.columns));
            }
        } else {
            let (label, values) =
                row.split_at(row.iter().take_while(|cell| cell.role != Role::Value).count());
            place(&texts(label), &texts(values), lines, random);
        }
    }
}

fn texts(cells: &[Cell]) -> String {
    let texts: Vec<String> =
        cells.iter().map(|cell| flat(&cell.text, "")).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

fn requests(grid: &Grid, lines: &mut Vec<String>, random: &mut Random) {
    header(grid, lines, random);
    let mut upright: Vec<String> = Vec::new();
    let mut group: Option<(Vec<String>, usize)> = None;
    for row in &grid.rows[3..] {
        let mut label = String::new();
        let mut values = Vec::new();
        for cell in row {
            match cell.role {
                Role::Group if cell.rows > 9 => {
                    upright = cell.text.chars().rev().map(String::from).collect();
                }
                // The label of a group stands at the middle of its rows, or at the first.
                Role::Group => {
                    let at = if random.chance(50) { 0 } else { cell.rows / 2 };
                    group = Some((wrapped(&flat(&cell.text, ""), *random.pick(&[3, 4, 5, 9])), at));
                }
                Role::Value => values.push(cell.clone()),
                _ => label += &flat(&cell.text, ""),
            }
        }
        if let Some((words, left)) = &mut group {
            if *left == 0 {
                lines.append(words);
                group = None;
            } else {
                *left -= 1;
            }
        }
        // The label of the row that follows the span must come after the span's last character.
        let closing = upright.len() > 3 && label.starts_with('四');
        let due = if closing { upright.len() } else { usize::from(random.chance(40)) };
        for _ in 0..due {
            lines.extend(upright.pop());
        }
        place(&label, &texts(&values), lines, random);
    }
}

fn header(grid: &Grid, lines: &mut Vec<String>, random: &mut Random) {
    let cells: Vec<String> =
        grid.rows[..3].iter().flatten().map(|cell| flat(&cell.text, "")).collect();
    let note = wrapped(&cells[0], 19);
    lines.push(format!("{} {}", note[0], cells[1]));
    lines.extend(note[1..].iter().cloned());
    if random.chance(50) {
        lines.push(cells[2..5].join(" "));
        lines.push(cells[5..].join(" "));
    } else {
        for cell in &cells[2..] {
            lines.extend(wrapped(cell, 2));
        }
    }
}

/// A label and its numbers: side by side, or the numbers level with the middle of the broken label.
fn place(label: &str, values: &str, lines: &mut Vec<String>, random: &mut Random) {
    let length = label.chars().count();
    if values.is_empty() || label.is_empty() || length < 7 || random.chance(50) {
        lines.push(
            [label, values].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "),
        );
        return;
    }
    let mut parts = wrapped(label, (length / 2 + 1).clamp(6, 22));
    let above = if random.chance(50) { parts.len() } else { parts.len().div_ceil(2) };
    let below = parts.split_off(above);
    lines.append(&mut parts);
    if below.is_empty() && random.chance(50) {
        let last = lines.pop().unwrap_or_default();
        lines.push(format!("{last} {values}"));
    } else {
        lines.push(values.to_owned());
    }
    lines.extend(below);
}
