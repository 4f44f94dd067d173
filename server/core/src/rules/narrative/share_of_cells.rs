//! Shares of the text whose total stands only in a table.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::shares::{Pair, SIGNS, base_cure, cures, is_share, pairs, right_share};
use super::{has, is_count, is_unsure, sum_of, table_of};
use crate::form::{CellIndex, Form, RuleSpec, TableIndex};
use crate::report::{BoundClaim, Figure, Place, Unit};
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, PartOf, Reading, ReportCx, Scope,
    Sink, show,
};
use crate::text::{TextRange, behind_last};

/// `share-of-cells`: 予以公开33件，占44.6%. Keys: `claims`, the `cell` of the `[[claim]]`s whose figures have shares; `totals`, sums of cells that they may
/// be shares of; `some`, `shares` and `doubts` as for `share-of-total`, which looks at parts whose total the text names before them.
pub(crate) static SHARE_OF_CELLS: Mechanism =
    Mechanism { name: "share-of-cells", fixable: Fixable::Choice, build };

struct Spec {
    form: String,
    claims: Vec<String>,
    totals: Vec<Vec<(TableIndex, CellIndex)>>,
    some: Vec<String>,
    shares: Vec<String>,
    doubts: Vec<String>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["claims", "totals", "some", "shares", "doubts"])?;
    let texts = |key| params::texts(&spec.params, key);
    let own = Spec {
        form: form.id.clone(),
        claims: texts("claims")?,
        totals: texts("totals")?.iter().map(|it| form.cells(it)).collect::<Result<_, _>>()?,
        some: texts("some")?,
        shares: texts("shares")?,
        doubts: texts("doubts")?,
    };
    let signs = SIGNS.map(str::to_owned).to_vec();
    Ok(Scope::ReportWith(signs, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let form = &**cx.form;
    if form.id != spec.form || cx.mentions.is_empty() {
        return;
    }
    let known: Vec<_> = spec.totals.iter().filter_map(|it| sum_of(cx, form, it)).collect();
    let Some(&first) = known.first().filter(|it| !it.is_zero()) else { return };
    for lines in cx.mentions.chunk_by(|a, b| a.line.part == b.line.part) {
        let Some(part) = lines.first().and_then(|it| cx.part(it.line.part as usize)) else {
            continue;
        };
        for paragraph in part.readings_of(lines.iter().map(|it| it.line.range)) {
            check_paragraph((cx, part), &paragraph, sink, (spec, &known, first));
        }
    }
}

fn check_paragraph(
    (cx, part): (&ReportCx<'_>, PartOf<'_, '_>),
    paragraph: &Reading<'_>,
    sink: &mut Sink<'_>,
    (spec, known, first): (&Spec, &[Decimal], Decimal),
) {
    let form = &**cx.form;
    let (text, facts) = (paragraph.words(), paragraph.facts());
    let mut pairs = pairs(text, facts, &spec.shares, 0..text.len());
    pairs.retain(|it| !it.is_bare);
    let sum = pairs.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.count.value));
    let totals: Vec<_> = known.iter().copied().chain(sum).filter(|it| !it.is_zero()).collect();
    // A count without a share may be the total of those behind it, and is a known one or ends what can be judged.
    let is_paired = |it: &Figure| {
        pairs.binary_search_by_key(&it.range.start, |pair| pair.count.range.start).is_ok()
    };
    let mut others = facts.figures.iter().filter(|it| is_count(text, it) && !is_paired(it));
    let until = others.find(|it| !known.contains(&it.value));
    let until = until.map_or(text.len(), |it| it.range.start);
    let own = pairs.iter().take_while(|it| it.count.range.start < until);
    let own = own.map(|pair| (pair, clause(text, pair)));
    // The text names the total of all the parts.
    let before = facts.figures.iter().take_while(|it| !is_paired(it));
    if pairs.len() > 1 && before.map(|it| it.value).any(|it| Some(it) == sum) {
        return;
    }
    let stated = stated(part.claims(), paragraph.place(0..text.len()));
    let place = |range: Range<usize>| part.place(paragraph.place(range));
    for (pair, clause) in own.take_while(|(_, clause)| !has(&spec.some, clause)) {
        let claim = stated.get(&place(pair.count.range.clone()).range.start);
        let is_own = claim.is_some_and(|claim| is_of_cell(cx, spec, claim));
        if is_own
            && !is_unsure(&spec.doubts, clause)
            && !totals.iter().any(|it| is_share(pair, *it))
        {
            // The total of the table may be what is wrong, and all shares of it are then.
            let bases =
                (spec.totals.iter()).filter_map(|cells| base_cure(pair, single(cx, form, cells)?));
            sink.push(finding(place, pair, first).cured_by(bases));
        }
    }
}

