//! Tables as wikis write them: `{|`, then `|-` before each row, `| 规章 || 3 || 5` or a cell a line, `! 信息内容 !! 件数` for a header, and `|}`.
//!
//! Two pipes are one border here and a blank cell in a row of pipes, so the state behind a line says whether such a table is open.

use std::ops::Range;

use super::cells::{self, push};
use super::markup::{self, ROW_OPENED};
use super::{Cell, Shape, State};

/// A table is open.
pub(super) const IN_TABLE: u8 = 64;

/// Cuts `line` (without its break) and says what it looks like and what it hands to the next line.
pub(super) fn cut(line: &str, entry: State, cells: &mut Vec<Cell>) -> (Shape, State) {
    if let Some(found) = cut_in_table(line, entry, cells) {
        return found;
    }
    let table = entry.0 & IN_TABLE;
    if table == 0 {
        return cells::cut(line, entry, cells);
    }
    // A table that nobody closed goes on to the end of the text, and all else is cut as ever.
    let entry = if markup::is_open(entry) { State(entry.0 & !table) } else { State::default() };
    let (shape, exit) = cells::cut(line, entry, cells);
    (shape, State(exit.0 | table))
}

/// A line of such a table; `None` for any other line, which may stand within one.
fn cut_in_table(line: &str, entry: State, cells: &mut Vec<Cell>) -> Option<(Shape, State)> {
    let open = entry.0 & IN_TABLE != 0;
    let words = line.trim_start_matches([' ', '\t']);
    let mark = *words.as_bytes().first()?;
    if !matches!(mark, b'{' | b'|' | b'!') || markup::is_open(entry) {
        return None;
    }
    let words = words.trim_end();
    let state = |open: u8| Some((Shape::Delimiter, State(open)));
    if words.starts_with("{|") {
        return state(IN_TABLE | ROW_OPENED);
    }
    if !open || mark == b'{' {
        return None;
    }
    let behind = &words[1..];
    match behind.as_bytes().first() {
        Some(b'}') if mark == b'|' => return state(0),
        Some(b'-') if mark == b'|' && is_border(behind) => return state(IN_TABLE | ROW_OPENED),
        _ => {}
    }
    let start = line.len() - line.trim_start_matches([' ', '\t']).len();
    let exit = row(line, start..start + words.len(), entry.0 & ROW_OPENED != 0, cells)?;
    Some((Shape::Markup, State(IN_TABLE | exit.0)))
}

/// The dashes of `|-`, with what says how the row looks: `|- align="center"`.
fn is_border(words: &str) -> bool {
    let rest = words.trim_start_matches('-');
    rest.is_empty() || (!rest.contains('|') && rest.starts_with([' ', '\t']))
}

/// Adds the cells of a row or of a piece of one, and says which tag of the last one is still open. A row of pipes in a table that was not closed is
/// none.
fn row(line: &str, range: Range<usize>, opens: bool, cells: &mut Vec<Cell>) -> Option<State> {
    let before = cells.len();
    let is_header = line[range.start..].starts_with('!');
    let mut start = range.start + 1;
    // The sign of a caption, or the second pipe of a row that goes on.
    if line[start..range.end].starts_with(['+', '|']) {
        start += 1;
    }
    let mut column = 0;
    loop {
        let rest = &line[start..range.end];
        let end = [rest.find("||"), rest.find("!!").filter(|_| is_header)];
        let end = end.into_iter().flatten().min().map_or(range.end, |at| start + at);
        let Some(from) = behind_attributes(line, start..end) else {
            cells.truncate(before);
            return None;
        };
        let opens_row = opens && column == 0;
        let mut exit = State::default();
        if memchr::memchr(b'<', &line.as_bytes()[from..end]).is_some() {
            exit = markup::cut_cell(line, from..end, column as u16, opens_row, cells);
        } else {
            push(line, from, end, column, opens_row, cells);
        }
        if end == range.end {
            return Some(exit);
        }
        start = end + 2;
        column += 1;
    }
}

/// Where the words of a cell begin: `rowspan="2" | 规章`. `None` where one pipe stands between words.
fn behind_attributes(line: &str, cell: Range<usize>) -> Option<usize> {
    let words = &line[cell.clone()];
    let Some(pipe) = words.find('|') else { return Some(cell.start) };
    let (said, rest) = (&words[..pipe], &words[pipe + 1..]);
    (said.contains('=') && said.is_ascii() && !rest.contains('|')).then_some(cell.start + pipe + 1)
}

#[cfg(test)]
mod tests {
    use super::super::Cut;
    use super::*;

    fn shown(text: &str) -> Vec<Vec<&str>> {
        let cut = Cut::new(text, State::default());
        let words = |start: usize, cell: &Cell| &text[cell.range.shifted(start).to_range()];
        cut.iter()
            .filter(|view| !view.cells.is_empty())
            .map(|view| view.cells.iter().map(|cell| words(view.start, cell)).collect())
            .collect()
    }

    #[test]
    fn a_row_in_one_line_and_one_over_several_are_cut_alike() {
        let table = "{| class=\"wikitable\"\n|-\n! 信息内容 !! 本年制发件数\n|-\n| 规章 || 3\n|- align=\"center\"\n| rowspan=\"2\" | 许可\n| 5\n|}";
        let rows = [vec!["信息内容", "本年制发件数"], vec!["规章", "3"], vec!["许可"], vec!["5"]];
        assert_eq!(shown(table), rows);
        let cut = Cut::new(table, State::default());
        let opening: Vec<bool> = cut.cells.iter().map(|cell| cell.opens_row).collect();
        assert_eq!(opening, [true, false, true, false, true, false]);
        assert_eq!(cut.exit(), State::default());
    }

    #[test]
    fn blank_cells_are_cells() {
        assert_eq!(
            shown("{|\n| 规章 || || 3\n|\n| 0"),
            [vec!["规章", "", "3"], vec![""], vec!["0"]]
        );
    }

    #[test]
    fn tags_in_a_cell_may_run_over_lines() {
        let table = "{|\n|-\n| <span lang=\"a\">规章</span> || <b>3</b><span></span> || <i></i> || 5\n|-\n| <span style=\"a;\nb\">许可</span>\n| 7\n| x<sup>①</sup>\n|}";
        assert_eq!(
            shown(table),
            [vec!["规章", "3", "", "5"], vec!["许可"], vec!["7"], vec!["x", "①"]]
        );
        let opening: Vec<bool> =
            Cut::new(table, State::default()).cells.iter().map(|cell| cell.opens_row).collect();
        assert_eq!(opening, [true, false, false, false, true, false, false, false]);
        assert_eq!(Cut::new(table, State::default()).exit(), State::default());
    }

    #[test]
    fn two_pipes_out_of_such_a_table_are_a_blank_cell() {
        assert_eq!(shown("| 规章 || 3"), [["规章", "", "3"]]);
        assert_eq!(shown("{|\n|}\n| 规章 || 3"), [["规章", "", "3"]]);
        assert_eq!(shown("{|\n| 规章 | 3 | 5 |"), [["规章", "3", "5"]]);
    }

    #[test]
    fn what_stands_between_its_lines_is_cut_as_ever() {
        assert_eq!(
            shown("{|\n第一段\n| 规章\n<p>第二段</p>\n| 3"),
            [["第一段"], ["规章"], ["第二段"], ["3"]]
        );
    }
}
