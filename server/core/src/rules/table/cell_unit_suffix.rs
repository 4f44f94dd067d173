//! Units behind the numbers of cells.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::common::{Rewrite, alike, assigned, cell_name, oddly_written};
use crate::form::{CellIndex, RuleSpec, ValueKind};
use crate::report::{Unit, Value, Written};
use crate::rules::plausibility::AMOUNT_UNIT;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};
use crate::text::TextRange;

rule! {
    /// # 单元格里写了单位
    ///
    /// ## 查什么
    ///
    /// 数字后面跟着“件”“个”“万元”“元”等单位。单位与格式相同的，一张表合并为一条；与格式不同的（如万元栏写了亿元），每格一条；
    /// 万元栏写了元的，在收费金额单位误用一条里说明。
    /// 格式没有规定单位的栏目（如 2019 年格式的采购总金额）不查。
    ///
    /// ## 为什么
    ///
    /// 单位已经写在表头。万元栏里写“2亿元”，汇总时会被当成 2 万元。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政许可 | 12件 |
    /// ```
    ///
    /// ```report
    /// 行政事业性收费 | 160.5964万元 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政许可 | 12 |
    /// ```
    ///
    /// ```report
    /// 行政事业性收费 | 160.5964 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 单位与表头相同时，去掉单位不改变数值，可以自动修改；要换算的由编写人选择。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式：收费金额的单位是万元，其余为件数。
    pub(in crate::rules) static TABLE_CELL_UNIT_SUFFIX = {
        id: "table-cell-unit-suffix",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = oddly_written(cx) else { return };
    let mut same = Vec::new();
    for (index, cell) in assigned(table) {
        let Value::Number(number, Written { unit: Some(unit), han, .. }) = cell.value else {
            continue;
        };
        let (block, _, column) = table.spec().locate(index);
        let kind = &table.spec().blocks[block].columns[column].values;
        let Some(relation) = relation(kind, unit) else { continue };
        if unit == Unit::Yuan && amounts_rule_speaks(cx, index, cell.range) {
            continue;
        }
        let name = cell_name(table.spec(), index);
        let written = cx.slice(cell.range);
        if relation == Relation::Same && !han {
            let text = without_unit(written).to_owned();
            same.push(Rewrite {
                range: cell.range,
                message: format!("“{name}”写作“{written}”，单元格里不应写单位"),
                text,
            });
            continue;
        }
        let finding = Finding::new(cx.place(cell.range), other_unit(kind, &name, written));
        let Relation::Times(factor) = relation else {
            sink.push(finding);
            continue;
        };
        sink.push(match number.checked_mul(factor).filter(|_| !han) {
            Some(converted) => {
                let text = converted.normalize().to_string();
                finding.fix(
                    format!("换算为 {text}"),
                    Applicability::Choice,
                    vec![Edit::new(cx.place(cell.range), text)],
                )
            }
            None => finding,
        });
    }
    alike(cx, sink, &same, "请只写数字", ("去掉单位，只留数字", Applicability::Safe));
}

/// 元 written in a cell of 万元 is what a form's rule on that amount calls proof of a wrong unit: one cause, one finding.
fn amounts_rule_speaks(cx: &TableCx<'_>, cell: CellIndex, range: TextRange) -> bool {
    let key = format!("{}.{}", cx.table.spec().id, cx.table.spec().key(cell));
    let registry = cx.settings.engine().registry();
    let of_cell = |rule: &&Arc<RuleSpec>| {
        rule.mechanism == AMOUNT_UNIT.name
            && rule.params.get("cell").and_then(|it| it.as_str()) == Some(key.as_str())
    };
    let rules = cx.table.form.rules.iter().filter(of_cell);
    rules.filter_map(|rule| registry.find(&rule.id)).any(|rule| !cx.is_off(rule, range))
}

fn other_unit(kind: &ValueKind, name: &str, written: &str) -> String {
    match kind {
        ValueKind::Amount { unit, .. } => {
            format!("“{name}”写作“{written}”，与表头的单位“{unit}”不同；请换算后只写数字")
        }
        ValueKind::Count | ValueKind::Change => {
            format!("“{name}”写作“{written}”，件数不应带这样的单位；请改为实际件数，只写数字")
        }
    }
}

/// What a unit behind a number is to the column's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// The same: dropping it changes nothing.
    Same,
    /// Another one of the same kind: the number times this.
    Times(Decimal),
    /// None at all, like 5元 for a count.
    Foreign,
}

