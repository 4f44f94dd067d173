//! A rate of the whole in the prose, where the table counts what is left over.

use crate::form::{CellIndex, Form, RuleSpec, TableIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Cure, Finding, Fixable, Mechanism, ReportCx, Scope, Sink, show};
use crate::text::TextRange;

use super::{has, is_of_other_year, sentences, sum_of, table_of};

/// `full-rate-against-cells`. Keys: `rate`, words for the rate; `between`, words that may stand between them and the figure; `full`, how the whole is
/// written; `topic`, words of which one stands before the rate in its sentence; `not`, words that rule a sentence out; `cells`, a sum of cells that
/// should be 0; `name`, what they are.
pub(crate) static FULL_RATE: Mechanism =
    Mechanism { name: "full-rate-against-cells", fixable: Fixable::No, build };

struct Spec {
    form: String,
    rate: Vec<String>,
    between: Vec<String>,
    full: Vec<String>,
    topic: Vec<String>,
    not: Vec<String>,
    cells: Vec<(TableIndex, CellIndex)>,
    name: String,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["rate", "between", "full", "topic", "not", "cells", "name"])?;
    let texts = |key| params::texts(&spec.params, key);
    let own = Spec {
        form: form.id.clone(),
        rate: texts("rate")?,
        between: texts("between")?,
        full: texts("full")?,
        topic: texts("topic")?,
        not: texts("not")?,
        cells: form.cells(&params::text(&spec.params, "cells")?)?,
        name: params::text(&spec.params, "name")?,
    };
    Ok(Scope::ReportWith(own.rate.clone(), Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let form = cx.form;
    if form.id != spec.form || cx.mentions.is_empty() {
        return;
    }
    let Some(left) = sum_of(cx, form, &spec.cells).filter(|sum| !sum.is_zero()) else {
        return;
    };
    for line in cx.mentions.iter().map(|it| it.line) {
        for (start, sentence) in sentences(cx.line(line)) {
            if is_of_other_year(sentence, cx.head.year) {
                continue;
            }
            let Some((from, to)) = stated(sentence, spec) else { continue };
            let from = to - sentence[from..to].trim_start_matches(['，', ',']).len();
            let range = TextRange::new(start + from, start + to);
            let place = Place { range: range.shifted(line.range.start as usize), ..line };
            let message = format!(
                "{}，{} {} 件：请核对是否应写“按时办结率”，或者补充说明",
                &sentence[from..to],
                spec.name,
                show(left)
            );
            let mut finding = Finding::new(place, message);
            for (table, cell) in &spec.cells {
                let bound = table_of(cx, form, *table);
                if let Some((part, cell)) = bound.and_then(|(p, it)| Some((p, it.cell(*cell)?))) {
                    let message = format!("{} {}", spec.name, show(left));
                    let place = Place::new(part, cell.range);
                    let own = cell.value.number().and_then(|own| own.checked_sub(left));
                    let cure = own.map(|it| Cure::to(place, it));
                    finding = finding.related(place, message).cured_by(cure);
                }
            }
            sink.push(finding);
        }
    }
}

/// From the word for the rate to the end of its figure.
fn stated(sentence: &str, spec: &Spec) -> Option<(usize, usize)> {
    if has(&spec.not, sentence) {
        return None;
    }
    spec.rate.iter().find_map(|rate| {
        let from = sentence.find(rate.as_str())?;
        let behind = &sentence[from + rate.len()..];
        let (at, full) =
            spec.full.iter().filter_map(|full| Some((behind.find(full.as_str())?, full))).min()?;
        let between = behind[..at].trim();
        let is_plain = between.is_empty() || spec.between.iter().any(|word| word == between);
        let is_on_topic = has(&spec.topic, &sentence[..from]);
        (is_plain && is_on_topic).then(|| (from, from + rate.len() + at + full.len()))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, report};

    const RULE: &str = "completion-rate-conflict";

    fn with(left: u32, says: &str) -> String {
        let label = "四、结转下年度继续办理";
        report("云岭县水利局", 2025)
            .replacen(
                &format!("{label} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
                &format!("{label} | {left} | 0 | 0 | 0 | 0 | 0 | {left} |"),
                1,
            )
            .replacen("规范申请的登记、审核、办理、答复和归档。", says, 1)
    }

    #[test]
    fn not_all_is_done_when_something_is_carried_over() {
        let says = "全年收到政府信息公开申请5件，⟦completion-rate-conflict: 办结率达100%⟧。";
        assert_findings(&with(2, says), &[RULE]);
        assert_eq!(hits(&with(0, "全年收到政府信息公开申请5件，办结率100%。"), RULE), []);
    }

    #[test]
    fn all_is_said_to_be_done() {
        for says in [
            "全年收到政府信息公开申请5件，⟦completion-rate-conflict: 已全部办结⟧。",
            "全年收到政府信息公开申请5件，⟦completion-rate-conflict: 均已办结⟧。",
        ] {
            assert_findings(&with(2, says), &[RULE]);
            let plain = says.replace("⟦completion-rate-conflict: ", "").replace('⟧', "");
            assert_eq!(hits(&with(0, &plain), RULE), [], "{says}");
        }
        for says in [
            "全年收到政府信息公开申请5件，已全部按期办结。",
            "全年收到政府信息公开申请5件，涉及征地的3件已全部办结。",
            "全年收到政府信息公开申请5件，其中网上3件，已全部办结。",
            "全年收到政府信息公开申请5件，上年结转1件，已全部办结。",
            "全年收到政府信息公开申请5件，转办投诉3件，已全部办结。",
        ] {
            assert_eq!(hits(&with(2, says), RULE), [], "{says}");
        }
    }

    #[test]
    fn rates_of_what_was_due_and_of_other_business_are_left_alone() {
        for says in [
            "全年收到政府信息公开申请5件，按时办结率100%。",
            "全年收到政府信息公开申请5件，均在法定期限内答复，办结率100%。",
            "全年收到政府信息公开申请5件，到期件办结率100%。",
            "全年收到政府信息公开申请5件，结转下年度2件，其余办结率100%。",
            "全年收到政府信息公开申请5件。办理网民留言7条，办结率100%。",
            "全年收到政府信息公开申请和投诉5件，办结率100%。",
            "全年收到政府信息公开申请5件，办结率98%。",
            "2024年收到政府信息公开申请5件，办结率100%。",
        ] {
            assert_eq!(hits(&with(2, says), RULE), [], "{says}");
        }
    }
}
