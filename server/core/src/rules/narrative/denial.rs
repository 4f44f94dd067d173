//! Sentences that say that nothing happened, against the cells that count it.

use std::ops::Range;

use rust_decimal::Decimal;
use toml::Value;

use super::{CLAUSE_ENDS, has, is_of_other_year, sum_of, table_of};
use crate::form::{CellIndex, Form, RuleSpec, TableIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink, show};
use crate::text::{Hit, TextRange, Words};

/// `denial-against-cells`. Keys: `deny`, words that deny; `not`, words that rule a clause out: 未发生被纠正的复议 denies less; `objects`, what is denied
/// behind them in the same clause, each `{ words, name, cells }`.
pub(crate) static DENIAL_AGAINST_CELLS: Mechanism =
    Mechanism { name: "denial-against-cells", fixable: Fixable::No, build };

struct Spec {
    form: String,
    denying: Words,
    not: Vec<String>,
    objects: Vec<Object>,
}

struct Object {
    words: Vec<String>,
    name: String,
    cells: Vec<(TableIndex, CellIndex)>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["deny", "not", "objects"])?;
    let objects = spec.params.get("objects").and_then(Value::as_array);
    let objects = objects.ok_or("“objects”应写作 [{ words = [], name = \"\", cells = \"\" }]")?;
    let object = |value: &Value| {
        let table = value.as_table().ok_or("“objects”的各项应为表")?;
        Ok::<_, String>(Object {
            words: params::texts(table, "words")?,
            name: params::text(table, "name")?,
            cells: form.cells(&params::text(table, "cells")?)?,
        })
    };
    let deny = params::texts(&spec.params, "deny")?;
    let own = Spec {
        form: form.id.clone(),
        denying: Words::new(deny.iter().map(String::as_str)),
        not: params::texts(&spec.params, "not")?,
        objects: objects.iter().map(object).collect::<Result<_, _>>()?,
    };
    Ok(Scope::ReportWith(deny, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    if cx.report.form.id != spec.form || cx.mentions.is_empty() {
        return;
    }
    let counted: Vec<_> = (spec.objects.iter())
        .map(|object| sum_of(cx.report, &cx.report.form, &object.cells).unwrap_or_default())
        .collect();
    if counted.iter().all(Decimal::is_zero) {
        return;
    }
    for &line in cx.mentions {
        let text = cx.text(line);
        let Some((clause, at)) = denial(text, spec, cx.report.head.year) else { continue };
        let denied = &text[at..clause.end];
        let objects = spec
            .objects
            .iter()
            .zip(&counted)
            .filter(|(object, count)| !count.is_zero() && has(&object.words, denied));
        let objects: Vec<_> = objects.collect();
        if objects.is_empty() {
            continue;
        }
        let range = TextRange::new(at, clause.end).shifted(line.range.start as usize);
        sink.push(finding(cx, Place { range, ..line }, &objects));
    }
}

fn finding(cx: &ReportCx<'_>, place: Place, objects: &[(&Object, &Decimal)]) -> Finding {
    let form = &cx.report.form;
    let counts: Vec<_> = objects
        .iter()
        .map(|(object, count)| format!("{} {} 件", object.name, show(**count)))
        .collect();
    let tables = objects.first().and_then(|(object, _)| object.cells.first());
    let table = tables.and_then(|(table, _)| form.tables.get(*table));
    let message = format!(
        "正文说没有，{}填的是{}：请核对后改为一致",
        table.map_or("表格", |table| table.name.as_str()),
        counts.join("、")
    );
    let mut finding = Finding::new(place, message);
    for (table, cell) in objects.iter().flat_map(|(object, _)| &object.cells) {
        let Some((part, bound)) = table_of(cx.report, form, *table) else { continue };
        let (Some(own), Some(names)) = (bound.cell(*cell), bound.spec().names(*cell)) else {
            continue;
        };
        if let Some(number) = own.value.number().filter(|number| !number.is_zero()) {
            let message = format!("{} {}", names.cell, show(number));
            finding = finding.related(Place::new(part, own.range), message);
        }
    }
    finding
}

/// The first clause of a line that denies, with the place of the denying word.
fn denial(line: &str, spec: &Spec, year: Option<u16>) -> Option<(Range<usize>, usize)> {
    let mut hits = Vec::new();
    spec.denying.find(line, &mut hits);
    let mut seen = 0;
    for Hit { start: at, .. } in hits {
        // Only the first word of a clause counts.
        if at < seen {
            continue;
        }
        let from = line[..at].char_indices().rev().find(|(_, c)| CLAUSE_ENDS.contains(c));
        let from = from.map_or(0, |(end, c)| end + c.len_utf8());
        seen = line[at..].find(CLAUSE_ENDS).map_or(line.len(), |end| at + end);
        let (clause, denied) = (&line[from..seen], &line[at..seen]);
        // 未发生行政诉讼、行政复议3件 says a figure, which is compared as such.
        if denied.contains(|c: char| c.is_ascii_digit())
            || !spec.objects.iter().any(|object| has(&object.words, denied))
            || has(&spec.not, clause)
            || is_of_other_year(clause, year)
        {
            continue;
        }
        return Some((from..seen, at));
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, report};

    const RULE: &str = "narrative-no-review-conflict";

    fn with(reviews: u32, says: &str) -> String {
        let row = format!("0 | {reviews} | 0 | 0 | {reviews} |");
        report("云岭县水利局", 2025)
            .replacen(
                "0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                &format!("{row} 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
                1,
            )
            .replacen("2025年度，本机关未收取政府信息公开信息处理费。", says, 1)
    }

    #[test]
    fn what_the_text_denies_must_not_be_counted() {
        let says = "2025年，⟦narrative-no-review-conflict: 未发生因政府信息公开引起的行政复议、行政诉讼⟧。";
        assert_findings(&with(2, says), &[RULE]);
        assert_findings(
            &with(0, "2025年，未发生因政府信息公开引起的行政复议、行政诉讼。"),
            &[RULE],
        );
    }

    #[test]
    fn other_years_and_narrower_denials_are_left_alone() {
        for says in [
            "2024年未发生因政府信息公开引起的行政复议。",
            "全年未发生行政复议被纠正的情形。",
            "全年未发生行政诉讼，行政复议2件。",
            "全年未发生行政诉讼、行政复议2件。",
        ] {
            assert_eq!(hits(&with(2, says), RULE), [], "{says}");
        }
    }
}