/// The words before a count, back to the mark before them.
fn clause<'l>(line: &'l str, pair: &Pair<'_>) -> &'l str {
    behind_last(&line[..pair.count.range.start], &['，', '；', '。', '、', '：'])
}

/// The claims in a stretch of a part, by the starts of their numbers.
fn stated(claims: &[BoundClaim], stretch: TextRange) -> BTreeMap<u32, &BoundClaim> {
    let from = claims.partition_point(|claim| claim.range.start < stretch.start);
    let own = claims[from..].iter().take_while(|claim| claim.range.start < stretch.end);
    own.map(|claim| (claim.number.start, claim)).collect()
}

/// Whether a claim is one of the rule's and says what its cells do: else its number is what is wrong.
fn is_of_cell(cx: &ReportCx<'_>, spec: &Spec, claim: &BoundClaim) -> bool {
    let form = &**cx.form;
    let Some(of) = form.claims.get(claim.claim) else { return false };
    !claim.hedged
        && !claim.is_loose
        && claim.unit == Unit::Item
        && spec.claims.contains(&of.key)
        && sum_of(cx, form, &of.cells) == Some(claim.value)
}

/// Where a sum of one cell stands.
fn single(cx: &ReportCx<'_>, form: &Form, cells: &[(TableIndex, CellIndex)]) -> Option<Place> {
    let [(table, cell)] = cells else { return None };
    let (part, bound) = table_of(cx, form, *table)?;
    Some(Place::new(part, bound.cell(*cell)?.range))
}

fn finding(place: impl Fn(Range<usize>) -> Place, pair: &Pair<'_>, total: Decimal) -> Finding {
    let shown = right_share(pair, total).map(show).unwrap_or_default();
    let message = format!(
        "{} 件占表中总计 {} 件的 {shown}%，此处写作 {}%：请核对件数和比例",
        show(pair.count.value),
        show(total),
        show(pair.share.value)
    );
    let count = pair.count.range.start..pair.count.unit.end;
    let finding = Finding::new(place(pair.share.range.start..pair.share.unit.end), message)
        .cured_by(cures(pair, total, &place))
        .related(place(count), "件数");
    let edit = Edit::new(place(pair.share.range.clone()), shown.clone());
    finding.fix(format!("把比例改为 {shown}%"), Applicability::Choice, vec![edit])
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, received};

    const RULE: &str = "narrative-table-percent-mismatch";

    /// A report on 8 requests, 6 granted and 2 not held.
    fn saying(says: &str) -> String {
        let row = |label: &str, n: u32| format!("{label} | {n} | 0 | 0 | 0 | 0 | 0 | {n} |");
        let zeros = " | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
        let mut text = received(8, 0, says);
        for (label, n) in
            [("（一）予以公开", 6), ("1.本机关不掌握相关政府信息", 2), ("（七）总计", 8)]
        {
            text = text.replacen(&format!("{label}{zeros}"), &row(label, n), 1);
        }
        text
    }

    #[test]
    fn a_share_is_compared_with_the_total_of_the_table() {
        let says = "依申请公开的办理结果：予以公开6件，占⟦narrative-table-percent-mismatch: 65%⟧；无法提供2件（占25%）。";
        assert_findings(&saying(says), &[RULE]);
        let says = "依申请公开共收到8件，予以公开6件，占⟦narrative-table-percent-mismatch: 65%⟧。";
        assert_findings(&saying(says), &[RULE]);
        let says = "依申请公开的办理结果：予以公开或部分公开6件、占⟦narrative-table-percent-mismatch: 65%⟧；无法提供2件、占25%。";
        assert_findings(&saying(says), &[RULE]);
        let text = saying("依申请公开的办理结果：予以公开6件，占65%。");
        assert!(apply_fix(&text, RULE, 0).contains("占75%"));
    }

    #[test]
    fn shares_of_other_totals_are_left_alone() {
        for says in [
            "依申请公开的办理结果：予以公开6件，占75%；无法提供2件，占25%。",
            "收到依申请公开8件，其中予以公开6件，占65%。",
            "收到依申请公开8件，予以公开6件，占75%；无法提供2件，占35%。",
            "答复依申请公开7件，予以公开6件，占85.7%。",
            "依申请公开的办理结果：予以公开6件，占全县同类的3%。",
            "依申请公开的办理结果：予以公开5件，占65%。",
            "依申请公开的办理结果：予以公开约6件，占65%。",
            "公开专栏更新6件，占65%。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
