//! In a table's cell: the figure that the relations give.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cursor::{Cursor, is_separator};
use super::{Completion, CompletionKind};
use crate::form::{CellIndex, Comparison, Each, Equation, ValueKind};
use crate::ide::relations::{Relations, Worked};
use crate::ide::target::CellAt;
use crate::report::{BoundRow, BoundTable, Fit, Value};
use crate::rules::{beside, forced_values, show};

/// Terms in the line beside a figure; the documentation has them all.
const SHOWN: usize = 6;

/// The figures for the cell at the cursor; `None` outside of cells.
pub(super) fn complete(cursor: &Cursor<'_>) -> Option<Vec<Completion>> {
    if let Some(at) = CellAt::find(cursor.spot) {
        return Some(bound(cursor, &at));
    }
    let (table, row, column) = half_written(cursor)?;
    let (block, at) = row.row?;
    let target = table.spec().cell_at(block, at, column);
    let relations = Relations::new(cursor.snapshot.settings(), table);
    let first = table.spec().cell_at(block, at, 0);
    // The figures of the row so far, which no column has yet.
    let known = |cell: CellIndex| match cell.checked_sub(first) {
        Some(column) if column < row.values.len() => row.values[column].value.number(),
        _ => relations.figure(cell),
    };
    let figures = Figures { table, relations: &relations, target };
    let found = figures.solve(relations.of(target).filter(|it| figures.is_total(it)), known);
    Some(found.into_iter().map(|figure| figure.offer(cursor, None)).collect())
}

fn bound(cursor: &Cursor<'_>, at: &CellAt<'_>) -> Vec<Completion> {
    let (table, target) = (at.table, at.index);
    let relations = Relations::new(cursor.snapshot.settings(), table);
    let figures = Figures { table, relations: &relations, target };
    let blank = at.cell.value == Value::Blank;
    let asked = relations.of(target).filter(|worked| blank || figures.is_total(worked));
    let mut found = figures.solve(asked, |cell| relations.figure(cell));
    if blank && found.is_empty() {
        let is_blank = |cell| table.cell(cell).is_some_and(|it| it.value == Value::Blank);
        match forced_values(table, is_blank).get(&target) {
            Some(forced) => found.push(Figure {
                value: forced.value,
                detail: "由表内关系推出".to_owned(),
                reasons: vec!["表内的几条关系依次推出这个数".to_owned()],
            }),
            None if cursor.situation.invoked => found.push(Figure {
                value: Decimal::ZERO,
                detail: "没有的填 0".to_owned(),
                reasons: Vec::new(),
            }),
            None => {}
        }
    }
    let cell = (!blank).then(|| at.cell.range.to_range());
    found.into_iter().map(|figure| figure.offer(cursor, cell.clone())).collect()
}

/// A row that is being written: its label and some figures stand there, a separator behind them, and the cursor. With the column that is next.
fn half_written<'a>(cursor: &Cursor<'a>) -> Option<(&'a BoundTable, &'a BoundRow, usize)> {
    let rows = cursor.tables().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let on_line = |row: &BoundRow| {
        cursor.line.start <= row.range.start as usize && row.range.end as usize <= cursor.at
    };
    let (table, row) = rows.filter(|(_, row)| on_line(row)).last()?;
    let columns = table.spec().blocks[row.row?.0].columns.len();
    let written = match row.fit {
        Fit::Width { found, expected } if found < expected => row.values.len(),
        Fit::Empty => 0,
        _ => return None,
    };
    // Blanks before the figures are spans of labels, and nobody knows how many.
    if row.values.first().is_some_and(|cell| cell.value == Value::Blank) || written >= columns {
        return None;
    }
    let between = &cursor.text[row.range.end as usize..cursor.at];
    let separators = between.matches(['|', '\t']).count();
    (separators == 1 && between.chars().all(is_separator)).then_some((table, row, written))
}

struct Figures<'a, 'r> {
    table: &'a BoundTable,
    relations: &'r Relations<'a>,
    target: CellIndex,
}

/// A cell that is added or taken off.
struct Term {
    cell: CellIndex,
    figure: Decimal,
    minus: bool,
}

/// A figure with what gives it.
struct Figure {
    value: Decimal,
    detail: String,
    reasons: Vec<String>,
}

impl Figures<'_, '_> {
    fn is_total(&self, worked: &Worked<'_>) -> bool {
        worked.total().is_some_and(|(total, _)| total == self.target)
    }

