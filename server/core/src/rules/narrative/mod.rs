//! Whether the running text agrees with the tables and with itself.

mod amounts_said;
mod beside;
mod claim_against_cell;
mod claims_agree;
mod denial;
mod full_rate;
mod growth;
mod listed_titles;
mod listing;
mod parts;
mod parts_by_word;
mod parts_over_semicolons;
mod reach;
mod share_of_cells;
mod shares;
mod shares_of_whole;
mod stated;
mod sum_mismatch;
mod sum_spec;
mod tally;
#[cfg(test)]
mod tests;
mod total_before;
mod total_behind;
mod undiscussed;

pub(super) use amounts_said::{AMOUNT_SAID, AMOUNTS_IN_ORDER};
pub(super) use claim_against_cell::CLAIM_AGAINST_CELL;
pub(super) use claims_agree::CLAIMS_AGREE;
pub(super) use denial::DENIAL_AGAINST_CELLS;
pub(super) use full_rate::FULL_RATE;
pub(super) use growth::GROWTH_OF_COUNTS;
pub(super) use listed_titles::LISTED_TITLES;
pub(super) use parts_by_word::PARTS_BY_WORD;
pub(super) use reach::CELLS_REACH;
pub(super) use share_of_cells::SHARE_OF_CELLS;
pub(super) use shares::SHARE_OF_TOTAL;
pub(super) use shares_of_whole::SHARES_OF_WHOLE;
pub(super) use sum_mismatch::TOTAL_OF_PARTS;
pub(super) use tally::TALLY_AGAINST_CELL;
pub(super) use undiscussed::CELLS_UNDISCUSSED;

use std::ops::Range;

use rust_decimal::Decimal;

use crate::form::{CellIndex, Form, TableIndex};
use crate::report::{BoundTable, Figure};
use crate::rules::LineCx;
use crate::rules::ReportCx;

/// What ends a clause. 、 does not: it joins what is spoken of together.
const CLAUSE_ENDS: &[char] =
    &['。', '；', ';', '，', ',', '：', ':', '！', '？', '（', '(', '）', ')', '\n', '\t', '|'];

/// The table that holds cells of `form`'s table `at`, with the index of its part; `None` when it is not there or follows another form, whose
/// cells have other indexes.
fn table_of<'r>(cx: &ReportCx<'r>, form: &Form, at: TableIndex) -> Option<(usize, &'r BoundTable)> {
    let mut own = cx.tables().filter(|(_, table)| {
        table.table == at && table.form.id == form.id && table.unreadable.is_none()
    });
    // Of two tables nobody knows which the text speaks of.
    own.next().filter(|_| own.next().is_none())
}

/// The sum of `cells`, when each is a number.
fn sum_of(cx: &ReportCx<'_>, form: &Form, cells: &[(TableIndex, CellIndex)]) -> Option<Decimal> {
    cells.iter().try_fold(Decimal::ZERO, |sum, (table, cell)| {
        sum.checked_add(table_of(cx, form, *table)?.1.number(*cell)?)
    })
}

/// The sentences of a line with their starts, their last mark included.
fn sentences(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    line.split_inclusive(['。', '；', ';', '！', '？']).map(move |sentence| {
        let from = start;
        start += sentence.len();
        (from, sentence)
    })
}

/// Does `text` hold one of `words`?
fn has(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Whether one of the `doubts` is about a figure of the text. A single character is one beside a figure or at the end of a list; elsewhere it belongs to
/// other words: 因不掌握等原因, 多种方式.
fn is_unsure(doubts: &[String], text: &str) -> bool {
    const NEAR: usize = 3;
    let is_beside = |at: usize, word: &str| {
        let behind = &text[at + word.len()..];
        let in_clause = |c: &char| !CLAUSE_ENDS.contains(c);
        behind.chars().next().is_none_or(|next| CLAUSE_ENDS.contains(&next))
            || behind.chars().take(NEAR).take_while(in_clause).any(char::is_numeric)
            || text[..at].chars().rev().take(NEAR).take_while(in_clause).any(char::is_numeric)
    };
    doubts.iter().any(|word| {
        let is_one = word.chars().nth(1).is_none();
        text.match_indices(word.as_str()).any(|(at, _)| !is_one || is_beside(at, word))
    })
}

/// 2024年未收到 in the report on 2025 speaks of the year before.
fn is_of_other_year(clause: &str, year: Option<u16>) -> bool {
    clause.match_indices('年').any(|(at, _)| {
        let digits = clause[..at].trim_end();
        let start = digits.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let written: Option<u16> = digits[start..].parse().ok();
        digits.len() - start == 4 && written != year
    })
}

/// Whether the year that stands last in `head`, the words of a sentence before a figure, is another one: 2024年收到5件，2025年收到3件. One in brackets
/// that are closed is of what they say, and so is one that `is_aside`, by the place of its 年 in `head`.
fn ends_in_other_year(head: &str, year: Option<u16>, is_aside: impl Fn(usize) -> bool) -> bool {
    let (mut closed, mut seen) = (0_usize, head.len());
    let years = head.rmatch_indices('年').filter_map(|(at, _)| {
        for c in head[at..seen].chars().rev() {
            match c {
                '）' | ')' => closed += 1,
                '（' | '(' => closed = closed.saturating_sub(1),
                _ => {}
            }
        }
        seen = at;
        let digits = head[..at].trim_end();
        let start = digits.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let year = digits[start..].parse::<u16>().ok().filter(|_| digits.len() - start == 4);
        year.filter(|_| closed == 0 && !is_aside(at))
    });
    years.into_iter().next().is_some_and(|last| Some(last) != year)
}

/// The counts between two bytes of a line, years aside; `None` where a figure there counts nothing.
fn counts<'f>(cx: &LineCx<'f>, range: Range<usize>) -> Option<Vec<&'f Figure>> {
    let figures = cx.facts.within(range).iter().filter(|it| it.unit(cx.text) != "年");
    figures.map(|it| is_count(cx.text, it).then_some(it)).collect()
}

/// Whether a figure counts something: 30条, 2.5万元; not 2025年, 3月, 1.2万条, 5%.
fn is_count(line: &str, figure: &Figure) -> bool {
    let unit = figure.unit(line);
    let is_word = unit.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
    is_word && !matches!(unit, "万" | "亿" | "年" | "月" | "日" | "时")
}
