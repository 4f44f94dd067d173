//! The same report says the same in every layout, and a layout that has lost figures says so once instead of guessing.

mod support;

use std::collections::BTreeMap;

use gouji_core::rules::Group;
use gouji_core::snapshot::{Found, Snapshot};
use gouji_generator::{Busyness, Layout, Options, Random, Report, Script, render};
use support::{as_number, cells, for_each_seed, keep, of_group, settings, shown, times};

/// What is read of a document that should hold one report.
#[derive(Debug, PartialEq)]
struct Read {
    form: String,
    agency: Option<String>,
    year: Option<u16>,
    cells: BTreeMap<String, String>,
}

fn read(snapshot: &Snapshot) -> Result<Read, String> {
    let reports: Vec<_> = snapshot.reports().collect();
    let [view] = reports.as_slice() else { return Err(format!("{} reports found", reports.len())) };
    let head = &view.report.head;
    Ok(Read {
        form: view.report.form.id.clone(),
        agency: head.agency.as_ref().map(|name| name.text.clone()),
        year: head.year,
        cells: cells(view.report),
    })
}

fn made(report: &Report) -> Read {
    Read {
        form: report.form().id().to_owned(),
        agency: Some(report.agency.clone()),
        year: Some(report.year),
        cells: report.cells().into_iter().map(|(key, text)| (key, as_number(&text))).collect(),
    }
}

/// The first difference between what was made and what was read.
fn difference(made: &Read, read: &Read) -> Option<String> {
    if (&made.form, &made.agency, made.year) != (&read.form, &read.agency, read.year) {
        let head = |it: &Read| format!("{} {:?} {:?}", it.form, it.agency, it.year);
        return Some(format!("made {}, read {}", head(made), head(read)));
    }
    let keys = made.cells.keys().chain(read.cells.keys());
    let wrong: Vec<_> = keys.filter(|key| made.cells.get(*key) != read.cells.get(*key)).collect();
    let key = wrong.first()?;
    Some(format!(
        "{} cells differ, the first is {key}: made {:?}, read {:?}",
        wrong.len(),
        made.cells.get(*key),
        read.cells.get(*key)
    ))
}

fn options(seed: u64, layout: Layout) -> Options {
    let random = &mut Random::new(seed ^ 0x1A70);
    let mut options = Options::random(random);
    options.blanks = layout.shows_blanks() && random.chance(10);
    options
}

/// Makes reports, prints them in `layout` and has them judged; a text that is misjudged is kept.
fn each(
    what: &str,
    layout: Layout,
    count: u64,
    options: impl Fn(u64) -> Options + Sync,
    judge: impl Fn(u64, &Report, &Snapshot) -> Option<String> + Sync,
) {
    let settings = settings();
    for_each_seed(what, count, 0, |seed| {
        let report = Report::random(seed, &options(seed));
        let text = render(&report, layout);
        let problem = judge(seed, &report, &Snapshot::new(&text, settings.clone()))?;
        let kept = keep(&format!("{what} {seed}.{}", layout.extension()), &text);
        Some(format!("{problem}\n    {kept}"))
    });
}

fn misread(report: &Report, snapshot: &Snapshot) -> Option<String> {
    let read = match read(snapshot) {
        Ok(read) => read,
        Err(problem) => return Some(problem),
    };
    let alarm = |found: &Found<'_>| shown(snapshot, found);
    difference(&made(report), &read)
        .or_else(|| of_group(snapshot, Group::Arithmetic).first().map(alarm))
        .or_else(|| {
            snapshot.findings().find(|it| it.rule().id == "table-unreadable").as_ref().map(alarm)
        })
}

fn read_as_made(layout: Layout) {
    let count = times("GOUJI_TEST_REPORTS", 100);
    let options = |seed| options(seed, layout);
    each(layout.name(), layout, count, options, |_, report, snapshot| misread(report, snapshot));
}

macro_rules! layouts {
    ($($name:ident: $layout:ident),+ $(,)?) => {$(
        #[test]
        fn $name() {
            read_as_made(Layout::$layout);
        }
    )+};
}

layouts! {
    kind_1_tab_led: TabLed,
    kind_2_tabs: Tabs,
    kind_3_pipe_ended_rows: PipeEndedRows,
    kind_4_pipes: Pipes,
    kind_4b_pipes_with_tails: PipesWithTails,
    kind_5_pipes_padded: PipesPadded,
    kind_6_pipe_ended: PipeEnded,
    kind_8_bare: Bare,
    kind_8_bare_spaced: BareSpaced,
    kind_12_pdf: Pdf,
    kind_13_pdf_radicals: PdfRadicals,
    kind_14_markdown: Markdown,
    kind_14b_markdown_in_parts: MarkdownParts,
    kind_15_html: Html,
    kind_15_html_one_line: HtmlOneLine,
    kind_15b_html_runs: HtmlRuns,
    kind_18_spans_repeated: SpansRepeated,
    kind_19_commas: Commas,
    kind_20_tabs_between: TabsBetween,
    kind_21_wiki: Wiki,
    kind_22_one_line: OneLine,
    kind_23_pipes_below: PipesBelow,
}

