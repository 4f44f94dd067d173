//! What is known of the thing at the cursor: a cell with its relations, a claim with its cell, an amount, a citation, a suppression.

mod amount;
mod citation;
mod suppression;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::markup::Markup;
use super::relations::{Relations, Standing};
use super::target::{CellAt, ClaimAt, Verdict, row_at, unit_of, yuan};
use crate::form::{CellIndex, Form, TableIndex, shortened};
use crate::report::Value;
use crate::rules::show;
use crate::snapshot::{Snapshot, Spot};

/// What a pop-up says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The words it speaks of, in bytes of the document.
    pub range: Range<usize>,
    /// The text, marked up as asked for.
    pub text: String,
}

/// What there is to say of the thing at `offset`. Nothing in a document without a report.
pub fn hover(snapshot: &Snapshot, offset: usize, markup: Markup) -> Option<Hover> {
    let spot = snapshot.spot(offset)?;
    suppression::hover(snapshot, offset, markup)
        .or_else(|| cell(spot, markup))
        .or_else(|| label(spot, markup))
        .or_else(|| claim(spot, markup))
        .or_else(|| citation::hover(spot, markup))
        .or_else(|| amount::hover(spot))
}

fn cell(spot: Spot<'_>, markup: Markup) -> Option<Hover> {
    let at = CellAt::find(spot)?;
    let (spec, relations) =
        (at.table.spec(), Relations::new(spot.report.snapshot().settings(), at.table));
    let value = match at.cell.value {
        Value::Number(number, _) => show(number),
        Value::Blank => "空白".to_owned(),
        Value::NotNumber | Value::Unknown => "不是数字".to_owned(),
    };
    let head =
        format!("{}：{value}（{}）", markup.bold(&at.names()?.cell), markup.words(&spec.name));
    let sums = relations.of(at.index).map(|worked| {
        let sign = match worked.standing {
            Standing::Holds => "✓",
            Standing::Broken => "✗",
            Standing::Unknown => "?",
        };
        format!("{sign} {}", markup.words(&relations.sentence(&worked, at.index)))
    });
    let claims = at.claims().map(|claim| claim_line(claim, markup));
    let items: Vec<String> = sums.chain(claims).collect();
    let text = markup.paragraphs(&[
        head,
        at.cell.value.number().and_then(|number| amount::of_cell(&at, number)).unwrap_or_default(),
        markup.list(&items),
        articles(&at.table.form, (at.table.table, at.index..at.index + 1), markup),
    ]);
    Some(Hover { range: at.range(), text })
}

/// A row's label: the row's wording in the form, and the law behind it.
fn label(spot: Spot<'_>, markup: Markup) -> Option<Hover> {
    let (table, row) = row_at(spot)?;
    let spec = table.spec();
    let (block, at) = row.row?;
    let wording = &spec.blocks[block].rows[at];
    let range = row.labels.last()?.range;
    let cells = spec.cell_at(block, at, 0)..spec.cell_at(block, at + 1, 0);
    let groups = wording.groups.iter().chain([&wording.label.text]);
    let path: Vec<_> = groups.map(|it| shortened(it)).collect();
    let text = markup.paragraphs(&[
        format!("{}（{}）", markup.bold(&path.join(" › ")), markup.words(&spec.name)),
        articles(&table.form, (table.table, cells), markup),
    ]);
    let range = spot.report.range(crate::report::Place::new(spot.part, range));
    Some(Hover { range, text })
}

fn claim(spot: Spot<'_>, markup: Markup) -> Option<Hover> {
    let at = ClaimAt::find(spot)?;
    let cells = at.cells();
    let first = cells.first()?;
    let names: Vec<String> =
        cells.iter().filter_map(|cell| Some(markup.bold(&cell.names()?.cell))).collect();
    let head = format!("{}（{}）", names.join("＋"), markup.words(&first.table.spec().name));
    let verdict = match at.verdict() {
        Some((sum, verdict)) => format!("{}{}", value_words(&cells, sum), verdict_words(verdict)),
        None => "表中没有可以比较的数字".to_owned(),
    };
    let money = yuan(at.claim.unit).and_then(|_| amount::converted(at.claim.value, at.claim.unit));
    let keys = cells.iter().map(|cell| cell.index);
    let text = markup.paragraphs(&[
        head,
        verdict,
        money.unwrap_or_default(),
        match (keys.clone().min(), keys.max()) {
            (Some(low), Some(high)) if low == high => {
                articles(&first.table.form, (first.table.table, low..high + 1), markup)
            }
            _ => String::new(),
        },
    ]);
    Some(Hover { range: at.range(), text })
}

/// 正文第5行“办结34件”，与表一致.
fn claim_line(claim: ClaimAt<'_>, markup: Markup) -> String {
    let (snapshot, range) = (claim.report.snapshot(), claim.range());
    let line = snapshot.text().line_of(range.start) + 1;
    let words = snapshot.text().slice(range);
    let verdict = match claim.verdict() {
        Some((sum, verdict)) => {
            let cells = claim.cells();
            let stands = if cells.len() > 1 || verdict != Verdict::Agrees {
                value_words(&cells, sum)
            } else {
                String::new()
            };
            format!("{stands}{}", verdict_words(verdict))
        }
        None => "无法比较".to_owned(),
    };
    format!("正文第 {line} 行“{}”：{verdict}", markup.words(&words))
}

fn value_words(cells: &[CellAt<'_>], sum: crate::Decimal) -> String {
    let unit = cells.first().and_then(|cell| unit_of(cell.kind())).map_or("", amount::unit_name);
    let what = if cells.len() > 1 { "表中合计" } else { "表中为" };
    format!("{what} {}{unit}，", show(sum))
}

fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Agrees => "与正文一致".to_owned(),
        Verdict::Differs(difference) => format!("与正文相差 {}", show(difference)),
        Verdict::Hedged => "正文是约数".to_owned(),
    }
}

/// What the law says of cells.
fn articles(form: &Form, (table, cells): (TableIndex, Range<CellIndex>), markup: Markup) -> String {
    let speaks = form.articles.iter().filter(|article| {
        article.cells.iter().any(|(at, cell)| *at == table && cells.contains(cell))
    });
    let texts: Vec<String> = speaks
        .map(|article| {
            let note = if article.verified { "" } else { "（供参考）" };
            format!("{}{note}", markup.words(&article.text))
        })
        .collect();
    texts.join("\n")
}
