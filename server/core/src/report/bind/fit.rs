//! Where among the cells behind a label a row's values begin.

use super::runs::Token;
use crate::report::model::Layout;
use crate::syntax::{CellKind, Shape, is_number_like};

/// How a row's cells meet its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The values begin at this cell of the run.
    At(usize),
    /// So many values stand there instead.
    Width(usize),
    /// No cell at all.
    Nowhere,
}

/// The cells behind a label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// All of them up to the next words.
    pub(super) run: &'a [Token],
    /// Cells of the row itself: not its padding to the grid's width, and not what begins the next row.
    pub(super) cells: &'a [Token],
    /// Cells that pad the row.
    pub(super) padding: usize,
    /// The first cell is the lone pipe before the row, and no blank of its own.
    pub(super) led: bool,
}

impl<'a> Row<'a> {
    /// The row that begins with `run`. Where a lone pipe stands before each row (`separated`), the last one is the next row's.
    pub(super) fn new(run: &'a [Token], separated: bool) -> Self {
        let last = run.iter().rposition(is_filled).map_or(0, |last| last + 1);
        // What stands behind the row's end is the next row's span, not a blank of this one: `8.…→0→0→0→0→0⏎→（四）…` has five values and no sixth.
        let end = (1..run.len()).find(|&at| run[at].opens_row).unwrap_or(run.len());
        let padded = (last..end).find(|&at| run[at].padding).unwrap_or(end);
        let padding = run[padded..end].iter().take_while(|token| token.padding).count();
        let cells = &run[..padded];
        let cells = match cells.split_last() {
            Some((border, rest))
                if separated && padded == run.len() && border.shape == Shape::LonePipe =>
            {
                rest
            }
            _ => cells,
        };
        Self { run, cells, padding, led: false }
    }

    /// First and last cell that is not blank.
    fn span(&self) -> Option<(usize, usize)> {
        Some((self.run.iter().position(is_filled)?, self.run.iter().rposition(is_filled)?))
    }

    /// Number of cells from the first to the last that is not blank.
    pub(super) fn width(&self) -> usize {
        self.span().map_or(0, |(first, last)| last - first + 1)
    }

    /// The row as it stands in one line, without the page number or other lone figure that the text of a PDF has below it.
    fn first_line(&self) -> &'a [Token] {
        let line = self.run.first().map_or(0, |token| token.line);
        let end = self.run.iter().position(|token| token.line != line).unwrap_or(self.run.len());
        &self.run[..end]
    }

    /// Number of cells that are not blank.
    pub(super) fn filled(&self) -> usize {
        self.run.iter().filter(|token| is_filled(token)).count()
    }

    /// A blank cell stands before a filled one: in this table blanks keep their places.
    pub(super) fn keeps_blanks(&self) -> bool {
        let Some((first, last)) = self.span() else { return false };
        // In a line, blanks behind the label may be its own columns.
        let from = if self.in_line() { first } else { 0 };
        // Padding stands in one line, so that a pipe in its own line before it is a cell.
        let before_padding =
            self.padding > 0 && self.cells.last().is_some_and(|cell| cell.shape == Shape::LonePipe);
        self.filled() <= last - from || before_padding
    }

    /// A cell holds the figures of several columns, so that it is not known which column the others are of.
    pub(super) fn is_blurred(&self, columns: usize) -> bool {
        columns > 1 && self.cells.iter().any(|token| token.several)
    }

    /// A value for each column stands in its line, with or without blanks between.
    pub(super) fn is_whole(&self, columns: usize) -> bool {
        let in_line = |token: &&Token| {
            matches!(token.shape, Shape::Tabbed | Shape::Piped) && token.line == self.run[0].line
        };
        let filled = self.run.iter().filter(|token| is_filled(token));
        !self.is_blurred(columns)
            && filled.clone().count() == columns
            && filled.clone().all(|it| in_line(&it))
    }

    /// The cells that are not blank.
    pub(super) fn whole(&self) -> Vec<usize> {
        (0..self.run.len()).filter(|&at| is_filled(&self.run[at])).collect()
    }

    fn in_line(&self) -> bool {
        self.cells.len() > 1 && self.cells[0].line == self.cells[self.cells.len() - 1].line
    }
}

