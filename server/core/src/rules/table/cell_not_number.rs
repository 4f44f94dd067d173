//! Cells that hold something else than a number.

use super::cell_thousand_separator::is_ambiguous;
use super::common::{assigned, cell_name, gathered, oddly_written, shortened};
use crate::form::CellIndex;
use crate::report::Value;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 单元格里不是数字
    ///
    /// ## 查什么
    ///
    /// 应填数的单元格写了“/”“—”“无”或别的文字。整行、整列都这样时合并为一条。
    ///
    /// ## 为什么
    ///
    /// 这些符号不参加计算，也分不清是 0 还是未统计。乡镇的“规章”一行有的地方习惯写“/”，可以在配置里降低级别。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 规章 | / | / | / |
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
    /// 不自动修改。可以选择改为 0。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式：没有的项目填 0。
    pub(in crate::rules) static TABLE_CELL_NOT_NUMBER = {
        id: "table-cell-not-number",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = oddly_written(cx) else { return };
    let words: Vec<CellIndex> = (assigned(table))
        .filter(|(_, cell)| cell.value == Value::NotNumber && !is_ambiguous(cx.slice(cell.range)))
        .map(|(index, _)| index)
        .collect();
    for cells in gathered(table.spec(), &words) {
        let range = |cell: CellIndex| table.cell(cell).map(|it| it.range).unwrap_or_default();
        let word = |cell: CellIndex| shortened(cx.slice(range(cell)));
        let name = cell_name(table.spec(), cells[0]);
        let more = if cells.len() > 1 { format!("等 {} 格", cells.len()) } else { String::new() };
        let message =
            format!("“{}”不是数字（“{name}”{more}）；请填实际数，没有的填 0", word(cells[0]));
        let mut finding = Finding::new(cx.place(range(cells[0])), message);
        for &cell in &cells[1..] {
            finding = finding.related(cx.place(range(cell)), format!("“{}”也不是数字", word(cell)));
        }
        let edits = cells.iter().map(|&cell| Edit::new(cx.place(range(cell)), "0")).collect();
        // `(12)` says more than that there is nothing.
        if cells.iter().any(|&cell| cx.slice(range(cell)).contains(|c: char| c.is_numeric())) {
            sink.push(finding);
            continue;
        }
        sink.push(finding.fix(
            if cells.len() > 1 { "都改为 0" } else { "改为 0" },
            Applicability::Choice,
            edits,
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-cell-not-number";

    #[test]
    fn a_row_of_strokes_is_one_finding() {
        let text = swap(&pipes(), "规章 | 0 | 0 | 0 |", "规章 | / | / | / |");
        let found = hits(&text, RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "/");
        assert_eq!(found[0].related.len(), 2);
        assert_eq!(apply_fix(&text, RULE, 0), pipes());
    }

    #[test]
    fn words_and_marks_are_no_numbers() {
        for mark in ["—", "-", "无", "\\", "不适用"] {
            let text = swap(
                &pipes(),
                "行政规范性文件 | 0 | 0 | 0",
                &format!("行政规范性文件 | 0 | {mark} | 0"),
            );
            assert_eq!(hits(&text, RULE).len(), 1, "{mark}");
        }
        assert!(hits(&pipes(), RULE).is_empty());
    }
}
