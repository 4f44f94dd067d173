//! Tables of pipes with their separators one below the other, as wide as they are shown.
//!
//! Edits touch the blanks around cells, the dashes of a delimiter row, and labels that differ from the form's in blanks or the width of their
//! punctuation; never a figure. Lines that are aligned already are left as they are, however wide.

mod align;
mod row;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::report::{BoundTable, Layout, Place, is_traditional};
use crate::snapshot::{ReportView, Snapshot};
use crate::syntax::{Line, Shape};
use crate::text::{TextRange, line_break};
pub use row::AmbiguousWidth;
use row::Row;

/// What is wanted beside alignment.
#[derive(Debug, Clone, Copy, Default)]
pub struct FormatOptions {
    /// How wide “”, ①, · and the like are shown.
    pub ambiguous: AmbiguousWidth,
    /// Take blanks off the ends of lines of words.
    pub trim_lines: bool,
    /// End the last line.
    pub end_last_line: bool,
    /// Take empty lines off the end.
    pub trim_end: bool,
}

/// Replacements in the order of the text, in bytes of the document; they do not overlap.
pub type Edits = Vec<(Range<usize>, String)>;

/// Formats the whole document; nothing in one without a report.
pub fn format(snapshot: &Snapshot, options: FormatOptions) -> Edits {
    let mut edits = Vec::new();
    for report in snapshot.reports() {
        for part in 0..report.report.parts.len() {
            edits.extend(tables(report, part, options.ambiguous, |_| true));
            if options.trim_lines {
                trimmed_lines(report, part, &mut edits);
            }
        }
    }
    if snapshot.reports().next().is_some() {
        end(snapshot, options, &mut edits);
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    edits
}

/// Formats the lines that `range` touches; their tables say how wide columns are.
pub fn format_range(snapshot: &Snapshot, range: &Range<usize>, options: FormatOptions) -> Edits {
    let text = snapshot.text();
    let start = text.line_start(text.line_of(range.start));
    let end = text.line_content(text.line_of(range.end)).end;
    let mut edits = format(
        snapshot,
        FormatOptions { ambiguous: options.ambiguous, ..FormatOptions::default() },
    );
    edits.retain(|(range, _)| start <= range.start && range.end <= end);
    edits
}

/// Formats the table around a line that has just been ended or got a separator at `offset`.
pub fn format_typed(
    snapshot: &Snapshot,
    offset: usize,
    typed: char,
    options: FormatOptions,
) -> Edits {
    let text = snapshot.text();
    let line = text.line_of(offset);
    let Some(line) = (if typed == '|' { Some(line) } else { line.checked_sub(1) }) else {
        return Vec::new();
    };
    let at = text.line_content(line);
    let Some(spot) = snapshot.spot(at.start) else { return Vec::new() };
    let (start, end) = (spot.at, spot.at + at.len());
    let is_typed = |place: TextRange| place.start as usize <= end && start <= place.end as usize;
    let mut edits: Edits = tables(spot.report, spot.part, options.ambiguous, is_typed).collect();
    // A cell that is being typed stays where it is.
    if typed != '|' {
        let own = text.line_content(text.line_of(offset));
        edits.retain(|(range, _)| range.end < own.start || own.end < range.start);
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    edits
}

/// The edits of the tables of a part whose lines are `wanted`.
fn tables<'a>(
    report: ReportView<'a>,
    part: usize,
    ambiguous: AmbiguousWidth,
    wanted: impl Fn(TextRange) -> bool + 'a,
) -> impl Iterator<Item = (Range<usize>, String)> + 'a {
    let text = report.text(part);
    let tables = report.report.parts.get(part).map_or(&[][..], |part| &part.tables);
    let aligned = tables.iter().filter(|table| {
        table.unreadable.is_none() && matches!(table.layout, Layout::Pipes | Layout::Markdown)
    });
    aligned.flat_map(move |table| {
        let lines = lines(text, table.range);
        let runs =
            if wanted(lines) { runs(report, part, table, lines, ambiguous) } else { Vec::new() };
        let edits: Vec<_> = runs.iter().flat_map(|rows| align::edits(rows)).collect();
        edits.into_iter().map(move |(range, new)| (report.range(Place::new(part, range)), new))
    })
}

