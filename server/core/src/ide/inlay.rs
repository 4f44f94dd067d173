//! What a reader of a table cannot see: the column of a value where every cell has a line of its own, and what a total should be.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::relations::{Relations, Worked};
use crate::form::{CellIndex, Each, column_name};
use crate::report::{BoundTable, Fit, Place};
use crate::rules::show;
use crate::snapshot::{ReportView, Snapshot};
use crate::text::TextRange;

/// A text beside the document's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Where, in bytes of the document.
    pub offset: usize,
    /// What it says.
    pub label: String,
    /// More about it; may be empty.
    pub tooltip: String,
    /// What it is.
    pub kind: HintKind,
}

/// What a hint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintKind {
    /// The name of a column, before its value.
    Column,
    /// The sum of a total's parts, behind it.
    Sum,
}

/// Which kinds of hints are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HintKinds {
    /// [`HintKind::Column`].
    pub columns: bool,
    /// [`HintKind::Sum`].
    pub sums: bool,
}

impl Default for HintKinds {
    fn default() -> Self {
        Self { columns: true, sums: true }
    }
}

/// The hints within `range`, in the order of the text.
pub fn hints(snapshot: &Snapshot, range: Range<usize>, kinds: HintKinds) -> Vec<Hint> {
    let mut hints = Vec::new();
    for report in snapshot.reports().filter(|it| meets(&it.whole(), &range)) {
        for (part, table) in report.report.tables() {
            let of_table = report.range(Place::new(part, table.range));
            if table.unreadable.is_none() && meets(&of_table, &range) {
                let mut found = Found { report, part, table, hints: &mut hints };
                if kinds.columns {
                    found.columns();
                }
                if kinds.sums {
                    found.sums();
                }
            }
        }
    }
    hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    hints.sort_by_key(|hint| hint.offset);
    hints
}

fn meets(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}

struct Found<'a, 'h> {
    report: ReportView<'a>,
    part: usize,
    table: &'a BoundTable,
    hints: &'h mut Vec<Hint>,
}

impl Found<'_, '_> {
    /// Names before the values of rows that take several lines.
    fn columns(&mut self) {
        let spec = self.table.spec();
        for row in self.table.rows.iter().filter(|row| row.fit == Fit::Exact) {
            let Some((block, at)) = row.row else { continue };
            let columns = spec.blocks[block].columns.len();
            let first = spec.cell_at(block, at, 0);
            let cells = (0..columns)
                .filter_map(|column| Some((column, self.table.cell(first + column)?.range)));
            let cells: Vec<(usize, TextRange)> = cells.collect();
            if columns < 2 || !self.are_on_several_lines(&cells) {
                continue;
            }
            for (column, range) in cells {
                let label = column_name(&spec.blocks[block], column).into_owned();
                self.push(range.start, label, String::new(), HintKind::Column);
            }
        }
    }

    fn are_on_several_lines(&self, cells: &[(usize, TextRange)]) -> bool {
        let (Some((_, first)), Some((_, last))) = (cells.first(), cells.last()) else {
            return false;
        };
        let between = self.report.text(self.part).get(first.start as usize..last.start as usize);
        between.is_some_and(|text| text.contains(['\n', '\r']))
    }

