//! Where reports and their parts begin, from the marks of the lines alone.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::marks::{HeadingMark, Mark};

/// A line that may open something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Index of the line.
    pub(crate) line: usize,
    /// What it may open.
    pub(crate) mark: Mark,
    /// Whether anything stands between it and the next mark (or the end).
    pub(crate) content: bool,
}

/// The borders of one report, as lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportBorders {
    pub(crate) family: usize,
    /// Line on which each part begins; the first part is what stands before the first heading.
    pub(crate) parts: Vec<PartBorder>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartBorder {
    pub(crate) line: usize,
    pub(crate) heading: Option<HeadingMark>,
}

/// The reports among `marks`. Empty when no report is there.
pub(crate) fn borders(lexicon: &Lexicon, marks: &[Marked]) -> Vec<ReportBorders> {
    let spans = spans(lexicon, marks);
    let mut reports: Vec<ReportBorders> = Vec::new();
    for span in spans {
        let Some(report) = report(lexicon, marks, span) else { continue };
        reports.push(report);
    }
    if let Some(first) = reports.first_mut() {
        // What a web page prints above the title belongs to the first report.
        first.parts[0].line = 0;
    }
    reports
}

/// Ranges of marks, one a report: each title that is followed by a heading of the form opens one, and so does a first section after a whole report.
fn spans(lexicon: &Lexicon, marks: &[Marked]) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    // A page repeats the title in its chrome; a title without sections behind it is a link or a list.
    let mut headings = 0;
    let mut farthest = 0;
    for (index, marked) in marks.iter().enumerate() {
        match &marked.mark {
            Mark::Title { .. }
                if (headings > 0 || starts.is_empty()) && opens_report(marks, index) =>
            {
                starts.push(with_issuer(marks, index));
                (headings, farthest) = (0, 0);
            }
            Mark::Heading(HeadingMark { section: Some((family, section)), .. }) => {
                let last = lexicon.families[*family].sections.len().saturating_sub(1);
                let restarts = *section == 0
                    && farthest == last
                    && headings > last / 2
                    && distinct_sections(&marks[index..]) > last / 2;
                if starts.is_empty() || restarts {
                    starts.push(index);
                    (headings, farthest) = (0, 0);
                }
                headings += 1;
                farthest = farthest.max(*section);
            }
            Mark::Title { .. } | Mark::Heading(_) | Mark::Issuer => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([marks.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// Does a heading of the form follow before the next title?
fn opens_report(marks: &[Marked], title: usize) -> bool {
    marks[title + 1..]
        .iter()
        .take_while(|marked| !matches!(marked.mark, Mark::Title { .. }))
        .any(is_known_heading)
}

fn is_known_heading(marked: &Marked) -> bool {
    matches!(&marked.mark, Mark::Heading(heading) if heading.section.is_some())
}

/// A title may stand below the issuer's own line, which then opens the report.
fn with_issuer(marks: &[Marked], title: usize) -> usize {
    match title.checked_sub(1).map(|above| &marks[above]) {
        Some(Marked { mark: Mark::Issuer, content: false, .. }) => title - 1,
        _ => title,
    }
}

fn distinct_sections(marks: &[Marked]) -> usize {
    let mut seen = 0_u64;
    for marked in marks {
        match &marked.mark {
            Mark::Title { .. } => break,
            Mark::Heading(HeadingMark { section: Some((_, section)), .. }) => {
                seen |= 1 << (section % 64);
            }
            Mark::Heading(_) | Mark::Issuer => {}
        }
    }
    seen.count_ones() as usize
}

fn report(lexicon: &Lexicon, marks: &[Marked], span: Range<usize>) -> Option<ReportBorders> {
    let first_line = marks[span.start].line;
    let headings: Vec<(usize, &HeadingMark)> = span
        .clone()
        .filter_map(|index| match &marks[index].mark {
            Mark::Heading(heading) => Some((index, heading)),
            _ => None,
        })
        .collect();
    let family =
        headings.iter().find_map(|(_, heading)| heading.section).map(|(family, _)| family)?;
    let titled = span.clone().any(|index| matches!(marks[index].mark, Mark::Title { .. }));
    let known = headings.iter().filter(|(_, heading)| heading.section.is_some()).count();
    if !titled && known < 2 && lexicon.families[family].sections.len() > 1 {
        return None;
    }
    let skip = contents_list(marks, &headings);
    let mut parts = vec![PartBorder { line: first_line, heading: None }];
    let mut number = 0;
    for &(index, heading) in &headings[skip..] {
        // A numbered line that the form does not know is a heading only where the next number is due: 一、加强领导 in part 五 is none.
        if heading.section.is_none() && heading.number != Some(number + 1) {
            continue;
        }
        number = heading
            .number
            .or(heading.section.map(|(_, section)| section as u32 + 1))
            .unwrap_or(number);
        parts.push(PartBorder { line: marks[index].line, heading: Some(heading.clone()) });
    }
    Some(ReportBorders { family, parts })
}

/// How many headings at the beginning are a table of contents: four or more with nothing between them, all of which come again.
fn contents_list(marks: &[Marked], headings: &[(usize, &HeadingMark)]) -> usize {
    let bare = headings.iter().take_while(|(index, _)| !marks[*index].content).count();
    let listed = |count: usize| {
        headings[..count]
            .iter()
            .all(|(_, it)| headings[count..].iter().any(|(_, later)| later.section == it.section))
    };
    // The last line of the list is followed by the report itself.
    (4..=(bare + 1).min(headings.len()))
        .rev()
        .find(|&count| count >= 4 && listed(count))
        .unwrap_or(0)
}
