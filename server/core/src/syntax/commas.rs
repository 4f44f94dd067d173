//! Rows of a spreadsheet that was saved as CSV: `规章,3,5,74`. Sentences have commas too, so a line is cut only if it cannot be a sentence.

use super::cells::trim;
use super::shape::kind;
use super::{Cell, CellKind, Shape};
use crate::text::TextRange;

/// Bytes of the longest row of labels and figures.
const LONGEST: usize = 1500;

/// How many figures without words make a row. Fewer may be one figure with thousands separators: `1,234,567`.
const FIGURES_ALONE: usize = 6;

/// Bytes from which on two equal neighbours are a merged cell. Shorter words may come twice in a sentence.
const SPREAD: usize = 9;

/// Cuts `line` at its commas, if it is certainly a row.
pub(super) fn cut(line: &str, cells: &mut Vec<Cell>) -> Option<Shape> {
    if line.len() > LONGEST || memchr::memchr(b',', line.as_bytes()).is_none() {
        return None;
    }
    let before = cells.len();
    let shape = fields(line, cells).and_then(|quoted| judge(line, &mut cells[before..], quoted));
    match shape {
        Some(Shape::Bare) => keep_words(cells, before),
        Some(_) => {}
        None => cells.truncate(before),
    }
    shape
}

/// Adds a cell for each field; returns how many are quoted. `None` for a sentence, and for a quote that does not end.
fn fields(line: &str, cells: &mut Vec<Cell>) -> Option<usize> {
    let (mut at, mut quoted, mut column) = (0, 0, 0_u16);
    loop {
        let rest = &line[at..];
        let (start, end, next) = if let Some(inner) = rest.strip_prefix('"') {
            quoted += 1;
            let end = closing_quote(inner)?;
            let behind = inner[end + 1..].trim_start_matches([' ', '\r']);
            (behind.is_empty() || behind.starts_with(',')).then_some(())?;
            (at + 1, at + 1 + end, line.len() - behind.len())
        } else {
            let end = memchr::memchr(b',', rest.as_bytes()).unwrap_or(rest.len());
            (at, at + end, at + end)
        };
        let words = trim(&line[start..end]);
        let from =
            if words.is_empty() { start } else { words.as_ptr() as usize - line.as_ptr() as usize };
        cells.push(Cell {
            range: TextRange::new(from, from + words.len()),
            kind: kind(words),
            column,
            opens_row: column == 0,
        });
        if next >= line.len() {
            return Some(quoted);
        }
        at = next + 1;
        column = column.saturating_add(1);
    }
}

fn closing_quote(inner: &str) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// The shape of `line`, judged by its cells; `None` if it may be a sentence.
fn judge(line: &str, cells: &mut [Cell], quoted: usize) -> Option<Shape> {
    let words = |cell: &Cell| &line[cell.range.to_range()];
    let is_sentence = |cell: &&Cell| {
        cell.kind == CellKind::Text && words(cell).contains(['。', '；', '！', '？'])
    };
    let mut filled = cells.iter().filter(|cell| cell.kind != CellKind::Blank);
    let (first, last) = (filled.next()?, filled.next_back());
    let blanks = cells.iter().filter(|cell| cell.kind == CellKind::Blank).count();
    if last.is_none() {
        // A paragraph or a heading in the first column of a sheet.
        let alone = first.kind == CellKind::Text && first.column == 0 && blanks > 1;
        return alone.then(|| if is_sentence(&first) { Shape::Bare } else { Shape::Commas });
    }
    if quoted == 0 && cells.iter().any(|cell| is_sentence(&cell)) {
        return None;
    }
    // A merged cell, in each column of its span.
    let is_spread = |pair: &[Cell]| {
        pair[0].kind == CellKind::Text
            && pair[0].range.len() >= SPREAD
            && words(&pair[0]) == words(&pair[1])
    };
    let is_row = quoted == cells.len()
        || blanks > 1
        || cells.windows(2).any(is_spread)
        || (ends_with_figures(cells) && !parts_figure(line, cells));
    is_row.then_some(Shape::Commas)
}

/// Words and then nothing but values, or values alone.
fn ends_with_figures(cells: &[Cell]) -> bool {
    let words = cells.iter().rposition(|cell| cell.kind == CellKind::Text);
    let values = &cells[words.map_or(0, |last| last + 1)..];
    let has_figure = values.iter().any(|cell| cell.kind == CellKind::Number);
    has_figure && (words.is_some() || values.len() >= FIGURES_ALONE)
}

/// A comma within a figure: 共收到申请1,234, but not `规章,3,500,74`.
fn parts_figure(line: &str, cells: &[Cell]) -> bool {
    let is_group =
        |words: &str| words.len() == 3 && words.bytes().all(|byte| byte.is_ascii_digit());
    cells.windows(2).any(|pair| {
        let [before, behind] = [pair[0], pair[1]].map(|cell| &line[cell.range.to_range()]);
        pair[0].kind == CellKind::Text
            && is_group(behind)
            && before.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// Keeps only the first cell, whose words are then a line of their own.
fn keep_words(cells: &mut Vec<Cell>, before: usize) {
    cells.truncate(before + 1);
    if let Some(cell) = cells.last_mut() {
        cell.opens_row = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Option<Vec<&str>> {
        let mut cells = Vec::new();
        let shape = cut(line, &mut cells)?;
        assert!(matches!(shape, Shape::Commas | Shape::Bare));
        Some(cells.iter().map(|cell| &line[cell.range.to_range()]).collect())
    }

    #[test]
    fn rows_are_cut() {
        for (line, found) in [
            ("规章,3,5,74", vec!["规章", "3", "5", "74"]),
            ("行政许可,11398889,,", vec!["行政许可", "11398889", "", ""]),
            ("\"规章\",\"3\",\"1,024\",\"/\"", vec!["规章", "3", "1,024", "/"]),
            ("3.危及\"三安全一稳定\",0,0,0", vec!["3.危及\"三安全一稳定\"", "0", "0", "0"]),
            ("\"危及\"\"三安全\"\"\",0", vec!["危及\"\"三安全\"\"", "0"]),
            (",,,自然人,总计", vec!["", "", "", "自然人", "总计"]),
            ("第二十条第（一）项,,,", vec!["第二十条第（一）项", "", "", ""]),
            ("72,164,178,337,351,1", vec!["72", "164", "178", "337", "351", "1"]),
            ("行政许可,许可数量,许可数量", vec!["行政许可", "许可数量", "许可数量"]),
            ("今年已办结。全部答复。,,,", vec!["今年已办结。全部答复。"]),
        ] {
            assert_eq!(cells(line), Some(found), "{line}");
        }
    }

    #[test]
    fn sentences_and_figures_stay_whole() {
        for line in [
            "收到申请3件,均已答复",
            "收到申请3件,均已答复。,,",
            "收到申请3件,,均已答复",
            "共收到申请1,234",
            "1,234",
            "1,234,567,890,123",
            "推进\"一网通办\",\"好差评\"等",
            "\"未完,3,5",
            "地址:青石路3号,邮编:223001",
        ] {
            assert_eq!(cells(line), None, "{line}");
        }
    }
}
