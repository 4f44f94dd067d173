//! Figures of the running text that state a cell, against the cell.

use rust_decimal::Decimal;

use super::stated::{Stated, in_cell_unit, is_slip};
use super::{beside, ends_in_other_year, sum_of, table_of};
use crate::form::{CellIndex, Claim, Form, RuleSpec, TableIndex};
use crate::report::{BoundClaim, Place};
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Cure, Edit, Finding, Fixable, Mechanism, ReportCx, Scope, Sink, show,
};
use crate::text::behind_last;

/// `claim-against-cell`. Keys: `claims`, the `cell` of the `[[claim]]`s that are compared; `name`, what the figure is; `or`, sums of cells of which the
/// figure may also speak: who 收办 counts what was carried over too; `own`, words of a claim that speaks of its cell alone where the part by which such a sum
/// is more stands beside it: 新收138件，上年结转7件.
pub(crate) static CLAIM_AGAINST_CELL: Mechanism =
    Mechanism { name: "claim-against-cell", fixable: Fixable::Choice, build };

/// Claims before a year that are looked at for the one that it belongs to.
const NEAR: usize = 8;

struct Spec {
    form: String,
    name: String,
    /// Keys of claims.
    claims: Vec<String>,
    /// What a figure may mean as well.
    or: Vec<Vec<(TableIndex, CellIndex)>>,
    own: Vec<String>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["claims", "name", "or", "own"])?;
    let claims = params::texts(&spec.params, "claims")?;
    // A form on the base of another may leave some claims out, not all.
    if !form.claims.iter().any(|claim| claims.contains(&claim.key)) {
        return Err(format!("没有表述“{}”的 [[claim]]", claims.join("、")));
    }
    let optional = |key| {
        let is_there = spec.params.contains_key(key);
        if is_there { params::texts(&spec.params, key) } else { Ok(Vec::new()) }
    };
    let (or, words) = (optional("or")?, optional("own")?);
    let own = Spec {
        form: form.id.clone(),
        name: params::text(&spec.params, "name")?,
        claims,
        or: or.iter().map(|keys| form.cells(keys)).collect::<Result<_, _>>()?,
        own: words,
    };
    Ok(Scope::Report(Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let form = &**cx.form;
    if form.id != spec.form {
        return;
    }
    let is_of = |claim: &BoundClaim| {
        form.claims.get(claim.claim).is_some_and(|of| claim.is_of(of, cx.head))
    };
    let claims = || {
        let all = cx.parts().flat_map(|part| part.claims().iter().map(move |it| (part.index, it)));
        all.filter(|(_, claim)| is_of(claim))
    };
    // By claim of the form, whether one of the text's agrees, of all and of those that are sure: asked once, so that many claims that don't take no
    // longer than as many that do.
    let mut agreed: Vec<[Option<bool>; 2]> = vec![[None; 2]; form.claims.len()];
    for (part, claim) in claims() {
        let Some(of) = form.claims.get(claim.claim) else { continue };
        if !spec.claims.contains(&of.key) {
            continue;
        }
        // Two figures for one cell count different things, and one of them is the cell's.
        let known = &mut agreed[claim.claim][usize::from(claim.is_loose)];
        let is_agreed = *known.get_or_insert_with(|| {
            let cell = sum_of(cx, form, &of.cells);
            let sums: Vec<_> = spec.or(of).filter_map(|it| sum_of(cx, form, it)).collect();
            let agrees = |part: usize, claim: &BoundClaim| {
                let stated = in_cell_unit(form, &of.cells, claim);
                let is = |value: &Decimal| stated.as_ref().is_none_or(|it| it.may_be(*value));
                let is_apart = |sum: Decimal| {
                    let more = cell.and_then(|cell| sum.checked_sub(cell));
                    more.is_some_and(|more| spec.counts_apart(cx, (part, claim), more))
                };
                cell.iter().any(is) || sums.iter().any(|sum| is(sum) && !is_apart(*sum))
            };
            let is_like = |other: &BoundClaim| {
                let like = |it: &Claim| it.key == of.key && it.or == of.or;
                other.claim == claim.claim || form.claims.get(other.claim).is_some_and(like)
            };
            let counts = |other: &BoundClaim| is_like(other) && (claim.is_loose || !other.is_loose);
            claims().any(|(part, other)| counts(other) && agrees(part, other))
        });
        if is_agreed {
            continue;
        }
        let Some(value) = sum_of(cx, form, &of.cells) else { continue };
        let Some(stated) = in_cell_unit(form, &of.cells, claim) else { continue };
        // A unit slip of the cell is one finding, which names the text.
        if stated.unit.is_some() && is_slip(stated.value, value) {
            continue;
        }
        if claim.is_loose && !beside::agree(cx, part, claim) {
            continue;
        }
        if of.year.is_none() && is_of_other_year(cx, part, claim) {
            continue;
        }
        sink.push(finding(cx, spec, (part, claim), (&of.cells, value), &stated));
    }
}

impl Spec {
    /// What figures of a claim may mean as well.
    fn or<'s>(&'s self, of: &'s Claim) -> impl Iterator<Item = &'s Vec<(TableIndex, CellIndex)>> {
        self.or.iter().chain(of.or.iter().map(|(_, cells)| cells))
    }

    /// Whether a claim in words that speak of its cell alone has `more` beside it as a figure of another cell.
    fn counts_apart(
        &self,
        cx: &ReportCx<'_>,
        (part, claim): (usize, &BoundClaim),
        more: Decimal,
    ) -> bool {
        let words = cx.text(Place::new(part, claim.range));
        let is_own = self.own.iter().any(|word| words.starts_with(word.as_str()));
        if !is_own || more.is_zero() {
            return false;
        }
        let text = cx.whole(part);
        let claims = cx.part(part).map_or(&[][..], |part| part.claims());
        let next = claims.partition_point(|it| it.range.start < claim.range.end);
        claims.get(next).is_some_and(|next| {
            let between = claim.range.end as usize..next.range.start as usize;
            let joins = text.get(between).is_some_and(|it| matches!(it.trim(), "，" | "," | "、"));
            joins && next.value == more && !next.hedged
        })
    }
}

/// Whether a sentence speaks of another year where it states a claim. The year of what another claim says is of that alone: 新收6件，2024年结转1件，办结7件.
fn is_of_other_year(cx: &ReportCx<'_>, part: usize, claim: &BoundClaim) -> bool {
    let head = head(cx, part, claim);
    let start = claim.number.start as usize - head.len();
    let claims = cx.part(part).map_or(&[][..], |part| part.claims());
    let is_of_another = |year: usize| {
        let behind = claims.partition_point(|it| it.range.start as usize <= start + year);
        let mut near = claims[..behind].iter().rev().take(NEAR);
        near.any(|it| it.year.is_some() && it.range.end as usize > start + year)
    };
    ends_in_other_year(head, cx.head.year, is_of_another)
}

/// The words of its sentence before the figure of a claim.
fn head<'t>(cx: &ReportCx<'t>, part: usize, claim: &BoundClaim) -> &'t str {
    let text = cx.whole(part).get(..claim.number.start as usize).unwrap_or("");
    behind_last(text, &['。', '；', ';', '！', '？', '\n'])
}

