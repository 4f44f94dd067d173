//! Figures beside a claim whose words alone say too little: where they state their cells, it states its own.
//!
//! 行政许可231450件、行政处罚1865320件、行政强制40211件 says nowhere that this is the table's year and this is all. Where two of the three are the
//! table's figures, nobody doubts what the third is.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::stated::in_cell_unit;
use super::{has, sum_of};
use crate::report::BoundClaim;
use crate::rules::ReportCx;

/// Claims on either side that are looked at.
const NEAR: usize = 12;
/// So much must agree for each figure that does not.
const ENOUGH: usize = 3;
/// A figure from here on is another one's only by a rare chance, and is enough.
const LARGE: Decimal = Decimal::from_parts(20, 0, 0, false, 0);
/// What ends a sentence.
const STOPS: &[char] = &['。', '！', '？', '\n'];

/// Characters behind the last figure that its clause may take.
const CLAUSE: usize = 20;

/// Whether enough of the figures that stand in one sentence with `claim`, for cells of the same table, are their cells': three small ones or a large one
/// for this one and for each other that is not. Zeros say nothing. Two figures for its own cell count different things.
pub(super) fn agree(cx: &ReportCx<'_>, part: usize, claim: &BoundClaim) -> bool {
    let Some(claims) = cx.part(part).map(|part| part.claims()) else { return false };
    let text = cx.whole(part);
    let at = claims.partition_point(|it| it.range.start < claim.range.start);
    let goes_on = |pair: (u32, u32)| {
        let gap = pair.0.min(pair.1) as usize..pair.0.max(pair.1) as usize;
        text.get(gap).is_none_or(|it| !it.contains(STOPS))
    };
    let from = |last: u32, side: &[&'_ BoundClaim]| -> usize {
        let mut last = last;
        let near = side.iter().take_while(|it| {
            let pair = (last, it.number.start);
            last = it.number.start;
            goes_on(pair)
        });
        near.count()
    };
    let before: Vec<_> = claims[..at].iter().rev().take(NEAR).collect();
    let behind: Vec<_> = claims[at..].iter().take(NEAR).collect();
    let (left, right) = (from(claim.number.start, &before), from(claim.number.start, &behind));
    let near = || before[..left].iter().rev().chain(&behind[..right]).copied();
    let Some(own) = cx.form.claims.get(claim.claim) else { return false };
    let (Some(first), Some(last)) = (near().next(), near().last()) else { return false };
    let behind = last.number.end as usize;
    let clause = text.get(behind..).unwrap_or("").chars().take(CLAUSE);
    let tail: usize = clause.take_while(|c| !STOPS.contains(c)).map(char::len_utf8).sum();
    let words = text.get(first.range.start as usize..behind + tail).unwrap_or("");
    let is_apart = claim.is_loose && has(&own.apart, words);
    let is_twice = |other: &BoundClaim| {
        let of = cx.form.claims.get(other.claim);
        other.number != claim.number && of.is_some_and(|it| it.key == own.key)
    };
    if is_apart || near().any(is_twice) {
        return false;
    }
    // Of ways to read one number the one that agrees is meant.
    let mut figures: BTreeMap<u32, bool> = BTreeMap::new();
    let mut weight = 0;
    for other in near().filter(|other| other.number != claim.number) {
        if let Some(agrees) = is_of_cell(cx, claim, other) {
            let known = figures.entry(other.number.start).or_default();
            if agrees && !*known {
                weight += if other.value >= LARGE { ENOUGH } else { 1 };
            }
            *known |= agrees;
        }
    }
    let others = figures.values().filter(|agrees| !**agrees).count();
    weight >= ENOUGH * (1 + others)
}

/// Whether `other` is the figure of its cell in the table of `claim`; `None` where that says nothing.
fn is_of_cell(cx: &ReportCx<'_>, claim: &BoundClaim, other: &BoundClaim) -> Option<bool> {
    let form = &**cx.form;
    let (own, of) = (form.claims.get(claim.claim)?, form.claims.get(other.claim)?);
    let table = own.cells.first()?.0;
    if other.hedged || !other.is_of(of, cx.head) || of.cells.first()?.0 != table {
        return None;
    }
    let value = sum_of(cx, form, &of.cells)?;
    let agrees = in_cell_unit(form, &of.cells, other)?.may_be(value);
    (!agrees || !value.is_zero()).then_some(agrees)
}

