//! Kind 15: HTML with real spans.

use crate::grid::Grid;
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