fn finding(
    cx: &ReportCx<'_>,
    spec: &Spec,
    (part, claim): (usize, &BoundClaim),
    (cells, value): (&[(TableIndex, CellIndex)], Decimal),
    stated: &Stated<'_>,
) -> Finding {
    let unit = stated.unit.unwrap_or("件");
    let form = cx.form;
    let table = cells.first().and_then(|(table, _)| form.tables.get(*table));
    let message = format!(
        "正文{}为 {} {unit}，{}为 {} {unit}，相差 {}：请核对后改为一致",
        spec.name,
        show(stated.value),
        table.map_or("表格", |table| table.name.as_str()),
        show(value),
        show(stated.value.saturating_sub(value).abs()),
    );
    let mut finding = Finding::new(Place::new(part, claim.range), message);
    finding.data.difference = stated.value.checked_sub(value);
    for (table, cell) in cells {
        let Some((of, bound)) = table_of(cx, form, *table) else { continue };
        let (Some(own), Some(names)) = (bound.cell(*cell), bound.spec().names(*cell)) else {
            continue;
        };
        let number = own.value.number().map(show).unwrap_or_default();
        finding = finding.related(Place::new(of, own.range), format!("{} {number}", names.cell));
        // Where the cell is wrong, it would have to be more by what the text says more.
        let cure =
            own.value.number().and_then(|it| stated.value.checked_sub(value)?.checked_add(it));
        let cure = cure.and_then(|it| {
            let (least, most) = (it.checked_sub(stated.slack)?, it.checked_add(stated.slack)?);
            Some(Cure::within(Place::new(of, own.range), least, most))
        });
        finding = finding.cured_by(cure);
    }
    let or = form.claims.get(claim.claim).into_iter().flat_map(|of| spec.or(of));
    let sums = or.filter_map(|it| sum_of(cx, form, it)).chain([value]);
    let cures = sums.filter_map(|sum| {
        let (least, most) = (sum.checked_sub(stated.slack)?, sum.checked_add(stated.slack)?);
        let number = Place::new(part, claim.number);
        Some(Cure::within(
            number,
            least.checked_div(stated.factor)?,
            most.checked_div(stated.factor)?,
        ))
    });
    finding = finding.cured_by(cures);
    let Some(number) = value.checked_div(stated.factor) else { return finding };
    let edit = Edit::new(Place::new(part, claim.number), show(number));
    let title = format!("把正文改为 {}", show(number));
    finding.fix(title, Applicability::Choice, vec![edit])
}

