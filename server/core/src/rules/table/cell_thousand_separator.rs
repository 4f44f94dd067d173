//! Separators between groups of digits.

use super::common::{Rewrite, alike, assigned, cell_name, oddly_written};
use crate::report::{Value, Written};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 不应使用千分位
    ///
    /// ## 查什么
    ///
    /// 单元格里的数字写成“1,234”“1，234”。三位一组的，一张表合并为一条；不是三位一组的（如“1,5”），可能是小数点写成了逗号，每格一条。
    ///
    /// ## 为什么
    ///
    /// 汇总程序会把逗号当成分列符，“1,234”就成了 1 和 234 两个数。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政许可 | 1,234 |
    /// ```
    ///
    /// ```report
    /// 行政事业性收费 | 1,5 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政许可 | 1234 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 三位一组时去掉逗号不改变数值，可以自动修改；其余由编写人选择。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式的表样不用千分位。
    pub(in crate::rules) static TABLE_CELL_THOUSAND_SEPARATOR = {
        id: "table-cell-thousand-separator",
        group: Group::Table,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = oddly_written(cx) else { return };
    let mut grouped = Vec::new();
    for (index, cell) in assigned(table) {
        if !matches!(
            cell.value,
            Value::Number(_, Written { separators: true, .. }) | Value::NotNumber
        ) {
            continue;
        }
        let written = cx.slice(cell.range);
        let name = || cell_name(table.spec(), index);
        match cell.value {
            Value::Number(_, Written { separators: true, .. }) => {
                let message = format!("“{}”的数字“{written}”用了千分位", name());
                grouped.push(Rewrite { range: cell.range, text: without(written), message });
            }
            Value::NotNumber if is_ambiguous(written) => {
                let message = format!(
                    "“{}”写作“{written}”，逗号分不清是千分位还是小数点；请去掉逗号或改用小数点",
                    name()
                );
                let mut finding = Finding::new(cx.place(cell.range), message);
                for text in readings(written) {
                    let edit = Edit::new(cx.place(cell.range), text.clone());
                    finding =
                        finding.fix(format!("改为 {text}"), Applicability::Choice, vec![edit]);
                }
                sink.push(finding);
            }
            Value::Number(..) | Value::NotNumber | Value::Blank | Value::Unknown => {}
        }
    }
    alike(cx, sink, &grouped, "请去掉逗号", ("去掉千分位的逗号", Applicability::Safe));
}

/// Digits with commas that are not a separator before every three digits: a decimal comma, or a slip.
pub(super) fn is_ambiguous(written: &str) -> bool {
    let comma = |c| matches!(c, ',' | '，');
    let digit = |c: char| c.is_ascii_digit();
    written.starts_with(digit)
        && written.ends_with(digit)
        && written.contains(comma)
        && written.chars().all(|c| digit(c) || comma(c) || c == '.')
}

/// The figure without commas, and with a point where a single comma may have been one.
fn readings(written: &str) -> Vec<String> {
    let mut readings = vec![without(written)];
    let commas = written.matches([',', '，']).count();
    if commas == 1 && !written.contains('.') {
        readings.push(written.replace([',', '，'], "."));
    }
    readings
}

fn without(written: &str) -> String {
    written.chars().filter(|c| !matches!(c, ',' | '，')).collect()
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use super::*;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-cell-thousand-separator";

    #[test]
    fn a_single_comma_may_be_a_point() {
        assert_eq!(readings("1,5"), ["15", "1.5"]);
        assert_eq!(readings("1,5,2"), ["152"]);
        assert!(
            is_ambiguous("1，5")
                && !is_ambiguous("/")
                && !is_ambiguous("2025.1.25")
                && !is_ambiguous(",5")
        );
    }

    #[test]
    fn groups_of_three_lose_their_commas() {
        let text = swap(
            &swap(&pipes(), "行政许可 | 0", "行政许可 | 1,234"),
            "行政处罚 | 0",
            "行政处罚 | 12，345",
        );
        let found = hits(&text, RULE);
        assert_eq!((found.len(), found[0].related.len()), (1, 1), "{found:?}");
        assert_eq!(found[0].fixes[0].applicability, Applicability::Safe);
        let mended = apply_fix(&text, RULE, 0);
        assert!(
            mended.contains("行政许可 | 1234 |") && mended.contains("行政处罚 | 12345 |"),
            "{mended}"
        );
    }

    #[test]
    fn a_decimal_comma_is_the_authors_to_decide() {
        let text = swap(&pipes(), "行政事业性收费 | 0", "行政事业性收费 | 1,5");
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1);
        assert!(found[0].fixes.iter().all(|fix| fix.applicability == Applicability::Choice));
        assert!(apply_fix(&text, RULE, 1).contains("行政事业性收费 | 1.5 |"));
        assert!(hits(&text, "table-cell-not-number").is_empty());
    }
}
