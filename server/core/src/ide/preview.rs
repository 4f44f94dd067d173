//! A report as its readers see it: headings, prose, and the tables that were recovered, with what is wrong with each.

use std::ops::Range;

pub use super::preview_table::{
    PreviewBlock, PreviewCell, PreviewCellKind, PreviewLabel, PreviewRelation, PreviewRow,
    PreviewTable, Stray,
};
use super::relations::Relations;
pub use super::relations::Standing;
use crate::report::{Part, Place};
use crate::snapshot::{Found, ReportView};
use crate::text::TextRange;

/// How the relations of a report stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Relations that hold.
    pub holds: usize,
    /// Relations that do not.
    pub broken: usize,
    /// Relations with a figure that is not known.
    pub unknown: usize,
}

/// A piece of a report, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub enum PreviewItem<'a> {
    /// A line of words.
    Words(PreviewWords<'a>),
    /// A table.
    Table(PreviewTable<'a>),
}

/// A line of words.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewWords<'a> {
    /// What the line is.
    pub kind: WordsKind,
    /// Where, in bytes of the document.
    pub range: Range<usize>,
    /// The words, cut where findings begin and end.
    pub pieces: Vec<Piece<'a>>,
}

/// What a line of words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordsKind {
    /// The report's title.
    Title,
    /// The heading of a part.
    Heading,
    /// Running text.
    Paragraph,
}

/// Words that share a finding, or have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words.
    pub text: &'a str,
    /// Where, in bytes of the document.
    pub range: Range<usize>,
    /// Index of the finding that stands on them.
    pub finding: Option<usize>,
}

/// How the relations of a report stand.
pub fn tally(report: ReportView<'_>) -> Tally {
    let mut tally = Tally::default();
    for (_, table) in report.report.tables() {
        for worked in Relations::new(report.snapshot().settings(), table).all() {
            match worked.standing {
                Standing::Holds => tally.holds += 1,
                Standing::Broken => tally.broken += 1,
                Standing::Unknown => tally.unknown += 1,
            }
        }
    }
    tally
}

/// The report in pieces. `findings` are those to show in it; the pieces name them by index.
pub fn preview<'a>(report: ReportView<'a>, findings: &[Found<'_>]) -> Vec<PreviewItem<'a>> {
    let parts = report.report.parts.iter().enumerate();
    parts.flat_map(|(at, part)| PartOf { report, at, part }.items(findings)).collect()
}

/// A part of a report.
pub(super) struct PartOf<'a> {
    pub(super) report: ReportView<'a>,
    pub(super) at: usize,
    pub(super) part: &'a Part,
}

