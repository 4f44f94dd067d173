//! The same row twice.

use super::common::{readable, row_name};
use crate::report::Fit;
use crate::rules::{Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 同一行重复出现
    ///
    /// ## 查什么
    ///
    /// 同一张表里同一个项目出现两次。“其他”“3.其他”“总计”“（七）总计”按所在的组区分，不会混为一行。
    /// 第二次出现的数值不参加核对。
    ///
    /// ## 为什么
    ///
    /// 两行数值不同时，无法知道哪一行是实际数；相同时，合计会多算一次。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政强制 | 0 |
    /// + 行政强制 | 0 |
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
    /// 不能：该删去哪一行，或者该改哪一个行名，要对照原始数据。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_ROW_DUPLICATE = {
        id: "table-row-duplicate",
        group: Group::Table,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    for row in table.rows.iter().filter(|row| row.fit == Fit::Duplicate) {
        let (Some((block, at)), Some(label)) = (row.row, row.labels.last()) else { continue };
        let name = row_name(table.spec(), block, at);
        let message =
            format!("“{name}”在表中出现两次，这一次的数值未参加核对；请删去多余的一行，或改正行名");
        let mut finding = Finding::new(cx.place(label.range), message);
        let first = table.rows.iter().find(|it| it.row == row.row && it.fit != Fit::Duplicate);
        if let Some(label) = first.and_then(|first| first.labels.last()) {
            finding = finding.related(cx.place(label.range), format!("“{name}”第一次出现"));
        }
        sink.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use crate::rules::testing::hits;

    #[test]
    fn the_second_row_is_marked() {
        let text = swap(&pipes(), "行政处罚 | 0 |\n", "行政处罚 | 5 |\n行政处罚 | 6 |\n");
        let found = hits(&text, "table-row-duplicate");
        assert_eq!(found.len(), 1);
        assert_eq!(text[..found[0].range.start].matches("行政处罚").count(), 1, "the second one");
        assert_eq!(found[0].related[0].0, "行政处罚");
    }

    #[test]
    fn rows_of_the_same_word_are_told_apart_by_their_groups() {
        assert!(
            hits(&pipes(), "table-row-duplicate").is_empty(),
            "其他, 3.其他 and （七）总计 are rows of their own"
        );
        let remark = swap(
            &pipes(),
            "行政事业性收费 | 0 |\n",
            "行政事业性收费 | 0 |\n其他主动公开文件（不含规范性文件） | 8 |\n",
        );
        assert!(hits(&remark, "table-row-duplicate").is_empty());
    }
}