fn is_filled(token: &Token) -> bool {
    token.kind != CellKind::Blank
}

/// Are these figures with blanks between them, and not one whose thousands are set apart (1 234)?
pub(super) fn holds_several(words: &str) -> bool {
    let figures = || words.split_whitespace();
    let is_group = |figure: &str| figure.len() == 3;
    figures().count() > 1 && figures().all(is_number_like) && !figures().skip(1).all(is_group)
}

/// Places the values of a block's rows on `columns` columns; `grid` is the column of a line in which the header shows the first of them.
///
/// A row whose filled cells span all columns is certain whatever blanks stand around it (they are row spans, or padding to the grid's width). The
/// others follow the certain ones: same cell of the line in a grid, same cell behind the label elsewhere.
pub(super) fn places(rows: &[Row<'_>], columns: usize, grid: Option<u16>) -> Vec<Place> {
    let certain: Vec<Option<usize>> = rows
        .iter()
        .map(|row| {
            let whole = |(first, last): &(usize, usize)| last - first + 1 == columns;
            let line = row.first_line();
            let printed = line.len() == columns
                && line.iter().all(|token| token.shape == Shape::Spaced && is_filled(token));
            let span = row.span().filter(|_| !row.is_blurred(columns));
            span.filter(whole).map(|(first, _)| first).or(printed.then_some(0))
        })
        .collect();
    let behind = agreed(certain.iter().flatten().copied());
    let across = agreed(
        rows.iter()
            .zip(&certain)
            .filter_map(|(row, first)| first.map(|first| row.run[first].column)),
    );
    let across = if behind.is_none() && across.is_none() { grid } else { across };
    let place = |(row, certain): (&Row<'_>, &Option<usize>)| match certain {
        Some(first) => Place::At(*first),
        None if row.is_blurred(columns) => Place::Width(row.filled()),
        None => follow(row, columns, behind, across),
    };
    rows.iter().zip(&certain).map(place).collect()
}

fn agreed<T: PartialEq + Copy>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.all(|it| it == first).then_some(first)
}

fn follow(row: &Row<'_>, columns: usize, behind: Option<usize>, across: Option<u16>) -> Place {
    let cells = row.cells;
    if row.run.is_empty() {
        return Place::Nowhere;
    }
    if cells.is_empty() {
        return if row.padding >= columns { Place::At(0) } else { Place::Width(0) };
    }
    let blank = row.filled() == 0;
    let (first, last) = row.span().unwrap_or((0, 0));
    if !blank && (last >= cells.len() || last - first + 1 > columns) {
        return Place::Width(row.filled());
    }
    let led = usize::from(row.led);
    if cells.len() == columns + led || (columns == 1 && blank) {
        return Place::At(led);
    }
    let in_line = row.in_line();
    let by_grid = across
        .filter(|_| in_line)
        .and_then(|column| cells.iter().position(|token| token.column == column));
    // With a cell a line nothing stands between the label and its first value, but before a row without a label there may be the pipe between rows.
    let at_once = (!in_line).then_some(led);
    let behind_pipe = (cells[0].shape == Shape::LonePipe).then_some(1);
    let fits = |start: &usize| {
        start + columns <= cells.len() && (blank || (*start <= first && last < start + columns))
    };
    if let Some(start) = [by_grid, behind, at_once, behind_pipe].into_iter().flatten().find(fits) {
        return Place::At(start);
    }
    // Blanks that went to the row's end are blanks all the same.
    if blank && cells.len() + row.padding >= columns {
        return Place::At(0);
    }
    Place::Width(row.filled())
}