    /// Sums behind totals. Where all is zero there is nothing to see.
    fn sums(&mut self) {
        let relations = Relations::new(self.report.snapshot().settings(), self.table);
        let mut totals: BTreeMap<CellIndex, Vec<(Worked<'_>, Decimal)>> = BTreeMap::new();
        for worked in relations.all() {
            let Some((total, parts)) = worked.total() else { continue };
            if let Some(sum) = relations.sum(&worked, parts) {
                totals.entry(total).or_default().push((worked, sum));
            }
        }
        for (total, sums) in totals {
            let Some(cell) = self.table.cell(total) else { continue };
            let stated = relations.figure(total);
            let is_zero = |figure: Decimal| figure.is_zero();
            if stated.is_none_or(is_zero) && sums.iter().all(|(_, sum)| sum.is_zero()) {
                continue;
            }
            let label = label(stated, &sums);
            let sentences = sums.iter().map(|(worked, _)| relations.sentence(worked, total));
            let tooltip = sentences.collect::<Vec<_>>().join("\n");
            self.push(cell.range.end, label, tooltip, HintKind::Sum);
        }
    }

    fn push(&mut self, at: u32, label: String, tooltip: String, kind: HintKind) {
        let place = Place::new(self.part, TextRange::empty(at as usize));
        self.hints.push(Hint { offset: self.report.range(place).start, label, tooltip, kind });
    }
}

/// Σ 233；差 +1. A total of a column that is also one of a row says which sum is which, where they are not the same.
fn label(stated: Option<Decimal>, sums: &[(Worked<'_>, Decimal)]) -> String {
    let residual = |sum: Decimal| match stated.and_then(|stated| stated.checked_sub(sum)) {
        Some(residual) if residual.is_zero() => String::new(),
        Some(residual) if residual.is_sign_negative() => format!(" 差 {}", show(residual)),
        Some(residual) => format!(" 差 +{}", show(residual)),
        None => String::new(),
    };
    if let [(_, first), rest @ ..] = sums
        && rest.iter().all(|(_, sum)| sum == first)
    {
        return format!("Σ {}{}", show(*first), residual(*first));
    }
    let each = sums.iter().map(|(worked, sum)| {
        let of = match worked.relation.each {
            Each::Column => "列",
            Each::Row => "行",
            Each::Table => "",
        };
        format!("{of}Σ {}{}", show(*sum), residual(*sum))
    });
    each.collect::<Vec<_>>().join("，")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, snapshot};

    /// The text with its hints between ‹ and ›, lines without one left out.
    fn shown(text: &str, range: Range<usize>, kinds: HintKinds) -> String {
        let snapshot = snapshot(text);
        let mut text = text.to_owned();
        for hint in hints(&snapshot, range, kinds).iter().rev() {
            text.insert_str(hint.offset, &format!("‹{}›", hint.label));
        }
        text.lines().filter(|line| line.contains('‹')).map(|line| format!("{line}\n")).collect()
    }

    const NEW: &str = "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
    const TOTAL: &str = "（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";

    #[test]
    fn a_total_shows_its_sum_and_the_difference() {
        let text = changed(&[
            (NEW, "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |"),
            ("3.其他 | 0 |", "3.其他 | 5 |"),
            (TOTAL, "（七）总计 | 6 | 0 | 0 | 0 | 0 | 0 |  |"),
        ]);
        let shown = shown(&text, 0..text.len(), HintKinds::default());
        let expected = "\
            一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 6‹Σ 6› |\n\
            3.其他 | 5 | 0 | 0 | 0 | 0 | 0 | 0‹Σ 5 差 -5› |\n\
            （七）总计 | 6‹Σ 5 差 +1› | 0 | 0 | 0 | 0 | 0 |‹列Σ 0，行Σ 6›  |\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_value_on_a_line_of_its_own_shows_its_column() {
        let row = "规章 | 0 | 0 | 0 |";
        let text = changed(&[(row, "规章 |\n0 |\n1 |\n2 |")]);
        let kinds = HintKinds { columns: true, sums: false };
        assert_eq!(
            shown(&text, 0..text.len(), kinds),
            "‹本年制发件数›0 |\n‹本年废止件数›1 |\n‹现行有效件数›2 |\n"
        );
    }

    #[test]
    fn kinds_are_switched_and_the_range_is_kept_to() {
        let text = changed(&[
            ("规章 | 0 | 0 | 0 |", "规章 |\n0 |\n1 |\n2 |"),
            (NEW, "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |"),
        ]);
        let (all, none) = (0..text.len(), HintKinds { columns: false, sums: false });
        assert_eq!(shown(&text, all.clone(), none), "");
        let sums = HintKinds { columns: false, sums: true };
        assert_eq!(shown(&text, all, sums).lines().count(), 1);
        let at = text.find("1 |\n2").expect("the second value");
        assert_eq!(shown(&text, at..at + 1, HintKinds::default()), "‹本年废止件数›1 |\n");
    }
}
