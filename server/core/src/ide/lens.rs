//! Over every table: how many of its relations hold.

use std::ops::Range;

use super::relations::{Relations, Standing, Worked};
use crate::report::{BoundTable, Place};
use crate::snapshot::{ReportView, Snapshot};
use crate::text::TextRange;

/// A table with relations.
#[derive(Clone, Copy)]
pub struct TableAt<'a> {
    report: ReportView<'a>,
    part: usize,
    table: &'a BoundTable,
}

/// What is said over a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// How many relations hold.
    pub title: String,
    /// The total of the first relation that does not hold, in bytes of the document.
    pub broken: Option<Range<usize>>,
}

/// The readable tables with relations that are switched on, in the order of the text.
pub fn tables_with_relations(snapshot: &Snapshot) -> impl Iterator<Item = TableAt<'_>> {
    snapshot.reports().flat_map(|report| {
        report.report.tables().map(move |(part, table)| TableAt { report, part, table }).filter(
            move |it| Relations::new(report.snapshot().settings(), it.table).all().next().is_some(),
        )
    })
}

impl TableAt<'_> {
    /// Where the table begins, in bytes of the document.
    pub fn start(&self) -> usize {
        self.report.range(Place::new(self.part, self.table.range)).start
    }

    /// How many relations hold, and where the first one that does not stands.
    pub fn lens(&self) -> Lens {
        let relations = Relations::new(self.report.snapshot().settings(), self.table);
        let (mut all, mut broken, mut unknown, mut ignored, mut first) = (0, 0, 0, 0, None);
        for worked in relations.all() {
            all += 1;
            match worked.standing {
                Standing::Holds => {}
                Standing::Unknown => unknown += 1,
                Standing::Broken if self.is_ignored(&worked) => ignored += 1,
                Standing::Broken => {
                    broken += 1;
                    first.get_or_insert(worked.equation.total);
                }
            }
        }
        let mut title = format!("勾稽关系 {all} 条");
        let mut say = |count: usize, words: &str| {
            if count > 0 {
                title.push_str(&format!("，{}", words.replace("{}", &count.to_string())));
            }
        };
        say(broken, "有 {} 条不成立");
        say(ignored, "{} 条已忽略");
        say(unknown, "{} 条缺数无法核对");
        match (broken, ignored + unknown) {
            (0, 0) => title.push_str("全部成立"),
            (0, _) => title.push_str("，其余成立"),
            _ => {}
        }
        let range = first.and_then(|cell| Some(self.table.cell(cell)?.range));
        let broken = range.map(|range: TextRange| self.report.range(Place::new(self.part, range)));
        Lens { title, broken }
    }

    /// Is its rule turned off where its total stands?
    fn is_ignored(&self, worked: &Worked<'_>) -> bool {
        let registry = self.report.snapshot().settings().engine().registry();
        let rule = registry.find(&worked.relation.id);
        let total = self.table.cell(worked.equation.total);
        rule.zip(total).is_some_and(|(rule, total)| {
            self.report.suppresses(rule, Place::new(self.part, total.range))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, snapshot, words};

    fn shown(changes: &[(&str, &str)]) -> Vec<(String, String)> {
        let snapshot = snapshot(&changed(changes));
        let lens = |table: TableAt<'_>| {
            let lens = table.lens();
            (lens.title, lens.broken.map(|range| words(&snapshot, &range)).unwrap_or_default())
        };
        tables_with_relations(&snapshot).map(lens).collect()
    }

    #[test]
    fn a_table_counts_its_relations() {
        let said: Vec<String> = shown(&[]).into_iter().map(|(title, _)| title).collect();
        assert_eq!(
            said,
            ["勾稽关系 2 条全部成立", "勾稽关系 39 条全部成立", "勾稽关系 3 条全部成立"]
        );
    }

    #[test]
    fn what_does_not_hold_is_counted_and_shown() {
        let changes = [
            ("（七）总计 | 0 | 0 |", "（七）总计 | 62 | 0 |"),
            ("1.属于国家秘密 | 0 | 0 |", "1.属于国家秘密 | 0 |  |"),
        ];
        let said = &shown(&changes)[1];
        // Both sums of the column and the row of the total; the blank's column and row are open.
        assert_eq!(said.0, "勾稽关系 39 条，有 3 条不成立，2 条缺数无法核对");
        assert_eq!(said.1, "62");
    }
    #[test]
    fn what_is_ignored_is_not_called_broken() {
        let row = "（七）总计 | 0 | 0 |";
        let broken = "（七）总计 | 62 | 0 |";
        let mark = |rules: &str| format!("<!-- gouji-ignore {rules}: 测试 -->\n{broken}");
        let said = |new: &str| shown(&[(row, new)])[1].clone();
        assert_eq!(said(broken).0, "勾稽关系 39 条，有 3 条不成立");
        let (title, first) = said(&mark("requests-results-total"));
        assert_eq!(title, "勾稽关系 39 条，有 2 条不成立，1 条已忽略");
        assert_eq!(first, "62");
        let all = "requests-results-total, requests-balance, requests-row-total";
        assert_eq!(
            said(&mark(all)),
            ("勾稽关系 39 条，3 条已忽略，其余成立".to_owned(), String::new())
        );
        let blank = [("1.属于国家秘密 | 0 | 0 |", "1.属于国家秘密 | 0 |  |")];
        assert_eq!(shown(&blank)[1].0, "勾稽关系 39 条，2 条缺数无法核对，其余成立");
    }
}
