//! A header that lost the unit which the form prints in it.

use rust_decimal::Decimal;

use super::common::{assigned, lacks_unit, readable, shortened};
use crate::form::{CellIndex, ValueKind};
use crate::report::BoundTable;
use crate::rules::plausibility::AMOUNT_UNIT;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 表头缺少单位
    ///
    /// ## 查什么
    ///
    /// 格式在表头里印有单位（单位：万元）的列，表头没有写，或者写成了别的单位。没有找到表头时不报。
    ///
    /// ## 为什么
    ///
    /// 收费金额最常见的错误是元与万元混淆，差一万倍；表头写明单位，填表人和读者才不会弄错。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 信息内容 | 本年收费金额（单位：元） |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 信息内容 | 本年收费金额（单位：万元） |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：先确认表内数字就是以万元为单位的。确认后可以选择改为格式规定的表头。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static FEE_UNIT_CAPTION_MISSING = {
        id: "fee-unit-caption-missing",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        unfinished: true,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    for (block_at, (block, header)) in table.spec().blocks.iter().zip(&table.headers).enumerate() {
        for (column_at, column) in block.columns.iter().enumerate() {
            let ValueKind::Amount { unit, .. } = &column.values else { continue };
            let own = |standard: &str| standard == column.label.text;
            let Some(label) =
                header.labels.iter().find(|label| label.standard.as_deref().is_some_and(own))
            else {
                continue;
            };
            let written = cx.slice(label.range);
            if !lacks_unit(column, written) || is_judged(cx, table, (block_at, column_at), written)
            {
                continue;
            }
            let name = shortened(&column.label.text);
            let message = format!("“{name}”的表头应注明单位“{unit}”；请核对表内数字的单位后补上");
            let edit = Edit::new(cx.place(label.range), column.label.text.clone());
            let title = format!("改为“{}”", column.label.text);
            sink.push(Finding::new(cx.place(label.range), message).fix(
                title,
                Applicability::Choice,
                vec![edit],
            ));
        }
    }
}

/// Whether the header asks for another unit and a rule on amounts says so of what stands below: the wrong unit of a figure is one finding, which mends
/// the header too.
fn is_judged(
    cx: &TableCx<'_>,
    table: &BoundTable,
    (block, column): (usize, usize),
    written: &str,
) -> bool {
    let registry = cx.settings.engine().registry();
    let judged = |cell: CellIndex| {
        let mut rules = table.form.rules.iter().filter(|it| it.mechanism == AMOUNT_UNIT.name);
        rules.any(|rule| {
            let key = rule.params.get("cell").and_then(toml::Value::as_str);
            let cells = key.and_then(|key| table.form.cells(key).ok()).unwrap_or_default();
            let is_on =
                registry.find(&rule.id).is_some_and(|it| cx.settings.severity(it).is_some());
            is_on && cells.contains(&(table.table, cell))
        })
    };
    written.contains('元')
        && assigned(table).any(|(index, cell)| {
            let (own_block, _, own_column) = table.spec().locate(index);
            (own_block, own_column) == (block, column)
                && cell.value.number().is_some_and(|value| value > Decimal::ZERO)
                && judged(index)
        })
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{old, pipes, swap};
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "fee-unit-caption-missing";

    #[test]
    fn a_header_without_its_unit_is_found() {
        for header in ["本年收费金额", "本年收费金额（单位：元）"] {
            let text = swap(&pipes(), "本年收费金额（单位：万元）", header);
            assert_eq!(hits(&text, RULE)[0].words, header);
            assert_eq!(apply_fix(&text, RULE, 0), pipes());
        }
    }

    #[test]
    fn a_figure_in_the_wrong_unit_is_one_finding() {
        let text = swap(&pipes(), "本年收费金额（单位：万元）", "本年收费金额（单位：元）");
        let text = swap(&text, "行政事业性收费 | 0 |", "行政事业性收费 | 1823600 |");
        assert!(hits(&text, RULE).is_empty());
        assert_eq!(hits(&text, "fee-unit-slip").len(), 1);
        let text = swap(&text, "（单位：元）", "");
        assert_eq!(hits(&text, RULE).len(), 1);
    }

    #[test]
    fn the_unit_in_another_writing_is_enough() {
        for header in ["本年收费金额(单位:万元)", "本年收费金额（万元）"] {
            assert!(
                hits(&swap(&pipes(), "本年收费金额（单位：万元）", header), RULE).is_empty(),
                "{header}"
            );
        }
        assert!(hits(&old(), RULE).is_empty(), "the form of 2019 prints no unit");
    }
}
