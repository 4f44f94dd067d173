//! The same table twice.

use super::common::{is_there, line_of};
use crate::report::{BoundTable, Place};
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// # 同一表格出现两次
    ///
    /// ## 查什么
    ///
    /// 一份报告里，格式规定的同一张表出现两次。两张表之间的文字提到别的年度、上年或同期时，视为对比表，不报。
    ///
    /// ## 为什么
    ///
    /// 两张表的数不同时，读者不知道以哪一张为准；多半是粘贴时重复了一遍，或者留着旧稿没有删。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 行政事业性收费 | 0 |
    /// + 第二十条第（一）项 |
    /// + 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
    /// + 规章 | 1 | 0 | 1 |
    /// + 行政规范性文件 | 0 | 0 | 0 |
    /// + 第二十条第（五）项 |
    /// + 信息内容 | 本年处理决定数量 |
    /// + 行政许可 | 3 |
    /// + 第二十条第（六）项 |
    /// + 信息内容 | 本年处理决定数量 |
    /// + 行政处罚 | 0 |
    /// + 行政强制 | 0 |
    /// + 第二十条第（八）项 |
    /// + 信息内容 | 本年收费金额（单位：万元） |
    /// + 行政事业性收费 | 0 |
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 行政事业性收费 | 0 |
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不能：该留哪一张，要对照原始数据。
    ///
    /// ## 依据
    ///
    /// 政府信息公开工作年度报告格式：每张表只有一张。
    pub(in crate::rules) static TABLE_DUPLICATE = {
        id: "table-duplicate",
        group: Group::Table,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::Report(check),
    };
}

/// Words by which the text announces figures of another period.
const OTHER_PERIOD: [&str; 7] = ["上年", "上一年", "去年", "同期", "同比", "对比", "往年"];

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let tables: Vec<(usize, &BoundTable)> =
        cx.tables().filter(|(_, table)| table.unreadable.is_none() && is_there(table)).collect();
    for (at, &(part, table)) in tables.iter().enumerate() {
        let first = tables[..at].iter().find(|(_, it)| it.spec().id == table.spec().id);
        let Some(&(first_part, first)) = first else { continue };
        if is_comparison(cx, (first_part, first), (part, table)) {
            continue;
        }
        let name = &table.spec().name;
        let message = format!("{name}在报告中出现两次；请只保留一张，并核对两张的数值");
        let finding = Finding::new(place(cx, part, table), message);
        sink.push(finding.related(place(cx, first_part, first), format!("{name}第一次出现")));
    }
}

/// Whether one of the two is announced as another period's: last year's figures beside this year's.
fn is_comparison(
    cx: &ReportCx<'_>,
    first: (usize, &BoundTable),
    second: (usize, &BoundTable),
) -> bool {
    let own = cx.head.year;
    let announces = |(part, before): (usize, u32), until: u32| {
        let Some(part) = cx.part(part) else { return false };
        let between = part.prose().iter().filter(|line| line.start >= before && line.end <= until);
        between.map(|line| part.line(*line)).any(|line| names_other_period(line, own))
    };
    let from = if first.0 == second.0 { first.1.range.end } else { 0 };
    announces((first.0, 0), first.1.range.start) && first.0 == second.0
        || announces((second.0, from), second.1.range.start)
}

fn names_other_period(line: &str, own: Option<u16>) -> bool {
    let other_year = |(at, _): (usize, &str)| {
        let digits =
            line.get(at.saturating_sub(4)..at).and_then(|digits| digits.parse::<u16>().ok());
        digits.is_some_and(|year| Some(year) != own && (1990..2100).contains(&year))
    };
    OTHER_PERIOD.iter().any(|word| line.contains(word)) || line.match_indices('年').any(other_year)
}

fn place(cx: &ReportCx<'_>, part: usize, table: &BoundTable) -> Place {
    let text = cx.whole(part);
    let end =
        line_of(text, table.range.start as usize).end.clamp(table.range.start, table.range.end);
    Place::new(part, TextRange { start: table.range.start, end })
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap};
    use super::*;
    use crate::rules::testing::hits;

    #[test]
    fn another_year_announces_another_period() {
        assert!(names_other_period("2024年主动公开情况如下：", Some(2025)));
        assert!(!names_other_period("2025年主动公开情况如下：", Some(2025)));
        assert!(names_other_period("与上年对比：", Some(2025)));
        assert!(!names_other_period("年年如此", None));
    }

    fn twice(between: &str) -> String {
        let text = pipes();
        let from = text.find("第二十条第（一）项").expect("the table");
        let end = from + text[from..].find("\n\n").expect("its end");
        swap(&text, "\n\n三、收到", &format!("\n\n{between}{}\n\n三、收到", &text[from..end]))
    }

    #[test]
    fn the_second_table_names_the_first() {
        let found = hits(&twice(""), "table-duplicate");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].related.len(), 1);
        assert!(found[0].message.contains("表二"), "{}", found[0].message);
    }

    #[test]
    fn last_years_table_is_a_comparison() {
        for between in ["2024年主动公开情况如下：\n\n", "上年同期数据：\n\n"] {
            assert!(hits(&twice(between), "table-duplicate").is_empty(), "{between}");
        }
        assert!(hits(&pipes(), "table-duplicate").is_empty());
    }
}
