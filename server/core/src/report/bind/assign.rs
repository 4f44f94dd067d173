//! The runs that belong to one table of one form.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::fit::{self, Place, Row};
use super::lost::{self, Manner};
use super::torn::Torn;
use super::{Candidate, NamedRun, Page, header, nameless, parts, spread};
use crate::form::Block;
use crate::report::model::{BoundHeader, Layout, Unreadable};
use crate::syntax::{CellKind, Shape};

/// Words before a table that may be its header; what stands farther up is prose.
const LONGEST_HEADER: usize = 80;

/// A table of a form with the runs that are its rows; more than one when the text holds it twice.
pub(super) struct Assignment<'a> {
    pub(super) candidate: Candidate<'a>,
    pub(super) instances: Vec<Instance>,
}

/// The table as it stands in the text once.
#[derive(Default)]
pub(super) struct Instance {
    pub(super) entries: Vec<Entry>,
    pub(super) headers: Vec<BoundHeader>,
    pub(super) unreadable: Option<Unreadable>,
    pub(super) layout: Layout,
}

/// A run and the row it is: block and row, or none for a run between the rows that the form does not have.
pub(super) struct Entry {
    pub(super) run: usize,
    pub(super) row: Option<(usize, usize)>,
    pub(super) duplicate: bool,
    pub(super) place: Place,
    /// The columns that it holds, where the row is printed in parts.
    pub(super) part: Option<Range<usize>>,
    /// The cells that are its values, where the text repeats them in each column of a span.
    pub(super) firsts: Vec<usize>,
}

impl Entry {
    fn new(run: usize, row: Option<(usize, usize)>) -> Self {
        Self { run, row, duplicate: false, place: Place::Nowhere, part: None, firsts: Vec::new() }
    }
}

/// Finds the rows of a table among the runs.
pub(super) fn assign<'a>(page: &Page<'_>, candidate: Candidate<'a>) -> Assignment<'a> {
    let spec = candidate.spec;
    let here = page.source.section == Some(spec.section);
    let mut instances = labelled(page, candidate);
    if here && instances.is_empty() {
        instances.push(Instance::default());
    }
    let hollow: Vec<usize> = (0..page.runs.len()).filter(|&run| page.runs[run].hollow).collect();
    let firsts = instances.iter().map(|it| it.entries.first().map_or(0, |entry| entry.run));
    let firsts: Vec<usize> = firsts.skip(1).chain([page.runs.len()]).collect();
    let torn = Torn::new(page, spec);
    let mut last = 0;
    for (instance, &next) in instances.iter_mut().zip(&firsts) {
        nameless::place(page, candidate, instance);
        let around = last..next;
        last = instance.entries.last().map_or(last, |entry| entry.run);
        if here {
            let within = hollow.partition_point(|run| *run < around.start)
                ..hollow.partition_point(|run| *run < next);
            add_hollow(page, candidate, instance, &hollow[within]);
        }
        while instance.entries.last().is_some_and(|entry| entry.row.is_none()) {
            instance.entries.pop();
        }
        fit_blocks(page, candidate, instance);
        if torn.tells(instance, around) {
            instance.unreadable = Some(Unreadable::LabelsLost);
        }
    }
    let least = if here { 1 } else { spec.rows().count().div_ceil(4).min(2) };
    instances.retain(|instance| found(instance).count() >= least);
    Assignment { candidate, instances }
}

