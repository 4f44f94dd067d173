//! Whether an amount in 万元 was filled in in 元, or the other way round: every sign of it is collected, none decides alone but proof.

use rust_decimal::{Decimal, RoundingStrategy};

use super::params::{CellRef, level, plain};
use crate::form::{Band, Level};
use crate::report::{BoundClaim, BoundTable, Cell, Unit, Value};
use crate::rules::{ReportCx, Severity};
use crate::text::TextRange;

/// 元 in a 万元.
const FACTOR: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// The signs that speak for a wrong unit.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// How loud; `None` when nothing speaks for it.
    pub(super) severity: Option<Severity>,
    /// One sentence a sign, loudest kind first.
    pub(super) sentences: Vec<String>,
    /// The amount as the signs have it, best first.
    pub(super) amounts: Vec<Amount>,
    /// The claim of the prose that proves it, with its part.
    pub(super) claim: Option<(usize, TextRange)>,
    /// The header that says 元.
    pub(super) header: Option<TextRange>,
}

/// What the amount may be in truth.
#[derive(Debug)]
pub(super) struct Amount {
    /// In 万元.
    pub(super) value: Decimal,
    /// Where it comes from.
    pub(super) reason: String,
}

/// What is asked of a cell.
pub(super) struct Question<'a> {
    /// The cell as the form has it.
    pub(super) cell: &'a CellRef,
    /// What no single issuer can reach, in 万元, and what it is the total of.
    pub(super) ceiling: (Decimal, &'a str),
    /// The table that holds the cell.
    pub(super) table: &'a BoundTable,
    /// Index of its part.
    pub(super) part: usize,
    /// The amount in the cell.
    pub(super) value: Decimal,
}

/// Collects what speaks for a wrong unit in a cell of a positive amount.
pub(super) fn collect(cx: &ReportCx<'_>, question: &Question<'_>, cell: &Cell) -> Evidence {
    let mut evidence = Evidence::default();
    written_unit(cx, question, cell, &mut evidence);
    prose(cx, question, &mut evidence);
    if evidence.severity.is_none() && question.value >= question.ceiling.0 {
        evidence.proof(format!(
            "已达到{}（约 {} 万元）",
            question.ceiling.1,
            plain(question.ceiling.0)
        ));
    }
    bands(cx, question, &mut evidence);
    if evidence.severity.is_some() && evidence.amounts.is_empty() {
        let value = in_wan(question.value)
            .map(|value| value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero));
        let reason = "按元换算成万元，保留两位小数，需核实".to_owned();
        evidence.amounts.extend(value.map(|value| Amount { value: plain(value), reason }));
    }
    evidence
}

impl Evidence {
    fn proof(&mut self, sentence: String) {
        self.severity = Some(Severity::Error);
        self.sentences.push(sentence);
    }
}

/// The cell writes 元 behind the number, or the header asks for 元.
fn written_unit(cx: &ReportCx<'_>, question: &Question<'_>, cell: &Cell, evidence: &mut Evidence) {
    let exact = |reason: &str| {
        in_wan(question.value)
            .map(|value| Amount { value: plain(value), reason: reason.to_owned() })
    };
    if let Value::Number(_, written) = cell.value
        && written.unit == Some(Unit::Yuan)
    {
        evidence.proof("表头要求万元，单元格写明“元”".to_owned());
        evidence.amounts.extend(exact("按单元格写明的元换算成万元"));
        return;
    }
    let (block, ..) = question.table.spec().locate(question.cell.at.1);
    let text = cx.whole(question.part);
    let labels = question.table.headers.get(block).map_or(&[][..], |header| &header.labels);
    let asks_yuan = |range: TextRange| {
        let label: String = text.get(range.to_range()).unwrap_or("").split_whitespace().collect();
        label.contains('元') && !label.contains("万元") && !label.contains("亿元")
    };
    if let Some(label) = labels.iter().find(|label| asks_yuan(label.range)) {
        evidence.proof("格式要求万元，表头写的是“元”".to_owned());
        evidence.amounts.extend(exact("按表头所写的元换算成万元，表头一并改正"));
        evidence.header = Some(label.range);
    }
}

