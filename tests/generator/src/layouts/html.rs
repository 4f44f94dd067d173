//! Kind 15: HTML with real spans.

use crate::grid::{Cell, Grid};
use crate::random::Random;
use crate::render::Element;

/// A page; `gap` stands between elements.
pub(crate) fn document(elements: &[Element], gap: &str, random: &mut Random) -> String {
    let marked = random.chance(50);
    let heading = if marked { "h2" } else { "p" };
    let mut parts = vec!["<html><body>".to_owned()];
    for element in elements {
        match element {
            Element::Title(text) => parts.push(format!("<h1>{text}</h1>")),
            Element::Heading(text) => parts.push(format!("<{heading}>{text}</{heading}>")),
            Element::Paragraph(text) => parts.push(format!("<p>{text}</p>")),
            Element::Table(grid) => table(grid, &mut parts, random),
        }
    }
    parts.push("</body></html>".to_owned());
    parts.join(gap) + "\n"
}

fn table(grid: &Grid, parts: &mut Vec<String>, random: &mut Random) {
    let (inner, blank) = (*random.pick(&["", "p", "span"]), *random.pick(&["", "&nbsp;"]));
    parts.push("<table>".to_owned());
    for row in &grid.rows {
        parts.push("<tr>".to_owned());
        for cell in row {
            let mut tag = "<td".to_owned();
            if cell.columns > 1 {
                tag += &format!(" colspan=\"{}\"", cell.columns);
            }
            if cell.rows > 1 {
                tag += &format!(" rowspan=\"{}\"", cell.rows);
            }
            let text = if cell.text.is_empty() {
                blank.to_owned()
            } else {
                cell.text.replace('\n', "<br>")
            };
            parts.push(match inner {
                "" => format!("{tag}>{text}</td>"),
                inner => format!("{tag}><{inner}>{text}</{inner}></td>"),
            });
        }
        parts.push("</tr>".to_owned());
    }
    parts.push("</table>".to_owned());
}

/// The elements as Word saves them: figures and Chinese are of two fonts, so that each has tags of its own, which run over lines. Of a heading, the numeral
/// has its own too.
pub(crate) fn runs(elements: &[Element]) -> Vec<Element> {
    let cell = |cell: &Cell| Cell { text: in_runs(&cell.text), ..cell.clone() };
    let row = |row: &Vec<Cell>| row.iter().map(cell).collect();
    let element = |element: &Element| match element {
        Element::Title(text) => Element::Title(in_runs(text)),
        Element::Heading(text) => Element::Heading(heading_in_runs(text)),
        Element::Paragraph(text) => Element::Paragraph(in_runs(text)),
        Element::Table(grid) => {
            Element::Table(Grid { width: grid.width, rows: grid.rows.iter().map(row).collect() })
        }
    };
    elements.iter().map(element).collect()
}

fn heading_in_runs(text: &str) -> String {
    let numeral = text.find('、').map_or(0, |at| at + '、'.len_utf8());
    in_runs(&text[..numeral]) + &in_runs(&text[numeral..])
}

fn in_runs(text: &str) -> String {
    let is_latin = |c: char| c.is_ascii_graphic();
    let mut runs = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_latin(c) != is_latin(first)).unwrap_or(rest.len());
        // Tags that run over a line are no break of the cell, which a table writes for itself.
        let font = if is_latin(first) {
            "lang=EN-US style='font-size:12.0pt'"
        } else {
            "style='font-family:宋体'"
        };
        runs += &format!("<span {font}>{}</span>", &rest[..end]);
        rest = &rest[end..];
    }
    runs
}
