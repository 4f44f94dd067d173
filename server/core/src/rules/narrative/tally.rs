//! The outcome of a clean-up in the prose against the cell that counts what is in force.

use rust_decimal::Decimal;

use super::{has, is_of_other_year, sentences, sum_of, table_of};
use crate::form::{CellIndex, Form, RuleSpec, TableIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink, show};
use crate::text::TextRange;

/// `tally-against-cell`. Keys: `kept`, words before what stays in force; `changed`, words before what does so in another wording; `topic`, words that
/// the sentence must all hold; `not`, words that rule it out; `unit`, units of the figures; `cells`, which count what is in force; `name`, what they are.
pub(crate) static TALLY_AGAINST_CELL: Mechanism =
    Mechanism { name: "tally-against-cell", fixable: Fixable::No, build };

struct Spec {
    form: String,
    kept: Vec<String>,
    changed: Vec<String>,
    topic: Vec<String>,
    not: Vec<String>,
    unit: Vec<String>,
    cells: Vec<(TableIndex, CellIndex)>,
    name: String,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["kept", "changed", "topic", "not", "unit", "cells", "name"])?;
    let texts = |key| params::texts(&spec.params, key);
    let own = Spec {
        form: form.id.clone(),
        kept: texts("kept")?,
        changed: texts("changed")?,
        topic: texts("topic")?,
        not: texts("not")?,
        unit: texts("unit")?,
        cells: form.cells(&params::text(&spec.params, "cells")?)?,
        name: params::text(&spec.params, "name")?,
    };
    Ok(Scope::ReportWith(own.kept.clone(), Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let form = cx.form;
    if form.id != spec.form || cx.mentions.is_empty() {
        return;
    }
    let Some(in_force) = sum_of(cx, form, &spec.cells) else { return };
    for line in cx.mentions.iter().map(|it| it.line) {
        for (start, sentence) in sentences(cx.line(line)) {
            let is_told = spec.topic.iter().all(|it| sentence.contains(it));
            if !is_told || has(&spec.not, sentence) || is_of_other_year(sentence, cx.head.year) {
                continue;
            }
            let Some((kept, range)) = figure(sentence, &spec.kept, &spec.unit) else { continue };
            let changed = figure(sentence, &spec.changed, &spec.unit);
            let changed = changed.map_or(Decimal::ZERO, |(value, _)| value);
            let Some(expected) = kept.checked_add(changed).filter(|it| *it > in_force) else {
                continue;
            };
            let range = range.shifted(start + line.range.start as usize);
            let (kept, changed) = (show(kept), show(changed));
            let message = format!(
                "清理后继续有效 {kept} 件、修改 {changed} 件，仍有效的应有 {} 件，{}为 {} 件：请核对是否漏计",
                show(expected),
                spec.name,
                show(in_force)
            );
            let mut finding = Finding::new(Place { range, ..line }, message);
            for (table, cell) in &spec.cells {
                let bound = table_of(cx, form, *table);
                if let Some((part, cell)) = bound.and_then(|(p, it)| Some((p, it.cell(*cell)?))) {
                    let message = format!("{} {}", spec.name, show(in_force));
                    finding = finding.related(Place::new(part, cell.range), message);
                }
            }
            sink.push(finding);
        }
    }
}

/// The figure directly behind one of `words`, when there is one such place only, with the range of the words and the figure.
fn figure(sentence: &str, words: &[String], units: &[String]) -> Option<(Decimal, TextRange)> {
    let mut found = words.iter().flat_map(|word| {
        sentence.match_indices(word.as_str()).filter_map(|(start, _)| {
            let at = start + word.len();
            let digits = sentence[at..].find(|c: char| !c.is_ascii_digit())?;
            let end = at + digits;
            let unit = units.iter().find(|unit| sentence[end..].starts_with(unit.as_str()))?;
            let value = Decimal::from_str_exact(&sentence[at..end]).ok()?;
            Some((value, TextRange::new(start, end + unit.len())))
        })
    });
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, report};

    const RULE: &str = "cleanup-vs-in-force";

    fn with(in_force: u32, says: &str) -> String {
        report("云岭县水利局", 2025)
            .replacen(
                "行政规范性文件 | 0 | 0 | 0 |",
                &format!("行政规范性文件 | 0 | 0 | {in_force} |"),
                1,
            )
            .replacen("规范申请的登记、审核、办理、答复和归档。", says, 1)
    }

    #[test]
    fn what_a_clean_up_left_in_force_is_in_force() {
        let says = "开展规范性文件清理，废止3件、修改2件、⟦cleanup-vs-in-force: 继续有效5件⟧。";
        assert_findings(&with(5, says), &[RULE]);
        assert_eq!(hits(&with(7, "开展规范性文件清理，废止3件、修改2件、继续有效5件。"), RULE), []);
        assert_eq!(hits(&with(9, "开展规范性文件清理，废止3件、修改2件、继续有效5件。"), RULE), []);
    }

    #[test]
    fn clean_ups_of_others_and_of_other_years_are_left_alone() {
        for says in [
            "开展全县规范性文件清理，修改2件、继续有效5件。",
            "各部门开展规范性文件清理，修改2件、继续有效5件。",
            "上年开展规范性文件清理，修改2件、继续有效5件。",
            "2024年开展规范性文件清理，修改2件、继续有效5件。",
            "开展规范性文件清理，继续有效5件（含修改2件）。",
            "开展党内规范性文件清理，修改2件、继续有效5件。",
            "开展证明事项清理，修改2件、继续有效6件。",
            "开展规范性文件清理，拟修改2件、继续有效5件。",
        ] {
            assert_eq!(hits(&with(5, says), RULE), [], "{says}");
        }
    }
}
