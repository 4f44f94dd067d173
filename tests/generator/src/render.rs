//! A report as a document in one of the layouts.

use crate::folding;
use crate::form::HEADINGS;
use crate::grid::{self, Grid};
use crate::layouts::{html, lines, parts, pdf, rows};
use crate::losses;
use crate::prose;
use crate::random::Random;
use crate::report::{Report, Script};

/// How real reports are laid out. The numbers are those by which the kinds are known in this project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layout {
    /// 1: a cell a line, each led by a tab; a lone tab for a cell that a row span covers; a blank line between rows.
    TabLed,
    /// 2: rows of tab-separated cells, label spans collapsed or not.
    Tabs,
    /// 3: a lone pipe before each row, then a cell a line that ends with a pipe; spans as bare pipes at the row's end.
    PipeEndedRows,
    /// 4: a row a line, a pipe behind every cell, covered cells dropped. The commonest.
    Pipes,
    /// 4b: as 4, with bare pipes for column spans or wide blanks before the pipes.
    PipesWithTails,
    /// 5: pipes on both sides, values padded, line breaks inside cells.
    PipesPadded,
    /// 6: a cell a line that ends with a pipe.
    PipeEnded,
    /// 8: bare cells, one a line; a blank cell leaves nothing.
    Bare,
    /// 8 with a blank line between cells.
    BareSpaced,
    /// 9: as 8, with every line dropped that was seen before.
    LinesDropped,
    /// 10: empty cells collapsed to the end of the row.
    ColumnsLost,
    /// 11: a group's label followed by all numbers of its rows, whose own labels are gone.
    LabelsLost,
    /// 12: the text of a PDF.
    Pdf,
    /// 13: the text of a PDF with Kangxi radicals.
    PdfRadicals,
    /// 14: Markdown.
    Markdown,
    /// 14 with a small table for each group of rows or columns.
    MarkdownParts,
    /// 15: HTML, an element a line.
    Html,
    /// 15: HTML in one line.
    HtmlOneLine,
    /// 15: HTML as Word saves it, figures and Chinese each in tags of their own.
    HtmlRuns,
    /// 17: headings only, the tables are pictures.
    HeadingsOnly,
    /// 18: rows between tabs or pipes, a merged cell's text in each row and column of its span, as libraries that read Word documents give it.
    SpansRepeated,
    /// 19: rows between commas, as spreadsheets are saved.
    Commas,
    /// 20: a cell a line and a lone tab between two of a row, as browsers copy cells that hold paragraphs.
    TabsBetween,
    /// 21: a wiki's tables.
    Wiki,
    /// 22: all of a table in one line, blanks between its cells.
    OneLine,
    /// 23: a cell a line and a lone pipe below each, nothing between rows.
    PipesBelow,
}

impl Layout {
    /// Layouts from which every figure can be read.
    pub const READABLE: [Self; 22] = [
        Self::TabLed,
        Self::Tabs,
        Self::PipeEndedRows,
        Self::Pipes,
        Self::PipesWithTails,
        Self::PipesPadded,
        Self::PipeEnded,
        Self::Bare,
        Self::BareSpaced,
        Self::Pdf,
        Self::PdfRadicals,
        Self::Markdown,
        Self::MarkdownParts,
        Self::Html,
        Self::HtmlOneLine,
        Self::HtmlRuns,
        Self::SpansRepeated,
        Self::Commas,
        Self::TabsBetween,
        Self::Wiki,
        Self::OneLine,
        Self::PipesBelow,
    ];

    /// Layouts that have lost figures or their places.
    pub const LOSSY: [Self; 4] =
        [Self::LinesDropped, Self::ColumnsLost, Self::LabelsLost, Self::HeadingsOnly];

