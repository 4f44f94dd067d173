//! Sentences that say that nothing happened, against the cells that count it.

use std::ops::Range;

use rust_decimal::Decimal;
use toml::Value;

use super::{CLAUSE_ENDS, has, is_of_other_year, sum_of, table_of};
use crate::form::{CellIndex, Form, RuleSpec, TableIndex};
use crate::report::{Paragraph, Place};
use crate::rules::plausibility::params;
use crate::rules::{
    Check, Cure, Finding, Fixable, Mechanism, Mention, ReportCx, Scope, Sink, show,
};
use crate::text::{Hit, TextRange, Words};

/// `denial-against-cells`. Keys: `deny`, words that deny; `not`, words that rule a clause out: 未发生被纠正的复议 denies less; `objects`, what is denied
/// behind them in the same clause, each `{ words, name, cells }`; `aside`, words that rule a line out; `message`, in which `{counts}` stands for what the
/// cells hold, where the text may be true and yet not all of it.
pub(crate) static DENIAL_AGAINST_CELLS: Mechanism =
    Mechanism { name: "denial-against-cells", fixable: Fixable::No, build };

struct Spec {
    form: String,
    denying: Words,
    /// How many words deny; those of objects follow them.
    deniers: usize,
    not: Vec<String>,
    aside: Vec<String>,
    objects: Vec<Object>,
    message: Option<String>,
}

struct Object {
    words: Vec<String>,
    name: String,
    cells: Vec<(TableIndex, CellIndex)>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["deny", "not", "objects", "aside", "message"])?;
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
    let has = |key: &str| spec.params.contains_key(key);
    let aside = if has("aside") { params::texts(&spec.params, "aside")? } else { Vec::new() };
    let own = Spec {
        form: form.id.clone(),
        denying: Words::new(deny.iter().map(String::as_str)),
        deniers: deny.len(),
        not: params::texts(&spec.params, "not")?,
        aside,
        message: has("message").then(|| params::text(&spec.params, "message")).transpose()?,
        objects: objects.iter().map(object).collect::<Result<_, _>>()?,
    };
    let words = deny.into_iter().chain(own.objects.iter().flat_map(|it| it.words.clone()));
    Ok(Scope::ReportWith(words.collect(), Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    if cx.form.id != spec.form || cx.mentions.is_empty() {
        return;
    }
    let counted: Vec<_> = (spec.objects.iter())
        .map(|object| sum_of(cx, cx.form, &object.cells).unwrap_or_default())
        .collect();
    if counted.iter().all(Decimal::is_zero) {
        return;
    }
    for (part, paragraph) in mentioned(cx, spec) {
        let text = &*paragraph.words;
        if has(&spec.aside, text) {
            continue;
        }
        let Some((clause, at)) = denial(text, spec, cx.head.year) else { continue };
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
        let range = paragraph.place(TextRange::new(at, clause.end));
        sink.push(finding(cx, spec, Place::new(part, range), &objects));
    }
}

/// The paragraphs that may deny an object, with their parts: the edge of a page may stand between what denies and what is denied.
fn mentioned<'a>(cx: &ReportCx<'a>, spec: &Spec) -> Vec<(usize, Paragraph<'a>)> {
    let all = spec.deniers + spec.objects.iter().map(|it| it.words.len()).sum::<usize>();
    let denies = |it: &&Mention<'_>| it.holds(0..spec.deniers);
    let names_object = |it: &&Mention<'_>| it.holds(spec.deniers..all);
    let mut found = Vec::new();
    for mentions in cx.mentions.chunk_by(|a, b| a.line.part == b.line.part) {
        let Some(part) = mentions.first().and_then(|it| cx.part(it.line.part as usize)) else {
            continue;
        };
        let awaited = mentions.iter().filter(denies).map(|it| (it, it.line.range));
        let awaited = awaited.filter(|(it, line)| names_object(it) || part.is_joined(*line));
        let paragraphs = part.paragraphs_of(awaited.map(|(_, line)| line));
        found.extend(paragraphs.into_iter().map(|it| (part.index, it)));
    }
    found
}

