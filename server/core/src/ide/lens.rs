//! Over every table: how many of its relations hold.

use std::ops::Range;

use super::relations::{Relations, Standing};
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
        let (mut all, mut broken, mut unknown, mut first) = (0, 0, 0, None);
        for worked in relations.all() {
            all += 1;
            match worked.standing {
                Standing::Holds => {}
                Standing::Unknown => unknown += 1,
                Standing::Broken => {
                    broken += 1;
                    first.get_or_insert(worked.equation.total);
                }
            }
        }
        let mut title = format!("勾稽关系 {all} 条");
        match (broken, unknown) {
            (0, 0) => title.push_str("全部成立"),
            (0, unknown) => title.push_str(&format!("，{unknown} 条缺数无法核对，其余成立")),
            (broken, 0) => title.push_str(&format!("，有 {broken} 条不成立")),
            (broken, unknown) => {
                title.push_str(&format!("，有 {broken} 条不成立，{unknown} 条缺数无法核对"));
            }
        }
        let range = first.and_then(|cell| Some(self.table.cell(cell)?.range));
        let broken = range.map(|range: TextRange| self.report.range(Place::new(self.part, range)));
        Lens { title, broken }
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
}
