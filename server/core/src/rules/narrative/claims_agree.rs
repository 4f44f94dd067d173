//! Figures for one cell that the prose states twice in the same words.

use super::{has, sum_of};
use crate::form::{CellIndex, Form, RuleSpec, TableIndex};
use crate::report::{BoundClaim, Place};
use crate::rules::plausibility::params;
use crate::rules::{Check, Cure, Finding, Fixable, Mechanism, ReportCx, Scope, Sink, show};
use crate::text::behind_last;

/// `claims-agree`. Keys: `fill`, words that may stand between the start of a sentence and a claim without changing what is counted; `not`, words
/// anywhere before it in its paragraph that do; `also`, sums of
/// cells by which two figures may differ: who counts what was carried over counts more.
pub(crate) static CLAIMS_AGREE: Mechanism =
    Mechanism { name: "claims-agree", fixable: Fixable::No, build };

const ENDS: &[char] = &['。', '；', ';', '！', '？'];

struct Spec {
    form: String,
    fill: Vec<String>,
    not: Vec<String>,
    also: Vec<Vec<(TableIndex, CellIndex)>>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["fill", "not", "also"])?;
    let mut fill = params::texts(&spec.params, "fill")?;
    // 本年度 is taken away before 年.
    fill.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let also = params::texts(&spec.params, "also")?;
    let own = Spec {
        form: form.id.clone(),
        fill,
        not: params::texts(&spec.params, "not")?,
        also: also.iter().map(|keys| form.cells(keys)).collect::<Result<_, _>>()?,
    };
    Ok(Scope::Report(Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let form = cx.form;
    if form.id != spec.form {
        return;
    }
    let claims: Vec<(usize, &BoundClaim)> = cx
        .parts()
        .flat_map(|part| part.claims().iter().map(move |claim| (part.index, claim)))
        .filter(|(_, claim)| {
            !claim.hedged && claim.year.is_none() && !claim.of_office && !claim.is_loose
        })
        .collect();
    for index in 0..form.claims.len() {
        let mut own = claims.iter().filter(|(_, claim)| claim.claim == index);
        let (Some(one), Some(other), None) = (own.next(), own.next(), own.next()) else {
            // Of three figures each may count something else.
            continue;
        };
        if let Some(finding) = judge(cx, spec, *one, *other) {
            sink.push(finding);
        }
    }
}

fn judge(
    cx: &ReportCx<'_>,
    spec: &Spec,
    one: (usize, &BoundClaim),
    other: (usize, &BoundClaim),
) -> Option<Finding> {
    let form = cx.form;
    let (a, b) = (one.1, other.1);
    let difference = a.value.checked_sub(b.value)?.abs();
    let is_same_thing =
        a.unit == b.unit && stands_alone(cx, spec, one) && stands_alone(cx, spec, other);
    let explains = |cells: &Vec<_>| sum_of(cx, form, cells) == Some(difference);
    if difference.is_zero() || !is_same_thing || spec.also.iter().any(explains) {
        return None;
    }
    let value = sum_of(cx, form, &form.claims.get(a.claim)?.cells);
    let is_right = |claim: &BoundClaim| value == Some(claim.value);
    // Two figures that both differ from the table are each said where they are compared with it.
    if value.is_some() && !is_right(a) && !is_right(b) {
        return None;
    }
    let (wrong, right) = if is_right(b) { (one, other) } else { (other, one) };
    let words =
        |(part, claim): (usize, &BoundClaim)| cx.text(Place::new(part, claim.range)).to_owned();
    let message = format!(
        "前后不一：这里是 {}，另一处是 {}，相差 {}：请核对后改为一致",
        show(wrong.1.value),
        show(right.1.value),
        show(difference)
    );
    let mut finding = Finding::new(Place::new(wrong.0, wrong.1.range), message);
    finding.data.difference = wrong.1.value.checked_sub(right.1.value);
    let number = |(part, claim): (usize, &BoundClaim)| Place::new(part, claim.number);
    let cures = [Cure::to(number(wrong), right.1.value), Cure::to(number(right), wrong.1.value)];
    Some(finding.cured_by(cures).related(Place::new(right.0, right.1.range), words(right)))
}

/// Does nothing but filling words stand before the claim in its sentence? 局机关收到申请4件 and 其中一季度收到4件 count something else.
fn stands_alone(cx: &ReportCx<'_>, spec: &Spec, (part, claim): (usize, &BoundClaim)) -> bool {
    let Some(text) = cx.whole(part).get(..claim.range.start as usize) else { return false };
    let paragraph = behind_last(text, &['\n']);
    if has(&spec.not, paragraph) {
        return false;
    }
    let mut before = behind_last(paragraph, ENDS).trim().to_owned();
    if let Some(year) = cx.head.year {
        before = before.replacen(&year.to_string(), "", 1);
    }
    for word in &spec.fill {
        before = before.replacen(word.as_str(), "", 1);
    }
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '，' | ',' | '、');
    before.chars().all(is_blank)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, received};

    const RULE: &str = "narrative-internal-conflict";

    fn with(new: u32, carried: u32, says: &str, later: &str) -> String {
        received(new, carried, says).replacen(
            "2025年度，本机关未收取政府信息公开信息处理费。",
            later,
            1,
        )
    }

    #[test]
    fn the_figure_that_is_not_the_tables_is_found() {
        let text = with(
            6,
            0,
            "全年收到政府信息公开申请6件。",
            "2025年共⟦narrative-internal-conflict: 收到政府信息公开申请7件⟧。",
        );
        assert_findings(&text, &[RULE]);
    }

    #[test]
    fn figures_of_another_scope_are_left_alone() {
        for (says, later) in [
            ("全年收到政府信息公开申请6件。", "局机关收到政府信息公开申请4件。"),
            ("全年收到政府信息公开申请6件。", "2024年收到政府信息公开申请4件。"),
            ("全年收到政府信息公开申请6件。", "共收到政府信息公开申请近10件。"),
            ("全年收到政府信息公开申请6件。", "全年收到政府信息公开申请8件。"),
            ("全年收到政府信息公开申请6件。", "全年收到政府信息公开申请6件。"),
            ("全年收到政府信息公开申请6件。", "水政股：收到政府信息公开申请2件。"),
            ("全年收到政府信息公开申请6件。", "本机关收到政府信息公开申请4件。"),
            ("全年收到政府信息公开申请6件。", "乡镇情况。收到政府信息公开申请4件。"),
        ] {
            assert_eq!(hits(&with(6, 2, says, later), RULE), [], "{later}");
        }
    }

    #[test]
    fn two_figures_that_both_differ_from_the_table_are_said_there() {
        let text = with(5, 0, "全年收到政府信息公开申请6件。", "全年收到政府信息公开申请7件。");
        assert_eq!(hits(&text, RULE), []);
    }
}