/// How the unit relates to the column; `None` where the form prescribes no unit.
fn relation(kind: &ValueKind, unit: Unit) -> Option<Relation> {
    let yuan = |unit: &str| match unit {
        "元" => Some(1),
        "万元" => Some(10_000),
        "亿元" => Some(100_000_000),
        _ => None,
    };
    let (written, own) = match (kind, unit) {
        (ValueKind::Amount { unit, .. }, _) if unit.is_empty() => return None,
        (ValueKind::Amount { .. }, Unit::Item)
        | (ValueKind::Count | ValueKind::Change, Unit::Yuan | Unit::Yi) => {
            return Some(Relation::Foreign);
        }
        (ValueKind::Amount { unit, .. }, Unit::Yuan) => (1, yuan(unit)?),
        (ValueKind::Amount { unit, .. }, Unit::Wan) => (10_000, yuan(unit)?),
        (ValueKind::Amount { unit, .. }, Unit::Yi) => (100_000_000, yuan(unit)?),
        (ValueKind::Count | ValueKind::Change, Unit::Item) => (1, 1),
        (ValueKind::Count | ValueKind::Change, Unit::Wan) => (10_000, 1),
    };
    if written == own {
        Some(Relation::Same)
    } else {
        Some(Relation::Times(Decimal::from(written).checked_div(Decimal::from(own))?))
    }
}

/// The words up to the last digit.
fn without_unit(written: &str) -> &str {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let last = written
        .char_indices()
        .filter(|&(_, c)| digit(c))
        .map(|(at, c)| at + c.len_utf8())
        .next_back();
    &written[..last.unwrap_or(written.len())]
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{old, pipes, swap};
    use super::*;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-cell-unit-suffix";

    #[test]
    fn a_unit_converts_to_the_columns() {
        let wan = ValueKind::Amount { unit: "万元".into(), decimals: 6 };
        assert_eq!(relation(&wan, Unit::Wan), Some(Relation::Same));
        assert_eq!(relation(&wan, Unit::Yuan), Some(Relation::Times(Decimal::new(1, 4))));
        assert_eq!(relation(&wan, Unit::Yi), Some(Relation::Times(Decimal::from(10_000))));
        assert_eq!(
            relation(&ValueKind::Amount { unit: String::new(), decimals: 6 }, Unit::Yuan),
            None
        );
        assert_eq!(relation(&ValueKind::Count, Unit::Item), Some(Relation::Same));
        assert_eq!(relation(&ValueKind::Count, Unit::Yuan), Some(Relation::Foreign));
        assert_eq!(without_unit("1,234 件"), "1,234");
        assert_eq!(without_unit("１２件"), "１２");
    }

    #[test]
    fn the_columns_own_unit_is_dropped_at_once() {
        let text = swap(
            &swap(&pipes(), "行政许可 | 0", "行政许可 | 12件"),
            "行政处罚 | 0",
            "行政处罚 | 3 个",
        );
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Safe);
        let mended = apply_fix(&text, RULE, 0);
        assert!(
            mended.contains("行政许可 | 12 |") && mended.contains("行政处罚 | 3 |"),
            "{mended}"
        );
        let fee = swap(&pipes(), "行政事业性收费 | 0", "行政事业性收费 | 160.5964万元");
        assert_eq!(hits(&fee, RULE)[0].fixes[0].applicability, Applicability::Safe);
    }

    #[test]
    fn another_unit_is_converted_by_choice() {
        let text = swap(&pipes(), "行政事业性收费 | 0", "行政事业性收费 | 2亿元");
        let found = hits(&text, RULE);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Choice);
        assert!(apply_fix(&text, RULE, 0).contains("行政事业性收费 | 20000 |"));
    }

    #[test]
    fn yuan_in_the_cell_of_an_amount_is_said_once() {
        let text = swap(&pipes(), "行政事业性收费 | 0", "行政事业性收费 | 251000元");
        assert_eq!(hits(&text, RULE), []);
        assert_eq!(hits(&text, "fee-unit-slip").len(), 1);
        assert!(apply_fix(&text, "fee-unit-slip", 0).contains("行政事业性收费 | 25.1 |"));
    }

    #[test]
    fn a_column_without_prescribed_unit_is_silent() {
        let text = swap(&old(), "政府集中采购 | 0 | 0 |", "政府集中采购 | 2 | 251000元 |");
        assert!(hits(&text, RULE).is_empty());
        assert!(hits(&pipes(), RULE).is_empty());
    }
}
