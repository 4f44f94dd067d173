//! Rows with too few or too many values.

use super::common::{REBUILD, readable, rebuilt, row_name};
use crate::report::{BoundRow, Fit};
use crate::rules::{Applicability, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 一行的数值个数不对
    ///
    /// ## 查什么
    ///
    /// 一行里的数值比列数多或少，数值属于哪一列无法确认。一张表只报一条，停在第一个这样的行，其余各行列为相关位置。
    /// 这些行的数值不参加核对。
    ///
    /// ## 为什么
    ///
    /// 少一个单元格，后面的数就全部错位：总计会落到“其他”名下。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 规章 | 0 | 0 |
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
    /// 不自动修改：缺的是哪一列的数，要对照原件。这些行的数全是 0 时，可以选择按格式重写整张表。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_ROW_WIDTH = {
        id: "table-row-width",
        group: Group::Table,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        // A row that is being written has too few values, or too many because of the ordinal of the next one.
        unfinished: true,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx) else { return };
    let mut bad = table.rows.iter().filter_map(|row| match row.fit {
        // A row without any figure is blank, not narrow.
        Fit::Width { found, expected } if found > 0 => Some((row, found, expected)),
        _ => None,
    });
    let Some((first, found, expected)) = bad.next() else { return };
    let others: Vec<_> = bad.collect();
    let more = if others.is_empty() {
        String::new()
    } else {
        format!("；另有 {} 行也不对", others.len())
    };
    let message = format!(
        "{}{}，未参加核对；请对照原件补齐或删去多余的单元格{more}",
        name(cx, first),
        count(found, expected)
    );
    let mut finding = Finding::new(cx.place(first.range), message);
    for (row, found, expected) in others {
        finding = finding
            .related(cx.place(row.range), format!("{}{}", name(cx, row), count(found, expected)));
    }
    if let Some(edit) = rebuilt(cx) {
        finding = finding.fix(REBUILD, Applicability::Choice, vec![edit]);
    }
    sink.push(finding);
}

fn count(found: usize, expected: usize) -> String {
    if found == expected {
        return format!("的 {found} 个数值之间夹有空单元格，不知各属哪一列");
    }
    format!("有 {found} 个数值，应为 {expected} 个")
}

fn name(cx: &TableCx<'_>, row: &BoundRow) -> String {
    let spec = cx.table.spec();
    match row.row.map(|(block, at)| row_name(spec, block, at)) {
        Some(name) if !name.is_empty() => format!("“{name}”一行"),
        _ => format!("{}的数值行", spec.name),
    }
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap, table_rules, tabs};
    use crate::rules::testing::{apply_fix, hits};

    #[test]
    fn the_first_bad_row_names_the_others() {
        let text = swap(&pipes(), "1.属于国家秘密 | 0 | 0", "1.属于国家秘密 | 0");
        let text = swap(&text, "3.其他 | 0 | 0", "3.其他 | 0");
        let found = hits(&text, "table-row-width");
        assert_eq!(found.len(), 1);
        assert!(
            found[0].words.starts_with("（三）不予公开 | 1.属于国家秘密"),
            "{}",
            found[0].words
        );
        assert!(found[0].message.contains("有 6 个数值，应为 7 个"), "{}", found[0].message);
        assert_eq!(found[0].related.len(), 1);
        assert_eq!(apply_fix(&text, "table-row-width", 0), pipes());
    }

    #[test]
    fn figures_of_unknown_columns_are_not_moved() {
        let text = swap(&pipes(), "1.属于国家秘密 | 0 | 0", "1.属于国家秘密 | 4");
        assert!(hits(&text, "table-row-width")[0].fixes.is_empty());
    }

    #[test]
    fn blank_cells_at_the_end_are_no_values() {
        let padded = tabs().replace("\t0\n", "\t0\t\t\n");
        assert_eq!(table_rules(&padded), Vec::<String>::new());
    }
}