/// The table as often as it stands there, with the runs from its first row to its last: rows by their labels, and what stands between them.
fn labelled(page: &Page<'_>, candidate: Candidate<'_>) -> Vec<Instance> {
    let rows = candidate.spec.rows().count();
    let mut instances: Vec<Instance> = Vec::new();
    // Rows of the last instance.
    let mut seen = FxHashSet::default();
    for run in (0..page.runs.len()).filter(|&run| !page.runs[run].hollow) {
        let open = instances.last();
        let (row, part) = match parts::part_of(page, run, candidate, open) {
            Some((row, columns)) => (Some(row), Some(columns)),
            None => (row_of(page, run, candidate, open), None),
        };
        let is_part = part.is_some();
        let entry = |duplicate| Entry { duplicate, part, ..Entry::new(run, row) };
        let Some(instance) = instances.last_mut() else {
            if row.is_some() {
                seen.extend(row);
                instances.push(Instance { entries: vec![entry(false)], ..Instance::default() });
            }
            continue;
        };
        let again = row.is_some_and(|row| !seen.insert(row)) && !is_part;
        // The table's first row again, behind others: the table stands there twice.
        if again && instance.entries[0].row == row && instance.entries.len() * 2 > rows {
            seen = row.into_iter().collect();
            instances.push(Instance { entries: vec![entry(false)], ..Instance::default() });
        } else {
            instance.entries.push(entry(again));
        }
    }
    instances
}

/// Rows whose label stands there without any value, where the table lacks them. `hollow` are those between its neighbours of the same kind.
fn add_hollow(
    page: &Page<'_>,
    candidate: Candidate<'_>,
    instance: &mut Instance,
    hollow: &[usize],
) {
    let entries = std::mem::take(&mut instance.entries);
    let (count, mut lowest_behind) = (entries.len(), vec![None; entries.len() + 1]);
    for (at, entry) in entries.iter().enumerate().rev() {
        let behind = lowest_behind[at + 1];
        lowest_behind[at] =
            if entry.row.is_none() { behind } else { entry.row.min(behind.or(entry.row)) };
    }
    let mut rest = entries.into_iter().enumerate().peekable();
    let mut highest = None;
    for &run in hollow {
        while let Some((_, entry)) = rest.next_if(|(_, entry)| entry.run < run) {
            highest = highest.max(entry.row);
            instance.entries.push(entry);
        }
        let row = if page.runs[run].named.rows.is_empty() {
            let is_first = count == 0 && instance.entries.is_empty();
            is_first.then(|| unlabelled_row(page, run, candidate)).flatten()
        } else {
            let mut rows = page.runs[run].named.rows.iter();
            let row = rows.find(|row| candidate.has(row) && !row.weak);
            row.map(|row| (row.block, row.row))
        };
        // In its order only: the same words may stand in a list or a sentence.
        let behind = lowest_behind[rest.peek().map_or(count, |(at, _)| *at)];
        if row > highest && (behind.is_none() || behind > row) {
            highest = row;
            instance.entries.push(Entry::new(run, row));
        }
    }
    instance.entries.extend(rest.map(|(_, entry)| entry));
}

/// The row of this table that a run is.
fn row_of(
    page: &Page<'_>,
    run: usize,
    candidate: Candidate<'_>,
    open: Option<&Instance>,
) -> Option<(usize, usize)> {
    let named = &page.runs[run];
    let last = open.and_then(|it| it.entries.iter().rev().find_map(|entry| entry.row));
    let mut lowest = None;
    let mut next = None;
    for row in named.named.rows.iter().filter(|row| candidate.has(row)) {
        let columns = candidate.spec.blocks[row.block].columns.len();
        let fits = (1..=columns).contains(&named.filled);
        if row.weak && (!fits || last.is_none()) {
            continue;
        }
        let at = Some((row.block, row.row));
        lowest = if lowest.is_none() { at } else { lowest.min(at) };
        if at > last {
            next = if next.is_none() { at } else { next.min(at) };
        }
    }
    if lowest.is_some() {
        return next.or(lowest);
    }
    if named.named.rows.iter().any(|row| !row.weak) {
        return None;
    }
    unlabelled_row(page, run, candidate)
}

