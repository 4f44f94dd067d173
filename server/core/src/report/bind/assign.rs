//! The runs that belong to one table of one form.

use std::ops::Range;
use std::sync::Arc;

use super::fit::{self, Place};
use super::labels::folded_context;
use super::runs::Token;
use super::{NamedRun, Source, header};
use crate::report::fold::fold;
use crate::report::model::{
    BoundHeader, BoundLabel, BoundRow, BoundTable, Cell, Fit, Layout, Unreadable, Value,
};
use crate::report::value;
use crate::syntax::{CellKind, Shape};
use crate::text::TextRange;

/// Words before a table that may be its header; what stands farther up is prose.
const LONGEST_HEADER: usize = 80;

/// A table of a form with the runs that are its rows; more than one when the text holds it twice.
pub(super) struct Assignment<'a> {
    form: usize,
    table: usize,
    spec: &'a crate::form::Table,
    instances: Vec<Instance>,
}

#[derive(Default)]
struct Instance {
    entries: Vec<Entry>,
    blocks: Vec<BlockFit>,
    unreadable: Option<Unreadable>,
    layout: Layout,
}

/// A run and the row it is: block and row, or none for a run between the rows that the form does not have.
struct Entry {
    run: usize,
    row: Option<(usize, usize)>,
    duplicate: bool,
    place: Place,
}

struct BlockFit {
    header: BoundHeader,
}

/// Finds the rows of a table among the runs.
pub(super) fn assign<'a>(
    source: &Source<'a>,
    tokens: &[Token],
    runs: &[NamedRun],
    form: usize,
    table: usize,
) -> Assignment<'a> {
    let spec = &source.lexicon.forms[form].tables[table];
    let mut instances: Vec<Instance> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        let row = row_of(source, tokens, runs, index, form, table, instances.last());
        match (row, instances.last_mut()) {
            (None, None) => {}
            (None, Some(instance)) => instance.entries.push(Entry {
                run: index,
                row: None,
                duplicate: false,
                place: Place::Nowhere,
            }),
            (Some(row), open) => {
                let again = open
                    .as_ref()
                    .is_some_and(|it| it.entries.iter().any(|entry| entry.row == Some(row)));
                // The table's first row again, behind others: the table stands there twice.
                let first =
                    open.as_ref().and_then(|it| it.entries.first()).and_then(|entry| entry.row);
                let restarts = again
                    && first == Some(row)
                    && open.as_ref().is_some_and(|it| it.entries.len() * 2 > spec.rows().count());
                let entry = Entry {
                    run: index,
                    row: Some(row),
                    duplicate: again && !restarts,
                    place: Place::Nowhere,
                };
                match open {
                    Some(instance) if !restarts => instance.entries.push(entry),
                    _ => instances.push(Instance { entries: vec![entry], ..Instance::default() }),
                }
            }
        }
        let _ = run;
    }
    for instance in &mut instances {
        fill_between(tokens, runs, spec, instance);
        while instance.entries.last().is_some_and(|entry| entry.row.is_none()) {
            instance.entries.pop();
        }
        fit_blocks(source, tokens, runs, spec, instance);
    }
    let least = spec.rows().count().div_ceil(4).min(2);
    let here = source.section == Some(spec.section);
    instances.retain(|instance| {
        here || instance.entries.iter().filter(|entry| entry.row.is_some()).count() >= least
    });
    Assignment { form, table, spec, instances }
}

/// The row of this table that a run is.
fn row_of(
    source: &Source<'_>,
    tokens: &[Token],
    runs: &[NamedRun],
    index: usize,
    form: usize,
    table: usize,
    open: Option<&Instance>,
) -> Option<(usize, usize)> {
    let run = &runs[index];
    let here = run.named.rows.iter().filter(|row| row.form == form && row.table == table);
    let last = open.and_then(|it| it.entries.iter().rev().find_map(|entry| entry.row));
    let mut rows: Vec<_> = here
        .filter(|row| !row.weak || (run.filled > 0 && last.is_some()))
        .map(|row| (row.block, row.row))
        .collect();
    rows.sort_unstable();
    if let Some(&first) = rows.first() {
        return rows.into_iter().find(|row| last.is_none_or(|last| *row > last)).or(Some(first));
    }
    if run.named.rows.iter().any(|row| !row.weak) {
        return None;
    }
    unlabelled_row(source, tokens, run, form, table)
}

