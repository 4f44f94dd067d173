//! Where among the cells behind a label a row's values begin.

use rust_decimal::Decimal;

use super::Source;
use super::runs::Token;
use crate::report::model::{Layout, Unreadable};
use crate::report::value;
use crate::syntax::{CellKind, Shape};

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

/// First and last cell that is not blank.
fn span(values: &[Token]) -> Option<(usize, usize)> {
    let filled = |token: &Token| token.kind != CellKind::Blank;
    Some((values.iter().position(filled)?, values.iter().rposition(filled)?))
}

/// Number of cells from the first to the last that is not blank.
pub(super) fn width(values: &[Token]) -> usize {
    span(values).map_or(0, |(first, last)| last - first + 1)
}

/// Places the values of a block's rows on `columns` columns.
///
/// A row whose filled cells span all columns is certain whatever blanks stand around it (they are row spans, or padding to the grid's width). The
/// others follow the certain ones: same cell of the line in a grid, same cell behind the label elsewhere.
pub(super) fn places(rows: &[&[Token]], columns: usize) -> Vec<Place> {
    let certain: Vec<Option<usize>> = rows
        .iter()
        .map(|row| {
            span(row).filter(|(first, last)| last - first + 1 == columns).map(|(first, _)| first)
        })
        .collect();
    let behind = agreed(certain.iter().flatten().copied());
    let across = agreed(
        rows.iter().zip(&certain).filter_map(|(row, first)| first.map(|first| row[first].column)),
    );
    let place = |(row, certain): (&&[Token], &Option<usize>)| match certain {
        Some(first) => Place::At(*first),
        None => follow(row, columns, behind, across),
    };
    rows.iter().zip(&certain).map(place).collect()
}

fn agreed<T: PartialEq + Copy>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.all(|it| it == first).then_some(first)
}

fn follow(run: &[Token], columns: usize, behind: Option<usize>, across: Option<u16>) -> Place {
    if run.is_empty() {
        return Place::Nowhere;
    }
    // What stands behind the row's end is the next row's span, not a blank of this one: `8.…→0→0→0→0→0⏎→（四）…` has five values and no sixth.
    let row_end =
        run.iter().skip(1).position(|token| token.opens_row).map_or(run.len(), |at| at + 1);
    let row = &run[..row_end];
    let found = Place::Width(run.iter().filter(|token| token.kind != CellKind::Blank).count());
    let blank = width(run) == 0;
    let (first, last) = span(run).unwrap_or((0, 0));
    if last >= row_end || (!blank && last - first + 1 > columns) {
        return found;
    }
    // A pipe alone is a blank cell in one layout and the border of a row in another.
    let lone_pipe =
        row.iter().skip(1).position(|token| token.shape == Shape::LonePipe).map(|at| at + 1);
    if row.len() == columns || lone_pipe == Some(columns) || (columns == 1 && blank) {
        return Place::At(0);
    }
    let in_line = row_end > 1 && row[0].line == row[row_end - 1].line;
    let by_grid = across
        .filter(|_| in_line)
        .and_then(|column| row.iter().position(|token| token.column == column));
    let fits = |start: &usize| {
        start + columns <= row.len() && (blank || (*start <= first && last < start + columns))
    };
    [by_grid, behind].into_iter().flatten().find(fits).map_or(found, Place::At)
}

/// Why a block's values cannot be known, judged by all its rows.
pub(super) fn unreadable(
    source: &Source<'_>,
    rows: &[&[Token]],
    places: &[Place],
    columns: usize,
    layout: Layout,
) -> Option<Unreadable> {
    if columns < 2 {
        return None;
    }
    let filled = |row: &[Token]| row.iter().filter(|token| token.kind != CellKind::Blank).count();
    // Twice the columns behind one label: the labels between are gone.
    if rows.iter().any(|row| filled(row) >= 2 * columns) {
        return Some(Unreadable::LabelsLost);
    }
    // Bare cells leave nothing for a blank, and a crawler that drops repeated lines leaves nothing for a second 0.
    let short = places.iter().any(|place| matches!(place, Place::Width(_) | Place::Nowhere));
    if short && matches!(layout, Layout::Bare | Layout::Spaces) {
        return Some(Unreadable::LinesDropped);
    }
    let packed: Vec<_> = rows.iter().filter(|row| is_packed(row, columns)).collect();
    let totalled = packed.iter().any(|row| ends_with_total(source, row));
    let cell_a_line = matches!(layout, Layout::PipeEnded | Layout::TabLed);
    // Blanks run together behind a row that lacks values: they are those from between the values.
    let collapsed =
        layout == Layout::PipeEnded && rows.iter().any(|row| is_collapsed(row, columns));
    (totalled || collapsed || (cell_a_line && packed.len() >= 2)).then_some(Unreadable::ColumnsLost)
}

/// All values first and all blanks behind them, with at least two columns to go.
fn is_packed(row: &[Token], columns: usize) -> bool {
    let Some((first, last)) = span(row) else { return false };
    let filled = last - first + 1;
    (2..=columns - 2).contains(&filled)
        && row.len() - first >= columns
        && row[first..=last].iter().all(|token| token.kind != CellKind::Blank)
}

/// Fewer values than columns, and behind them several blanks on one line.
fn is_collapsed(row: &[Token], columns: usize) -> bool {
    let Some((first, last)) = span(row) else { return false };
    let tail = &row[last + 1..];
    first == 0 && last + 1 < columns && tail.windows(2).any(|pair| pair[0].line == pair[1].line)
}

/// 7, 1, 8 and then blanks: the last value is the sum of those before it, so it stood in the last column.
fn ends_with_total(source: &Source<'_>, row: &[Token]) -> bool {
    let numbers = row
        .iter()
        .filter(|token| token.kind == CellKind::Number)
        .map(|token| value::read(source.words(*token)).number());
    let Some(numbers) = numbers.collect::<Option<Vec<Decimal>>>() else { return false };
    let Some((total, parts)) = numbers.split_last() else { return false };
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
    *total > Decimal::ZERO && sum == Some(*total)
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
            Shape::Spaced => 5,
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