/// A block without row labels is known by its header, or by its section and its number of values.
fn unlabelled_row(
    page: &Page<'_>,
    run: usize,
    Candidate { form, table, spec }: Candidate<'_>,
) -> Option<(usize, usize)> {
    let is_unlabelled = |block: &Block| block.rows.iter().any(|row| row.label.text.is_empty());
    let (at, block) = spec.blocks.iter().enumerate().find(|(_, block)| is_unlabelled(block))?;
    let in_section = page.source.section == Some(spec.section);
    if in_section && width(page, run) == block.columns.len() {
        return Some((at, 0));
    }
    let context = header_context(page, &page.runs[run].run.context);
    let words = page.source.lexicon.header_words(form, table, at);
    let shown = header::columns(words, joined(page, &context));
    let whole = shown.as_ref().is_some_and(|shown| shown.len() == block.columns.len());
    let here = in_section && (shown.is_some() || header::is_shown(page, context, block));
    (whole || here).then_some((at, 0))
}

pub(super) fn width(page: &Page<'_>, run: usize) -> usize {
    Row::new(page.values(run), false).width()
}

fn fit_blocks(page: &Page<'_>, candidate: Candidate<'_>, instance: &mut Instance) {
    let spec = candidate.spec;
    let manner = manner(page, instance);
    instance.layout = manner.layout;
    let mut blocks = Vec::with_capacity(spec.blocks.len());
    for (index, block) in spec.blocks.iter().enumerate() {
        let is_here =
            |entry: &Entry| !entry.duplicate && entry.row.is_some_and(|(it, _)| it == index);
        let entries: Vec<usize> =
            (0..instance.entries.len()).filter(|&at| is_here(&instance.entries[at])).collect();
        let unlabelled = block.rows.iter().all(|row| row.label.text.is_empty());
        let row = |&at: &usize| {
            let run = instance.entries[at].run;
            // Behind the last cell of all no row follows.
            let ends = page.runs[run].run.values.end == page.tokens.list.len();
            let values = page.values(run);
            let first_is_pipe = values.first().is_some_and(|it| it.shape == Shape::LonePipe);
            let led = unlabelled && manner.separated && first_is_pipe;
            Row { led, ..Row::new(values, manner.separated && !ends) }
        };
        let rows: Vec<Row<'_>> = entries.iter().map(row).collect();
        let first = entries.first().map(|&at| &page.runs[instance.entries[at].run]);
        let (header, grid, spans) = first
            .map(|first| block_header(page, candidate, index, first, &rows, manner))
            .unwrap_or_default();
        let part = entries.first().and_then(|&at| instance.entries[at].part.as_ref());
        let columns = part.map_or(header.columns.len(), Range::len);
        let mut places = fit::places(&rows, columns, grid);
        let firsts = spread::settle(page, &rows, &mut places, spans.as_deref(), columns);
        for ((&at, place), firsts) in entries.iter().zip(&places).zip(firsts) {
            instance.entries[at].firsts = firsts;
            instance.entries[at].place = *place;
        }
        instance.headers.push(header);
        blocks.push(lost::Block { rows, places, columns });
    }
    instance.unreadable = lost::unreadable(page.source, &blocks, manner);
}

/// How the table is written, by all its cells.
fn manner(page: &Page<'_>, instance: &Instance) -> Manner {
    let rows = || instance.entries.iter().filter(|entry| entry.row.is_some());
    let run = |entry: &Entry| &page.runs[entry.run].run;
    let shown = |entry: &Entry| {
        let run = run(entry);
        if run.values.is_empty() { run.context.clone() } else { run.values.clone() }
    };
    let layout =
        fit::layout(rows().flat_map(|it| &page.tokens.list[shown(it)]), page.has_delimiter);
    let start = instance.entries.first().map_or(0, |entry| run(entry).context.start);
    let end = instance.entries.last().map_or(0, |entry| run(entry).values.end);
    let tokens = &page.tokens.list;
    let padded = tokens[start..end].iter().any(|token| token.padding);
    let below_pipe = |entry: &Entry| {
        let words = run(entry).context.clone().find(|&at| tokens[at].kind == CellKind::Text);
        let before = words.and_then(|words| words.checked_sub(1));
        before.is_some_and(|before| tokens[before].shape == Shape::LonePipe)
    };
    // The header of the only row tells as well.
    let only = rows().count() == 1;
    let separated = rows().skip(usize::from(!only)).all(below_pipe) && rows().count() > 0;
    Manner { layout, padded, separated }
}

