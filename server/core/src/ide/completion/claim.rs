//! In the prose, behind the words that state a cell: the table's figure with its unit.

use super::cursor::Cursor;
use super::{Completion, CompletionKind};
use crate::ide::target::{ClaimAt, unit_of};
use crate::report::{BoundClaim, claims};
use crate::rules::show;
use crate::text::TextRange;

/// The figures that the clause at the cursor may state. Whether it does is asked of the reader of claims itself: with a figure put where the cursor
/// is, it must find a claim whose number stands there.
pub(super) fn complete(cursor: &Cursor<'_>) -> Vec<Completion> {
    let report = cursor.spot.report;
    let Some(part) = report.report.parts.get(cursor.spot.part) else { return Vec::new() };
    if !part.prose.iter().any(|line| line.touches(cursor.at)) {
        return Vec::new();
    }
    let engine = cursor.snapshot.settings().engine();
    let form = engine.forms().iter().position(|form| form.id == report.report.form.id);
    let Some((form, cues)) = form.map(|at| (&engine.forms()[at], engine.cues(at))) else {
        return Vec::new();
    };
    let is_figure = |c: char| c.is_ascii_digit() || c == '.';
    let before = cursor.before().trim_end_matches(is_figure);
    let behind = cursor.behind().trim_start_matches(is_figure);
    let sides = (cursor.before().len() - before.len(), cursor.behind().len() - behind.len());
    let mut units: Vec<&str> = Vec::new();
    for claim in &form.claims {
        // A unit that stands there already is not written twice.
        let there = claim.unit.iter().any(|unit| behind.starts_with(unit.as_str()));
        let unit = if there { Some("") } else { claim.unit.first().map(String::as_str) };
        units.extend(unit.filter(|unit| !units.contains(unit)));
    }
    let mut offers: Vec<Completion> = Vec::new();
    for unit in units {
        let line = format!("{before}1{unit}{behind}");
        let whole = [TextRange::new(0, line.len())];
        let found = claims(form, cues, (&line, &whole, &[]), "");
        let is_here =
            |claim: &&BoundClaim| claim.number.start as usize == before.len() && !claim.is_loose;
        let stated = found.iter().filter(is_here);
        for claim in stated {
            let offer = offer(cursor, claim, sides, unit);
            offers.extend(offer.filter(|it| offers.iter().all(|other| other.label != it.label)));
        }
    }
    offers
}

fn offer(
    cursor: &Cursor<'_>,
    claim: &BoundClaim,
    sides: (usize, usize),
    unit: &str,
) -> Option<Completion> {
    let at = ClaimAt { report: cursor.spot.report, part: cursor.spot.part, claim };
    let cells = at.cells();
    // Another unit would make another figure of it.
    if unit_of(cells.first()?.kind())? != claim.unit {
        return None;
    }
    let (sum, _) = at.verdict()?;
    let text = format!("{}{unit}", show(sum));
    if text == cursor.text[cursor.at - sides.0..cursor.at + sides.1] {
        return None;
    }
    let mut offer = cursor.offer(CompletionKind::Claim, text.clone(), sides, text);
    let named = |cell: &crate::ide::target::CellAt<'_>| {
        Some((cell.names()?.cell.clone(), show(cell.cell.value.number()?)))
    };
    let names: Vec<(String, String)> = cells.iter().filter_map(named).collect();
    let table = &cells.first()?.table.spec().name;
    offer.detail = match names.as_slice() {
        [(name, _)] => format!("{table}：{name}"),
        several => format!("{table}：{} 格之和", several.len()),
    };
    let terms: Vec<String> =
        names.iter().map(|(name, figure)| format!("{name} {figure}")).collect();
    offer.documentation = format!("{table}：{}", terms.join("＋"));
    if terms.len() > 1 {
        offer.documentation += &format!("＝{}", show(sum));
    }
    Some(offer)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{accepted, first, listed};
    use crate::ide::testing::changed;

    /// A report of 6 requests, 2 of them refused for different reasons, 730.6 万元 of fees, and `words` in its overview.
    fn report(words: &str) -> String {
        changed(&[
            (
                "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "一、本年新收政府信息公开申请数量 | 5 | 1 | 0 | 0 | 0 | 0 | 6 |",
            ),
            (
                "1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            ),
            (
                "8.属于行政查询事项 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
                "8.属于行政查询事项 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            ),
            ("行政事业性收费 | 0 |", "行政事业性收费 | 730.6 |"),
            ("（三）政府信息管理。", &format!("{words}\n（三）政府信息管理。")),
        ])
    }

    #[test]
    fn the_tables_figure_comes_with_its_unit() {
        let text = report("全年收到政府信息公开申请$0，均按期办结。");
        assert_eq!(listed(&text), ["6件 表三：一、本年新收政府信息公开申请数量·总计"]);
        assert_eq!(accepted(&text, "6件"), report("全年收到政府信息公开申请6件，均按期办结。"));
        assert_eq!(first(&report("行政事业性收费$0。")).label, "730.6万元");
    }

    #[test]
    fn a_figure_that_is_being_written_is_replaced() {
        let text = report("收到政府信息公开申请1$00件。");
        assert_eq!(accepted(&text, "6"), report("收到政府信息公开申请6件。"));
        assert!(listed(&report("收到政府信息公开申请6$0件。")).is_empty());
    }

    #[test]
    fn a_claim_of_several_cells_has_their_sum() {
        let offer = first(&report("收到政府信息公开申请6件，不予公开$0。"));
        assert_eq!((offer.label.as_str(), offer.detail.as_str()), ("2件", "表三：8 格之和"));
        let sum = "（三）1.属于国家秘密·总计 1";
        assert!(
            offer.documentation.contains(sum) && offer.documentation.ends_with("＝2"),
            "{}",
            offer.documentation
        );
    }

    #[test]
    fn other_clauses_state_nothing() {
        for words in [
            "收到行政复议申请$0。",
            "收到政府信息公开申请，$0",
            "线上收到政府信息公开申请$0。",
            "收到来信$0。",
        ] {
            assert!(listed(&report(words)).is_empty(), "{words}");
        }
    }
}
