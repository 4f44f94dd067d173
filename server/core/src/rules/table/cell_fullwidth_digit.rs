//! Digits of double width.

use unicode_normalization::UnicodeNormalization;

use super::common::{Rewrite, alike, assigned, cell_name, oddly_written};
use crate::report::{Value, Written};
use crate::rules::{Applicability, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 表内数字应为半角
    ///
    /// ## 查什么
    ///
    /// 单元格里的数字或小数点是全角字符（０１２．）。一张表合并为一条。
    ///
    /// ## 为什么
    ///
    /// 全角数字粘贴到电子表格里是文字，不能计算，检索也查不到。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政许可 | １２ |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政许可 | 12 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 总是可以：改为半角不改变数值。
    ///
    /// ## 依据
    ///
    /// 《出版物上数字用法》（GB/T 15835—2011）。
    pub(in crate::rules) static TABLE_CELL_FULLWIDTH_DIGIT = {
        id: "table-cell-fullwidth-digit",
        group: Group::Table,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = oddly_written(cx) else { return };
    let wide: Vec<Rewrite> = (assigned(table))
        .filter(|(_, cell)| {
            matches!(cell.value, Value::Number(_, Written { full_width: true, .. }))
        })
        .map(|(index, cell)| {
            let written = cx.slice(cell.range);
            let message = format!("“{}”的数字“{written}”是全角", cell_name(table.spec(), index));
            Rewrite { range: cell.range, text: half_width(written), message }
        })
        // A comma of double width is a separator, which another rule says.
        .filter(|it| it.text != cx.slice(it.range).replace('，', ","))
        .collect();
    alike(cx, sink, &wide, "请改为半角", ("改为半角数字", Applicability::Safe));
}

/// Digits, points and separators of double width in their usual width; all else stays.
fn half_width(written: &str) -> String {
    let narrow = |c: char| {
        if matches!(c, '０'..='９' | '．' | '，' | '－' | '＋') {
            c.nfkc().next().unwrap_or(c)
        } else {
            c
        }
    };
    written.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use super::*;
    use crate::rules::testing::{apply_fix, hits};

    #[test]
    fn only_the_number_is_narrowed() {
        assert_eq!(half_width("１２．５万元（含）"), "12.5万元（含）");
    }

    #[test]
    fn all_of_a_table_are_one_finding() {
        let text = swap(
            &swap(&pipes(), "行政许可 | 0", "行政许可 | １２"),
            "行政事业性收费 | 0",
            "行政事业性收费 | ３．５",
        );
        let found = hits(&text, "table-cell-fullwidth-digit");
        assert_eq!((found.len(), found[0].related.len()), (1, 1));
        let mended = apply_fix(&text, "table-cell-fullwidth-digit", 0);
        assert!(
            mended.contains("行政许可 | 12 |") && mended.contains("行政事业性收费 | 3.5 |"),
            "{mended}"
        );
        assert!(hits(&pipes(), "table-cell-fullwidth-digit").is_empty());
    }
}