/// The prose states the same amount, ten thousand times larger or smaller.
fn prose(cx: &ReportCx<'_>, question: &Question<'_>, evidence: &mut Evidence) {
    let Some((part, claim, stated)) = claim_of(cx, question) else { return };
    let slack = if claim.hedged { Decimal::from(20) } else { Decimal::from(200) };
    let is_times = |large: Decimal, small: Decimal| {
        let Some(expected) = small.checked_mul(FACTOR) else { return false };
        let tolerance = expected.checked_div(slack).unwrap_or_default();
        large.checked_sub(expected).is_some_and(|difference| difference.abs() <= tolerance)
    };
    if !is_times(question.value, stated) && !is_times(stated, question.value) {
        return;
    }
    evidence.proof(format!(
        "正文为 {} 万元，表中为 {} 万元，相差一万倍",
        plain(stated),
        plain(question.value)
    ));
    evidence.amounts.insert(0, Amount { value: plain(stated), reason: "与正文一致".to_owned() });
    evidence.claim = Some((part, claim.range));
}

/// The first claim of exactly this cell, with its part and its amount in 万元.
fn claim_of<'r>(
    cx: &ReportCx<'r>,
    question: &Question<'_>,
) -> Option<(usize, &'r BoundClaim, Decimal)> {
    let claims =
        cx.parts().flat_map(|part| part.claims().iter().map(move |claim| (part.index, claim)));
    let mut of_cell = claims.filter(|(_, claim)| {
        !claim.is_loose
            && cx.form.claims.get(claim.claim).is_some_and(|spec| spec.cells == [question.cell.at])
    });
    of_cell.find_map(|(part, claim)| {
        let amount = match claim.unit {
            Unit::Yuan => in_wan(claim.value)?,
            Unit::Wan => claim.value,
            Unit::Yi => claim.value.checked_mul(FACTOR)?,
            Unit::Item => return None,
        };
        Some((part, claim, amount))
    })
}

/// The amount lies above what is usual for issuers of the level; divided by ten thousand it may lie within.
fn bands(cx: &ReportCx<'_>, question: &Question<'_>, evidence: &mut Evidence) {
    let form = cx.form;
    let of_cell = form.levels.iter().flat_map(|level| &level.bands);
    let lowest =
        of_cell.filter(|band| band.cell == question.cell.key).map(|band| band.warn_above).min();
    if lowest.is_none_or(|lowest| question.value <= lowest) {
        return;
    }
    let Some(level) = level(form, cx.head) else { return };
    let Some(band) = level.bands.iter().find(|band| band.cell == question.cell.key) else { return };
    if question.value <= band.warn_above {
        return;
    }
    let converted = in_wan(question.value).filter(|value| usual(band, *value));
    let loud = question.value > band.error_above || converted.is_some();
    let severity = if loud { Severity::Error } else { Severity::Warning };
    evidence.severity = evidence.severity.max(Some(severity));
    evidence.sentences.push(above(level, band, question.value));
    if let (Some(value), Some((low, high))) = (converted, band.usual) {
        let rounded =
            plain(value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero));
        evidence.sentences.push(format!(
            "除以 10000 后为 {rounded} 万元，在常见的 {}～{} 万元之内",
            plain(low),
            plain(high)
        ));
    }
}

fn above(level: &Level, band: &Band, value: Decimal) -> String {
    let line = if value > band.error_above { band.error_above } else { band.warn_above };
    let issuer = if level.is_unknown() {
        "未能判断层级的机关".to_owned()
    } else {
        format!("“{}”（按机关名称判断）", level.name)
    };
    match (band.usual, band.usual.and_then(|(_, high)| value.checked_div(high))) {
        (Some((low, high)), Some(times)) => {
            format!(
                "{issuer}常见 {}～{} 万元，表中约为其上限的 {} 倍，超过警戒线 {} 万元",
                plain(low),
                plain(high),
                times.round(),
                plain(line)
            )
        }
        _ => format!("{issuer}的警戒线为 {} 万元", plain(line)),
    }
}

fn usual(band: &Band, value: Decimal) -> bool {
    band.usual.is_some_and(|(low, high)| low <= value && value <= high)
}

fn in_wan(yuan: Decimal) -> Option<Decimal> {
    yuan.checked_div(FACTOR)
}