#[cfg(test)]
mod tests {
    use super::super::tests::filled;
    use crate::rules::testing::{assert_findings, hits};

    #[test]
    fn a_figure_beside_two_that_are_the_tables_is_compared() {
        for (says, rule) in [
            (
                "全年⟦narrative-licensing-mismatch: 行政许可2992件⟧、行政处罚69件、行政强制4件。",
                "narrative-licensing-mismatch",
            ),
            (
                "全年办理行政许可2929件；⟦narrative-penalty-mismatch: 行政处罚96件⟧；行政强制4件。",
                "narrative-penalty-mismatch",
            ),
        ] {
            assert_findings(&filled(says), &[rule]);
        }
    }

    #[test]
    fn figures_that_others_do_not_bear_out_are_left_alone() {
        for says in [
            "全年行政许可2992件。",
            "全年行政许可2992件、行政处罚96件、行政强制4件。",
            "全年行政许可2929件、行政处罚69件、行政强制4件。",
            // Published, not made; a figure of one channel; two figures for one cell.
            "全年公示行政许可2992件、行政处罚69件、行政强制4件。",
            "行政许可2992件、行政处罚69件均已上网，行政强制4件。",
            "全年行政许可2929件，市级行政处罚60件，县级行政处罚9件。",
            // Of another sentence.
            "全年行政处罚69件。行政许可2992件。",
            "全年行政许可2992余件、行政处罚69件、行政强制4件。",
            "2024年行政许可2992件、行政处罚69件、行政强制4件。",
            // Small figures may agree by chance.
            "全年行政处罚6件、行政强制4件。",
        ] {
            for rule in [
                "narrative-licensing-mismatch",
                "narrative-penalty-mismatch",
                "narrative-compulsion-mismatch",
            ] {
                assert_eq!(hits(&filled(says), rule), [], "{says}");
            }
        }
    }

    #[test]
    fn outcomes_of_reviews_are_compared_where_all_are_named_as_in_the_table() {
        let text = |says: &str| {
            filled(says).replacen(
                "2 | 0 | 0 | 0 | 2 | 1 | 0 | 0 | 0 | 1 | 1 | 0 | 0 | 0 | 1",
                "3 | 1 | 0 | 1 | 5 | 1 | 0 | 0 | 0 | 1 | 1 | 0 | 0 | 0 | 1",
                1,
            )
        };
        let rule = "narrative-review-mismatch";
        let says = "因政府信息公开被申请行政复议5件，其中⟦narrative-review-mismatch: 维持2件⟧、纠正1件、尚未审结1件。";
        assert_findings(&text(says), &[rule]);
        for says in [
            "因政府信息公开被申请行政复议5件，其中维持3件、纠正1件、尚未审结1件。",
            "因政府信息公开被申请行政复议5件，其中维持2件、驳回1件、纠正1件、尚未审结1件。",
            "因政府信息公开被申请行政复议5件，维持2件。",
            "因政府信息公开被申请行政复议5件，行政诉讼2件，其中维持2件、纠正1件、尚未审结1件。",
        ] {
            assert_eq!(hits(&text(says), rule), [], "{says}");
        }
    }

    #[test]
    fn what_a_sentence_before_said_of_others_does_not_stand_between() {
        let rule = "narrative-processed-mismatch";
        let text = |says: &str| {
            let row = |label: &str, n: u32| format!("{label} | {n} | 0 | 0 | 0 | 0 | 0 | {n} |");
            let rows = [
                (
                    row("一、本年新收政府信息公开申请数量", 6),
                    row("一、本年新收政府信息公开申请数量", 65),
                ),
                (row("（一）予以公开", 3), row("（一）予以公开", 62)),
                (row("（七）总计", 5), row("（七）总计", 64)),
            ];
            rows.iter().fold(filled(says), |text, (old, new)| text.replacen(old, new, 1))
        };
        let says = "收到申请公开65件，其中网上60件。⟦narrative-processed-mismatch: 办结46件⟧，予以公开62件。";
        assert_findings(&text(says), &[rule]);
        for says in [
            "收到申请公开65件，其中网上60件。办结64件，予以公开62件。",
            // In one sentence it may be of what came by the net.
            "收到申请公开65件，其中网上60件，办结46件，予以公开62件。",
            "收到申请公开65件，其中网上60件。办结46件，予以公开32件。",
            "收到投诉65件，其中网上60件。办结46件，转办62件。",
        ] {
            assert_eq!(hits(&text(says), rule), [], "{says}");
        }
    }
}
