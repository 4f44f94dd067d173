//! Counts that are no counts.

use rust_decimal::{Decimal, RoundingStrategy};

use super::common::{assigned, cell_name, oddly_written};
use crate::form::{CellIndex, ValueKind};
use crate::report::{Cell, Value, Written};
use crate::rules::{
    Applicability, Cure, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx,
};

rule! {
    /// # 件数应为非负整数
    ///
    /// ## 查什么
    ///
    /// 件数写成了小数、负数，带正负号，或者前面多写了 0。2019 年格式的“本年增/减”可以是负数。金额可以是小数，但不能是负数。
    ///
    /// ## 为什么
    ///
    /// 件数、项数都是一件一件数出来的，不会有小数和负数。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政许可 | 12.5 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政许可 | 13 |
    /// ```
    ///
    /// ```report
    /// 行政事业性收费 | 12.5 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：实际数要对照原始数据。可以选择四舍五入或去掉符号和多余的 0。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中各项目的计量单位。
    pub(in crate::rules) static TABLE_CELL_NOT_INTEGER = {
        id: "table-cell-not-integer",
        group: Group::Table,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = oddly_written(cx) else { return };
    let mut whole = Vec::new();
    for (index, cell) in assigned(table) {
        let Value::Number(number, written) = cell.value else { continue };
        if is_plain(number, written) {
            continue;
        }
        let (block, _, column) = table.spec().locate(index);
        let Some(fault) =
            fault(&table.spec().blocks[block].columns[column].values, number, written)
        else {
            continue;
        };
        // 12.0 throughout a table is how one program writes numbers.
        if fault == Fault::Fraction && number.fract().is_zero() {
            whole.push((index, cell, mended(number, fault)));
            continue;
        }
        sink.push(finding(cx, index, cell, mended(number, fault), fault));
    }
    match whole[..] {
        [] => {}
        [(index, cell, right)] => sink.push(finding(cx, index, cell, right, Fault::Fraction)),
        [(index, first, _), ..] => {
            let name = cell_name(table.spec(), index);
            let message = format!(
                "“{name}”等 {} 格写作“{}”这样的小数，应为整数；请去掉小数点和后面的 0",
                whole.len(),
                cx.slice(first.range)
            );
            let mut finding = Finding::new(cx.place(first.range), message);
            for (_, cell, _) in &whole[1..] {
                let words = format!("“{}”也是小数", cx.slice(cell.range));
                finding = finding.related(cx.place(cell.range), words);
            }
            let edits: Option<Vec<_>> =
                whole.iter().map(|(_, cell, right)| rewritten(cx, cell, *right)).collect();
            sink.push(match edits {
                Some(edits) => finding.fix("都改为整数", Applicability::Choice, edits),
                None => finding,
            });
        }
    }
}

fn finding(
    cx: &TableCx<'_>,
    index: CellIndex,
    cell: &Cell,
    right: Decimal,
    fault: Fault,
) -> Finding {
    let name = cell_name(cx.table.spec(), index);
    let message =
        format!("“{name}”写作“{}”，{}；请改为实际数", cx.slice(cell.range), fault.demand());
    // A sum that another value of the cell would mend has the same cause: 01 for 10.
    let place = cx.place(cell.range);
    let cure = Cure::within(place, Decimal::ZERO, Decimal::MAX);
    let finding = Finding::new(place, message).cured_by([cure]);
    match rewritten(cx, cell, right) {
        Some(edit) => finding.fix(format!("改为 {right}"), Applicability::Choice, vec![edit]),
        None => finding,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Fraction,
    Negative,
    NegativeAmount,
    Sign,
    LeadingZero,
}

impl Fault {
    fn demand(self) -> &'static str {
        match self {
            Self::Fraction => "应为整数",
            Self::Negative => "应为非负整数",
            Self::NegativeAmount => "金额不应为负数",
            Self::Sign => "不应带正负号",
            Self::LeadingZero => "前面不应有多余的 0",
        }
    }
}

fn fault(kind: &ValueKind, number: Decimal, written: Written) -> Option<Fault> {
    let negative = number.is_sign_negative() && !number.is_zero();
    match kind {
        // 本年增/减 may be written +5, -4, 减4.
        ValueKind::Change if number.scale() > 0 => Some(Fault::Fraction),
        ValueKind::Amount { .. } if negative => Some(Fault::NegativeAmount),
        ValueKind::Count if negative => Some(Fault::Negative),
        // 3件 in 万件 is nobody's count; the unit has its own rule.
        ValueKind::Count if number.scale() > 0 && is_plain_unit(written) => Some(Fault::Fraction),
        ValueKind::Count if written.signed => Some(Fault::Sign),
        ValueKind::Count if written.leading_zero => Some(Fault::LeadingZero),
        ValueKind::Change | ValueKind::Amount { .. } | ValueKind::Count => None,
    }
}

/// Digits without a point, a sign or a zero before them: nobody's fault.
fn is_plain(number: Decimal, written: Written) -> bool {
    number.scale() == 0 && !number.is_sign_negative() && !written.signed && !written.leading_zero
}

fn is_plain_unit(written: Written) -> bool {
    matches!(written.unit, None | Some(crate::report::Unit::Item))
}

fn mended(number: Decimal, fault: Fault) -> Decimal {
    match fault {
        Fault::Fraction => number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero),
        Fault::Negative | Fault::NegativeAmount => number.abs(),
        Fault::Sign | Fault::LeadingZero => number,
    }
    .normalize()
}

