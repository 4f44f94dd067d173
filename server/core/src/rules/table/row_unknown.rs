//! Rows that the form does not have.

use super::common::{meant, readable, shortened, unknown_rows};
use crate::rules::{Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 格式以外的行
    ///
    /// ## 查什么
    ///
    /// 表格里有数值、但行名不在格式中的行。小计、合计不算；只差几个字的行名按缺行处理，给出规定的行名。
    /// 一张表只报一条，其余各行列为相关位置。
    ///
    /// ## 为什么
    ///
    /// 格式是全国统一的，自行增加的行无法汇总，也不参加勾稽核对。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政强制 | 0 |
    /// + 行政检查 | 0 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政强制 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不能：增加的行可能是本地要求的，删与不删由编写人决定。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_ROW_UNKNOWN = {
        id: "table-row-unknown",
        group: Group::Table,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    let labels: Vec<_> = (unknown_rows(cx.text, table))
        .filter_map(|row| row.labels.last())
        .filter(|label| meant(table, cx.slice(label.range)).is_none())
        .collect();
    let Some((first, others)) = labels.split_first() else { return };
    let name = shortened(cx.slice(first.range));
    let count = if others.is_empty() { String::new() } else { format!("等 {} 行", labels.len()) };
    let message =
        format!("“{name}”{count}不在{}的格式中，不参加核对；如无本地要求请删去", table.spec().name);
    let mut finding = Finding::new(cx.place(first.range), message);
    for other in others {
        finding = finding.related(cx.place(other.range), "也不在格式中");
    }
    sink.push(finding);
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use crate::rules::testing::hits;

    #[test]
    fn rows_of_its_own_are_one_hint() {
        let text =
            swap(&pipes(), "行政强制 | 0 |\n", "行政强制 | 0 |\n行政检查 | 3 |\n行政确认 | 2 |\n");
        let found = hits(&text, "table-row-unknown");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "行政检查");
        assert_eq!(found[0].related.len(), 1);
    }

    #[test]
    fn a_subtotal_is_known() {
        let text = swap(&pipes(), "行政强制 | 0 |\n", "行政强制 | 0 |\n小计 | 3 |\n");
        assert!(hits(&text, "table-row-unknown").is_empty());
        let group = swap(
            &pipes(),
            "（三）不予公开 | 1.属于国家秘密",
            "（三）不予公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n1.属于国家秘密",
        );
        assert!(hits(&group, "table-row-unknown").is_empty());
    }
}
