//! Where reports and their parts begin, from the marks of the lines alone.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::marks::{HeadingMark, Mark, Style};

/// A line that may open something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Index of the line.
    pub(crate) line: usize,
    /// What it may open.
    pub(crate) mark: Mark,
    /// What stands between it and the next mark (or the end).
    pub(crate) content: Content,
}

/// How much text stands behind a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Content {
    /// None.
    #[default]
    Nothing,
    /// A few short lines: in a table of contents, the headings of a lower level.
    Little,
    /// More than that.
    Much,
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
    let marks = without_contents(marks);
    let spans = spans(lexicon, &marks);
    let mut reports: Vec<ReportBorders> = Vec::new();
    for span in spans {
        let Some(report) = report(lexicon, &marks[span]) else { continue };
        reports.push(report);
    }
    if let Some(first) = reports.first_mut() {
        // What a web page prints above the title belongs to the first report.
        first.parts[0].line = 0;
    }
    reports
}

/// The marks without the lines of tables of contents.
fn without_contents(marks: &[Marked]) -> Vec<&Marked> {
    let mut kept = Vec::with_capacity(marks.len());
    let mut at = 0;
    while at < marks.len() {
        let listed = contents_list(&marks[at..]);
        if listed == 0 {
            kept.push(&marks[at]);
        }
        at += listed.max(1);
    }
    kept
}

/// How many marks at the beginning are a table of contents: four headings or more in their order with little between them, after which the first one
/// comes again.
fn contents_list(marks: &[Marked]) -> usize {
    const LEAST: usize = 4;
    let section = |marked: &Marked| match &marked.mark {
        Mark::Heading(heading) => heading.section,
        Mark::Title { .. } | Mark::OtherTitle | Mark::Issuer => None,
    };
    let Some(first) = marks.first().and_then(section) else { return 0 };
    let mut listed = 1;
    while listed < marks.len()
        && marks[listed - 1].content != Content::Much
        && section(&marks[listed]) > section(&marks[listed - 1])
    {
        listed += 1;
    }
    let next = marks[listed..].iter().find_map(section);
    if listed >= LEAST && next == Some(first) { listed } else { 0 }
}