fn finding(
    cx: &ReportCx<'_>,
    spec: &Spec,
    place: Place,
    objects: &[(&Object, &Decimal)],
) -> Finding {
    let form = cx.form;
    let counts: Vec<_> = objects
        .iter()
        .map(|(object, count)| format!("{} {} 件", object.name, show(**count)))
        .collect();
    let tables = objects.first().and_then(|(object, _)| object.cells.first());
    let table = tables.and_then(|(table, _)| form.tables.get(*table));
    let counts = counts.join("、");
    let message = spec.message.as_ref().map_or_else(
        || {
            let table = table.map_or("表格", |table| table.name.as_str());
            format!("正文说没有，{table}填的是{counts}：请核对后改为一致")
        },
        |message| message.replace("{counts}", &counts),
    );
    let mut finding = Finding::new(place, message);
    let cells =
        objects.iter().flat_map(|(object, count)| object.cells.iter().map(move |it| (it, **count)));
    for ((table, cell), count) in cells {
        let Some((part, bound)) = table_of(cx, form, *table) else { continue };
        let (Some(own), Some(names)) = (bound.cell(*cell), bound.spec().names(*cell)) else {
            continue;
        };
        if let Some(number) = own.value.number().filter(|number| !number.is_zero()) {
            let message = format!("{} {}", names.cell, show(number));
            let place = Place::new(part, own.range);
            let cure = number.checked_sub(count).map(|it| Cure::to(place, it));
            finding = finding.related(place, message).cured_by(cure);
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
    use crate::rules::testing::{assert_findings, hits, received, report};

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
        let says = "全年⟦narrative-no-review-conflict: 没有发生公民、法人和其他组织因政府信息公开提起的行政复议⟧。";
        assert_findings(&with(2, says), &[RULE]);
        for says in [
            "2025年，⟦narrative-no-review-conflict: 未因政府信息公开引起行政复议和行政诉讼⟧。",
            "全年⟦narrative-no-review-conflict: 无涉及政府信息公开的行政复议、行政诉讼案件⟧。",
            "全年⟦narrative-no-review-conflict: 未收到依申请公开行政复议、行政诉讼案件⟧。",
            "⟦narrative-no-review-conflict: 没有发生因信息公开引发的投诉、举报和行政复议⟧。",
        ] {
            assert_findings(&with(2, says), &[RULE]);
        }
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
            "政府信息公开行政复议2件，未发生其他行政复议、行政诉讼。",
            "全年未发生对行政复议的投诉。",
            "全年没有出现因办理不及时引起的行政复议、行政诉讼。",
        ] {
            assert_eq!(hits(&with(2, says), RULE), [], "{says}");
        }
    }

    #[test]
    fn the_edge_of_a_page_parts_no_denial() {
        let page = |says: &str| {
            format!(
                "全县各级行政机关认真办理公民、法人和其他组织提出的政府信\n息公开申请，严格执行登记、审核、答复、归档各项制度，全部在\n法定期限内答复，{says}"
            )
        };
        let says = page(
            "没有收取政府信息公开信息处理费，⟦narrative-no-review-conflict: 没有发生\n因政府信息公开工作引起的行政复议和行政诉讼⟧。",
        );
        assert_findings(&with(2, &says), &[RULE]);
        for (says, why) in [
            (
                "没有收取政府信息公开信息处理费，没有发\n生行政复议。",
                "a word in two is not looked for",
            ),
            (
                "没有收取信息处理费，没有发生行政复议\n决定撤销答复的情形。",
                "what rules it out may stand in the next line",
            ),
        ] {
            assert_eq!(hits(&with(2, &page(says)), RULE), [], "{why}");
        }
    }

    #[test]
    fn a_denial_of_requests_is_compared_with_the_new_ones() {
        const REQUESTS: &str = "narrative-no-request-conflict";
        for says in [
            "2025年，我局⟦narrative-no-request-conflict: 未收到政府信息公开申请⟧，未收取费用。",
            "本年度⟦narrative-no-request-conflict: 没有收到公民、法人和其他组织提出的依申请公开件⟧。",
            "⟦narrative-no-request-conflict: 未收到自然人、法人或者其他组织的政府信息公开申请⟧。",
            "2025年，办事处⟦narrative-no-request-conflict: 未接收到政府信息公开申请⟧。",
            "2025年度，我局⟦narrative-no-request-conflict: 无依申请公开事项⟧。",
            "本年度⟦narrative-no-request-conflict: 未接到群众要求公开的信息⟧。",
        ] {
            assert_findings(&received(2, 0, says), &[REQUESTS]);
        }
        // Nothing came, and what was carried over says nothing else.
        for (new, carried) in [(0, 0), (0, 2)] {
            let says = "2025年，我局未收到政府信息公开申请。";
            assert_eq!(hits(&received(new, carried, says), REQUESTS), []);
        }
        for says in [
            "未收到行政复议、行政诉讼申请。",
            "未收到对政府信息公开申请答复的投诉、举报。",
            "未收到逾期不补正的政府信息公开申请。",
            "上半年未收到政府信息公开申请。",
            "2024年未收到政府信息公开申请，2025年收到2件。",
            "未收到网上提交的政府信息公开申请。",
            "未收到自然人以外的政府信息公开申请。",
            "未收到自然人的政府信息公开申请，收到企业的2件。",
            "收到信函申请2件，未收到其他政府信息公开申请。",
            "未收到来信。办理政府信息公开申请2件。",
            "镇里无依申请公开专栏。",
        ] {
            assert_eq!(hits(&received(2, 0, says), REQUESTS), [], "{says}");
        }
    }

    /// The report in which `count` applicants did not pay, and which `says` something of the fee.
    fn unpaid(count: u32, says: &str) -> String {
        let text = report("云岭县水利局", 2025);
        let label = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 |";
        assert!(text.contains(label), "{text}");
        text.replace(
            &format!("{label} 0 | 0 | 0 | 0 | 0 | 0 | 0 |"),
            &format!("{label} {count} | 0 | 0 | 0 | 0 | 0 | {count} |"),
        )
        .replacen("2025年度，本机关未收取政府信息公开信息处理费。", says, 1)
    }

    const FEE: &str = "fee-unpaid-vs-statement";

    #[test]
    fn a_fee_that_was_asked_for_is_to_be_reported() {
        let says = "2025年度，本机关⟦fee-unpaid-vs-statement: 未收取政府信息公开信息处理费⟧。";
        assert_findings(&unpaid(1, says), &[FEE]);
        assert_eq!(hits(&unpaid(0, "2025年度，本机关未收取信息处理费。"), FEE), []);
    }

    #[test]
    fn a_notice_that_is_told_of_is_complete() {
        for says in [
            "发出收费通知1件，总金额300元，申请人逾期未缴费，本机关未收取信息处理费。",
            "未收取信息处理费；1名申请人逾期未缴纳费用，不再处理。",
            "2024年度未收取信息处理费。",
            "实际收取信息处理费0元。",
        ] {
            assert_eq!(hits(&unpaid(1, says), FEE), [], "{says}");
        }
    }
}
