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
    judge: impl Fn(&Report, &Snapshot) -> Option<String> + Sync,
) {
    let settings = settings();
    for_each_seed(what, count, shortfall(what, count), |seed| {
        let report = Report::random(seed, &options(seed));
        let text = render(&report, layout);
        let problem = judge(&report, &Snapshot::new(&text, settings.clone()))?;
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
    each(layout.name(), layout, count, |seed| options(seed, layout), misread);
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
    kind_15_html: Html,
    kind_15_html_one_line: HtmlOneLine,
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
                |report, snapshot| {
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

/// A layout that has lost figures: nothing wrong is read, no sum is checked, and the requests table is spoken of exactly once.
fn lost(layout: Layout) {
    let options = |seed| {
        let figures = if seed % 2 == 0 { Busyness::Usual } else { Busyness::Busy };
        Options { figures, ..options(seed, layout) }
    };
    let count = times("GOUJI_TEST_REPORTS", 100);
    each(layout.name(), layout, count, options, |report, snapshot| {
        let pictures = layout == Layout::HeadingsOnly;
        guessed(report, snapshot).or_else(|| said_otherwise_than_once(snapshot, pictures))
    });
}

/// A sum that was checked, or a figure that is not what was made.
fn guessed(report: &Report, snapshot: &Snapshot) -> Option<String> {
    if let Some(found) = of_group(snapshot, Group::Arithmetic).first() {
        return Some(shown(snapshot, found));
    }
    let Some(view) = snapshot.reports().next() else { return Some("no report found".to_owned()) };
    let (made, read) = (made(report).cells, cells(view.report));
    let (key, text) =
        read.iter().find(|(key, text)| !text.is_empty() && made.get(*key) != Some(text))?;
    Some(format!("{key} is read as {text}, made as {:?}", made.get(key)))
}

fn said_otherwise_than_once(snapshot: &Snapshot, pictures: bool) -> Option<String> {
    let spoken = of_group(snapshot, Group::Table);
    let (lost, rest): (Vec<&Found<'_>>, Vec<&Found<'_>>) = spoken
        .iter()
        .partition(|found| matches!(&*found.rule().id, "table-unreadable" | "table-missing"));
    let expected = if pictures { 1..=1 } else { 1..=3 };
    if !expected.contains(&lost.len()) {
        return Some(format!("{} findings that a table cannot be read", lost.len()));
    }
    let report = snapshot.reports().next()?.report;
    let is_requests = |text: &str| text.contains("申请");
    let part = report
        .parts
        .iter()
        .position(|it| it.heading.as_ref().is_some_and(|it| is_requests(&it.text)));
    let doubled =
        rest.iter().find(|found| pictures || Some(found.finding.place.part as usize) == part);
    doubled.map(|found| format!("besides: {}", shown(snapshot, found)))
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

/// How many reports of a kind may still be misread; the aim is none. Collapsed cells are not yet told from blank ones in every block, and a wrapped or
/// glossed label can still lose a table.
fn shortfall(what: &str, count: u64) -> u64 {
    let percent = match what {
        _ if what.contains("columns-lost") => 25,
        _ if what.starts_with("Traditional") || what.starts_with("Both") => 10,
        _ => 2,
    };
    count * percent / 100
}
