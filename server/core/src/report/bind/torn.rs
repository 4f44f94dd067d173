//! Tables of a PDF that a converter cut beside the words: labels in pieces that are no row's, the figures of two columns in one cell.

use std::cell::OnceCell;
use std::iter;
use std::ops::Range;

use super::Page;
use super::assign::{Entry, Instance};
use super::fit::{Place, Row};
use super::runs::Token;
use crate::form::Table;
use crate::syntax::Shape;

/// One or two rows that the form does not know may be rows of the place's own, or misspelt.
const FEWEST: usize = 3;

/// What of a page tells that the rows of one of its tables are there and their labels are not.
pub(super) struct Torn<'p, 'a> {
    page: &'p Page<'a>,
    spec: &'p Table,
    /// The most columns of a block.
    columns: usize,
    /// How many runs without a name stand before each. Counted once: a page of rows that all have one name is as many tables, each of which asks.
    nameless: OnceCell<Vec<usize>>,
}

impl<'p, 'a> Torn<'p, 'a> {
    pub(super) fn new(page: &'p Page<'a>, spec: &'p Table) -> Self {
        let columns = spec.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
        Self { page, spec, columns, nameless: OnceCell::new() }
    }

    /// Have rows of `instance` lost their labels? Its own may stand anywhere in `around`, the runs from the table before it to the one behind.
    pub(super) fn tells(&self, instance: &Instance, around: Range<usize>) -> bool {
        let unknown = instance.entries.iter().filter(|entry| entry.row.is_none());
        unknown.map(|entry| entry.run).any(|run| self.is_group_with_items(run))
            || self.is_cut(instance, around)
    }

    /// A group's label with more values than columns: those of its items, whose labels are gone.
    fn is_group_with_items(&self, run: usize) -> bool {
        let page = self.page;
        let run = &page.runs[run];
        let last = page.tokens.labels_before(run.run.context.clone()).next();
        run.filled > self.columns
            && last.is_some_and(|last| page.source.lexicon.group(page.tokens.fold(last)).is_some())
    }

    /// As many rows without a name as there are rows of the form that were not found, or more: those are these, and nobody knows which is which. With
    /// them counts a row in which the figures of two columns share a cell.
    fn is_cut(&self, instance: &Instance, around: Range<usize>) -> bool {
        let known =
            || instance.entries.iter().filter(|entry| entry.row.is_some() && !entry.duplicate);
        let missing = self.spec.rows().count().saturating_sub(known().count());
        if self.columns < 2 || missing == 0 {
            return false;
        }
        let is_blurred = |entry: &&Entry| {
            matches!(entry.place, Place::Width(_)) && self.row(entry.run).is_blurred(self.columns)
        };
        let blurred = known().filter(is_blurred).count();
        if blurred + missing < FEWEST {
            return false;
        }
        let nameless = self.nameless(around);
        blurred + nameless >= FEWEST && (nameless <= missing || blurred >= FEWEST)
    }

    fn nameless(&self, within: Range<usize>) -> usize {
        let counts = self.nameless.get_or_init(|| {
            let runs = 0..self.page.runs.len();
            let counted = runs.scan(0, |count, run| {
                *count += usize::from(self.is_nameless(run));
                Some(*count)
            });
            iter::once(0).chain(counted).collect()
        });
        let before = |run: usize| counts.get(run).copied().unwrap_or(0);
        before(within.end).saturating_sub(before(within.start))
    }

    /// A value for each column, or those of two columns in one cell, behind words that name no row.
    fn is_nameless(&self, run: usize) -> bool {
        let it = &self.page.runs[run];
        let in_line = |token: &Token| matches!(token.shape, Shape::Piped | Shape::Tabbed);
        let is_row = || {
            let row = self.row(run);
            row.is_whole(self.columns) || row.is_blurred(self.columns)
        };
        !it.hollow
            && it.named.rows.is_empty()
            && it.filled > 0
            && self.page.values(run).first().is_some_and(in_line)
            && is_row()
    }

    fn row(&self, run: usize) -> Row<'_> {
        Row::new(self.page.values(run), false)
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, hits};

    const HEAD: &str =
        "青石县水利局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n";

    /// The rules on tables that say something.
    fn told(table: &str) -> Vec<String> {
        let mut rules: Vec<String> = check(&format!("{HEAD}{table}"))
            .into_iter()
            .map(|it| it.rule)
            .filter(|rule| rule.starts_with("table-"))
            .collect();
        rules.dedup();
        rules
    }

    #[test]
    fn labels_cut_by_columns_that_are_none_leave_their_table_unread() {
        let torn = "| 一、本年 | 新收政府信<br>请数量 | 息公开申 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |
| 二、上年 | 结转政府信<br>请数量 | 息公开申 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| 三、本 | （一） | 予以公开 | 7 | 0 | 0 | 0 | 0 | 0 | 7 |
| 年度办<br>理结果 | （二）<br>（区分处 | 部分公开<br>理的，只 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |
| | （三） | 1.属于<br>国家秘<br>密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
";
        assert_eq!(told(torn), ["table-unreadable"]);
    }

    #[test]
    fn figures_of_two_columns_in_many_cells_leave_their_table_unread() {
        let torn = "| 1.属于国家秘密 | 9 1 | 0 0 | 0 0 | 10 |
| 2.其 | 9 1 | 0 0 | 0 0 | 10 |
| 3.危 | 0 0 | 0 0 | 0 0 | 0 |
| 7.属于行政执法案卷 | 9 1 | 0 0 | 0 0 | 10 |
";
        assert_eq!(told(torn), ["table-unreadable"]);
    }

    #[test]
    fn a_row_of_the_place_or_two_leave_the_others_read() {
        let table = "| 一、本年新收政府信息公开申请数量 | 9 | 0 | 0 | 0 | 0 | 0 | 8 |
| 网上申请 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |
| 来信申请 | 7 | 0 | 0 | 0 | 0 | 0 | 7 |
";
        let text = format!("{HEAD}{table}");
        assert!(hits(&text, "table-unreadable").is_empty());
        assert!(check(&text).iter().any(|it| it.words == "8"));
    }

    #[test]
    fn columns_that_are_none_between_all_values_are_passed_over() {
        let head = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n";
        let table = |second: &str| {
            format!("{head}| | 规章 | | 0 | | | 0 | | 0 | |\n| | 行政规范性文件 | | {second} | |\n")
        };
        let wide = table("1 | | | 2 | | 30");
        assert!(hits(&wide, "table-row-width").is_empty());
        assert!(hits(&wide, "table-cell-blank").is_empty());
        // A value more, or one less, and nothing is known.
        for row in ["1 | 4 | | 2 | | 30", "1 | | | | | 30"] {
            assert!(!hits(&table(row), "table-row-width").is_empty(), "{row}");
        }
    }
}