    /// Number and name: `4b-pipes-with-tails`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TabLed => "1-tab-led",
            Self::Tabs => "2-tabs",
            Self::PipeEndedRows => "3-pipe-ended-rows",
            Self::Pipes => "4-pipes",
            Self::PipesWithTails => "4b-pipes-with-tails",
            Self::PipesPadded => "5-pipes-padded",
            Self::PipeEnded => "6-pipe-ended",
            Self::Bare => "8-bare",
            Self::BareSpaced => "8-bare-spaced",
            Self::LinesDropped => "9-lines-dropped",
            Self::ColumnsLost => "10-columns-lost",
            Self::LabelsLost => "11-labels-lost",
            Self::Pdf => "12-pdf",
            Self::PdfRadicals => "13-pdf-radicals",
            Self::Markdown => "14-markdown",
            Self::MarkdownParts => "14b-markdown-parts",
            Self::Html => "15-html",
            Self::HtmlOneLine => "15-html-one-line",
            Self::HtmlRuns => "15b-html-runs",
            Self::HeadingsOnly => "17-headings-only",
            Self::SpansRepeated => "18-spans-repeated",
            Self::Commas => "19-commas",
            Self::TabsBetween => "20-tabs-between",
            Self::Wiki => "21-wiki",
            Self::OneLine => "22-one-line",
            Self::PipesBelow => "23-pipes-below",
        }
    }

    /// The extension of a file in this layout.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown | Self::MarkdownParts => "md",
            Self::Html | Self::HtmlOneLine | Self::HtmlRuns => "html",
            _ => "txt",
        }
    }

    /// Whether a blank cell leaves a trace, so that the values of its row can still be told apart.
    pub fn shows_blanks(self) -> bool {
        !matches!(
            self,
            Self::Bare
                | Self::BareSpaced
                | Self::Pdf
                | Self::PdfRadicals
                | Self::TabsBetween
                | Self::OneLine
        )
    }

    fn is_markdown(self) -> bool {
        matches!(self, Self::Markdown | Self::MarkdownParts)
    }

    fn is_pdf(self) -> bool {
        matches!(self, Self::Pdf | Self::PdfRadicals)
    }
}

/// A line or a table of a document, before it is laid out.
pub(crate) enum Element {
    Title(String),
    Heading(String),
    Paragraph(String),
    Table(Grid),
}

/// The report in `layout`. The same report and layout give the same text.
pub fn render(report: &Report, layout: Layout) -> String {
    let random = &mut random(report, layout);
    let text = lay_out(&elements(report, layout, random), layout, random);
    let text = if report.options.half_width { folding::half_width(&text) } else { text };
    match report.options.script {
        Script::Simplified => text,
        Script::Traditional => folding::traditional(&text, false, random),
        Script::Both => folding::traditional(&text, true, random),
    }
}

/// The tables whose figures no reader of [`render`]'s text can know: their ids.
pub fn lost(report: &Report, layout: Layout) -> Vec<&'static str> {
    losses::lost(&elements(report, layout, &mut random(report, layout)), layout)
}

fn random(report: &Report, layout: Layout) -> Random {
    Random::new(report.seed ^ ((layout as u64 + 1) << 32))
}

/// Several reports in one file.
pub fn compilation(reports: &[Report], layout: Layout) -> String {
    let texts: Vec<String> = reports.iter().map(|report| render(report, layout)).collect();
    texts.join("\n")
}

fn elements(report: &Report, layout: Layout, random: &mut Random) -> Vec<Element> {
    let title = format!("{}年政府信息公开工作年度报告", report.year);
    let mut all = if random.chance(30)
        && !layout.is_markdown()
        && !matches!(layout, Layout::Html | Layout::HtmlOneLine | Layout::HtmlRuns)
    {
        vec![Element::Title(report.agency.clone()), Element::Title(title)]
    } else {
        vec![Element::Title(format!("{}{title}", report.agency))]
    };
    all.push(Element::Paragraph(prose::preface(report)));
    let mut grids = grid::grids(report, random).into_iter();
    for (at, heading) in HEADINGS.iter().enumerate() {
        all.push(Element::Heading(heading_wording(heading, report, random)));
        let paragraphs = match at {
            0 => prose::overview(report, random),
            4 => prose::problems(report),
            5 => prose::other_matters(report),
            _ => Vec::new(),
        };
        all.extend(paragraphs.into_iter().map(Element::Paragraph));
        if (1..=3).contains(&at) {
            if report.options.variants && random.chance(10) {
                all.push(Element::Paragraph(
                    "本部分数据由各科室报送、办公室汇总，具体情况见下表。".to_owned(),
                ));
            }
            match grids.next() {
                Some(grid) if layout != Layout::HeadingsOnly => all.push(Element::Table(grid)),
                _ => {}
            }
        }
    }
    all
}

