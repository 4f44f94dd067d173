//! Rows whose label does not name them, where they stand does: labels wrapped beyond recognition, and those that a page's end parts from their values.

use std::mem;
use std::ops::Range;

use super::assign::{self, Entry, Instance};
use super::{Candidate, NamedRun, Page};
use crate::report::fold::fold;
use crate::report::lexicon::RowRef;
use crate::syntax::Shape;

/// Characters of a label's beginning or end that tell it, where its place says which it should be.
const SHORTEST: usize = 2;

/// Gives rows without a name that stand between two rows the names that the form has there.
pub(super) fn place(page: &Page<'_>, candidate: Candidate<'_>, instance: &mut Instance) {
    if instance.entries.iter().all(|entry| entry.row.is_some()) {
        return;
    }
    let order: Vec<(usize, usize)> =
        candidate.spec.rows().map(|(block, row, _)| (block, row)).collect();
    let places = Places { page, candidate, order };
    places.meet_labels(instance);
    places.fill_between(instance);
}

struct Places<'p, 'a> {
    page: &'p Page<'a>,
    candidate: Candidate<'p>,
    /// The table's rows.
    order: Vec<(usize, usize)>,
}

impl Places<'_, '_> {
    /// A page ends within a row: its values stand on the one, `| | | 12 | 0 | … |`, its label on the other, `| | 6.属于四类过程性信息 | | | … |`.
    fn meet_labels(&self, instance: &mut Instance) {
        let entries = &instance.entries;
        let lone = |at: Option<usize>| {
            let entry = entries.get(at?).filter(|it| self.page.runs[it.run].filled == 0)?;
            self.ordinal(entry)
        };
        let ordinal = |at: Option<usize>| entries.get(at?).and_then(|it| self.ordinal(it));
        let met = |at: usize| {
            let (before, behind) = (at.checked_sub(1), Some(at + 1));
            let goes_on = |one: Option<usize>, other: Option<usize>| {
                one.zip(other).is_some_and(|(one, other)| one + 1 == other)
            };
            let above = lone(before).filter(|_| goes_on(lone(before), ordinal(behind)));
            let below = lone(behind).filter(|_| goes_on(ordinal(before), lone(behind)));
            match (above, below) {
                (Some(row), None) => Some((row, at - 1)),
                (None, Some(row)) => Some((row, at + 1)),
                _ => None,
            }
        };
        let is_wordless = |at: &usize| {
            let run = &self.page.runs[entries[*at].run];
            entries[*at].row.is_none() && self.in_line(run) && self.says_groups_alone(run)
        };
        let found = (0..entries.len()).filter(is_wordless).filter_map(|at| Some((at, met(at)?)));
        let whole = |(at, (row, _)): &(usize, (usize, usize))| self.is_whole(&entries[*at], *row);
        let found: Vec<(usize, (usize, usize))> = found.filter(whole).collect();
        if found.is_empty() {
            return;
        }
        let mut gone = vec![false; entries.len()];
        for (at, (row, label)) in found {
            if !mem::replace(&mut gone[label], true) {
                instance.entries[at].row = Some(self.order[row]);
            }
        }
        let mut gone = gone.into_iter();
        instance.entries.retain(|_| gone.next() != Some(true));
    }

    /// Where as many nameless rows stand between two rows as the form has, they are those. Among bare lines a wrapped label may be beyond recognition; in
    /// a grid its row must begin or end as that label does, or say nothing.
    fn fill_between(&self, instance: &mut Instance) {
        let known: Vec<usize> =
            (0..instance.entries.len()).filter(|&at| instance.entries[at].row.is_some()).collect();
        for pair in known.windows(2) {
            let ends = (
                self.ordinal(&instance.entries[pair[0]]),
                self.ordinal(&instance.entries[pair[1]]),
            );
            let (Some(first), Some(last)) = ends else { continue };
            let between = pair[0] + 1..pair[1];
            let fits = |(at, row): (usize, usize)| self.fits(&instance.entries[at], row);
            let due = || between.clone().zip(first + 1..last);
            if last > first && last - first - 1 == between.len() && due().all(fits) {
                for (at, row) in due() {
                    instance.entries[at].row = Some(self.order[row]);
                }
            }
        }
    }

    fn fits(&self, entry: &Entry, row: usize) -> bool {
        let run = &self.page.runs[entry.run];
        let is_text = |shape| matches!(shape, Shape::Spaced | Shape::Bare);
        let is_bare = self.page.values(entry.run).first().is_some_and(|it| is_text(it.shape));
        self.is_whole(entry, row)
            && ((is_bare && self.columns(row) > 1)
                || self.is_piece(run, row)
                || (self.in_line(run) && self.says_groups_alone(run)))
    }

    fn is_whole(&self, entry: &Entry, row: usize) -> bool {
        assign::width(self.page, entry.run) == self.columns(row)
    }

    fn columns(&self, row: usize) -> usize {
        self.candidate.spec.blocks[self.order[row].0].columns.len()
    }