/// A block without row labels is known by its header, or by its section and its number of values.
fn unlabelled_row(
    source: &Source<'_>,
    tokens: &[Token],
    run: &NamedRun,
    form: usize,
    table: usize,
) -> Option<(usize, usize)> {
    let spec = &source.lexicon.forms[form].tables[table];
    let (at, block) = spec
        .blocks
        .iter()
        .enumerate()
        .find(|(_, block)| block.rows.iter().any(|row| row.label.text.is_empty()))?;
    let in_section = source.section == Some(spec.section);
    let whole = fit::width(&tokens[run.run.values.clone()]) == block.columns.len();
    if in_section && whole {
        return Some((at, 0));
    }
    let shown = header::columns(
        block,
        &folded_context(source, tokens, header_context(tokens, &run.run.context)),
    )?;
    (in_section || shown.len() == block.columns.len()).then_some((at, 0))
}

/// In the text of a PDF a wrapped label may be beyond recognition; where as many nameless rows stand between two rows as the form has, they are those.
fn fill_between(
    tokens: &[Token],
    runs: &[NamedRun],
    spec: &crate::form::Table,
    instance: &mut Instance,
) {
    let order: Vec<(usize, usize)> = spec.rows().map(|(block, row, _)| (block, row)).collect();
    let ordinal = |row: (usize, usize)| order.iter().position(|it| *it == row);
    let mut known = (0..instance.entries.len())
        .filter(|&at| instance.entries[at].row.is_some())
        .collect::<Vec<_>>()
        .into_iter()
        .peekable();
    let mut filled = Vec::new();
    while let (Some(from), Some(&to)) = (known.next(), known.peek()) {
        let (Some(first), Some(last)) = (
            instance.entries[from].row.and_then(ordinal),
            instance.entries[to].row.and_then(ordinal),
        ) else {
            continue;
        };
        let between = from + 1..to;
        let whole = |&at: &usize| {
            let run = &runs[instance.entries[at].run];
            let bare = matches!(tokens[run.run.values.start].shape, Shape::Spaced | Shape::Bare);
            bare && fit::width(&tokens[run.run.values.clone()])
                == spec.blocks[order[first].0].columns.len()
        };
        if last > first && last - first - 1 == between.len() && between.clone().all(|at| whole(&at))
        {
            filled.extend(between.zip(first + 1..last));
        }
    }
    for (at, ordinal) in filled {
        instance.entries[at].row = Some(order[ordinal]);
    }
}

fn fit_blocks(
    source: &Source<'_>,
    tokens: &[Token],
    runs: &[NamedRun],
    spec: &crate::form::Table,
    instance: &mut Instance,
) {
    let values: Vec<Token> = instance
        .entries
        .iter()
        .filter(|entry| entry.row.is_some())
        .flat_map(|entry| &tokens[runs[entry.run].run.values.clone()])
        .copied()
        .collect();
    let has_delimiter = source.cut.lines.iter().any(|line| line.shape == Shape::Delimiter);
    instance.layout = fit::layout(&values, has_delimiter);
    for (index, block) in spec.blocks.iter().enumerate() {
        let entries: Vec<usize> = (0..instance.entries.len())
            .filter(|&at| {
                instance.entries[at].row.is_some_and(|(it, _)| it == index)
                    && !instance.entries[at].duplicate
            })
            .collect();
        let rows: Vec<&[Token]> = entries
            .iter()
            .map(|&at| &tokens[runs[instance.entries[at].run].run.values.clone()])
            .collect();
        let header = entries
            .first()
            .map(|&at| block_header(source, tokens, &runs[instance.entries[at].run], block, &rows))
            .unwrap_or_default();
        let columns = header.columns.len();
        let places = fit::places(&rows, columns);
        instance.unreadable = instance.unreadable.or(fit::unreadable(
            source,
            &rows,
            &places,
            columns,
            instance.layout,
        ));
        for (&at, &place) in entries.iter().zip(&places) {
            instance.entries[at].place = place;
        }
        instance.blocks.push(BlockFit { header });
    }
    let lost = |entry: &Entry| {
        entry.row.is_none() && is_group_with_items(source, tokens, &runs[entry.run], spec)
    };
    if instance.entries.iter().any(lost) {
        instance.unreadable = Some(Unreadable::LabelsLost);
    }
}

/// A group's label with more values than columns: those of its items, whose labels are gone.
fn is_group_with_items(
    source: &Source<'_>,
    tokens: &[Token],
    run: &NamedRun,
    spec: &crate::form::Table,
) -> bool {
    let Some(last) = run.run.context.clone().rev().find(|&at| tokens[at].kind == CellKind::Text)
    else {
        return false;
    };
    let columns = spec.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    run.filled > columns && source.lexicon.group(&fold(source.words(tokens[last]))).is_some()
}

