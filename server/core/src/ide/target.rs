//! What stands at a byte: a cell, a row's label, a claim.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::form::{CellIndex, CellNames, Claim, ValueKind};
use crate::report::{BoundClaim, BoundRow, BoundTable, Cell, Place, Unit, Value};
use crate::snapshot::{ReportView, Spot};
use crate::text::TextRange;

/// A cell of a readable table whose place in the form is known.
#[derive(Clone, Copy)]
pub(super) struct CellAt<'a> {
    pub(super) report: ReportView<'a>,
    pub(super) part: usize,
    pub(super) table: &'a BoundTable,
    pub(super) index: CellIndex,
    pub(super) cell: &'a Cell,
}

/// A claim of the prose.
#[derive(Clone, Copy)]
pub(super) struct ClaimAt<'a> {
    pub(super) report: ReportView<'a>,
    pub(super) part: usize,
    pub(super) claim: &'a BoundClaim,
}

/// How a claim compares with the cells that it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They say the same.
    Agrees,
    /// They differ by so much, in the cells' unit.
    Differs(Decimal),
    /// The claim is hedged: 近30件.
    Hedged,
}

impl<'a> CellAt<'a> {
    /// The cell that holds `spot`, or ends or begins there.
    pub(super) fn find(spot: Spot<'a>) -> Option<Self> {
        let tables = spot.report.report.parts.get(spot.part)?.tables.iter();
        let cells = tables.filter(|table| table.range.touches(spot.at)).flat_map(|table| {
            let known = table.cells.iter().enumerate();
            known.filter_map(move |(index, cell)| {
                let cell = cell.as_ref().filter(|cell| cell.value != Value::Unknown)?;
                Some((table, index, cell))
            })
        });
        let text = spot.report.text(spot.part);
        let here = cells.filter(|(.., cell)| reach(text, cell.range).touches(spot.at));
        let (table, index, cell) = here.max_by_key(|(.., cell)| !cell.range.is_empty())?;
        Some(Self { report: spot.report, part: spot.part, table, index, cell })
    }

    /// A cell of a table.
    pub(super) fn new(
        report: ReportView<'a>,
        part: usize,
        table: &'a BoundTable,
        index: CellIndex,
    ) -> Option<Self> {
        let cell = table.cell(index).filter(|cell| cell.value != Value::Unknown)?;
        Some(Self { report, part, table, index, cell })
    }

    /// In bytes of the document.
    pub(super) fn range(&self) -> Range<usize> {
        self.report.range(Place::new(self.part, self.cell.range))
    }

    pub(super) fn names(&self) -> Option<&'a CellNames> {
        self.table.spec().names(self.index)
    }

    /// What the column holds.
    pub(super) fn kind(&self) -> &'a ValueKind {
        let spec = self.table.spec();
        let (block, _, column) = spec.locate(self.index);
        &spec.blocks[block].columns[column].values
    }

    /// The claims of the report that state it, in the order of the text.
    pub(super) fn claims(&self) -> impl Iterator<Item = ClaimAt<'a>> + use<'a> {
        let (table, index, report) = (self.table, self.index, self.report);
        let own = table.form.id == report.report.form.id;
        claims(report).filter(move |claim| {
            own && claim.spec().is_some_and(|spec| spec.cells.contains(&(table.table, index)))
        })
    }
}

impl<'a> ClaimAt<'a> {
    /// The claim that holds `spot`; of several that end or begin there, the first.
    pub(super) fn find(spot: Spot<'a>) -> Option<Self> {
        let claims = &spot.report.report.parts.get(spot.part)?.claims;
        let at = |range: TextRange| range.touches(spot.at);
        let mut own = claims.iter().filter(|claim| is_of(spot.report, claim));
        let claim = (own.clone().find(|claim| at(claim.number)))
            .or_else(|| own.find(|claim| at(claim.range)))?;
        Some(Self { report: spot.report, part: spot.part, claim })
    }

