//! A table without row labels that lacks a whole group of columns.

use super::column_missing::missing_columns;
use super::common::{REBUILD, group_path, readable, rebuilt};
use crate::form::Block;
use crate::report::BoundHeader;
use crate::rules::{Applicability, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 复议诉讼表缺少列组
    ///
    /// ## 查什么
    ///
    /// 只有一行数值的表格（行政复议、行政诉讼表）缺少整组的列，例如没有“复议后起诉”的五列。
    ///
    /// ## 为什么
    ///
    /// 这张表的 15 个数分属三组，少一组就凑不成，其余数值也容易看错列。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |~~
    /// + 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 |
    /// ~~结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |~~
    /// + 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
    /// ~~0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |~~
    /// + 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。可以选择按格式重写这张表，缺少的列填 0，再改成实际数。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static REVIEW_COLUMN_GROUP_MISSING = {
        id: "review-column-group-missing",
        group: Group::Table,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        unfinished: true,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    for (block, header) in table.spec().blocks.iter().zip(&table.headers) {
        let mut groups: Vec<&[String]> = Vec::new();
        for column in missing_columns(block, header).filter(|&column| covers(block, header, column))
        {
            let path = block.columns[column].groups.as_slice();
            if !groups.contains(&path) {
                groups.push(path);
            }
        }
        if groups.is_empty() {
            continue;
        }
        let names: Vec<_> = groups.iter().map(|path| group_path(path)).collect();
        let (all, shown) = (block.columns.len(), header.columns.len());
        let message = format!(
            "{}缺少“{}”列组，应有 {all} 个数，这里 {shown} 个；请补上，没有的填 0",
            table.spec().name,
            names.join("”“")
        );
        let finding = Finding::new(cx.place(header.range.unwrap_or(table.range)), message);
        sink.push(match rebuilt(cx) {
            Some(edit) => finding.fix(REBUILD, Applicability::Choice, vec![edit]),
            None => finding,
        });
    }
}

/// Whether a missing column is missing with all of its group in a block without row labels, so that it is this rule's business.
pub(super) fn covers(block: &Block, header: &BoundHeader, column: usize) -> bool {
    let unlabelled = block.rows.iter().all(|row| row.label.text.is_empty());
    let Some(groups) =
        block.columns.get(column).map(|it| &it.groups).filter(|groups| !groups.is_empty())
    else {
        return false;
    };
    let group = block.columns.iter().enumerate().filter(|(_, it)| it.groups == *groups);
    unlabelled && group.map(|(at, _)| at).all(|at| !header.columns.contains(&at))
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap, table_rules};
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "review-column-group-missing";

    fn without_group() -> String {
        let text = swap(&pipes(), " | 复议后起诉 |", " |");
        let five = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |";
        let text = swap(&text, &format!("{five} {five}"), five);
        swap(
            &text,
            "0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "2 | 0 | 0 | 0 | 2 | 1 | 0 | 0 | 0 | 1 |",
        )
    }

    #[test]
    fn a_group_without_its_columns_is_missing() {
        let text = without_group();
        assert_eq!(table_rules(&text), [RULE], "{text}");
        let mended = apply_fix(&text, RULE, 0);
        assert!(
            mended.contains("2 | 0 | 0 | 0 | 2 | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 |"),
            "{mended}"
        );
        assert_eq!(table_rules(&mended), Vec::<String>::new());
    }

    #[test]
    fn all_three_groups_are_enough() {
        assert!(hits(&pipes(), RULE).is_empty());
    }
}