fn block_header(
    source: &Source<'_>,
    tokens: &[Token],
    first: &NamedRun,
    block: &crate::form::Block,
    rows: &[&[Token]],
) -> BoundHeader {
    let context = first.run.context.start..first.named.label.start.max(first.run.context.start);
    // The last header of a block without row labels may also be a row's word (总计).
    let unlabelled = block.rows.iter().all(|row| row.label.text.is_empty());
    let whole = unlabelled || first.named.label.is_empty();
    let context = if whole { first.run.context.clone() } else { context };
    let context = header_context(tokens, &context);
    let all: Vec<usize> = (0..block.columns.len()).collect();
    let widest = rows.iter().map(|row| fit::width(row)).max().unwrap_or(0);
    let shown = header::columns(block, &folded_context(source, tokens, context.clone()));
    // A header scraped with its cells run together shows too few; only where the rows agree are columns really missing.
    let columns = shown.filter(|shown| shown.len() == widest).unwrap_or(all);
    header::bound(source, tokens, context, columns)
}

fn header_context(tokens: &[Token], context: &Range<usize>) -> Range<usize> {
    let words = context
        .clone()
        .rev()
        .filter(|&at| tokens[at].kind == CellKind::Text)
        .take(LONGEST_HEADER)
        .last();
    words.unwrap_or(context.end)..context.end
}

impl Assignment<'_> {
    /// Every row of the form is there and certain.
    pub(super) fn is_complete(&self) -> bool {
        self.instances.iter().any(|it| self.exact(it) == self.spec.rows().count())
    }

    /// How well the form fits: rows that are certain count for it; rows that lack, do not fit or are not the form's count against it.
    pub(super) fn score(&self) -> i64 {
        let rows = self.spec.rows().count();
        let score = |it: &Instance| {
            4 * self.exact(it) as i64
                - (rows as i64 - self.exact(it) as i64)
                - it.entries.iter().filter(|entry| entry.row.is_none()).count() as i64
        };
        self.instances.iter().map(score).max().unwrap_or(i64::MIN)
    }

    fn exact(&self, instance: &Instance) -> usize {
        instance
            .entries
            .iter()
            .filter(|entry| entry.row.is_some() && matches!(entry.place, Place::At(_)))
            .count()
    }

    /// The tables, bound.
    pub(super) fn tables(
        self,
        source: &Source<'_>,
        tokens: &[Token],
        runs: &[NamedRun],
    ) -> Vec<BoundTable> {
        let form = &source.lexicon.forms[self.form];
        let bound = |instance: Instance| {
            Binder { source, tokens, runs, spec: self.spec }.table(
                instance,
                form.clone(),
                self.table,
            )
        };
        self.instances.into_iter().filter_map(bound).collect()
    }
}

struct Binder<'a> {
    source: &'a Source<'a>,
    tokens: &'a [Token],
    runs: &'a [NamedRun],
    spec: &'a crate::form::Table,
}

