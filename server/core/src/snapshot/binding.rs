//! From segments to a [`Report`]: the form by year or rows, the head, the parts.

use std::sync::Arc;

use super::state::{PartInput, ReportState};
use crate::engine::Engine;
use crate::form::Form;
use crate::report;
use crate::report::{Head, HeadSource, Part, PartSource, Report};

/// Binds a report; returns the index of its form too. Parts of `old` with the same text and heading are taken over.
pub(super) fn report(
    engine: &Engine,
    family: usize,
    inputs: &[PartInput],
    old: Option<&ReportState>,
) -> (usize, Report) {
    let head = head(engine, family, [inputs.first(), inputs.get(1), inputs.last()]);
    let by_year = form_of_year(engine, family, head.year);
    let mut parts = parts(engine, family, by_year, inputs, old);
    let chosen = form_of_rows(engine, family, by_year, &parts);
    if chosen != by_year {
        parts = self::parts(engine, family, chosen, inputs, old);
    }
    let spec = engine.forms()[chosen].clone();
    (chosen, Report { form: spec, head: Arc::new(head), parts })
}

/// Binds one part anew. `before` is the same one under the same form before an edit.
pub(super) fn part(
    engine: &Engine,
    family: usize,
    form: usize,
    input: &PartInput,
    before: Option<(&Part, &str)>,
) -> Part {
    report::part(&source(engine, family, form, input, before))
}

fn source<'a>(
    engine: &'a Engine,
    family: usize,
    form: usize,
    input: &'a PartInput,
    before: Option<(&'a Part, &'a str)>,
) -> PartSource<'a> {
    PartSource {
        lexicon: engine.lexicon(),
        cues: engine.cues(form),
        text: &input.segment.text,
        cut: &input.segment.cut,
        heading: input.heading.as_ref(),
        family,
        form,
        before,
        templates: None,
        template: input.template.as_deref(),
    }
}

/// Whether the head and form of `state`, whose part `at` was bound anew, are still those that binding the whole report would give.
pub(super) fn still_holds(engine: &Engine, state: &ReportState, at: usize) -> bool {
    let has_year = state.report.head.title.as_ref().is_some_and(|title| title.year.is_some());
    if at == 0 || (at == 1 && !has_year) || at + 1 == state.parts.len() {
        let parts = [state.parts.first(), state.parts.get(1), state.parts.last()];
        let head = head(engine, state.family, parts.map(|part| part.map(|part| &part.input)));
        // Any check may read the head, so a new one invalidates everything.
        if head != *state.report.head {
            return false;
        }
    }
    let by_year = form_of_year(engine, state.family, state.report.head.year);
    by_year == state.form
        && form_of_rows(engine, state.family, by_year, &state.report.parts) == by_year
}

fn parts(
    engine: &Engine,
    family: usize,
    form: usize,
    inputs: &[PartInput],
    old: Option<&ReportState>,
) -> Vec<Arc<Part>> {
    let old = old.filter(|old| old.form == form && old.family == family);
    let known = |input: &PartInput| {
        let old = old?;
        let same = |part: &super::state::PartInput| {
            part.segment.text == input.segment.text
                && part.heading == input.heading
                && part.segment.cut.entry == input.segment.cut.entry
        };
        let at = old.parts.iter().position(|part| same(&part.input))?;
        Some(old.report.parts[at].clone())
    };
    // While text is being typed, no part is a copy of a page that was read before.
    let templates = old.is_none().then(|| engine.templates());
    let new = |input: &PartInput| {
        let source = source(engine, family, form, input, None);
        Arc::new(report::part(&PartSource { templates, ..source }))
    };
    inputs.iter().map(|input| known(input).unwrap_or_else(|| new(input))).collect()
}

/// What the first, second and last part say of the report.
fn head(engine: &Engine, family: usize, parts: [Option<&PartInput>; 3]) -> Head {
    let [Some(first), second, Some(last)] = parts else { return Head::default() };
    let words = &engine.lexicon().families[family];
    let form = &engine.forms()[words.forms[0]];
    let second = second.map(|input| head_source(input, 1));
    report::head(form, words, head_source(first, 0), second, head_source(last, usize::MAX))
}

fn head_source(input: &PartInput, part: usize) -> HeadSource<'_> {
    HeadSource { text: &input.segment.text, cut: &input.segment.cut, part }
}

/// The family's form for a year; the first form if there is no year, or none for it.
fn form_of_year(engine: &Engine, family: usize, year: Option<u16>) -> usize {
    let forms = &engine.lexicon().families[family].forms;
    let fits = |form: &&usize| year.is_some_and(|year| engine.forms()[**form].years.contains(year));
    *forms.iter().find(fits).unwrap_or(&forms[0])
}

/// The form that the tables follow, if all tables that tell the forms apart follow another than that of the year; else that of the year.
fn form_of_rows(engine: &Engine, family: usize, by_year: usize, parts: &[Arc<Part>]) -> usize {
    let forms = &engine.lexicon().families[family].forms;
    let spec = &engine.forms()[by_year];
    let differs = |form: &Form, table: usize| {
        spec.table(&form.tables[table].id).is_none_or(|own| spec.tables[own] != form.tables[table])
    };
    let mut other = None;
    for table in parts.iter().flat_map(|part| &part.tables) {
        if table.form.id != spec.id && differs(&table.form, table.table) {
            other = forms.iter().copied().find(|&form| engine.forms()[form].id == table.form.id);
        } else if forms.iter().any(|&form| {
            engine.forms()[form]
                .table(table.spec().id.as_str())
                .is_none_or(|at| engine.forms()[form].tables[at] != *table.spec())
        }) {
            // This table tells the forms apart, and it follows the year's.
            return by_year;
        }
    }
    other.unwrap_or(by_year)
}
