//! Cells whose figure a section has to explain.

use crate::form::{CellIndex, Form, RuleSpec, SectionIndex, TableIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink, show};

use super::{sum_of, table_of};

/// `cells-undiscussed`. Keys: `cells`, a sum of cells that calls for an explanation when it is above 0; `section`, the section that gives it; `any`,
/// words of which one gives it; `message`, in which `{count}` stands for the sum.
pub(crate) static CELLS_UNDISCUSSED: Mechanism =
    Mechanism { name: "cells-undiscussed", fixable: Fixable::No, build };

struct Spec {
    form: String,
    cells: Vec<(TableIndex, CellIndex)>,
    section: SectionIndex,
    message: String,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["cells", "section", "any", "message"])?;
    let section = params::text(&spec.params, "section")?;
    let own = Spec {
        form: form.id.clone(),
        cells: form.cells(&params::text(&spec.params, "cells")?)?,
        section: form.section(&section).ok_or_else(|| format!("没有名为“{section}”的部分"))?,
        message: params::text(&spec.params, "message")?,
    };
    let any = params::texts(&spec.params, "any")?;
    Ok(Scope::ReportWith(any, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let form = cx.form;
    if form.id != spec.form {
        return;
    }
    let Some(sum) = sum_of(cx, form, &spec.cells).filter(|sum| !sum.is_zero()) else {
        return;
    };
    let mut own = cx.parts().filter_map(|part| {
        let heading = part.heading().filter(|it| it.section == Some(spec.section))?;
        (part.has_content() && !part.has_picture()).then_some((part.index, heading))
    });
    // A section that is missing, empty or twice there is another fault.
    let (Some((index, heading)), None) = (own.next(), own.next()) else { return };
    if cx.mentions.iter().any(|it| it.line.part as usize == index) {
        return;
    }
    let message = spec.message.replace("{count}", &show(sum));
    let mut finding = Finding::new(Place::new(index, heading.range), message);
    for (table, cell) in &spec.cells {
        let Some((part, bound)) = table_of(cx, form, *table) else { continue };
        let (Some(own), Some(names)) = (bound.cell(*cell), bound.spec().names(*cell)) else {
            continue;
        };
        if let Some(number) = own.value.number().filter(|number| !number.is_zero()) {
            let message = format!("{} {}", names.cell, show(number));
            finding = finding.related(Place::new(part, own.range), message);
        }
    }
    sink.push(finding);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, report};

    const RULE: &str = "correction-unexplained";
    const HEADING: &str = "五、存在的主要问题及改进情况";

    fn with(corrected: u32) -> String {
        report("云岭县水利局", 2025).replacen(
            "0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            &format!(
                "0 | {corrected} | 0 | 0 | {corrected} | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
            ),
            1,
        )
    }

    #[test]
    fn corrected_cases_want_a_word_among_the_problems() {
        let text = with(2).replace(HEADING, &format!("⟦{RULE}: {HEADING}⟧"));
        assert_findings(&text, &[RULE]);
        let said = with(2).replace("更新不够及时等问题", "个别答复被行政复议纠正等问题");
        assert_ne!(said, with(2));
        assert_eq!(hits(&said, RULE), []);
    }

    #[test]
    fn no_corrected_case_wants_none() {
        assert_eq!(hits(&with(0), RULE), []);
    }
}