/// Another wording of a heading that real reports have.
fn heading_wording(heading: &str, report: &Report, random: &mut Random) -> String {
    if !report.options.variants || !random.chance(20) {
        return heading.to_owned();
    }
    let known: &[&str] = match heading.chars().next() {
        Some('一') => &["一、工作基本情况", "一 、总体概况", "一、概述"],
        Some('二') => &["二、行政机关主动公开政府信息情况", "二 、主动公开政府信息情况"],
        Some('三') => &["三 、收到和处理政府信息公开申请情况"],
        Some('四') => &[
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "四、信息公开行政复议和行政诉讼情况",
        ],
        Some('五') => &["五、政府信息公开工作存在的主要问题及改进情况", "五、存在问题及改进情况"],
        _ => &["六、其他需要报告的事项情况"],
    };
    (*random.pick(known)).to_owned()
}

fn lay_out(elements: &[Element], layout: Layout, random: &mut Random) -> String {
    match layout {
        Layout::Html => html::document(elements, "\n", random),
        Layout::HtmlOneLine => html::document(elements, "", random),
        Layout::HtmlRuns => html::document(&html::runs(elements), "\n", random),
        Layout::Pdf => pdf::document(elements, random),
        Layout::PdfRadicals => folding::radicals(&pdf::document(elements, random)),
        Layout::LinesDropped => folding::drop_seen_lines(&plain(elements, Layout::Bare, random)),
        _ => plain(elements, layout, random),
    }
}

fn plain(elements: &[Element], layout: Layout, random: &mut Random) -> String {
    let gap = match layout {
        Layout::Bare => "\n",
        _ if layout == Layout::BareSpaced || layout.is_markdown() => "\n\n",
        _ => *random.pick(&["\n", "\n", "\n\n"]),
    };
    let mut out = String::new();
    for element in elements {
        match element {
            Element::Title(text) if layout.is_markdown() => out += &format!("# {text}"),
            Element::Heading(text) if layout.is_markdown() => out += &format!("## {text}"),
            Element::Title(text) | Element::Heading(text) | Element::Paragraph(text) => out += text,
            Element::Table(grid) => out += table(grid, layout, random).trim_end_matches('\n'),
        }
        out += gap;
    }
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    debug_assert!(!layout.is_pdf());
    out
}

fn table(grid: &Grid, layout: Layout, random: &mut Random) -> String {
    match layout {
        Layout::TabLed => lines::tab_led(grid, random),
        Layout::Tabs => rows::tabs(grid, random),
        Layout::PipeEndedRows => lines::pipe_ended_rows(grid, random),
        Layout::PipesWithTails => rows::pipes_with_tails(grid, random),
        Layout::PipesPadded => rows::pipes_padded(grid, random),
        Layout::PipeEnded => lines::pipe_ended(grid, random),
        Layout::Bare => lines::bare(grid, "\n", random),
        Layout::BareSpaced => lines::bare(grid, "\n\n", random),
        Layout::ColumnsLost => lines::columns_lost(grid),
        Layout::LabelsLost => lines::labels_lost(grid),
        Layout::Markdown => rows::markdown(grid, random),
        Layout::MarkdownParts => parts::markdown(grid, random),
        Layout::SpansRepeated => rows::spans_repeated(grid, random),
        Layout::Commas => rows::commas(grid, random),
        Layout::TabsBetween => lines::tabs_between(grid, random),
        Layout::Wiki => rows::wiki(grid, random),
        Layout::OneLine => rows::one_line(grid),
        Layout::PipesBelow => lines::pipes_below(grid, random),
        _ => rows::pipes(grid, random),
    }
}
