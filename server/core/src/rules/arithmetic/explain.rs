//! What a difference looks like. An explanation only ranks and helps; whether it is true the author knows.

use rust_decimal::Decimal;

use super::figures::Figures;
use super::sums::Sum;
use super::wording::{beside, cell_title, show};
use crate::form::{CellIndex, Comparison, Form, Table, TableIndex};
use crate::repair::{Broken, Repair, Slip, slip};

/// Differences up to this are met everywhere, so that an equal figure proves little.
const COMMON: Decimal = Decimal::TWO;
/// How many coinciding figures are named.
const NAMED: usize = 2;

/// A sentence about the difference of a broken sum, the strongest that there is: a slip of the hand, a unit, a term left out or counted twice,
/// another figure of the same column or row.
pub(super) fn explain(
    form: &Form,
    table: TableIndex,
    figures: &Figures<'_>,
    sum: &Sum<'_>,
    broken: &Broken,
    repairs: &[Repair],
) -> Option<String> {
    let spec = &form.tables[table];
    let difference = broken.difference.abs();
    if difference > COMMON {
        slipped(spec, figures, sum, broken, repairs)
            .or_else(|| wrong_unit(spec, figures, sum, broken))
            .or_else(|| term(spec, figures, sum, broken))
            .or_else(|| doubled(spec, figures, sum, difference))
            .or_else(|| key_figure(form, table, figures, sum, difference))
    } else {
        key_figure(form, table, figures, sum, difference)
            .or_else(|| term(spec, figures, sum, broken))
    }
}

/// A figure that a swap, a zero or one digit turns into the one that fits.
fn slipped(
    spec: &Table,
    figures: &Figures<'_>,
    sum: &Sum<'_>,
    broken: &Broken,
    repairs: &[Repair],
) -> Option<String> {
    // With repairs at hand, a figure that none of them touches is beyond suspicion.
    let suspects: Vec<(CellIndex, Decimal, Decimal)> = if repairs.is_empty() {
        sum.terms().filter_map(|(cell, sign)| fitting(figures, cell, sign, broken)).collect()
    } else {
        repairs
            .iter()
            .flat_map(|repair| &repair.changes)
            .map(|it| (it.cell, it.from, it.to))
            .collect()
    };
    let mut slips = suspects
        .into_iter()
        .filter_map(|(cell, from, to)| Some((rank(slip(from, to)?, from, to)?, cell, from, to)));
    let first = slips.next()?;
    let (slip, cell, from, to) =
        slips.fold(first, |best, it| if it.0 < best.0 { it } else { best });
    let how = match slip {
        0 => "数字颠倒",
        1 => "多写或少写一个 0",
        _ => "只差一位数字",
    };
    Some(format!("“{}”的 {} 与 {} {how}，可能是笔误", cell_title(spec, cell), show(from), show(to)))
}

/// Swaps first. A single digit counts from the tens on: in the ones nearly every small change is one.
fn rank(slip: Slip, from: Decimal, to: Decimal) -> Option<u8> {
    match slip {
        Slip::Swap => Some(0),
        Slip::Zero => Some(1),
        Slip::Digit => {
            (to.checked_sub(from)?.abs() >= Decimal::TEN && !from.is_zero() && !to.is_zero())
                .then_some(2)
        }
    }
}

/// A figure that is ten thousand times what fits, or the other way round.
fn wrong_unit(
    spec: &Table,
    figures: &Figures<'_>,
    sum: &Sum<'_>,
    broken: &Broken,
) -> Option<String> {
    let wan = Decimal::from(10_000);
    let off = |from: Decimal, to: Decimal| {
        !from.is_zero() && (from.checked_mul(wan) == Some(to) || to.checked_mul(wan) == Some(from))
    };
    let (cell, from, to) = sum
        .terms()
        .filter_map(|(cell, sign)| fitting(figures, cell, sign, broken))
        .find(|&(_, from, to)| off(from, to))?;
    Some(format!(
        "“{}”的 {} 与 {} 相差一万倍，可能用错了单位",
        cell_title(spec, cell),
        show(from),
        show(to)
    ))
}

