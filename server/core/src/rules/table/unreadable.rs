//! A table whose text was damaged so that its values cannot be known.

use super::common::line_of;
use crate::report::{Place, Unreadable};
use crate::rules::{Finding, Fixable, Group, Scope, Severity, Sink, TableCx};
use crate::text::TextRange;

rule! {
    /// # 表格文字已损坏，未作核对
    ///
    /// ## 查什么
    ///
    /// 表格的文字在抓取或粘贴时丢了内容：重复的行被去掉、空单元格被挤到行末、行名丢失，因而数值属于哪一行哪一列无法确认。一格一行的空白表格（只有行名）也只说一次。
    ///
    /// ## 为什么
    ///
    /// 猜出来的数值会引出一串错误的提示。所以这里只说一次，表内其他各项都不核对。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    /// ~~2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |~~
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    /// 2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不能：丢失的数字只有原件里有。请从原件重新复制表格。
    ///
    /// ## 依据
    ///
    /// 无法确认的数值不参加任何核对。
    pub(in crate::rules) static TABLE_UNREADABLE = {
        id: "table-unreadable",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        // A table that has just been begun looks like one that has lost its figures.
        unfinished: true,
        check: Scope::Table(check),
    };
}

fn check(cx: &TableCx<'_>, sink: &mut Sink<'_>) {
    let Some(why) = cx.table.unreadable else { return };
    let why = match why {
        Unreadable::NoValues => {
            let message =
                "没有读到数值：还没有填写，或者数字在复制时丢失，未作核对；请填写或从原件重新复制";
            sink.push(Finding::new(first_line(cx), format!("{}{message}", cx.table.spec().name)));
            return;
        }
        Unreadable::LinesDropped => "内容相同的行被去掉，多数数字已经丢失",
        Unreadable::ColumnsLost => "空单元格被挤到行末，数字属于哪一列无法确认",
        Unreadable::CommasAmbiguous => {
            let message = "以逗号分隔，数值个数与格式不符，分不清逗号是分隔符还是千分位，未作核对；请去掉千分位，或另存为以制表符分隔的文本";
            sink.push(Finding::new(first_line(cx), format!("{}{message}", cx.table.spec().name)));
            return;
        }
        Unreadable::LabelsLost => "行名丢失，数字属于哪一行无法确认",
    };
    let message =
        format!("{}的文字已损坏（{why}），整张表未作核对；请从原件重新复制", cx.table.spec().name);
    sink.push(Finding::new(first_line(cx), message));
}

fn first_line(cx: &TableCx<'_>) -> Place {
    let TextRange { start, end } = cx.table.range;
    cx.place(TextRange { start, end: line_of(cx.text, start as usize).end.min(end).max(start) })
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{bare, pipes, swap, table_rules};
    use crate::rules::testing::hits;

    #[test]
    fn a_damaged_table_is_said_to_be_so_once() {
        // A crawler drops every line that it has seen before: all later zeros are gone.
        let mut seen = std::collections::BTreeSet::new();
        let text: String = bare(&swap(&pipes(), "规章 | 0", "规章 | 1"))
            .lines()
            .filter(|line| line.is_empty() || seen.insert(line.to_string()))
            .map(|line| format!("{line}\n"))
            .collect();
        let found = hits(&text, "table-unreadable");
        assert_eq!(
            found.iter().map(|hit| hit.words.lines().count()).max(),
            Some(1),
            "one line is marked: {found:?}"
        );
        let others: Vec<_> = table_rules(&text)
            .into_iter()
            .filter(|rule| rule != "table-unreadable" && rule != "table-missing")
            .collect();
        assert_eq!(others, Vec::<String>::new(), "{text}");
    }

    #[test]
    fn the_blank_form_is_not_called_damaged() {
        let form = bare(&pipes());
        let text: String = form
            .lines()
            .filter(|line| line.trim() != "0")
            .map(|line| format!("{line}\n"))
            .collect();
        let found = hits(&text, "table-unreadable");
        assert_eq!(found.len(), 3, "{text}");
        assert!(found.iter().all(|hit| hit.message.contains("没有读到数值")), "{found:?}");
    }

    #[test]
    fn all_zeros_are_no_damage() {
        assert!(hits(&pipes(), "table-unreadable").is_empty());
        assert!(hits(&bare(&pipes()), "table-unreadable").is_empty());
    }
}