#[cfg(test)]
mod tests {
    use super::super::tests::filled;
    use crate::rules::testing::{apply_fix, assert_findings, hits, received};

    const RULE: &str = "narrative-received-mismatch";

    #[test]
    fn a_figure_of_the_text_is_compared_with_its_cell() {
        let says = "全年⟦narrative-received-mismatch: 收到政府信息公开申请7件⟧。";
        assert_findings(&received(6, 0, says), &[RULE]);
        assert_eq!(hits(&received(6, 0, "全年收到政府信息公开申请6件。"), RULE), []);
    }

    #[test]
    fn a_figure_of_another_year_is_not_compared() {
        for says in [
            "2024年收到政府信息公开申请51件，2025年收到6件，同比下降。",
            "2024年，本机关收到政府信息公开申请51件；2025年，共收到6件。",
            "去年收到政府信息公开申请51件，今年收到6件。",
            "近三年收到政府信息公开申请4件、5件、6件。",
            "各科室分别收到政府信息公开申请4件、2件。",
            "1至6月收到政府信息公开申请4件，7至12月收到政府信息公开申请2件。",
        ] {
            assert_eq!(hits(&received(6, 0, says), RULE), [], "{says}");
        }
        let says = "较2024年的51件有所减少，2025年⟦narrative-received-mismatch: 收到政府信息公开申请7件⟧。";
        assert_findings(&received(6, 0, says), &[RULE]);
        let says = "办理2024年申请，2025年⟦narrative-received-mismatch: 收到政府信息公开申请7件⟧。";
        assert_findings(&received(6, 0, says), &[RULE]);
    }

    #[test]
    fn the_year_of_what_was_carried_over_is_of_that_alone() {
        for says in [
            "新收政府信息公开申请6件，2024年结转1件，⟦narrative-processed-mismatch: 办结9件⟧。",
            "⟦narrative-processed-mismatch: 办结政府信息公开申请9件⟧（含2024年结转的1件）。",
            "办结政府信息公开申请5件（含2024年结转的1件），⟦narrative-result-mismatch: 予以公开9件⟧。",
        ] {
            let rules = ["narrative-processed-mismatch", "narrative-result-mismatch"];
            assert_findings(&filled(says), &rules);
        }
        for says in [
            "2024年结转政府信息公开申请1件，收到6件。",
            "（2024年情况）收到政府信息公开申请6件。",
            "收到政府信息公开申请6件（2024年收到9件）。",
        ] {
            assert_eq!(hits(&received(6, 1, says), RULE), [], "{says}");
        }
    }

    #[test]
    fn what_was_carried_over_may_be_counted_too() {
        assert_eq!(hits(&received(6, 1, "全年收到政府信息公开申请7件。"), RULE), []);
    }

    #[test]
    fn what_was_carried_over_is_not_new_where_it_is_counted_beside() {
        let says = "全年⟦narrative-received-mismatch: 新收政府信息公开申请7件⟧，上年结转1件。";
        assert_findings(&received(6, 1, says), &[RULE]);
        for says in [
            "全年新收政府信息公开申请6件，上年结转1件。",
            "全年收到政府信息公开申请7件，上年结转1件。",
            "全年新收政府信息公开申请7件（含上年结转1件）。",
            "全年新收政府信息公开申请7件，其中上年结转1件。",
            "全年新收政府信息公开申请7件。上年结转1件。",
        ] {
            assert_eq!(hits(&received(6, 1, says), RULE), [], "{says}");
        }
    }

