//! Words broken inside a cell of a grid.

use super::common::{Deviation, Rewrite, deviation, is_grid, one_finding, readable, shortened};
use crate::rules::{Applicability, Fixable, Group, Scope, Severity, Sink, TableCx};

rule! {
    /// # 单元格内有硬换行或断开的词
    ///
    /// ## 查什么
    ///
    /// 用制表符分隔的表格和 Markdown 表格中，表头、行名的一个词被空格或换行断开，如“结果 维持”。一张表合并为一条。
    /// 一行一个单元格的文字本来就会折行，不查。
    ///
    /// ## 为什么
    ///
    /// 断开的词是从 Word 窄列里带来的，检索“结果维持”查不到，转成网页后还会多出空格。
    ///
    /// ## 错误示例
    ///
    /// ```report tabs
    /// 信息内容→本年 制发件数→本年废止件数→现行有效件数
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report tabs
    /// 信息内容→本年制发件数→本年废止件数→现行有效件数
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 总是可以：只去掉词中间的空格和换行。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式中的表样。
    pub(in crate::rules) static TABLE_CELL_LINE_BREAK = {
        id: "table-cell-line-break",
        group: Group::Table,
        severity: Severity::Hint,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(table) = readable(cx).filter(|table| is_grid(table.layout)) else { return };
    let headers = table.headers.iter().flat_map(|header| &header.labels);
    let labels = headers.chain(table.rows.iter().flat_map(|row| &row.labels));
    let mut broken: Vec<Rewrite> = labels
        .filter_map(|label| {
            let standard = label.standard.as_deref()?;
            let is_split =
                deviation(cx.slice(label.range), standard, table.layout) == Deviation::Split;
            is_split.then(|| Rewrite {
                range: label.range,
                text: standard.to_owned(),
                message: format!("“{}”被空格或换行断开", shortened(standard)),
            })
        })
        .collect();
    broken.sort_by_key(|it| it.range);
    broken.dedup_by_key(|it| it.range);
    let more = if broken.len() > 1 {
        format!("（{}共 {} 处）", table.spec().name, broken.len())
    } else {
        String::new()
    };
    let message = broken
        .first()
        .map(|first| format!("{}{more}；请连成一个词", first.message))
        .unwrap_or_default();
    if let Some(finding) =
        one_finding(cx, &broken, message, Some(("去掉词中间的空格和换行", Applicability::Safe)))
    {
        sink.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{markdown, pipes, swap, tab_led, tabs};
    use crate::rules::testing::{apply_fix, hits};

    const RULE: &str = "table-cell-line-break";

    #[test]
    fn a_split_word_is_joined() {
        let text = tabs().replace("结果维持", "结果 维持");
        let found = hits(&text, RULE);
        assert_eq!((found.len(), found[0].related.len()), (1, 2));
        assert_eq!(apply_fix(&text, RULE, 0), tabs());
        let text = swap(&markdown(), "本年制发件数", "本年 制发件数");
        assert_eq!(apply_fix(&text, RULE, 0), markdown());
    }

    #[test]
    fn a_cell_a_line_breaks_by_nature() {
        let text = swap(&tab_led(&pipes()), "\t结果维持\n", "\t结果\n维持\n");
        assert!(hits(&text, RULE).is_empty());
        assert!(hits(&swap(&pipes(), "本年制发件数", "本年 制发件数"), RULE).is_empty());
        assert!(
            hits(&swap(&tabs(), "（一）予以公开", "（一） 予以公开"), RULE).is_empty(),
            "a blank beside a bracket is another rule's"
        );
    }
}