/// The cell with its value and the one that would mend this sum alone.
fn fitting(
    figures: &Figures<'_>,
    cell: CellIndex,
    sign: Decimal,
    broken: &Broken,
) -> Option<(CellIndex, Decimal, Decimal)> {
    let from = figures.get(cell)?;
    Some((cell, from, from.checked_sub(broken.difference.checked_mul(sign)?)?))
}

/// A term as large as the difference: left out of the other side, or counted twice there.
fn term(spec: &Table, figures: &Figures<'_>, sum: &Sum<'_>, broken: &Broken) -> Option<String> {
    let (equation, difference) = (sum.equation, broken.difference.abs());
    let sides = [
        (&equation.left, &sum.relation.right, broken.left > broken.right),
        (&equation.right, &sum.relation.left, broken.right > broken.left),
    ];
    sides.into_iter().filter(|(cells, ..)| cells.len() > 1).find_map(|(cells, other, is_larger)| {
        let equal = equal_to(figures, cells.iter().copied(), difference);
        let names = named(&equal, |cell| beside(spec, equation.total, cell))?;
        let how = match is_larger {
            _ if difference <= COMMON => "可能漏计或重计了这一项".to_owned(),
            true => format!("{other}可能漏计了这一项"),
            false => format!("{other}可能重复计了这一项"),
        };
        Some(format!("差额与{names}的 {} 相同，{how}", show(difference)))
    })
}

/// A term taken with the wrong sign makes a difference of twice itself.
fn doubled(
    spec: &Table,
    figures: &Figures<'_>,
    sum: &Sum<'_>,
    difference: Decimal,
) -> Option<String> {
    let half = difference.checked_div(Decimal::TWO).filter(|half| *half > COMMON)?;
    let cells = sum
        .equation
        .left
        .iter()
        .chain(&sum.equation.right)
        .copied()
        .filter(|&it| it != sum.equation.total);
    let names =
        named(&equal_to(figures, cells, half), |cell| beside(spec, sum.equation.total, cell))?;
    Some(format!("差额是{names}的 {} 的两倍，可能加减弄反", show(half)))
}

/// A figure that is tied to the same total by another relation, such as what was carried over.
fn key_figure(
    form: &Form,
    table: TableIndex,
    figures: &Figures<'_>,
    sum: &Sum<'_>,
    difference: Decimal,
) -> Option<String> {
    let spec = &form.tables[table];
    let equation = sum.equation;
    let own = |cell: &CellIndex| equation.left.contains(cell) || equation.right.contains(cell);
    let others = form.relations.iter().filter(|it| {
        it.table == table && it.comparison == Comparison::Equal && it.each == sum.relation.each
    });
    let tied = others
        .flat_map(|it| &it.instances)
        .filter(|it| it.left.iter().chain(&it.right).any(|cell| *cell == equation.total));
    let cells =
        tied.flat_map(|it| it.left.iter().chain(&it.right)).filter(|cell| !own(cell)).copied();
    let names =
        named(&equal_to(figures, cells, difference), |cell| beside(spec, equation.total, cell))?;
    Some(format!("差额与{names}的 {} 相同，可能漏登或重登了这一项", show(difference)))
}

fn equal_to(
    figures: &Figures<'_>,
    cells: impl Iterator<Item = CellIndex>,
    value: Decimal,
) -> Vec<CellIndex> {
    cells.filter(|&cell| figures.get(cell) == Some(value)).collect()
}

/// “甲”“乙”; none where more coincide than could be meant.
fn named<'a>(cells: &[CellIndex], name: impl Fn(CellIndex) -> &'a str) -> Option<String> {
    let names: Vec<_> = cells.iter().map(|&cell| name(cell)).collect();
    (1..=NAMED).contains(&names.len()).then(|| format!("“{}”", names.join("”“")))
}