fn block_header(
    page: &Page<'_>,
    candidate: Candidate<'_>,
    index: usize,
    first: &NamedRun<'_>,
    rows: &[Row<'_>],
    manner: Manner,
) -> (BoundHeader, Option<u16>, Option<Vec<usize>>) {
    let Candidate { form, table, spec } = candidate;
    let block = &spec.blocks[index];
    // The last header of a block without row labels may also be a row's word (总计).
    let unlabelled = block.rows.iter().all(|row| row.label.text.is_empty());
    let mut context = first.run.context.clone();
    if !unlabelled && !first.named.label.is_empty() {
        context.end = first.named.label.start.max(context.start);
    }
    let context = header_context(page, &context);
    let widest = rows.iter().map(Row::width).max().unwrap_or(0);
    let words = page.source.lexicon.header_words(form, table, index);
    let shown = header::columns(words, joined(page, &context));
    // A header scraped with its cells run together shows too few; only where the rows agree are columns really missing. Bare lines prove nothing:
    // a crawler that drops repeated ones leaves as many headers as values.
    let bare = matches!(manner.layout, Layout::Bare | Layout::Spaces);
    let columns = shown
        .filter(|shown| shown.len() == widest && !bare)
        .unwrap_or_else(|| (0..block.columns.len()).collect());
    let grid = header::grid(page, &context, block, &columns);
    let spans =
        if widest > columns.len() { spread::spans(page, &context, block, &columns) } else { None };
    let mut header = header::bound(page, context, columns);
    header.foreign = header::foreign(page, candidate, index, &header);
    (header, grid, spans)
}

pub(super) fn header_context(page: &Page<'_>, context: &Range<usize>) -> Range<usize> {
    let first = page.tokens.labels_before(context.clone()).take(LONGEST_HEADER).last();
    first.unwrap_or(context.end)..context.end
}

fn joined<'a>(page: &'a Page<'_>, context: &Range<usize>) -> &'a str {
    if context.is_empty() { "" } else { page.tokens.joined(context.start, context.end - 1) }
}

impl Assignment<'_> {
    /// Every row of the form is there and certain, and no other.
    pub(super) fn is_complete(&self) -> bool {
        let rows = self.candidate.spec.rows().count();
        self.instances.iter().any(|it| exact(it) == rows && extra(it) == 0)
    }

    /// How well the form fits: by the rows that it has and the table too, against those that only one of them has. What the cells look like decides
    /// between forms with the same rows.
    pub(super) fn score(&self) -> isize {
        let rows = self.candidate.spec.rows().count().cast_signed();
        let score = |it: &Instance| {
            let found = found(it).count().cast_signed();
            4 * found + 2 * exact(it).cast_signed() - (rows - found) - 4 * extra(it).cast_signed()
        };
        self.instances.iter().map(score).max().unwrap_or(isize::MIN)
    }
}

/// The rows that are there, one printed in parts once.
fn found(instance: &Instance) -> impl Iterator<Item = &Entry> {
    let entries = &instance.entries;
    let goes_on =
        |at: usize| entries[at].part.is_some() && at > 0 && entries[at - 1].row == entries[at].row;
    (0..entries.len())
        .filter(move |&at| entries[at].row.is_some() && !entries[at].duplicate && !goes_on(at))
        .map(|at| &entries[at])
}

fn exact(instance: &Instance) -> usize {
    found(instance).filter(|entry| matches!(entry.place, Place::At(_))).count()
}

fn extra(instance: &Instance) -> usize {
    instance.entries.iter().filter(|entry| entry.row.is_none()).count()
}
