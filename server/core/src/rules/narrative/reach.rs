//! Sums of cells in different tables of which one is usually well below the other.

use crate::form::{CellIndex, Form, RuleSpec, TableIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink, show};

use super::{sum_of, table_of};

/// `cells-reach`. Keys: `cells`, a sum of cells; `of`, the sum that it should not reach; where that is 0 nothing is said; `message`, in which `{cells}`
/// and `{of}` stand for the sums.
pub(crate) static CELLS_REACH: Mechanism =
    Mechanism { name: "cells-reach", fixable: Fixable::No, build };

struct Spec {
    form: String,
    cells: Vec<(TableIndex, CellIndex)>,
    of: Vec<(TableIndex, CellIndex)>,
    message: String,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["cells", "of", "message"])?;
    let own = Spec {
        form: form.id.clone(),
        cells: form.cells(&params::text(&spec.params, "cells")?)?,
        of: form.cells(&params::text(&spec.params, "of")?)?,
        message: params::text(&spec.params, "message")?,
    };
    Ok(Scope::Report(Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let form = cx.form;
    if form.id != spec.form {
        return;
    }
    let sum = |cells| sum_of(cx, form, cells);
    let (Some(reached), Some(of)) = (sum(&spec.cells), sum(&spec.of)) else { return };
    if of.is_zero() || reached < of {
        return;
    }
    let place = |(table, cell): &(TableIndex, CellIndex)| {
        let (part, bound) = table_of(cx, form, *table)?;
        let (own, names) = (bound.cell(*cell)?, bound.spec().names(*cell)?);
        let words = format!("{} {}", names.cell, show(own.value.number()?));
        Some((Place::new(part, own.range), words))
    };
    let Some((first, _)) = spec.cells.first().and_then(place) else { return };
    let message = spec.message.replace("{cells}", &show(reached)).replace("{of}", &show(of));
    let finding = Finding::new(first, message);
    let related = spec.of.iter().filter_map(place);
    sink.push(related.fold(finding, |finding, (place, words)| finding.related(place, words)));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{hits, report};

    const RULE: &str = "review-vs-requests";

    fn with(received: u32, reviews: u32) -> String {
        let label = "一、本年新收政府信息公开申请数量";
        report("云岭县水利局", 2025)
            .replacen(
                &format!("{label} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
                &format!("{label} | {received} | 0 | 0 | 0 | 0 | 0 | {received} |"),
                1,
            )
            .replacen(
                "0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                &format!(
                    "{reviews} | 0 | 0 | 0 | {reviews} | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
                ),
                1,
            )
    }

    #[test]
    fn as_many_reviews_as_requests_are_odd() {
        let found = hits(&with(3, 3), RULE);
        assert_eq!((found.len(), found[0].words.as_str()), (1, "3"));
        assert_eq!(hits(&with(3, 2), RULE), []);
    }

    #[test]
    fn reviews_in_a_year_without_requests_come_from_earlier_ones() {
        assert_eq!(hits(&with(0, 2), RULE), []);
        assert_eq!(hits(&with(0, 0), RULE), []);
    }
}
