//! Columns that the form has and the header does not.

use super::common::{REBUILD, column_name, readable, rebuilt};
use crate::form::Block;
use crate::report::BoundHeader;
use crate::rules::{Applicability, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 表格缺列
    ///
    /// ## 查什么
    ///
    /// 表头和各行数值的个数都表明，格式规定的某一列不在表格里。表头看不清时不报。
    ///
    /// ## 为什么
    ///
    /// 缺少“总计”列时，各行的合计无法核对；缺少一类申请人时，“没有”与“没有统计”分不清。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政规范性文件 | 0 | 0 |
    /// 规章 | 0 | 0 |
    /// 信息内容 | 本年制发件数 | 本年废止件数 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 规章 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。可以选择按格式重写这张表：已有的数照填，能由勾稽关系推出的（如“总计”）算出，其余填 0，再改成实际数。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_COLUMN_MISSING = {
        id: "table-column-missing",
        group: Group::Table,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    for (index, (block, header)) in table.spec().blocks.iter().zip(&table.headers).enumerate() {
        let missing: Vec<usize> = missing_columns(block, header)
            .filter(|&it| !super::review_column_group_missing::covers(block, header, it))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let names: Vec<_> = missing.iter().map(|&column| column_name(block, column)).collect();
        let message = format!(
            "{}缺少“{}”列（格式规定 {} 列，这里 {} 列）；请补上这一列，没有的填 0",
            table.spec().name,
            names.join("”“"),
            block.columns.len(),
            block.columns.len() - missing.len(),
        );
        let first_row = table
            .rows
            .iter()
            .find(|row| row.row.is_some_and(|(at, _)| at == index))
            .map(|row| row.range);
        let range = header.range.or(first_row).unwrap_or(table.range);
        let finding = Finding::new(cx.place(range), message);
        sink.push(match rebuilt(cx) {
            Some(edit) => finding.fix(REBUILD, Applicability::Choice, vec![edit]),
            None => finding,
        });
    }
}

/// Columns that are certainly not there.
pub(super) fn missing_columns<'a>(
    block: &'a Block,
    header: &'a BoundHeader,
) -> impl Iterator<Item = usize> + 'a {
    // No column at all means that nothing was seen of the header, not that the table has none.
    let known = !header.columns.is_empty();
    (0..block.columns.len()).filter(move |column| known && !header.columns.contains(column))
}