/// The cell with the figure mended; a unit behind it is another rule's.
fn rewritten(cx: &TableCx<'_>, cell: &Cell, right: Decimal) -> Option<Edit> {
    let written = cx.slice(cell.range);
    let end = written.rfind(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))?;
    let unit = written[end..].chars().skip(1).collect::<String>();
    Some(Edit::new(cx.place(cell.range), format!("{right}{unit}")))
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{old, pipes, swap};
    use super::*;
    use crate::rules::testing::{apply_fix, hits};

    #[test]
    fn a_change_may_be_negative_and_an_amount_may_have_decimals() {
        let number = |text: &str| Decimal::from_str_exact(text).expect("a number");
        let signed = Written { signed: true, ..Written::default() };
        let plain = Written::default();
        let amount = ValueKind::Amount { unit: "万元".into(), decimals: 6 };
        assert_eq!(fault(&ValueKind::Change, number("-4"), signed), None);
        assert_eq!(fault(&ValueKind::Change, number("-4.5"), signed), Some(Fault::Fraction));
        assert_eq!(fault(&amount, number("12.5"), plain), None);
        assert_eq!(fault(&amount, number("-12.5"), signed), Some(Fault::NegativeAmount));
        assert_eq!(fault(&ValueKind::Count, number("-4"), signed), Some(Fault::Negative));
        assert_eq!(fault(&ValueKind::Count, number("4.0"), plain), Some(Fault::Fraction));
        assert_eq!(fault(&ValueKind::Count, number("4"), signed), Some(Fault::Sign));
        assert_eq!(fault(&ValueKind::Count, number("4"), plain), None);
        assert_eq!(mended(number("12.5"), Fault::Fraction), number("13"));
    }

    #[test]
    fn a_table_of_decimals_is_one_finding() {
        let rows = ["行政许可 | 0 |", "行政处罚 | 0 |", "行政强制 | 0 |"];
        let text =
            rows.iter().fold(pipes(), |text, row| swap(&text, row, &row.replace('0', "0.0")));
        let found = hits(&text, "table-cell-not-integer");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].related.len(), 2);
        assert_eq!(
            hits(&apply_fix(&text, "table-cell-not-integer", 0), "table-cell-not-integer"),
            []
        );
    }

    #[test]
    fn every_fault_says_what_to_do() {
        for (cell, mended) in [("12.5", "13"), ("-3", "3"), ("+3", "3"), ("007", "7")] {
            let text = swap(&pipes(), "行政许可 | 0 |", &format!("行政许可 | {cell} |"));
            let found = hits(&text, "table-cell-not-integer");
            assert_eq!(found.len(), 1, "{cell}");
            assert_eq!(found[0].words, cell);
            assert_eq!(
                apply_fix(&text, "table-cell-not-integer", 0),
                swap(&pipes(), "行政许可 | 0 |", &format!("行政许可 | {mended} |"))
            );
        }
    }

    #[test]
    fn changes_and_amounts_are_silent() {
        let text = swap(&pipes(), "行政事业性收费 | 0 |", "行政事业性收费 | 730.6 |");
        assert!(hits(&text, "table-cell-not-integer").is_empty());
        let text = swap(&old(), "行政许可 | 0 | 0 | 0 |", "行政许可 | 4 | 减4 | 0 |");
        assert!(hits(&text, "table-cell-not-integer").is_empty());
    }
}
