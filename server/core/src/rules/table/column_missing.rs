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
        unfinished: true,
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

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap, table_rules};
    use crate::rules::testing::{apply_fix, hits};

    fn without_total(text: &str) -> String {
        let from = text.find("（本列数据").expect("the table");
        let end = from + text[from..].find("\n\n").expect("its end");
        let rows = text[from..end]
            .replace(" | 0 |\n", " |\n")
            .replace("法人或其他组织 | 总计 |", "法人或其他组织 |");
        let rows = rows.strip_suffix(" | 0 |").map_or(rows.clone(), |rows| format!("{rows} |"));
        format!("{}{rows}{}", &text[..from], &text[end..])
    }

    #[test]
    fn a_column_that_header_and_rows_lack_is_missing() {
        let text = without_total(&swap(&pipes(), "申请数量 | 0 | 0", "申请数量 | 3 | 2"));
        assert_eq!(table_rules(&text), ["table-column-missing"], "{text}");
        let found = hits(&text, "table-column-missing");
        assert!(found[0].message.contains("“总计”列"), "{}", found[0].message);
        let mended = apply_fix(&text, "table-column-missing", 0);
        assert!(
            mended.contains("一、本年新收政府信息公开申请数量 | 3 | 2 | 0 | 0 | 0 | 0 | 5 |"),
            "{mended}"
        );
        assert_eq!(table_rules(&mended), Vec::<String>::new());
    }

    #[test]
    fn a_label_in_single_characters_above_a_pipe_is_a_column() {
        let group = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总\n计"];
        let header = ["行政复议", "行政诉讼"].iter().chain(&group);
        let header = header.chain(&["未经复议直接起诉", "复议后起诉"]).chain(&group).chain(&group);
        let values = ["1", "0", "0", "0", "1", "0", "0", "0", "0", "0", "4", "0", "0", "0", ""];
        let cell =
            |words: &&str| if words.is_empty() { "|\n".into() } else { format!("{words}\n|\n") };
        let table: String = header.chain(&values).map(cell).collect();
        let head =
            "青石县水利局2024年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n";
        let rules = table_rules(&format!("{head}{table}"));
        assert_eq!(rules, ["table-cell-blank"]);
    }

    #[test]
    fn a_header_alone_does_not_lose_a_column() {
        // The cells of a scraped header run together; the rows still have all values.
        let text = swap(&pipes(), "社会公益组织 | 法律服务机构 | 其他 |", "社会公益组织 |");
        assert!(hits(&text, "table-column-missing").is_empty());
    }
}
