//! Tables of a PDF that a converter cut beside the words: labels in pieces that are no row's, the figures of two columns in one cell.

use super::Page;
use super::assign::Instance;
use super::fit::{Place, Row};
use crate::form::Table;
use crate::syntax::Shape;

/// One or two rows that the form does not know may be rows of the place's own, or misspelt.
const FEWEST: usize = 3;

/// As many rows without a name as there are rows of the form that were not found, or more: those are these, and nobody knows which is which. With them
/// counts a row in which the figures of two columns share a cell.
pub(super) fn is_torn(page: &Page<'_>, spec: &Table, instance: &Instance) -> bool {
    let columns = spec.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    let known = || instance.entries.iter().filter(|entry| entry.row.is_some() && !entry.duplicate);
    let missing = spec.rows().count().saturating_sub(known().count());
    let row = |run: usize| Row::new(page.values(run), false);
    let blurred = known()
        .filter(|it| matches!(it.place, Place::Width(_)) && row(it.run).is_blurred(columns))
        .count();
    if columns < 2 || missing == 0 || blurred + missing < FEWEST {
        return false;
    }
    let is_nameless = |run: &usize| {
        let it = &page.runs[*run];
        let in_line = || matches!(page.values(*run)[0].shape, Shape::Piped | Shape::Tabbed);
        let says = || row(*run).is_whole(columns) || row(*run).is_blurred(columns);
        !it.hollow && it.named.rows.is_empty() && it.filled > 0 && in_line() && says()
    };
    let nameless = (0..page.runs.len()).filter(is_nameless).count();
    blurred + nameless >= FEWEST && (nameless <= missing || blurred >= FEWEST)
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
