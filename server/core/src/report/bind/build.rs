//! Assigned runs become a [`BoundTable`].

use super::assign::{Assignment, Entry, Instance};
use super::fit::Place;
use super::runs::Token;
use super::{Candidate, Page};
use crate::report::lexicon::RowRef;
use crate::report::model::{BoundHeader, BoundLabel, BoundRow, BoundTable, Cell, Fit, Value};
use crate::report::value;
use crate::syntax::{CellKind, Shape};
use crate::text::TextRange;

/// So many words above a table its note is still looked for.
const FARTHEST_NOTE: usize = 40;

/// The tables of an assignment, bound.
pub(super) fn tables(page: &Page<'_>, assignment: Assignment<'_>) -> Vec<BoundTable> {
    let Assignment { candidate, instances } = assignment;
    let builder = Builder { page, candidate };
    instances.into_iter().filter_map(|instance| builder.table(instance)).collect()
}

struct Builder<'a> {
    page: &'a Page<'a>,
    candidate: Candidate<'a>,
}

impl Builder<'_> {
    fn table(&self, instance: Instance) -> Option<BoundTable> {
        let tokens = &self.page.tokens.list;
        let first = &self.page.runs[instance.entries.first()?.run];
        let last = &self.page.runs[instance.entries.last()?.run];
        let label = tokens[first.named.label.clone()].first();
        let value = tokens[first.run.values.clone()].first();
        let start = label.or(value).or(tokens.get(first.run.context.start))?.range;
        let headers = instance.headers;
        let start =
            headers.iter().filter_map(|header| header.range).fold(start, TextRange::cover).start;
        let end = tokens.get(last.run.values.end.checked_sub(1)?)?.range.end;
        let mut cells =
            vec![
                None;
                if instance.unreadable.is_some() { 0 } else { self.candidate.spec.cell_count }
            ];
        let rows =
            instance.entries.iter().map(|entry| self.row(entry, &headers, &mut cells)).collect();
        let note = headers
            .iter()
            .flat_map(|header| &header.labels)
            .find(|label| self.is_note(label))
            .map(|label| label.range)
            .or_else(|| self.note_above(first.run.context.start));
        let range = TextRange { start, end: end.max(start) };
        let form = self.page.source.lexicon.forms[self.candidate.form].clone();
        Some(BoundTable {
            form,
            table: self.candidate.table,
            layout: instance.layout,
            range,
            is_plain: BoundTable::are_plain(&cells),
            cells,
            rows,
            headers,
            note,
            unreadable: instance.unreadable,
        })
    }

    fn is_note(&self, label: &BoundLabel) -> bool {
        self.candidate
            .spec
            .note
            .as_deref()
            .is_some_and(|note| label.standard.as_deref() == Some(note))
    }

    /// The note as a line of its own, farther above than a header stands.
    fn note_above(&self, end: usize) -> Option<TextRange> {
        let tokens = &self.page.tokens;
        let own = self.candidate.spec.note.as_deref()?;
        let is_own = |at: &usize| {
            let note = self.page.source.lexicon.note(tokens.fold(*at));
            note.is_some_and(|note| **note == *own)
        };
        let at = tokens.labels_before(0..end).take(FARTHEST_NOTE).find(is_own)?;
        Some(tokens.list[at].range)
    }

    fn row(&self, entry: &Entry, headers: &[BoundHeader], cells: &mut [Option<Cell>]) -> BoundRow {
        let values: Vec<Cell> =
            self.page.values(entry.run).iter().map(|token| self.cell(*token)).collect();
        let labels = self.labels(entry);
        let first =
            labels.first().map(|label| label.range).or(values.first().map(|cell| cell.range));
        let start = first.map_or(0, |range| range.start);
        let last = values.iter().rev().find(|cell| cell.value != Value::Blank).or(values.last());
        let end = last.map_or(start, |cell| cell.range.end).max(start);
        let fit = self.fit(entry, headers, &values, cells);
        BoundRow {
            row: entry.row,
            labels,
            range: TextRange { start, end },
            values,
            fit,
            columns: self.columns(entry),
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
        let whole = &headers[block].columns;
        let part = entry.part.clone().map(Vec::from_iter);
        let columns = part.as_ref().unwrap_or(whole);
        let is_foreign = headers[block].foreign.is_some();
        let mut put = |column: usize, cell: Cell| {
            let cell = if is_foreign { Cell { value: Value::Unknown, ..cell } } else { cell };
            if let Some(slot) = cells.get_mut(self.candidate.spec.cell_at(block, row, column)) {
                *slot = Some(cell);
            }
        };
        match entry.place {
            Place::Nowhere => Fit::Empty,
            Place::Width(found) => {
                // The row is there, its values are not known.
                let range =
                    TextRange::empty(values.first().map_or(0, |cell| cell.range.start as usize));
                for &column in columns {
                    put(column, Cell { range, value: Value::Unknown });
                }
                Fit::Width { found, expected: columns.len() }
            }
            Place::At(_) if !entry.firsts.is_empty() => {
                for (&column, &at) in columns.iter().zip(&entry.firsts) {
                    put(column, values[at].clone());
                }
                Fit::Exact
            }
            Place::At(first) => {
                for (&column, cell) in columns.iter().zip(values.iter().skip(first)) {
                    put(column, cell.clone());
                }
                Fit::Exact
            }
        }
    }

    fn cell(&self, token: Token) -> Cell {
        let value = match token.kind {
            CellKind::Blank => Value::Blank,
            CellKind::Number | CellKind::Text => value::read(self.page.source.words(token)),
            CellKind::Mark => Value::NotNumber,
        };
        Cell { range: token.range, value }
    }

    /// The row's own label, and before it those of the row spans that begin here.
    fn labels(&self, entry: &Entry) -> Vec<BoundLabel> {
        if entry.row.is_some_and(|(block, row)| {
            self.candidate.spec.blocks[block].rows[row].label.text.is_empty()
        }) {
            return Vec::new();
        }
        let (tokens, run) = (&self.page.tokens, &self.page.runs[entry.run]);
        let own = run.named.label.clone();
        let mut labels = Vec::with_capacity(1);
        for at in tokens.labels_before(run.run.context.clone()).filter(|at| !own.contains(at)) {
            if let Some(group) = self.page.source.lexicon.group(tokens.fold(at)) {
                labels.push(BoundLabel {
                    range: tokens.list[at].range,
                    standard: Some(group.clone()),
                });
            }
        }
        labels.reverse();
        if let (Some(first), Some(last)) =
            (tokens.list[own.clone()].first(), tokens.list[own].last())
        {
            let label = |(block, row)| RowRef {
                form: self.candidate.form,
                table: self.candidate.table,
                block,
                row,
                weak: false,
            };
            let standard =
                entry.row.map(|row| self.page.source.lexicon.row_label(label(row)).clone());
            labels.push(BoundLabel { range: first.range.cover(last.range), standard });
        } else if entry.row.is_none()
            && let Some(last) = tokens.labels_before(run.run.context.clone()).next()
        {
            let range = tokens.list[last].range;
            if labels.iter().all(|label| label.range != range) {
                labels.push(BoundLabel { range, standard: None });
            }
        }
        labels
    }

    /// Columns of the label and of the first value, where both stand in one line.
    fn columns(&self, entry: &Entry) -> Option<(u32, u32)> {
        let run = &self.page.runs[entry.run];
        let label = self.page.tokens.list[run.named.label.clone()].last()?;
        let values = self.page.values(entry.run);
        let first = match entry.place {
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