    /// The figures that relations give, the one that most of them give first.
    fn solve<'w>(
        &self,
        asked: impl Iterator<Item = Worked<'w>>,
        known: impl Fn(CellIndex) -> Option<Decimal>,
    ) -> Vec<Figure> {
        let mut found: BTreeMap<Decimal, Figure> = BTreeMap::new();
        for worked in asked {
            let Some((value, detail, reason)) = self.of(&worked, &known) else { continue };
            let figure =
                found.entry(value).or_insert_with(|| Figure { value, detail, reasons: Vec::new() });
            figure.reasons.push(reason);
        }
        let mut found: Vec<Figure> = found.into_values().collect();
        found.sort_by_key(|figure| std::cmp::Reverse(figure.reasons.len()));
        found
    }

    /// What one relation gives: the value, and how it is made in few words and in many.
    fn of(
        &self,
        worked: &Worked<'_>,
        known: &impl Fn(CellIndex) -> Option<Decimal>,
    ) -> Option<(Decimal, String, String)> {
        // A row that the form does not have may be a term.
        self.relations.sum(worked, &[])?;
        if worked.relation.comparison != Comparison::Equal {
            return None;
        }
        let is_left = worked.equation.left.contains(&self.target);
        let (value, terms) = self.work_out(worked.equation, is_left, known)?;
        fits(self.kind(), value).then(|| {
            let name = self.name(worked, is_left);
            (value, detail(&name, &terms), self.reason(worked, &name, value, &terms))
        })
    }

    /// The other side less the rest of the own side, with the terms that are not zero.
    fn work_out(
        &self,
        equation: &Equation,
        is_left: bool,
        known: &impl Fn(CellIndex) -> Option<Decimal>,
    ) -> Option<(Decimal, Vec<Term>)> {
        let (left, right) = (&equation.left, &equation.right);
        let (own, other) = if is_left { (left, right) } else { (right, left) };
        let added = other.iter().map(|&cell| (cell, false));
        let rest = own.iter().filter(|&&cell| cell != self.target).map(|&cell| (cell, true));
        let (mut value, mut terms) = (Decimal::ZERO, Vec::new());
        for (cell, minus) in added.chain(rest) {
            let figure = known(cell)?;
            value = if minus { value.checked_sub(figure)? } else { value.checked_add(figure)? };
            if !figure.is_zero() {
                terms.push(Term { cell, figure, minus });
            }
        }
        Some((value, terms))
    }

    /// What the figure is called: a total by its terms, a term by the relation.
    fn name(&self, worked: &Worked<'_>, is_left: bool) -> String {
        let relation = worked.relation;
        match (self.is_total(worked), is_left) {
            (true, true) => relation.right.clone(),
            (true, false) => relation.left.clone(),
            _ => format!("{}＝{}", relation.left, relation.right),
        }
    }

    fn reason(&self, worked: &Worked<'_>, name: &str, value: Decimal, terms: &[Term]) -> String {
        let scope = match worked.relation.each {
            Each::Column => "本列：",
            Each::Row => "本行：",
            Each::Table => "",
        };
        if terms.is_empty() {
            return format!("{scope}{name}：其余各项都是 0");
        }
        let spec = self.table.spec();
        let named = terms.iter().map(|term| {
            (format!("{} {}", beside(spec, self.target, term.cell), show(term.figure)), term.minus)
        });
        format!("{scope}{name}：{}＝{}", joined(named), show(value))
    }

    fn kind(&self) -> &ValueKind {
        let spec = self.table.spec();
        let (block, _, column) = spec.locate(self.target);
        &spec.blocks[block].columns[column].values
    }
}

fn detail(name: &str, terms: &[Term]) -> String {
    if terms.is_empty() {
        return name.to_owned();
    }
    let plain = terms.iter().take(SHOWN).map(|term| (show(term.figure), term.minus));
    let more = if terms.len() > SHOWN { "…" } else { "" };
    format!("{name}：{}{more}", joined(plain))
}

impl Figure {
    /// `cell` is the figure that stands there; a blank cell has none.
    fn offer(self, cursor: &Cursor<'_>, cell: Option<std::ops::Range<usize>>) -> Completion {
        let value = show(self.value);
        let (sides, text) = match cell {
            Some(cell) => {
                let sides =
                    (cursor.at.saturating_sub(cell.start), cell.end.saturating_sub(cursor.at));
                (sides, value.clone())
            }
            None => into_blank(cursor, &value),
        };
        let mut offer = cursor.offer(CompletionKind::Figure, value, sides, text);
        offer.detail = self.detail;
        offer.documentation = self.reasons.join("\n");
        offer
    }
}

/// Terms with their signs: 6－5.
fn joined(terms: impl Iterator<Item = (String, bool)>) -> String {
    let mut text = String::new();
    for (term, minus) in terms {
        if minus {
            text.push('－');
        } else if !text.is_empty() {
            text.push('＋');
        }
        text.push_str(&term);
    }
    text
}

/// The bytes around the cursor that a figure takes in a blank cell, and its text: between pipes it gets blanks and takes none of the cell's width.
fn into_blank(cursor: &Cursor<'_>, figure: &str) -> ((usize, usize), String) {
    let is_blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{a0}');
    let (before, behind) = (cursor.before(), cursor.behind());
    let left = before.trim_end_matches(is_blank);
    let right = behind.trim_start_matches(is_blank);
    let room =
        before[left.len()..].chars().count() + behind[..behind.len() - right.len()].chars().count();
    let written = before.len() - left.len();
    let pad = if written == 0 && left.ends_with('|') { " " } else { "" };
    let used = before[left.len()..].chars().count() + pad.len() + figure.len();
    let blanks = match right.chars().next() {
        Some('|') => room.saturating_sub(used).max(1),
        _ => 0,
    };
    ((0, behind.len() - right.len()), format!("{pad}{figure}{}", " ".repeat(blanks)))
}