impl<'a> PartOf<'a> {
    fn items(&self, findings: &[Found<'_>]) -> Vec<PreviewItem<'a>> {
        let here = findings.iter().enumerate();
        let here: Vec<(usize, TextRange)> = here
            .filter(|(_, found)| found.finding.place.part() == self.at)
            .map(|(index, found)| (index, found.finding.place.range))
            .collect();
        let title = self.report.report.head.title.as_ref().map(|title| title.place);
        let is_title = |range: TextRange| {
            title.is_some_and(|title| {
                title.part() == self.at && range.touches(title.range.start as usize)
            })
        };
        let heading = self.part.heading.iter().map(|heading| (heading.range, WordsKind::Heading));
        let prose = self.part.prose.iter().map(|&range| {
            (range, if is_title(range) { WordsKind::Title } else { WordsKind::Paragraph })
        });
        let words = heading
            .chain(prose)
            .map(|(range, kind)| (range.start, PreviewItem::Words(self.words(range, kind, &here))));
        let tables = self.part.tables.iter().map(|table| {
            (table.range.start, PreviewItem::Table(PreviewTable::new(self, table, &here)))
        });
        let mut items: Vec<_> = words.chain(tables).collect();
        items.sort_by_key(|(start, _)| *start);
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn words(
        &self,
        range: TextRange,
        kind: WordsKind,
        findings: &[(usize, TextRange)],
    ) -> PreviewWords<'a> {
        let mut found: Vec<(usize, TextRange)> = (findings.iter())
            .map(|&(index, of)| {
                (index, TextRange { start: of.start.max(range.start), end: of.end.min(range.end) })
            })
            .filter(|(_, of)| of.start < of.end)
            .collect();
        found.sort_by_key(|(_, of)| (of.start, of.end));
        let mut pieces = Vec::new();
        let mut push = |start: u32, end: u32, finding| {
            if start < end {
                let range = TextRange { start, end };
                pieces.push(Piece { text: self.slice(range), range: self.range(range), finding });
            }
        };
        let mut from = range.start;
        for (index, of) in found {
            // Of two findings on the same words the first is shown.
            if of.start >= from {
                push(from, of.start, None);
                push(of.start, of.end, Some(index));
                from = of.end;
            }
        }
        push(from, range.end, None);
        PreviewWords { kind, range: self.range(range), pieces }
    }

    /// Words of the part.
    pub(super) fn slice(&self, range: TextRange) -> &'a str {
        self.report.text(self.at).get(range.to_range()).unwrap_or_default()
    }

    /// A range of the part in bytes of the document.
    pub(super) fn range(&self, range: TextRange) -> Range<usize> {
        self.report.range(Place::new(self.at, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::testing::{changed, snapshot, words};
    use crate::snapshot::Snapshot;

    fn shown(snapshot: &Snapshot) -> String {
        let mut out = String::new();
        for report in snapshot.reports() {
            let findings: Vec<_> = snapshot.findings().collect();
            for item in preview(report, &findings) {
                let PreviewItem::Words(line) = item else { continue };
                out.push_str(match line.kind {
                    WordsKind::Title => "题 ",
                    WordsKind::Heading => "标 ",
                    WordsKind::Paragraph => "文 ",
                });
                for piece in &line.pieces {
                    assert_eq!(words(snapshot, &piece.range), piece.text);
                    match piece.finding {
                        Some(at) => {
                            let rule = &findings[at].rule().id;
                            out.push_str(&format!("⟦{rule}: {}⟧", piece.text));
                        }
                        None => out.push_str(piece.text),
                    }
                }
                out.push('\n');
            }
        }
        out
    }

    #[test]
    fn title_headings_and_prose_stand_in_order() {
        let shown = shown(&snapshot(&changed(&[])));
        let kinds: String = shown.lines().filter_map(|line| line.chars().next()).collect();
        assert!(kinds.starts_with("题文标"), "{shown}");
        assert_eq!(kinds.matches('标').count(), 6, "{shown}");
        assert!(shown.starts_with("题 青石县水利局2024年政府信息公开工作年度报告\n"), "{shown}");
    }

    #[test]
    fn words_with_a_finding_stand_apart() {
        let text = changed(&[("六、其他需要报告的事项", "七、其他需要报告的事项")]);
        let shown = shown(&snapshot(&text));
        assert!(
            shown.contains("标 ⟦section-number-mismatch: 七、其他需要报告的事项⟧\n"),
            "{shown}"
        );
    }

    #[test]
    fn relations_are_counted_over_all_tables() {
        let count = |changes: &[(&str, &str)]| {
            let snapshot = snapshot(&changed(changes));
            snapshot.reports().map(tally).next().expect("a report")
        };
        let whole = count(&[]);
        assert_eq!((whole.broken, whole.unknown), (0, 0));
        let broken = count(&[("（七）总计 | 0 |", "（七）总计 | 62 |")]);
        assert_eq!((broken.broken, broken.holds), (3, whole.holds - 3));
        let unknown = count(&[("1.属于国家秘密 | 0 | 0 |", "1.属于国家秘密 | 0 |  |")]);
        assert_eq!((unknown.broken, unknown.unknown, unknown.holds), (0, 2, whole.holds - 2));
    }
}