impl Binder<'_> {
    fn table(
        &self,
        instance: Instance,
        form: Arc<crate::form::Form>,
        table: usize,
    ) -> Option<BoundTable> {
        let first = instance.entries.first()?;
        let last = instance.entries.last()?;
        let headers: Vec<BoundHeader> =
            instance.blocks.into_iter().map(|block| block.header).collect();
        let start = self.tokens[self.runs[first.run].named.label.clone()]
            .first()
            .or(self.tokens.get(self.runs[first.run].run.values.start))?
            .range;
        let start =
            headers.iter().filter_map(|header| header.range).fold(start, TextRange::cover).start;
        let end = self.tokens.get(self.runs[last.run].run.values.end.checked_sub(1)?)?.range.end;
        let mut cells =
            vec![None; if instance.unreadable.is_some() { 0 } else { self.spec.cell_count }];
        let mut rows = Vec::new();
        for entry in &instance.entries {
            let row = self.row(entry, &headers, &mut cells);
            rows.push(row);
        }
        let note = headers
            .iter()
            .flat_map(|header| &header.labels)
            .map(|label| label.range)
            .find(|range| self.is_note(*range));
        let range = TextRange { start, end: end.max(start) };
        Some(BoundTable {
            form,
            table,
            layout: instance.layout,
            range,
            cells,
            rows,
            headers,
            note,
            unreadable: instance.unreadable,
        })
    }

    fn is_note(&self, range: TextRange) -> bool {
        self.source.lexicon.note(&fold(&self.source.text[range.to_range()])).is_some()
    }

    fn row(&self, entry: &Entry, headers: &[BoundHeader], cells: &mut [Option<Cell>]) -> BoundRow {
        let run = &self.runs[entry.run];
        let values: Vec<Cell> =
            self.tokens[run.run.values.clone()].iter().map(|token| self.cell(*token)).collect();
        let labels = self.labels(run, entry.row);
        let first =
            labels.first().map(|label| label.range).or(values.first().map(|cell| cell.range));
        let start = first.map_or(0, |range| range.start);
        let end = values
            .iter()
            .rev()
            .find(|cell| cell.value != Value::Blank)
            .or(values.last())
            .map_or(start, |cell| cell.range.end);
        let fit = self.fit(entry, headers, &values, cells);
        let columns = self.columns(run, entry.place);
        BoundRow {
            row: entry.row,
            labels,
            range: TextRange { start, end: end.max(start) },
            values,
            fit,
            columns,
        }
    }

    fn fit(
        &self,
        entry: &Entry,
        headers: &[BoundHeader],
        values: &[Cell],
        cells: &mut [Option<Cell>],
    ) -> Fit {
        let Some((block, row)) = entry.row else { return Fit::Extra };
        if entry.duplicate {
            return Fit::Duplicate;
        }
        let columns = &headers[block].columns;
        match entry.place {
            Place::Nowhere => Fit::Empty,
            Place::Width(found) => {
                // The row is there, its values are not known.
                let range =
                    TextRange::empty(values.first().map_or(0, |cell| cell.range.start as usize));
                for &column in columns {
                    if let Some(slot) = cells.get_mut(self.spec.cell_at(block, row, column)) {
                        *slot = Some(Cell { range, value: Value::Unknown });
                    }
                }
                Fit::Width { found, expected: columns.len() }
            }
            Place::At(first) => {
                for (&column, cell) in columns.iter().zip(values.iter().skip(first)) {
                    if let Some(slot) = cells.get_mut(self.spec.cell_at(block, row, column)) {
                        *slot = Some(cell.clone());
                    }
                }
                Fit::Exact
            }
        }
    }

    fn cell(&self, token: Token) -> Cell {
        let value = match token.kind {
            CellKind::Blank => Value::Blank,
            CellKind::Number | CellKind::Text => value::read(self.source.words(token)),
            CellKind::Mark => Value::NotNumber,
        };
        Cell { range: token.range, value }
    }

    /// The row's own label, and before it those of the row spans that begin here.
    fn labels(&self, run: &NamedRun, row: Option<(usize, usize)>) -> Vec<BoundLabel> {
        if row.is_some_and(|(block, row)| self.spec.blocks[block].rows[row].label.text.is_empty()) {
            return Vec::new();
        }
        let mut labels = Vec::new();
        let own = run.named.label.clone();
        for at in run
            .run
            .context
            .clone()
            .filter(|at| !own.contains(at) && self.tokens[*at].kind == CellKind::Text)
        {
            let token = self.tokens[at];
            if token.range.len() <= LONGEST_HEADER * 3
                && let Some(group) = self.source.lexicon.group(&fold(self.source.words(token)))
            {
                labels.push(BoundLabel { range: token.range, standard: Some(group.clone()) });
            }
        }
        if let (Some(first), Some(last)) =
            (self.tokens[own.clone()].first(), self.tokens[own].last())
        {
            let standard = row
                .map(|(block, row)| self.spec.blocks[block].rows[row].label.text.as_str().into());
            labels.push(BoundLabel { range: first.range.cover(last.range), standard });
        } else if let (None, Some(token)) = (
            row,
            run.run
                .context
                .clone()
                .rev()
                .map(|at| self.tokens[at])
                .find(|token| token.kind == CellKind::Text),
        ) {
            if !labels.iter().any(|label| label.range == token.range) {
                labels.push(BoundLabel { range: token.range, standard: None });
            }
        }
        labels
    }

    fn columns(&self, run: &NamedRun, place: Place) -> Option<(u32, u32)> {
        let label = self.tokens[run.named.label.clone()].last()?;
        let values = &self.tokens[run.run.values.clone()];
        let first = match place {
            Place::At(first) => values.get(first)?,
            Place::Width(_) | Place::Nowhere => {
                values.iter().find(|token| token.kind != CellKind::Blank)?
            }
        };
        let in_line =
            label.line == first.line && matches!(label.shape, Shape::Tabbed | Shape::Piped);
        in_line.then(|| (u32::from(label.column), u32::from(first.column)))
    }
}
