//! Tables bound before, for parts that differ from theirs in figures alone: the reports of a folder are often copies of one page. It saves time and
//! decides nothing.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Source, anew};
use crate::report::model::BoundTable;
use crate::report::moved::{Figure, Moves};
use crate::report::value;
use crate::syntax::{CellKind, Cut, State};
use crate::text::TextRange;

/// A part with more cells than any report's is bound once.
const MOST_CELLS: usize = 2_000;
/// Templates of a kind: one for each page that a folder mixes.
const OF_A_KIND: usize = 4;
/// Templates altogether, the oldest forgotten first.
const MOST: usize = 32;
/// Kinds remembered, the oldest forgotten first.
const MOST_KINDS: usize = 64;

/// The tables that were bound last, by the text around their figures.
#[derive(Default)]
pub(crate) struct Templates {
    kept: RwLock<Kept>,
}

#[derive(Default)]
struct Kept {
    templates: Vec<Arc<Template>>,
    /// What has been bound: a part is kept when a second one looks like it.
    kinds: Vec<Kind>,
}

/// What two parts with the same tables have in common, to tell most others at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    family: usize,
    form: usize,
    section: Option<usize>,
    from_line: usize,
    entry: State,
    lines: usize,
    cells: usize,
}

/// A part with its tables.
struct Template {
    kind: Kind,
    text: Box<str>,
    cut: Cut,
    /// Cells of the cut that may hold another figure, ascending.
    free: Vec<usize>,
    tables: Vec<BoundTable>,
}

impl Templates {
    /// The tables of a part.
    pub(super) fn bind(&self, source: &Source<'_>) -> Vec<BoundTable> {
        let cells = source.cut.cells.len();
        if cells > MOST_CELLS {
            return anew(source);
        }
        let kind = Kind {
            family: source.family,
            form: source.form,
            section: source.section,
            from_line: source.from_line,
            entry: source.cut.entry,
            lines: source.cut.lines.len(),
            cells,
        };
        let known = self.known(kind, source);
        if let Some(tables) = known {
            debug_assert_eq!(tables, anew(source));
            return tables;
        }
        let tables = anew(source);
        self.note(kind, source, &tables);
        tables
    }

    fn known(&self, kind: Kind, source: &Source<'_>) -> Option<Vec<BoundTable>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let mut alike = kept.templates.iter().rev().filter(|template| template.kind == kind);
        alike.find_map(|template| template.tables(source))
    }

    fn note(&self, kind: Kind, source: &Source<'_>, tables: &[BoundTable]) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if !kept.kinds.contains(&kind) {
            keep(&mut kept.kinds, kind, MOST_KINDS);
            return;
        }
        let alike = |template: &Arc<Template>| template.kind == kind;
        if kept.templates.iter().filter(|it| alike(it)).count() == OF_A_KIND {
            let oldest = kept.templates.iter().position(alike);
            oldest.map(|oldest| kept.templates.remove(oldest));
        }
        keep(&mut kept.templates, Arc::new(Template::new(kind, source, tables)), MOST);
    }
}

/// Adds to the end, and drops the first when there are more than `most`.
fn keep<T>(list: &mut Vec<T>, new: T, most: usize) {
    if list.len() == most {
        list.remove(0);
    }
    list.push(new);
}

impl Template {
    fn new(kind: Kind, source: &Source<'_>, tables: &[BoundTable]) -> Self {
        let mut figures: Vec<TextRange> =
            tables.iter().flat_map(BoundTable::free_figures).map(|cell| cell.range).collect();
        figures.sort_unstable();
        let places = source
            .cut
            .iter()
            .flat_map(|view| view.cells.iter().map(move |cell| (view.start, cell)))
            .enumerate();
        let is_free =
            |start: usize, range: TextRange| figures.binary_search(&range.shifted(start)).is_ok();
        let free = places
            .filter(|(_, (start, cell))| {
                cell.kind == CellKind::Number && is_free(*start, cell.range)
            })
            .map(|(at, _)| at)
            .collect();
        Self {
            kind,
            text: source.text.into(),
            cut: source.cut.clone(),
            free,
            tables: tables.to_vec(),
        }
    }

    /// The tables of a part that is this one with other figures.
    fn tables(&self, source: &Source<'_>) -> Option<Vec<BoundTable>> {
        let figures = self.figures(source)?;
        let mut tables = self.tables.clone();
        tables.iter_mut().try_for_each(|table| Moves(&figures).move_table(table))?;
        Some(tables)
    }

    /// The figures of that part; `None` when anything else is another.
    fn figures(&self, source: &Source<'_>) -> Option<Vec<Figure>> {
        let (old_text, new_text) = (self.text.as_bytes(), source.text.as_bytes());
        let mut figures = Vec::with_capacity(self.free.len());
        let mut free = self.free.iter().copied().peekable();
        let (mut old_cells, mut new_cells) = (self.cut.cells.iter(), source.cut.cells.iter());
        let (mut old_start, mut new_start) = (0, 0);
        // Up to here the texts are compared.
        let (mut old_end, mut new_end) = (0, 0);
        let mut at = 0;
        for (old_line, new_line) in self.cut.lines.iter().zip(&source.cut.lines) {
            let same = old_line.shape == new_line.shape
                && old_line.cells == new_line.cells
                && old_line.line_break == new_line.line_break
                && old_line.exit == new_line.exit;
            if !same {
                return None;
            }
            for _ in 0..old_line.cells {
                let (old, new) = (old_cells.next()?, new_cells.next()?);
                let (from, to) = (old.range.shifted(old_start), new.range.shifted(new_start));
                let same = old.kind == new.kind
                    && old.column == new.column
                    && old.opens_row == new.opens_row
                    && from.start - old_end == to.start - new_end;
                if !same {
                    return None;
                }
                if free.next_if_eq(&at).is_some() {
                    let old_words = &old_text[old_end as usize..from.start as usize];
                    if old_words != &new_text[new_end as usize..to.start as usize] {
                        return None;
                    }
                    let value = value::read(source.text.get(to.to_range())?);
                    figures.push(Figure { from, to, value });
                    (old_end, new_end) = (from.end, to.end);
                } else if from.len() != to.len() {
                    return None;
                }
                at += 1;
            }
            old_start += old_line.len as usize;
            new_start += new_line.len as usize;
        }
        (old_text[old_end as usize..] == new_text[new_end as usize..]).then_some(figures)
    }
}