/// Ranges of marks, one a report: each title that is followed by a heading of the form opens one, and so does a first section after a whole report. A
/// document of another kind opens one too, where nothing has gone before: a page may link to it beside its own text.
fn spans(lexicon: &Lexicon, marks: &[&Marked]) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    // A page repeats the title in its chrome; a title without sections behind it is a link or a list.
    let mut headings = 0;
    let mut farthest = 0;
    for (index, marked) in marks.iter().enumerate() {
        match &marked.mark {
            Mark::OtherTitle if starts.is_empty() && opens_report(marks, index) => {
                starts.push(index);
            }
            Mark::Title { .. }
                if (headings > 0 || starts.last().is_none_or(|at| is_other(marks[*at])))
                    && opens_report(marks, index)
                    && (headings == 0 || !goes_on(marks, index, farthest)) =>
            {
                starts.push(with_issuer(marks, index));
                (headings, farthest) = (0, 0);
            }
            Mark::Heading(HeadingMark { section: Some((family, section)), style, .. }) => {
                let last = lexicon.families[*family].sections.len().saturating_sub(1);
                let restarts = *section == 0
                    && style.is_for_headings()
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
            Mark::Title { .. } | Mark::OtherTitle | Mark::Heading(_) | Mark::Issuer => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([marks.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// Whether a heading of the form follows before the next title.
fn opens_report(marks: &[&Marked], title: usize) -> bool {
    marks[title + 1..]
        .iter()
        .take_while(|marked| !matches!(marked.mark, Mark::Title { .. }))
        .any(|marked| is_known_heading(marked))
}

/// Whether the next heading goes on with the sections before the title. Then the title is repeated at the edge of a page: `Page 7 - ××局2022年…报告`.
fn goes_on(marks: &[&Marked], title: usize, farthest: usize) -> bool {
    let below = marks[title + 1..].iter().take_while(|it| !matches!(it.mark, Mark::Title { .. }));
    let mut sections = below.filter_map(|marked| match &marked.mark {
        Mark::Heading(heading) if heading.style.is_for_headings() => heading.section,
        _ => None,
    });
    sections.next().is_some_and(|(_, section)| section > farthest)
}

fn is_other(marked: &Marked) -> bool {
    marked.mark == Mark::OtherTitle
}

fn is_known_heading(marked: &Marked) -> bool {
    matches!(&marked.mark, Mark::Heading(heading) if heading.section.is_some())
}

/// A title may stand below the issuer's own line, which then opens the report.
fn with_issuer(marks: &[&Marked], title: usize) -> usize {
    match title.checked_sub(1).map(|above| &marks[above]) {
        Some(Marked { mark: Mark::Issuer, content: Content::Nothing, .. }) => title - 1,
        _ => title,
    }
}

fn distinct_sections(marks: &[&Marked]) -> usize {
    let mut seen = 0_u64;
    for marked in marks {
        match &marked.mark {
            Mark::Title { .. } => break,
            Mark::Heading(HeadingMark { section: Some((_, section)), .. }) => {
                seen |= 1 << (section % 64);
            }
            Mark::Heading(_) | Mark::OtherTitle | Mark::Issuer => {}
        }
    }
    seen.count_ones() as usize
}

fn report(lexicon: &Lexicon, marks: &[&Marked]) -> Option<ReportBorders> {
    let first_line = marks.first()?.line;
    let headings: Vec<(usize, &HeadingMark)> = marks
        .iter()
        .filter_map(|marked| match &marked.mark {
            Mark::Heading(heading) => Some((marked.line, heading)),
            Mark::Title { .. } | Mark::OtherTitle | Mark::Issuer => None,
        })
        .collect();
    let family =
        headings.iter().find_map(|(_, heading)| heading.section).map(|(family, _)| family)?;
    let sections = lexicon.families[family].sections.len();
    if is_other(marks[0]) && exact_sections(&headings) < sections.div_ceil(2) {
        return None;
    }
    let style = style(&headings);
    let titled = marks.iter().any(|marked| matches!(marked.mark, Mark::Title { .. }));
    let known = headings
        .iter()
        .filter(|(_, heading)| heading.style == style && heading.section.is_some())
        .count();
    // Paragraphs of any text are numbered （一） and 1.
    let least = if style.is_for_headings() { 2 } else { sections.div_ceil(2) };
    if known < least.min(sections) && !(titled && style.is_for_headings()) {
        return None;
    }
    let around = around(&headings, style);
    let mut parts = vec![PartBorder { line: first_line, heading: None }];
    let mut number = 0;
    for (at, &(line, heading)) in headings.iter().enumerate() {
        let counts = match heading.section {
            Some(_) => heading.style == style || fills_gap(heading, style, around[at]),
            // A numbered line that the form does not know is a heading only where the next number is due: 一、加强领导 in part 五 is none.
            None => heading.number == Some(number + 1),
        };
        if !counts {
            continue;
        }
        number = heading
            .number
            .or(heading.section.map(|(_, section)| section as u32 + 1))
            .unwrap_or(number);
        parts.push(PartBorder { line, heading: Some(heading.clone()) });
    }
    Some(ReportBorders { family, parts })
}

/// How many sections have a heading in the form's own wording.
fn exact_sections(headings: &[(usize, &HeadingMark)]) -> usize {
    let exact = headings.iter().filter(|(_, heading)| heading.exact);
    let seen = exact.filter_map(|(_, heading)| heading.section);
    seen.fold(0_u64, |seen, (_, section)| seen | 1 << (section % 64)).count_ones() as usize
}

/// The way in which most parts are numbered.
fn style(headings: &[(usize, &HeadingMark)]) -> Style {
    let styles =
        [Style::Plain, Style::Part, Style::Unnumbered, Style::Digit, Style::Bracket, Style::Is];
    let sections = |style: Style| {
        let mut seen = 0_u64;
        for (_, section) in
            headings.iter().filter(|it| it.1.style == style).filter_map(|it| it.1.section)
        {
            seen |= 1 << (section % 64);
        }
        seen.count_ones()
    };
    let most = styles.into_iter().rev().max_by_key(|&style| sections(style));
    most.unwrap_or(Style::Plain)
}

/// A section with its family; `None` is before the first.
type Numbered = Option<(usize, usize)>;

/// For each heading, the farthest of the sections numbered in the usual style before it, and the first of those behind it. Found in one pass each way:
/// a text may have as many headings as lines.
fn around(headings: &[(usize, &HeadingMark)], style: Style) -> Vec<(Numbered, Numbered)> {
    let main = |heading: &HeadingMark| heading.section.filter(|_| heading.style == style);
    let mut around = vec![(None, None); headings.len()];
    let mut farthest = None;
    for ((before, _), (_, heading)) in around.iter_mut().zip(headings) {
        *before = farthest;
        farthest = farthest.max(main(heading));
    }
    let mut first: Numbered = None;
    for ((_, behind), (_, heading)) in around.iter_mut().zip(headings).rev() {
        *behind = first;
        first = main(heading).into_iter().chain(first).min();
    }
    around
}

/// Whether a heading that is numbered in another style is the one that is missing between its neighbours.
///
/// A paragraph of another part may speak of the same: （一）主动公开政府信息情况 in part 一, where part 二 is not written yet. So one that is numbered
/// as paragraphs are must have the form's wording and the number of its part.
fn fills_gap(heading: &HeadingMark, style: Style, around: (Numbered, Numbered)) -> bool {
    let own_number = heading.section.map(|(_, section)| section as u32 + 1) == heading.number;
    if style.is_for_headings() && !heading.style.is_for_headings() && !(heading.exact && own_number)
    {
        return false;
    }
    around.0 < heading.section && around.1.is_none_or(|behind| Some(behind) > heading.section)
}