#[test]
fn traditional_characters_read_as_simplified_ones() {
    for script in [Script::Traditional, Script::Both] {
        for layout in [Layout::TabLed, Layout::Tabs, Layout::Pipes, Layout::Markdown, Layout::Html]
        {
            let what = format!("{script:?} {}", layout.name());
            let options = |seed| Options { script, ..options(seed, layout) };
            each(
                &what,
                layout,
                times("GOUJI_TEST_REPORTS", 100) / 5,
                options,
                |_, report, snapshot| {
                    let read = match read(snapshot) {
                        Ok(read) => read,
                        Err(problem) => return Some(problem),
                    };
                    // The name stands there in Traditional characters; only the figures must be the same.
                    difference(&Read { agency: read.agency.clone(), ..made(report) }, &read)
                },
            );
        }
    }
}

#[test]
fn a_compilation_holds_all_its_reports() {
    let settings = settings();
    for layout in
        [Layout::TabLed, Layout::Tabs, Layout::Pipes, Layout::PipeEndedRows, Layout::Markdown]
    {
        for_each_seed(layout.name(), times("GOUJI_TEST_REPORTS", 100) / 5, 0, |seed| {
            let reports: Vec<Report> = (0..4)
                .map(|at| Report::random(seed * 4 + at, &options(seed * 4 + at, layout)))
                .collect();
            let snapshot =
                Snapshot::new(&gouji_generator::compilation(&reports, layout), settings.clone());
            let read: Vec<_> = snapshot.reports().map(|view| cells(view.report)).collect();
            let made: Vec<_> = reports.iter().map(|report| made(report).cells).collect();
            (read != made).then(|| {
                format!("made {} reports, read {}, or other figures", made.len(), read.len())
            })
        });
    }
}

/// A layout that has lost figures: each table that has is spoken of exactly once and gives none; the others are read as made. No sum is wrong.
fn lost(layout: Layout) {
    let options = |seed| {
        let figures = if seed % 2 == 0 { Busyness::Usual } else { Busyness::Busy };
        Options { figures, ..options(seed, layout) }
    };
    let count = times("GOUJI_TEST_REPORTS", 100);
    each(layout.name(), layout, count, options, |_, report, snapshot| {
        if let Some(found) = of_group(snapshot, Group::Arithmetic).first() {
            return Some(shown(snapshot, found));
        }
        let lost = gouji_generator::lost(report, layout);
        let Some(view) = snapshot.reports().next() else {
            return Some("no report found".to_owned());
        };
        let (made, read) = (made(report).cells, cells(view.report));
        misread_or_guessed(&made, &read, &lost).or_else(|| said_otherwise(snapshot, layout, &lost))
    });
}

/// A figure of a lost table, or one that is not what was made. A zero that was left out may be blank.
fn misread_or_guessed(
    made: &BTreeMap<String, String>,
    read: &BTreeMap<String, String>,
    lost: &[&str],
) -> Option<String> {
    let table = |key: &str| key.split('.').next().unwrap_or_default().to_owned();
    let guessed = read.keys().find(|key| lost.contains(&table(key).as_str()));
    if let Some(key) = guessed {
        return Some(format!("{key} is read as {:?}, but cannot be known", read[key]));
    }
    let keys = made.keys().filter(|key| !lost.contains(&table(key).as_str()));
    let right = |key: &String| {
        let (made, read) = (made.get(key), read.get(key));
        made == read || read.is_some_and(String::is_empty)
    };
    let wrong = keys.chain(read.keys()).find(|key| !right(key))?;
    Some(format!("{wrong} is read as {:?}, made as {:?}", read.get(wrong), made.get(wrong)))
}

fn said_otherwise(snapshot: &Snapshot, layout: Layout, lost: &[&str]) -> Option<String> {
    let findings = of_group(snapshot, Group::Table);
    let spoken = |found: &&Found<'_>| {
        matches!(&*found.rule().id, "table-unreadable" | "table-missing" | "table-row-width")
    };
    let expected = if layout == Layout::HeadingsOnly { 1 } else { lost.len() };
    let all: Vec<_> = findings.iter().filter(spoken).map(|it| shown(snapshot, it)).collect();
    if all.len() != expected {
        return Some(format!("{expected} tables are lost: {lost:?}, but said is {all:?}"));
    }
    // Nothing else is said of a table that is lost.
    let report = snapshot.reports().next()?.report;
    let is_lost = |part: usize| {
        report.parts[part].tables.iter().any(|table| lost.contains(&table.spec().id.as_str()))
    };
    let besides = findings
        .iter()
        .find(|it| !spoken(it) && is_lost(it.finding.place.part as usize))
        .map(|it| shown(snapshot, it))?;
    Some(format!("besides: {besides}"))
}

#[test]
fn kind_9_lines_dropped() {
    lost(Layout::LinesDropped);
}

#[test]
fn kind_10_columns_lost() {
    lost(Layout::ColumnsLost);
}

#[test]
fn kind_11_labels_lost() {
    lost(Layout::LabelsLost);
}

#[test]
fn kind_17_headings_only() {
    lost(Layout::HeadingsOnly);
}

/// Nobody has listed them, and they cut all the same.
#[test]
fn bars_may_be_full_width_or_drawn() {
    let settings = settings();
    let count = times("GOUJI_TEST_REPORTS", 100);
    for bar in ["｜", "│"] {
        for_each_seed(bar, count, 0, |seed| {
            let report = Report::random(seed, &options(seed, Layout::Pipes));
            let text = render(&report, Layout::Pipes).replace('|', bar);
            let problem = misread(&report, &Snapshot::new(&text, settings.clone()))?;
            Some(format!("{problem}\n    {}", keep(&format!("bars {seed}.txt"), &text)))
        });
    }
}
