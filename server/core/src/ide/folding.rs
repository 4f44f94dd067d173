//! What can be folded: reports of a compilation, sections, tables, and rows that take several lines.

use std::ops::Range;

use crate::report::Place;
use crate::snapshot::{ReportView, Snapshot};
use crate::text::TextRange;

/// Stretches of several lines, in bytes of the document, an outer one before those in it; each ends with its last word.
pub fn folds(snapshot: &Snapshot) -> impl Iterator<Item = Range<usize>> {
    let several = snapshot.reports().nth(1).is_some();
    snapshot.reports().flat_map(move |report| {
        let whole = several.then(|| whole(report)).into_iter();
        whole.chain(of_parts(report))
    })
}

fn whole(report: ReportView<'_>) -> Range<usize> {
    let start = report.whole().start;
    let last = report.report.parts.len().saturating_sub(1);
    start..(report.part(last).start + report.text(last).trim_end().len()).max(start)
}

fn of_parts(report: ReportView<'_>) -> Vec<Range<usize>> {
    let mut folds = Vec::new();
    for (at, part) in report.report.parts.iter().enumerate() {
        let mut add = |range| folds.extend(fold(report, at, range));
        if part.heading.is_some() {
            add(TextRange::new(0, report.text(at).len()));
        }
        for table in &part.tables {
            add(table.range);
            table.rows.iter().for_each(|row| add(row.range));
        }
    }
    folds
}

/// A stretch without the blanks at its end, if it goes over a line break.
fn fold(report: ReportView<'_>, part: usize, range: TextRange) -> Option<Range<usize>> {
    let words = report.text(part).get(range.to_range())?.trim_end();
    let start = report.range(Place::new(part, range)).start;
    words.contains(['\n', '\r']).then(|| start..start + words.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, snapshot};

    /// First and last line of every fold.
    fn lines(text: &str) -> Vec<(String, String)> {
        let snapshot = snapshot(text);
        let ends = |range: &Range<usize>| {
            let words = &text[range.clone()];
            let line = |line: Option<&str>| line.unwrap_or_default().to_owned();
            (line(words.lines().next()), line(words.lines().last()))
        };
        folds(&snapshot).map(|range| ends(&range)).collect()
    }

    #[test]
    fn sections_tables_and_long_rows_fold() {
        let text = changed(&[("规章 | 0 | 0 | 0 |", "规章 |\n0 |\n0 |\n0 |")]);
        let found = lines(&text);
        let starts: Vec<&str> = found.iter().map(|(first, _)| first.as_str()).collect();
        assert_eq!(starts.iter().filter(|line| line.contains('、')).count(), 6, "{starts:?}");
        assert!(found.contains(&("规章 |".into(), "0".into())), "{found:?}");
        let table = found.iter().find(|(first, _)| first.starts_with("第二十条第（一）项"));
        assert_eq!(table.map(|(_, last)| last.as_str()), Some("行政事业性收费 | 0"), "{found:?}");
    }

    #[test]
    fn reports_of_a_compilation_fold() {
        let one = changed(&[]);
        assert_eq!(lines(&one.repeat(2)).len(), 2 * lines(&one).len() + 2);
    }
}