/// Rows of pipes that stand one below the other. Marks of suppressed rules and page numbers do not part them.
fn runs(
    report: ReportView<'_>,
    part: usize,
    table: &BoundTable,
    place: TextRange,
    ambiguous: AmbiguousWidth,
) -> Vec<Vec<Row>> {
    let (text, Some(cut)) = (report.text(part), report.cut(part)) else { return Vec::new() };
    let mut runs = vec![Vec::new()];
    for view in cut.iter().skip_while(|view| view.start < place.start as usize) {
        if view.start >= place.end as usize {
            break;
        }
        match view.line.shape {
            Shape::Piped | Shape::PipeEnded | Shape::Delimiter => {
                let content = view.start..view.start + content(view.line);
                let is_delimiter = view.line.shape == Shape::Delimiter;
                if let (Some(run), Some(row)) =
                    (runs.last_mut(), Row::read(text, content, is_delimiter, ambiguous))
                {
                    run.push(row.labelled(|range| label(text, table, range)));
                }
            }
            Shape::Directive | Shape::PageFooter => {}
            _ => runs.push(Vec::new()),
        }
    }
    runs
}

/// The form's wording for the label at `range`, where only blanks or the width of punctuation differ.
fn label(text: &str, table: &BoundTable, range: TextRange) -> Option<String> {
    let headers = table.headers.iter().flat_map(|header| &header.labels);
    let mut labels = headers.chain(table.rows.iter().flat_map(|row| &row.labels));
    let standard = labels.find(|label| label.range == range)?.standard.as_deref()?;
    let written = text.get(range.to_range())?;
    let plain = |words: &str| words.nfkc().filter(|c| !c.is_whitespace()).collect::<String>();
    let figures = |words: &str| words.chars().filter(|c| c.is_numeric()).collect::<String>();
    let same = written != standard
        && plain(written) == plain(standard)
        && figures(written) == figures(standard)
        && !written.chars().any(is_traditional);
    same.then(|| standard.to_owned())
}

/// The whole lines around `range`.
fn lines(text: &str, range: TextRange) -> TextRange {
    let breaks = ['\n', '\r'];
    let range = range.to_range();
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let start = before.rfind(breaks).map_or(0, |at| at + 1);
    let end = behind.find(breaks).map_or(text.len(), |at| range.end + at);
    TextRange::new(start, end)
}

/// Bytes of a line without its break.
fn content(line: Line) -> usize {
    line.len as usize - usize::from(line.line_break)
}

/// Blanks at the ends of lines of words; a tab may be a cell.
fn trimmed_lines(report: ReportView<'_>, part: usize, edits: &mut Edits) {
    let (text, Some(cut)) = (report.text(part), report.cut(part)) else { return };
    for view in cut.iter().filter(|view| matches!(view.line.shape, Shape::Bare | Shape::Spaced)) {
        let end = view.start + content(view.line);
        let words = text[view.start..end].trim_end_matches([' ', '\u{3000}']);
        let range = TextRange::new(view.start + words.len(), end);
        if !range.is_empty() {
            edits.push((report.range(Place::new(part, range)), String::new()));
        }
    }
}

fn end(snapshot: &Snapshot, options: FormatOptions, edits: &mut Edits) {
    let text = snapshot.text().to_string();
    let words = text.trim_end_matches(['\n', '\r']).len();
    let behind = &text[words..];
    let one = line_break(behind);
    if options.trim_end && behind.len() > one.len() {
        edits.push((words + one.len()..text.len(), String::new()));
    } else if options.end_last_line && behind.is_empty() {
        edits.push((words..words, line_break(&text).to_owned()));
    }
}

#[cfg(test)]
mod tests;