fn fits(kind: &ValueKind, value: Decimal) -> bool {
    match kind {
        ValueKind::Count => value >= Decimal::ZERO && value.is_integer(),
        ValueKind::Change => value.is_integer(),
        ValueKind::Amount { .. } => value >= Decimal::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, first, listed, quiet};
    use crate::ide::testing::changed;

    const NEW: &str = "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";

    const OUT: &str = "四、结转下年度继续办理 | 0 | 0 |";

    fn row(figures: &str) -> String {
        changed(&[(NEW, &format!("一、本年新收政府信息公开申请数量{figures}"))])
    }

    #[test]
    fn a_total_is_offered_with_its_terms() {
        let text = row(" | 5 | 1 | 0 | 0 | 0 | 0 | 7$0 |");
        let offer = first(&text);
        assert_eq!(offer.label, "6");
        assert_eq!(offer.detail, "各类申请人之和：5＋1");
        assert_eq!(offer.documentation, "本行：各类申请人之和：自然人 5＋商业企业 1＝6");
        assert_eq!(accepted(&text, "6"), row(" | 5 | 1 | 0 | 0 | 0 | 0 | 6 |"));
    }

    #[test]
    fn two_sums_of_one_cell_are_both_offered() {
        let text = changed(&[
            (NEW, "一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |"),
            (
                "（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "（一）予以公开 | 4 | 0 | 0 | 0 | 0 | 0 | 4 |",
            ),
            (
                "（七）总计 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "（七）总计 | 5 | 0 | 0 | 0 | 0 | 0 | 9$0 |",
            ),
        ]);
        assert_eq!(listed(&text), ["4 办理结果分项之和：4", "5 各类申请人之和：5"]);
    }

    #[test]
    fn a_blank_cell_has_the_forced_value() {
        let report = |cell: &str| {
            let new = format!("一、本年新收政府信息公开申请数量 | 5{cell}0 | 0 | 0 | 0 | 6 |");
            // One was carried out, so the column gives the same figure as the row.
            changed(&[(NEW, &new), (OUT, "四、结转下年度继续办理 | 0 | 1 |")])
        };
        for (cell, filled) in [
            (" |  $0| ", " |  1 | "),
            (" |$0| ", " | 1 | "),
            (" | $0  | ", " | 1 | "),
            (" |$0    | ", " | 1  | "),
        ] {
            let text = report(cell);
            let offer = first(&text);
            assert_eq!(offer.label, "1", "{cell}");
            assert_eq!(offer.documentation.lines().count(), 2, "{}", offer.documentation);
            assert!(
                offer.documentation.ends_with("本行：各类申请人之和＝总计：总计 6－自然人 5＝1")
            );
            assert_eq!(accepted(&text, "1"), report(filled), "{cell}");
        }
    }

    #[test]
    fn relations_that_disagree_are_both_offered() {
        let text = row(" | 5 | $0 | 0 | 0 | 0 | 0 | 6 |");
        assert_eq!(
            listed(&text),
            ["0 本年新收＋上年结转＝（七）总计＋结转下年度", "1 各类申请人之和＝总计：6－5"]
        );
    }

    #[test]
    fn a_blank_cell_about_which_nothing_is_known_may_be_zero() {
        let text = changed(&[("规章 | 0 | 0 | 0 |", "规章 |  $0| 0 | 0 |")]);
        assert_eq!(listed(&text), ["0 没有的填 0"]);
        assert!(quiet(&text).is_empty());
    }

    #[test]
    fn a_row_that_is_being_written_gets_its_total() {
        assert_eq!(listed(&row(" | 5 | 1 | 0 | 0 | 0 | 2 | $0")), ["8 各类申请人之和：5＋1＋2"]);
        assert_eq!(
            accepted(&row(" | 5 | 1 | 0 | 0 | 0 | 2 |$0"), "8"),
            row(" | 5 | 1 | 0 | 0 | 0 | 2 | 8")
        );
        assert!(listed(&row(" | 5 | 1 | 0 | $0")).is_empty());
        assert!(listed(&row(" | 5 | $0 | 0 | 0 | 0 | 2 |")).is_empty());
    }

    #[test]
    fn figures_of_the_author_are_no_business_of_ours() {
        assert!(listed(&row(" | 5$0 | 1 | 0 | 0 | 0 | 0 | 7 |")).is_empty());
    }

    #[test]
    fn what_a_strange_row_may_add_to_is_not_computed() {
        let text = changed(&[
            ("（二）部分公开", "（一之一）转送 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n（二）部分公开"),
            ("（七）总计 | 0 |", "（七）总计 | 1$0 |"),
        ]);
        assert!(listed(&text).is_empty(), "{:?}", listed(&text));
    }
}