    /// Do the last words before the values begin or end the label of `row`?
    fn is_piece(&self, run: &NamedRun<'_>, row: usize) -> bool {
        let tokens = &self.page.tokens;
        let Candidate { form, table, .. } = self.candidate;
        let (block, row) = self.order[row];
        let Some(last) = tokens.labels_before(run.run.context.clone()).next() else { return false };
        let label = RowRef { form, table, block, row, weak: false };
        let words = tokens.fold(last);
        let label = fold(self.page.source.lexicon.row_label(label));
        words.chars().count() >= SHORTEST && (label.starts_with(words) || label.ends_with(words))
    }

    /// Nothing before its values in their line but labels of groups?
    fn says_groups_alone(&self, run: &NamedRun<'_>) -> bool {
        let tokens = &self.page.tokens;
        let line = tokens.list[run.run.values.start].line;
        let own = |at: &usize| tokens.list[*at].line == line;
        let mut words = tokens.labels_before(run.run.context.clone()).take_while(own);
        words.all(|at| self.page.source.lexicon.group(tokens.fold(at)).is_some())
    }

    fn in_line(&self, run: &NamedRun<'_>) -> bool {
        let Range { start, .. } = run.run.values;
        let token = self.page.tokens.list.get(start);
        token.is_some_and(|it| matches!(it.shape, Shape::Piped | Shape::Tabbed))
    }

    fn ordinal(&self, entry: &Entry) -> Option<usize> {
        let row = entry.row?;
        self.order.iter().position(|it| *it == row)
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, hits};

    const HEAD: &str =
        "青石县水利局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n";

    /// Rows of refusals, the sixth as `broken`, and their total by the row's own figures.
    fn refused(broken: &str) -> String {
        format!(
            "{HEAD}
| | | 5.属于三类内部事务信息 | 4 | 0 | 2 | 0 | 1 | 1 | 8 |
{broken}
| | | 7.属于行政执法案卷 | 3 | 0 | 0 | 1 | 2 | 5 | 11 |
"
        )
    }

    /// What is said of the sum of the sixth row, whose figures make 17, where its total is 18.
    fn sums(broken: &str) -> usize {
        hits(&refused(&broken.replace("17", "18")), "requests-row-total").len()
    }

    fn is_said(text: &str, words: &str) -> bool {
        let rules = ["table-row-unknown", "table-row-missing", "table-cell-blank"];
        check(text).iter().any(|it| rules.contains(&it.rule.as_str()) && it.message.contains(words))
    }

    #[test]
    fn a_row_is_one_where_a_page_ends_within_it() {
        for broken in [
            "| （三）不予公开 | | | 12 | 0 | 0 | 0 | 5 | 0 | 17 |\n|---|---|---|\n| | | 6.属于四类过程性信息 | | | | | | | |",
            "| | | 6.属于四类过程性信息 | | | | | | | |\n| | | | 12 | 0 | 0 | 0 | 5 | 0 | 17 |",
            "| | | 6.属于四类 | 12 | 0 | 0 | 0 | 5 | 0 | 17 |\n| | | | | | | | | | |\n| （三）不予公开 | | 过程性信息 | | | | | | | |",
            "| | | 6.属于四类 | | | | | | | |\n| （三）不予公开 | | 过程性信息 | 12 | 0 | 0 | 0 | 5 | 0 | 17 |",
            "6.属于四类过\n\n|Col1|Col2|程性信息|12|0|0|0|5|0|17|\n|---|---|---|",
            "||（三）<br>不予公开||12|0|0|0|5|0|17|\n\n|Col1|Col2|6.属于四<br>类过程<br>性信息|Col4|Col5|Col6|Col7|Col8|Col9|Col10|\n|---|---|",
        ] {
            assert!(!is_said(&refused(broken), "6."), "{broken}");
            assert_eq!(sums(broken), 1, "{broken}");
        }
    }

    #[test]
    fn a_row_of_the_place_is_not_the_one_that_lacks() {
        let own = "| | | 涉及商业秘密 | 12 | 0 | 0 | 0 | 5 | 0 | 17 |";
        assert_eq!(sums(own), 0);
        assert!(is_said(&refused(own), "涉及商业秘密"));
        // Two rows without words for one that is due.
        let twice = "| | | | 12 | 0 | 0 | 0 | 5 | 0 | 17 |\n| | | | 12 | 0 | 0 | 0 | 5 | 0 | 17 |";
        assert_eq!(sums(twice), 0);
    }

    #[test]
    fn labels_in_a_narrow_column_are_told_by_their_place() {
        let head = "青石县水利局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n";
        let table = "规章  0  0  0\n行政规范性文件  1  0  2\n行政许\n   8832\n可\n行政处\n   553\n罚\n行政强\n   79.5\n制\n行政事业性收费  0\n";
        let text = format!("{head}{table}");
        assert!(hits(&text, "table-row-missing").is_empty());
        assert_eq!(hits(&text, "table-cell-not-integer")[0].words, "79.5");
    }
}