/// The layout that most of the tokens show.
pub(super) fn layout<'a>(tokens: impl Iterator<Item = &'a Token>, has_delimiter: bool) -> Layout {
    let mut counts = [0_usize; 7];
    for token in tokens {
        let at = match token.shape {
            Shape::TabLed => 0,
            Shape::Tabbed => 1,
            Shape::Piped => 2,
            Shape::PipeEnded | Shape::LonePipe => 3,
            Shape::Markup => 4,
            Shape::Spaced | Shape::Commas => 5,
            Shape::Bare
            | Shape::Blank
            | Shape::Delimiter
            | Shape::Directive
            | Shape::PageFooter => 6,
        };
        counts[at] += 1;
    }
    let most = (0..7).rev().max_by_key(|&at| counts[at]).unwrap_or(6);
    match most {
        0 => Layout::TabLed,
        1 => Layout::Tabs,
        2 if has_delimiter => Layout::Markdown,
        2 => Layout::Pipes,
        3 => Layout::PipeEnded,
        4 => Layout::Html,
        5 => Layout::Spaces,
        _ => Layout::Bare,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::hits;

    const HEAD: &str =
        "青石县水利局2024年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n";

    #[test]
    fn a_pipe_that_begins_one_row_of_many_stands_behind_a_blank() {
        let table = format!(
            "{HEAD}行政复议 | 行政诉讼 |
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
| | | | 0 | | | | | 0 | | | | | 0 |
"
        );
        assert!(hits(&table, "table-row-width").is_empty());
        assert!(hits(&table, "table-cell-blank")[0].message.contains("12 个单元格"));
    }

    #[test]
    fn headers_of_two_groups_among_each_other_tell_no_columns() {
        let table = format!(
            "{HEAD}行政复议\n结果维持\n行政诉讼\n结果纠正\n其他结果\n尚未审结\n总计
未经复议直接起诉\n结果维持\n5\n31\n93\n176\n305
复议后起诉\n结果纠正\n其他结果\n尚未审结\n总计\n结果维持\n12\n7\n7\n178\n334
"
        );
        for rule in ["direct-suit-total", "suit-after-review-total", "review-total"] {
            assert!(hits(&table, rule).is_empty(), "{rule}");
        }
    }

    #[test]
    fn numbers_that_count_the_rows_are_no_values() {
        let table = format!(
            "{HEAD}1\t行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t
2\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t
3\t\t\t\t\t\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计
4\t1\t0\t0\t0\t2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0
"
        );
        assert!(hits(&table, "table-row-width").is_empty());
        assert_eq!(hits(&table, "review-total")[0].words, "2");
    }

    #[test]
    fn rows_that_stand_across_have_no_blank_cells() {
        let table = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况
信息内容\t规章\t行政规范性文件\t行政许可\t行政处罚\t行政强制\t\n本年制发件数\t0\t1\t2\t3\t4\t\n";
        assert!(hits(table, "table-cell-blank").is_empty());
        assert!(hits(table, "table-row-missing").is_empty());
    }

    #[test]
    fn the_number_of_a_label_that_is_broken_behind_it_is_no_figure() {
        let table = "青石县水利局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况
| 三、本年度办理结果 | （三）不予公开 | 3.危及“三安全一稳定” | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| | | 4. \n保护第三方合法权益 | 0 | 0 | 2 | 0 | 0 | 0 | 2 |
| | | 5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
";
        assert_eq!(hits(table, "table-row-width"), []);
    }

    #[test]
    fn a_cell_with_the_figures_of_two_columns_leaves_its_row_unread() {
        let table = |values: &str| {
            format!(
                "青石县水利局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况
| 一、本年新收政府信息公开申请数量 | 9 | 9 | 9 | 9 | 9 | 9 | 54 |
| 二、上年结转政府信息公开申请数量 | {values} |
"
            )
        };
        let blurred = table("102 16 | 1 | 6 | 3 | | 5 | 133");
        assert_eq!(hits(&blurred, "table-row-width").len(), 1);
        assert!(hits(&blurred, "table-cell-not-number").is_empty());
        // Thousands set apart are one figure.
        let apart = table("1 024 | 1 | 6 | 3 | 0 | 5 | 1 039");
        assert!(hits(&apart, "table-row-width").is_empty());
        assert_eq!(hits(&apart, "table-cell-not-number").len(), 1);
    }

    #[test]
    fn a_figure_in_brackets_is_no_blank_cell() {
        let table = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况
规章\t0\t0\t0\n行政规范性文件\t(1)\t0\t12*\n行政许可\t1 234\n行政处罚\t0\n行政强制\t0
行政事业性收费\t0
";
        assert!(hits(table, "table-cell-blank").is_empty());
        assert_eq!(hits(table, "table-cell-not-number").len(), 2, "one a row");
    }
}