    #[test]
    fn a_cell_that_its_sums_contradict_too_is_one_finding() {
        let out = "四、结转下年度继续办理 | ";
        let text = received(6, 0, "全年收到政府信息公开申请6件。").replacen(
            &format!("{out}0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
            &format!("{out}6 | 0 | 0 | 0 | 0 | 0 | 6 |"),
            1,
        );
        let (new, zeros) = ("一、本年新收政府信息公开申请数量 | 6", " | 0 | 0 | 0 | 0 | 0 | ");
        let wrong = text.replacen(&format!("{new}{zeros}6 |"), &format!("{new}{zeros}8 |"), 1);
        assert_ne!(text, wrong);
        assert_eq!(hits(&wrong, RULE), []);
        assert_eq!(hits(&wrong, "requests-balance").len(), 1);
        // The sums hold, or do not with the text's figure either.
        let says = |says: &str| text.replacen("全年收到政府信息公开申请6件。", says, 1);
        assert_eq!(hits(&says("全年收到政府信息公开申请5件。"), RULE).len(), 1);
        let wrong =
            wrong.replacen("全年收到政府信息公开申请6件。", "全年收到政府信息公开申请5件。", 1);
        assert_eq!(hits(&wrong, RULE).len(), 1);
    }

    #[test]
    fn a_second_figure_is_another_count() {
        let says = "全年收到政府信息公开申请6件。局机关收到政府信息公开申请4件。";
        assert_eq!(hits(&received(6, 0, says), RULE), []);
    }

    #[test]
    fn the_topic_of_a_paragraph_says_what_was_received() {
        let says = "全年⟦narrative-received-mismatch: 收到申请7件⟧，均按期答复。";
        assert_findings(&received(6, 0, says), &[RULE]);
        for says in [
            "全年收到申请6件。",
            "全年收到政府信息公开申请6件，局机关收到申请4件。",
            "办理行政许可，全年收到申请70件。",
            "收到行政复议申请2件，收到申请7件中维持5件。",
            "信函收到申请2件。",
        ] {
            assert_eq!(hits(&received(6, 0, says), RULE), [], "{says}");
        }
        let other = received(6, 0, "按期答复。").replacen(
            "维护政府网站",
            "全年收到申请7件，维护政府网站",
            1,
        );
        assert_eq!(hits(&other, RULE), [], "of another paragraph");
    }

    #[test]
    fn a_heading_says_what_was_received() {
        let says = "登记完整。\n（三）依申请公开办理情况\n受理渠道畅通。\n全年⟦narrative-received-mismatch: 收到申请7件⟧，均按期答复。";
        assert_findings(&received(6, 0, says), &[RULE]);
        for says in [
            "登记完整。\n（三）依申请公开办理情况\n（四）行政审批办理情况\n全年收到申请7件，均按期答复。",
            "登记完整。\n（三）行政审批和依申请公开、热线办理情况\n全年收到申请7件，均按期答复。",
            "登记完整。\n（三）依申请公开办理情况\n办理行政许可，收到申请7件。",
        ] {
            assert_eq!(hits(&received(6, 0, says), RULE), [], "{says}");
        }
    }

    #[test]
    fn the_number_may_stand_before_its_object() {
        for says in [
            "全年⟦narrative-received-mismatch: 收到7件政府信息公开申请⟧，均已答复。",
            "全年⟦narrative-received-mismatch: 收到7份公民提出的信息公开申请⟧。",
            "全年⟦narrative-received-mismatch: 收到7件公民申请⟧，均已答复。",
        ] {
            assert_findings(&received(6, 0, says), &[RULE]);
        }
        for says in [
            "全年收到6件政府信息公开申请。",
            "全年收到3件来信和6件政府信息公开申请。",
            "全年收到3件网站提交的政府信息公开申请。",
            "全年收到县政府转交的2件政府信息公开申请。",
            "全年收到2件补正后的政府信息公开申请。",
            "全年收到书面申请4件、快递申请2件。",
        ] {
            assert_eq!(hits(&received(6, 0, says), RULE), [], "{says}");
        }
    }

    #[test]
    fn what_was_accepted_may_hold_what_was_carried_over_or_not() {
        let says = "全年⟦narrative-received-mismatch: 受理政府信息公开申请5件⟧。";
        assert_findings(&received(6, 1, says), &[RULE]);
        for count in [6, 7] {
            let says = format!("全年受理政府信息公开申请{count}件。");
            assert_eq!(hits(&received(6, 1, &says), RULE), [], "{says}");
        }
    }

    #[test]
    fn a_round_figure_is_an_interval() {
        assert_eq!(hits(&received(31, 0, "全年收到政府信息公开申请近30件。"), RULE), []);
        assert_eq!(hits(&received(52, 0, "全年收到政府信息公开申请近30件。"), RULE).len(), 1);
    }

    #[test]
    fn the_fix_mends_the_text() {
        let text = received(6, 0, "全年收到政府信息公开申请7件。");
        assert_eq!(apply_fix(&text, RULE, 0), received(6, 0, "全年收到政府信息公开申请6件。"));
    }
}
