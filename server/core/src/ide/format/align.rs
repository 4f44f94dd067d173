//! Which rows have columns in common, and the blanks that make them meet.

use super::row::{Cell, Gap, Kind, Row};
use crate::text::TextRange;

/// The edits of rows that stand one below the other, in bytes of the part.
pub(super) fn edits(rows: &[Row]) -> Vec<(TextRange, String)> {
    let mut edits = Vec::new();
    // A delimiter row says how many cells a row has; one that is being typed has fewer and is left alone.
    let delimiter = rows.iter().find(|row| row.is_delimiter);
    let first = rows.first().map_or(0, |row| row.cells.len());
    let count = delimiter.map_or(first, |row| row.cells.len());
    if delimiter.is_some() || rows.iter().all(|row| row.cells.len() == count) {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.cells.len() == count).collect();
        Group { rows, grid: true }.edits(&mut edits);
        return edits;
    }
    let key = |row: &Row| (row.opens, row.values(), row.labels() > 0);
    for rows in rows.chunk_by(|one, other| key(one) == key(other)) {
        if rows[0].values() > 0 {
            Group { rows: rows.iter().collect(), grid: false }.edits(&mut edits);
        }
    }
    edits
}

/// Rows with columns in common.
struct Group<'a> {
    rows: Vec<&'a Row>,
    /// Every cell has its column; else a row's labels are one column, however many they are.
    grid: bool,
}

/// Where words stand in their column.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Middle,
    Right,
}

impl Group<'_> {
    fn edits(&self, edits: &mut Vec<(TextRange, String)>) {
        if self.rows.len() < 2 || self.is_aligned() {
            return;
        }
        let widths = self.widths();
        for row in &self.rows {
            let (labels, shown) = self.extent(row);
            let lead = labels.saturating_sub(1);
            for (at, cell) in row.cells.iter().enumerate().take(shown) {
                match at.checked_sub(lead) {
                    None => place(cell, cell.text.clone(), (0, 0), edits),
                    Some(column) => {
                        let before = if column == 0 { lead_width(row, lead) } else { 0 };
                        self.fill(row, cell, column, widths[column] - before, edits);
                    }
                }
            }
            if shown == row.cells.len() && !row.end.is_empty() {
                edits.push((row.end, String::new()));
            }
        }
    }

    /// Cells of a row that are labels (one in a grid), and cells that have a column.
    fn extent(&self, row: &Row) -> (usize, usize) {
        if self.grid {
            return (1, row.cells.len());
        }
        let labels = row.labels();
        (labels, labels + row.values())
    }

    /// Separators meet, blanks part them from words, and no label is to be changed.
    fn is_aligned(&self) -> bool {
        let columns = |row: &Row| -> Vec<usize> {
            let (labels, shown) = self.extent(row);
            let cells = row.cells[..shown].iter().skip(labels.saturating_sub(1));
            cells.filter(|cell| !cell.ends).map(|cell| cell.column).collect()
        };
        let first = columns(self.rows[0]);
        self.rows.iter().all(|row| {
            let (_, shown) = self.extent(row);
            let parted = row.cells[..shown].iter().all(|cell| {
                let is_blank = cell.kind == Kind::Blank;
                !cell.is_changed
                    && (cell.begins || is_blank || parts(&cell.before))
                    && (cell.ends || is_blank || parts(&cell.behind))
            });
            parted && columns(row) == first
        })
    }

    /// The width of each column; the first one is that of the labels.
    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            let (labels, shown) = self.extent(row);
            let lead = labels.saturating_sub(1);
            for (column, cell) in row.cells[lead..shown].iter().enumerate() {
                let before = if column == 0 { lead_width(row, lead) } else { 0 };
                let least = if row.is_delimiter { 3 } else { cell.width };
                let width = before + least;
                match widths.get_mut(column) {
                    Some(known) => *known = width.max(*known),
                    None => widths.push(width),
                }
            }
        }
        widths
    }

    /// Fills a column with a cell.
    fn fill(
        &self,
        row: &Row,
        cell: &Cell,
        column: usize,
        width: usize,
        edits: &mut Vec<(TextRange, String)>,
    ) {
        if row.is_delimiter {
            place(cell, dashes(&cell.text, width), (0, 0), edits);
            return;
        }
        let pad = width - cell.width.min(width);
        let pads = match self.side(cell, column) {
            Side::Left => (0, pad),
            Side::Right => (pad, 0),
            Side::Middle => (pad / 2, pad - pad / 2),
        };
        place(cell, cell.text.clone(), pads, edits);
    }

    /// Figures to the right and words to the left, unless a delimiter row says otherwise.
    fn side(&self, cell: &Cell, column: usize) -> Side {
        let delimiter = self.rows.iter().find(|row| row.is_delimiter);
        let mark = delimiter.and_then(|row| row.cells.get(column)).map(|cell| &cell.text);
        match mark.map(|mark| (mark.starts_with(':'), mark.ends_with(':'))) {
            Some((true, true)) => Side::Middle,
            Some((true, false)) => Side::Left,
            Some((false, true)) => Side::Right,
            _ if cell.kind == Kind::Figure => Side::Right,
            _ => Side::Left,
        }
    }
}

/// Dashes of this width with the colons that are there.
fn dashes(mark: &str, width: usize) -> String {
    let colon = |is: bool| if is { ":" } else { "" };
    let (left, right) = (colon(mark.starts_with(':')), colon(mark.ends_with(':')));
    format!("{left}{}{right}", "-".repeat(width.saturating_sub(left.len() + right.len())))
}

/// Puts words in a cell, with blanks around them and one more at each separator.
fn place(
    cell: &Cell,
    words: String,
    (left, right): (usize, usize),
    edits: &mut Vec<(TextRange, String)>,
) {
    let mut set = |gap: &Gap, count: usize| {
        let blanks = " ".repeat(count);
        if gap.text != blanks {
            edits.push((gap.range, blanks));
        }
    };
    if cell.kind == Kind::Blank {
        set(&cell.before, left + right + if cell.begins { 1 } else { 2 });
        return;
    }
    if !cell.begins {
        set(&cell.before, left + 1);
    } else if left > 0 {
        set(&cell.before, left);
    }
    set(&cell.behind, if cell.ends { 0 } else { right + 1 });
    if cell.is_changed || words != cell.text {
        edits.push((cell.words, words));
    }
}

/// Columns of the labels before the last one, with their separators.
fn lead_width(row: &Row, lead: usize) -> usize {
    row.cells[..lead].iter().map(|cell| cell.width + 3).sum()
}

/// A blank or more, of a width that is known.
fn parts(gap: &Gap) -> bool {
    !gap.text.is_empty() && !gap.text.contains('\t')
}