    pub(super) fn spec(&self) -> Option<&'a Claim> {
        self.report.report.form.claims.get(self.claim.claim)
    }

    /// In bytes of the document, from cue to unit.
    pub(super) fn range(&self) -> Range<usize> {
        self.report.range(Place::new(self.part, self.claim.range))
    }

    /// The cells that it states, as far as they stand in the document.
    pub(super) fn cells(&self) -> Vec<CellAt<'a>> {
        let (report, spec) = (self.report.report, self.spec());
        let cells = spec.map_or(&[][..], |spec| &spec.cells);
        let find = |&(table, index): &(usize, CellIndex)| {
            let (part, table) = report.tables().find(|(_, it)| {
                it.table == table && it.form.id == report.form.id && it.unreadable.is_none()
            })?;
            CellAt::new(self.report, part, table, index)
        };
        cells.iter().filter_map(find).collect()
    }

    /// The sum of the cells that it states, and how it compares; `None` while one of them is not known or another unit is meant.
    pub(super) fn verdict(&self) -> Option<(Decimal, Verdict)> {
        let cells = self.cells();
        if cells.is_empty() || cells.len() < self.spec()?.cells.len() {
            return None;
        }
        let sum = cells.iter().try_fold(Decimal::ZERO, |sum, cell| {
            let Value::Number(number, written) = cell.cell.value else { return None };
            let plain = written.unit.is_none_or(|unit| Some(unit) == unit_of(cell.kind()));
            sum.checked_add(number).filter(|_| plain)
        })?;
        let factor = factor(self.claim.unit, unit_of(cells[0].kind())?)?;
        let stated = self.claim.value.checked_mul(factor)?;
        if self.claim.hedged {
            return Some((sum, Verdict::Hedged));
        }
        // 25.98亿元 is a figure of 万元 rounded to its last digit.
        let last = Decimal::try_new(5, self.claim.value.scale() + 1).unwrap_or_default();
        let slack = if factor > Decimal::ONE { last.checked_mul(factor)? } else { Decimal::ZERO };
        let difference = stated.checked_sub(sum)?.abs();
        let verdict =
            if difference <= slack { Verdict::Agrees } else { Verdict::Differs(difference) };
        Some((sum, verdict))
    }
}

/// The row whose label holds `spot`, with its table.
pub(super) fn row_at(spot: Spot<'_>) -> Option<(&BoundTable, &BoundRow)> {
    let tables = spot.report.report.parts.get(spot.part)?.tables.iter();
    tables.filter(|table| table.range.touches(spot.at)).find_map(|table| {
        let row = table
            .rows
            .iter()
            .find(|row| row.labels.last().is_some_and(|label| label.range.touches(spot.at)))?;
        Some((table, row))
    })
}

/// Where a cell is met: a blank one in all of its blanks.
fn reach(text: &str, cell: TextRange) -> TextRange {
    if !cell.is_empty() {
        return cell;
    }
    let behind = text.get(cell.end as usize..).unwrap_or("");
    let blanks = behind.len() - behind.trim_start_matches([' ', '\u{3000}', '\u{a0}']).len();
    TextRange::new(cell.start as usize, cell.end as usize + blanks)
}

/// All claims of a report, in the order of the text.
pub(super) fn claims(report: ReportView<'_>) -> impl Iterator<Item = ClaimAt<'_>> {
    report.report.parts.iter().enumerate().flat_map(move |(part, it)| {
        let own = it.claims.iter().filter(move |claim| is_of(report, claim));
        own.map(move |claim| ClaimAt { report, part, claim })
    })
}

/// Whether a claim speaks of the report's year, and its words say so much alone.
fn is_of(report: ReportView<'_>, claim: &BoundClaim) -> bool {
    let of = report.report.form.claims.get(claim.claim);
    of.is_some_and(|of| claim.is_of(of, &report.report.head)) && !claim.is_loose
}

/// The unit of a column; `None` where the form prescribes none.
pub(super) fn unit_of(kind: &ValueKind) -> Option<Unit> {
    match kind {
        ValueKind::Count | ValueKind::Change => Some(Unit::Item),
        ValueKind::Amount { unit, .. } => match unit.as_str() {
            "元" => Some(Unit::Yuan),
            "万元" => Some(Unit::Wan),
            "亿元" => Some(Unit::Yi),
            _ => None,
        },
    }
}

/// How much of `to` one of `from` is.
fn factor(from: Unit, to: Unit) -> Option<Decimal> {
    if from == to {
        return Some(Decimal::ONE);
    }
    yuan(from)?.checked_div(yuan(to)?)
}

/// 元 in a unit of money; `None` for what is counted.
pub(super) fn yuan(unit: Unit) -> Option<Decimal> {
    match unit {
        Unit::Item => None,
        Unit::Yuan => Some(Decimal::ONE),
        Unit::Wan => Some(Decimal::from(10_000)),
        Unit::Yi => Some(Decimal::from(100_000_000)),
    }
}
