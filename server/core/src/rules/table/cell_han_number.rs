//! Numbers in Chinese numerals.

use super::common::{Rewrite, alike, assigned, cell_name, oddly_written};
use crate::report::{Value, Written};
use crate::rules::{Applicability, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 统计表应使用阿拉伯数字
    ///
    /// ## 查什么
    ///
    /// 单元格里的数写成“十二”“〇”“零”。一张表合并为一条。
    ///
    /// ## 为什么
    ///
    /// 统计表中的数值应使用阿拉伯数字，汉字数字无法汇总。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 规章 | 0 | 十二 | 0 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 规章 | 0 | 12 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：换成阿拉伯数字由编写人确认。
    ///
    /// ## 依据
    ///
    /// 《出版物上数字用法》（GB/T 15835—2011）。
    pub(in crate::rules) static TABLE_CELL_HAN_NUMBER = {
        id: "table-cell-han-number",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = oddly_written(cx) else { return };
    let mut han = Vec::new();
    for (index, cell) in assigned(table) {
        let Value::Number(number, Written { han: true, .. }) = cell.value else { continue };
        let text = number.normalize().to_string();
        let message = format!(
            "“{}”写作“{}”，应为 {text}",
            cell_name(table.spec(), index),
            cx.slice(cell.range)
        );
        han.push(Rewrite { range: cell.range, text, message });
    }
    alike(cx, sink, &han, "请改用阿拉伯数字", ("改为阿拉伯数字", Applicability::Choice));
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use crate::rules::Applicability;
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-cell-han-number";

    #[test]
    fn numerals_become_digits_by_choice() {
        let text = swap(&pipes(), "行政规范性文件 | 0 | 0 | 0", "行政规范性文件 | 1 | 十二 | 3");
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fixes[0].applicability, Applicability::Choice);
        assert!(apply_fix(&text, RULE, 0).contains("1 | 12 | 3"));
        assert!(hits(&pipes(), RULE).is_empty(), "the numerals of labels are none of cells");
    }

    #[test]
    fn all_of_a_table_are_one_finding_and_add_up_as_digits_do() {
        let text = swap(&pipes(), "行政许可 | 0", "行政许可 | 一百二十");
        let text = swap(&text, "行政处罚 | 0", "行政处罚 | 〇");
        let found = hits(&text, RULE);
        assert_eq!((found.len(), found[0].related.len()), (1, 1), "{found:?}");
        let mended = apply_fix(&text, RULE, 0);
        assert!(mended.contains("行政许可 | 120 |"), "{mended}");
        assert!(mended.contains("行政处罚 | 0 |"), "{mended}");
        assert!(hits(&mended, RULE).is_empty());
    }

    #[test]
    fn words_with_numerals_and_labels_are_no_numbers() {
        for (own, other) in [
            ("行政强制 | 0", "行政强制 | 第十项"),
            ("行政强制 | 0", "行政强制 | 十余"),
            ("行政强制 | 0", "行政强制（二） | 0"),
        ] {
            assert!(hits(&swap(&pipes(), own, other), RULE).is_empty(), "{other}");
        }
    }
}
