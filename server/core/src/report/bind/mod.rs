//! A part's cells and the form's labels become tables.
//!
//! What binds a cell is the label it follows, never its column: separators only cut, a row is found by its label, its values are the run of
//! value-or-blank cells behind it, and the header settles which columns there are. Absolute positions lie in half of all real layouts.

mod assign;
mod build;
mod fit;
mod header;
mod indents;
mod labels;
mod lost;
mod nameless;
mod padding;
mod parts;
mod pieces;
mod runs;
mod spread;
mod torn;

use std::borrow::Cow;
use std::ops::Range;

use super::lexicon::{Lexicon, RowRef};
use super::model::BoundTable;
use crate::form::Table;
use crate::syntax::{CellKind, Cut, Shape};
use assign::Assignment;
use labels::Named;
use runs::{Run, Token, Tokens};

/// A part to bind.
pub(super) struct Source<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a str,
    pub(super) cut: &'a Cut,
    /// First line behind the heading.
    pub(super) from_line: usize,
    pub(super) family: usize,
    /// The form that the report's year calls for, as index of the lexicon.
    pub(super) form: usize,
    /// The part's section.
    pub(super) section: Option<usize>,
}

/// A part with its cells and what they are called.
struct Page<'a> {
    source: &'a Source<'a>,
    tokens: Tokens<'a>,
    runs: Vec<NamedRun<'a>>,
    /// A line of it sets off the header of a Markdown table.
    has_delimiter: bool,
}

/// A table of a form that the part may hold.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    /// The form, as index of the lexicon.
    form: usize,
    /// The table, as index of the form.
    table: usize,
    spec: &'a Table,
}

/// A run with the rows that its words may name.
struct NamedRun<'a> {
    run: Run,
    named: Named<'a>,
    /// Values that are not blank.
    filled: usize,
    /// Words alone: a label whose values leave no trace. It counts only where the row is not found with values.
    hollow: bool,
}

impl Source<'_> {
    fn words(&self, token: Token) -> &str {
        &self.text[token.range.to_range()]
    }
}

impl Candidate<'_> {
    fn has(self, row: &RowRef) -> bool {
        row.form == self.form && row.table == self.table
    }
}

impl Page<'_> {
    fn values(&self, run: usize) -> &[Token] {
        &self.tokens.list[self.runs[run].run.values.clone()]
    }
}

/// The tables of a part, in the order of the text.
pub(super) fn bind(source: &Source<'_>) -> Vec<BoundTable> {
    let due = source.lexicon.forms[source.form]
        .tables
        .iter()
        .any(|table| Some(table.section) == source.section);
    if !due && source.cut.cells.iter().all(|cell| cell.kind == CellKind::Text) {
        return Vec::new();
    }
    let tokens = Tokens::new(source);
    let runs = named_runs(source, &tokens);
    let has_delimiter = source.cut.lines.iter().any(|line| line.shape == Shape::Delimiter);
    let page = Page { source, tokens, runs, has_delimiter };
    let mut tables = Vec::new();
    for candidates in candidates(&page) {
        let mut best: Option<Assignment<'_>> = None;
        for candidate in candidates {
            let assignment = assign::assign(&page, candidate);
            let complete = assignment.is_complete();
            if best.as_ref().is_none_or(|best| assignment.score() > best.score()) {
                best = Some(assignment);
            }
            if complete {
                break;
            }
        }
        tables.extend(best.into_iter().flat_map(|assignment| build::tables(&page, assignment)));
    }
    tables.sort_by_key(|table| table.range.start);
    tables
}

/// The runs with their rows; blanks behind words that name no row belong to the words of the next run.
fn named_runs<'a>(source: &Source<'a>, tokens: &Tokens<'a>) -> Vec<NamedRun<'a>> {
    let mut named_runs: Vec<NamedRun<'a>> = Vec::new();
    let mut lists = Lists { source, tokens, seen: None };
    let mut carried = None;
    let mut behind = 0;
    for mut run in runs::runs(&tokens.list) {
        let values = &tokens.list[run.values.clone()];
        let filled = values.iter().filter(|token| token.kind != CellKind::Blank).count();
        let mut named = labels::name(source, tokens, &run, filled > 0);
        let is_row = named.rows.iter().any(|row| !row.weak);
        let mut stands_across = || named.label.clone().any(|at| lists.of_line(at).across);
        if filled == 0 && (!is_row || stands_across()) {
            carried.get_or_insert(run.context.start);
            continue;
        }
        if let Some(start) = carried.take() {
            run.context.start = start;
            // A page's end parts a label: `7.属于行政执` above a table that begins `| | | 法案卷 | 3 |`.
            if named.label.is_empty() {
                named = labels::name(source, tokens, &run, filled > 0);
            }
        }
        behind = run.values.end;
        let above = run.context.start..named.label.start.clamp(run.context.start, run.context.end);
        hollow_runs(&mut lists, above, &mut named_runs);
        named_runs.push(NamedRun { run, named, filled, hollow: false });
    }
    let rest = carried.unwrap_or(behind)..tokens.list.len();
    hollow_runs(&mut lists, rest.clone(), &mut named_runs);
    // A header with nothing below it.
    let words = tokens.list[rest.clone()].iter().rposition(|token| token.kind == CellKind::Text);
    if let Some(last) = words {
        let end = rest.start + last + 1;
        let run = Run { context: rest.start..end, values: end..rest.end };
        named_runs.push(NamedRun { run, named: Named::default(), filled: 0, hollow: true });
    }
    named_runs
}

