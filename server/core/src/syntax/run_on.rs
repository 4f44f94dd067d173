//! Several rows of a table on one line, as pages give them that were converted block by block: `规章 0 0 0 行政规范性文件 2 1 12`.

use super::cells::push;
use super::separators::is_space;
use super::shape::is_number_like;
use super::{Cell, Shape};

/// How many figures in a row do not occur in a sentence.
const FIGURES: usize = 3;
/// How many such runs show that the line is not one long row.
const ROWS: usize = 2;

/// Cuts `words`, which are of `line`, at their blanks, if they are rows for certain.
pub(super) fn cut(line: &str, words: &str, cells: &mut Vec<Cell>) -> Option<Shape> {
    let tokens = || words.split(is_space).filter(|token| !token.is_empty());
    let (mut rows, mut figures, mut labelled) = (0, 0, false);
    for token in tokens() {
        if is_number_like(token) {
            figures += 1;
            rows += usize::from(labelled && figures == FIGURES);
        } else {
            (figures, labelled) = (0, true);
        }
    }
    if rows < ROWS {
        return None;
    }
    for (column, token) in tokens().enumerate() {
        let start = token.as_ptr() as usize - line.as_ptr() as usize;
        push(line, start, start + token.len(), column, column == 0, cells);
    }
    Some(Shape::Spaced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Cut, State};

    #[test]
    fn rows_in_one_line_are_cut_at_their_blanks() {
        let table = "规章 0 0 0 行政规范性文件 2 1 12 行政许可 340";
        let mut cells = Vec::new();
        assert_eq!(cut(table, table, &mut cells), Some(Shape::Spaced));
        let words: Vec<_> = cells.iter().map(|cell| &table[cell.range.to_range()]).collect();
        assert_eq!(
            words,
            ["规章", "0", "0", "0", "行政规范性文件", "2", "1", "12", "行政许可", "340"]
        );
    }

    #[test]
    fn sentences_stay_whole() {
        let words = "全年收到申请 3 件，答复 2 件，2023 2024 2025 三年共 9 件。".repeat(9);
        assert_eq!(cut(&words, &words, &mut Vec::new()), None);
        assert_eq!(Cut::new(&words, State::default()).cells.len(), 1);
    }
}
