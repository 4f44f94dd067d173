//! Merged cells that a converter prints in each column of their span: `本年处理决定数量→本年处理决定数量` above `55→55`.

use std::ops::Range;

use super::fit::{Place, Row};
use super::{Page, header};
use crate::form::Block;
use crate::syntax::{CellKind, Shape};

/// How many cells each of `columns` takes in the last line of the header; `None` where it is one each, or the header does not show it.
pub(super) fn spans(
    page: &Page<'_>,
    context: &Range<usize>,
    block: &Block,
    columns: &[usize],
) -> Option<Vec<usize>> {
    let tokens = &page.tokens;
    let mut labels = tokens.labels_before(context.clone());
    let last = tokens.list[labels.next()?];
    // With a cell a line, the labels of all columns are lines.
    let is_beside = |at: usize| {
        let token = tokens.list[at];
        token.line == last.line || (token.shape == Shape::Bare && last.shape == Shape::Bare)
    };
    let mut spans: Vec<usize> = Vec::with_capacity(columns.len());
    let mut next = "";
    let in_line = tokens.labels_before(context.clone()).take_while(|&at| is_beside(at));
    for at in in_line {
        if !matches!(
            tokens.list[at].shape,
            Shape::Tabbed | Shape::Piped | Shape::Commas | Shape::Bare
        ) {
            return None;
        }
        let folded = tokens.fold(at);
        if let Some(span) = spans.last_mut().filter(|_| folded == next) {
            *span += 1;
        } else if spans.len() == columns.len() {
            break;
        } else {
            let column = columns[columns.len() - spans.len() - 1];
            header::names(page, folded, &block.columns[column]).then(|| spans.push(1))?;
            next = folded;
        }
    }
    let is_spread = spans.len() == columns.len() && spans.iter().any(|&span| span > 1);
    spans.reverse();
    is_spread.then_some(spans)
}

/// Places the rows whose values do not stand one behind the other; returns for each the cells that are its values, or none.
pub(super) fn settle(
    page: &Page<'_>,
    rows: &[Row<'_>],
    places: &mut [Place],
    spans: Option<&[usize]>,
    columns: usize,
) -> Vec<Vec<usize>> {
    // Columns that a converter saw where there are none: `规章 | 0 | | | 0 | | 0`. A blank in one row alone is a slip of that row.
    let in_order = || {
        let is_wider = |row: &Row<'_>| row.is_whole(columns) && row.width() > columns;
        columns > 1 && rows.iter().all(is_wider)
    };
    let in_order = rows.len() > 1 && in_order();
    let settled = rows.iter().zip(places).map(|(row, place)| {
        if !matches!(place, Place::Width(_)) {
            return Vec::new();
        }
        let found = spans.and_then(|spans| firsts(page, row, spans));
        let found = found.or_else(|| in_order.then(|| row.whole()));
        if let Some(first) = found.as_ref().and_then(|found| found.first()) {
            *place = Place::At(*first);
        }
        found.unwrap_or_default()
    });
    settled.collect()
}

/// The cells of `row` that are the first of their span, where all cells of a span say the same.
fn firsts(page: &Page<'_>, row: &Row<'_>, spans: &[usize]) -> Option<Vec<usize>> {
    let start = row.run.iter().position(|token| token.kind != CellKind::Blank)?;
    if row.width() != spans.iter().sum::<usize>() || row.filled() != row.width() {
        return None;
    }
    let mut firsts = Vec::with_capacity(spans.len());
    let mut at = start;
    for &span in spans {
        let mut words = row.run[at..at + span].iter().map(|token| page.source.words(*token));
        let first = words.next()?;
        words.all(|it| it == first).then(|| firsts.push(at))?;
        at += span;
    }
    Some(firsts)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::hits;

    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n";

    #[test]
    fn a_cell_that_stands_in_each_column_of_its_span_is_one() {
        let table = format!(
            "{HEAD}第二十条第（一）项\t第二十条第（一）项\t第二十条第（一）项\t第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t1\t0\t2
第二十条第（五）项\t第二十条第（五）项\t第二十条第（五）项\t第二十条第（五）项
信息内容\t本年处理决定数量\t本年处理决定数量\t本年处理决定数量
行政许可\t55\t55\t55
第二十条第（六）项\t第二十条第（六）项\t第二十条第（六）项\t第二十条第（六）项
信息内容\t本年处理决定数量\t本年处理决定数量\t本年处理决定数量
行政处罚\t9.5\t9.5\t9.5
行政强制\t249\t249\t249
第二十条第（八）项\t第二十条第（八）项\t第二十条第（八）项\t第二十条第（八）项
信息内容\t本年收费金额（单位：万元）\t本年收费金额（单位：万元）\t本年收费金额（单位：万元）
行政事业性收费\t0\t0\t0
"
        );
        let bare = table.replace('\t', "\n");
        for rule in ["table-row-width", "table-legacy-form", "table-row-missing"] {
            assert!(hits(&table, rule).is_empty(), "{rule}");
            assert!(hits(&bare, rule).is_empty(), "{rule}");
        }
        assert_eq!(hits(&bare, "table-cell-not-integer").len(), 1);
        assert_eq!(hits(&table, "table-cell-not-integer").len(), 1);
        // What is said otherwise in one of them is not one cell.
        let other = table.replace("55\t55\t55", "55\t55\t56");
        assert_eq!(hits(&other, "table-row-width").len(), 1);
    }
}