/// Labels of rows among words that no value follows.
fn hollow_runs<'a>(lists: &mut Lists<'a, '_>, words: Range<usize>, runs: &mut Vec<NamedRun<'a>>) {
    for at in words.clone() {
        let rows = lists.rows(at);
        if rows.iter().any(|row| !row.weak) && !lists.hold(at) {
            let run = Run { context: words.start..at + 1, values: at + 1..at + 1 };
            let named = Named { rows: Cow::Borrowed(rows), label: at..at + 1 };
            runs.push(NamedRun { run, named, filled: 0, hollow: true });
        }
    }
}

/// Lines with the labels of several rows: the rows stand across, and their values below.
struct Lists<'a, 't> {
    source: &'t Source<'a>,
    tokens: &'t Tokens<'a>,
    /// The line that was asked for last. It may have thousands of labels, each of which asks.
    seen: Option<(usize, List)>,
}

/// What the labels of a line are.
#[derive(Clone, Copy, Default)]
struct List {
    /// There is more than one.
    several: bool,
    /// Several are of one form: the rows stand across. （六）其他处理, a row of one form, stands before a row of another.
    across: bool,
}

impl<'a> Lists<'a, '_> {
    /// Does the token at `at` stand in a line with other labels?
    fn hold(&mut self, at: usize) -> bool {
        self.of_line(at).several
    }

    /// The labels of the line of the token at `at`.
    fn of_line(&mut self, at: usize) -> List {
        let line = self.tokens.list[at].line;
        let known = self.seen.filter(|(seen, _)| *seen == line);
        let (_, list) = known.unwrap_or_else(|| (line, self.list(line)));
        self.seen = Some((line, list));
        list
    }

    fn list(&self, line: usize) -> List {
        let tokens = &self.tokens.list;
        let first = tokens.partition_point(|token| token.line < line);
        let own = (first..tokens.len()).take_while(|&at| tokens[at].line == line);
        let labels = own.map(|at| self.rows(at)).filter(|rows| rows.iter().any(|row| !row.weak));
        let (mut list, mut before) = (List::default(), None::<&[RowRef]>);
        for rows in labels {
            let last = before.replace(rows).filter(|last| *last != rows);
            let shares =
                |last: &[RowRef]| last.iter().any(|it| rows.iter().any(|row| row.form == it.form));
            list.several |= last.is_some();
            list.across |= last.is_some_and(shares);
        }
        list
    }

    fn rows(&self, at: usize) -> &'a [RowRef] {
        self.source.lexicon.rows(self.tokens.fold(at))
    }
}

/// The tables that the part may hold, each as the forms describe it, the report's own form first.
fn candidates<'a>(page: &Page<'a>) -> Vec<Vec<Candidate<'a>>> {
    let lexicon = page.source.lexicon;
    let own = page.source.form;
    let others =
        lexicon.families[page.source.family].forms.iter().copied().filter(|&form| form != own);
    let mut tables: Vec<Vec<Candidate<'a>>> = Vec::new();
    for form in std::iter::once(own).chain(others) {
        for (table, spec) in lexicon.forms[form].tables.iter().enumerate() {
            let candidate = Candidate { form, table, spec };
            let here = page.source.section == Some(spec.section);
            let counts = |run: &&NamedRun<'_>| here || !run.hollow;
            let names = |run: &NamedRun<'_>| run.named.rows.iter().any(|row| candidate.has(row));
            let is_named = page.runs.iter().filter(counts).any(names);
            let unlabelled = spec
                .blocks
                .iter()
                .any(|block| block.rows.iter().any(|row| row.label.text.is_empty()));
            if !is_named && (!unlabelled || !page.runs.iter().any(|run| counts(&run))) {
                continue;
            }
            match tables.iter_mut().find(|same| same[0].spec.id == spec.id) {
                Some(same) => same.push(candidate),
                None => tables.push(vec![candidate]),
            }
        }
    }
    tables
}
