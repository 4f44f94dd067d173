//! A section without the table that it must hold.

use super::common::{beside, is_there, line_break, line_of, rows_shown};
use crate::form::TableIndex;
use crate::form::skeleton::{SkeletonLayout, table_text};
use crate::report::{BoundTable, Heading, Place};
use crate::rules::structure::year_has_form;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// # 缺少规定的表格
    ///
    /// ## 查什么
    ///
    /// 格式规定要有表格的部分，标题在而表格不在（识别出的规定行不足一半也算不在）。
    /// 同一报告的其他表格能识别时是错误；所有表格都没有文字时多半是图片或附件，整份报告只提醒一次。
    ///
    /// ## 为什么
    ///
    /// 三张统计表是年度报告的主体，格式要求不能遗漏。图片和附件中的数字既不便公众取用，也无法核对勾稽关系。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~行政复议 | 行政诉讼 |~~
    /// ~~结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |~~
    /// ~~结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |~~
    /// ~~0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |~~
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
    /// 不自动修改。可以选择在标题下插入按格式填 0 的空表格，再逐格改成实际数。
    ///
    /// ## 依据
    ///
    /// 国务院办公厅政府信息与政务公开办公室印发的政府信息公开工作年度报告格式。
    pub(in crate::rules) static TABLE_MISSING = {
        id: "table-missing",
        group: Group::Table,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        unfinished: true,
        check: Scope::Report(check),
    };
}

/// A section whose table is not there.
struct Missing<'a> {
    part: usize,
    heading: &'a Heading,
    table: TableIndex,
    has_picture: bool,
    /// What little of it was found.
    rest: Option<&'a BoundTable>,
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    // What damaged one table may have taken the other, and the damage is said.
    let is_damaged = cx.tables().any(|(_, table)| table.unreadable.is_some());
    if is_damaged || !year_has_form(cx) {
        return;
    }
    let missing = missing(cx);
    let any_text = cx.tables().any(|(_, table)| is_there(table));
    if any_text {
        for it in &missing {
            let finding = one(cx, it);
            // A picture is no text, but nothing is withheld.
            if it.has_picture {
                sink.push_at(Severity::Warning, finding);
            } else {
                sink.push(finding);
            }
        }
    } else if let Some((first, others)) = missing.split_first() {
        sink.push_at(Severity::Warning, all(cx, first, others));
    }
}

fn missing<'a>(cx: &ReportCx<'a>) -> Vec<Missing<'a>> {
    let mut seen = Vec::new();
    let mut missing = Vec::new();
    for part in cx.parts() {
        let Some(heading) = part.heading() else { continue };
        let section = heading.section.and_then(|section| cx.form.sections.get(section));
        let Some(table) = section.and_then(|section| section.table) else { continue };
        let Some(spec) = cx.form.tables.get(table) else { continue };
        let found: Vec<_> =
            cx.tables().map(|(_, table)| table).filter(|it| it.spec().id == spec.id).collect();
        if seen.contains(&table) || found.iter().any(|it| is_there(it)) {
            continue;
        }
        seen.push(table);
        missing.push(Missing {
            part: part.index,
            heading,
            table,
            has_picture: part.has_picture(),
            rest: found.first().copied(),
        });
    }
    missing
}

fn one(cx: &ReportCx<'_>, missing: &Missing<'_>) -> Finding {
    let spec = &cx.form.tables[missing.table];
    let heading = cx.heading_words(place(missing));
    let all = spec.rows().filter(|(_, _, row)| !row.label.text.is_empty()).count();
    let message = match missing.rest.map(rows_shown) {
        Some((shown, _)) => format!(
            "“{heading}”的表格只识别到 {shown} 行，应有 {all} 行；请按格式补全{}",
            spec.name
        ),
        None if missing.has_picture => format!(
            "“{heading}”没有文字表格，数据未作核对；请把图片或附件中的{}改为文字表格",
            spec.name
        ),
        None => format!("“{heading}”缺少规定的表格；请按格式补上{}，没有的项目填 0", spec.name),
    };
    with_fix(
        cx,
        Finding::new(place(missing), message),
        "插入按格式填 0 的空表格",
        std::slice::from_ref(missing),
    )
}

fn all(cx: &ReportCx<'_>, first: &Missing<'_>, others: &[Missing<'_>]) -> Finding {
    let count = others.len() + 1;
    let message = format!(
        "没有识别到文字表格（{count} 个部分应有，可能是图片或附件），表内数据未作核对；请改为可以复制的文字表格"
    );
    let mut finding = Finding::new(place(first), message);
    let mut missing = vec![first];
    for other in others {
        finding = finding.related(place(other), "这一部分也没有识别到表格");
        missing.push(other);
    }
    with_fix(cx, finding, "在各部分插入按格式填 0 的空表格", missing)
}

fn with_fix<'a, 'b: 'a>(
    cx: &ReportCx<'_>,
    finding: Finding,
    title: &str,
    missing: impl IntoIterator<Item = &'a Missing<'b>>,
) -> Finding {
    let edits: Option<Vec<_>> = missing.into_iter().map(|it| insertion(cx, it)).collect();
    match edits {
        Some(edits) => finding.fix(title, Applicability::Choice, edits),
        None => finding,
    }
}

/// Puts the empty table below the heading; `None` where a part of the table stands there already or the text is HTML.
fn insertion(cx: &ReportCx<'_>, missing: &Missing<'_>) -> Option<Edit> {
    let text = cx.whole(missing.part);
    let line = line_of(text, missing.heading.range.end as usize);
    let written = text.get(line.to_range())?;
    if missing.rest.is_some() || written.contains('<') {
        return None;
    }
    let neighbour = cx.tables().next().map(|(_, table)| beside(table.layout));
    let is_markdown = written.trim_start().starts_with('#');
    let layout = neighbour.unwrap_or(if is_markdown {
        SkeletonLayout::Markdown
    } else {
        SkeletonLayout::default()
    });
    let table = table_text(cx.form, missing.table, layout);
    let insert = format!("\n\n{}", table.trim_end_matches('\n')).replace('\n', line_break(text));
    Some(Edit::new(Place::new(missing.part, TextRange::empty(line.end as usize)), insert))
}

fn place(missing: &Missing<'_>) -> Place {
    Place::new(missing.part, missing.heading.range)
}

#[cfg(test)]
mod tests {
    use super::super::common::fixtures::{pipes, swap, table_rules, tabs};
    use crate::rules::Severity;
    use crate::rules::testing::{apply_fix, hits};

    /// The report without the lines from the first that contains `from` up to the next blank one.
    fn without_table(text: &str, from: &str) -> String {
        let at = text.find(from).expect("the table");
        let end = at + text[at..].find("\n\n").expect("a blank line behind the table");
        format!("{}{}", &text[..at], &text[end..])
    }

    fn without_any(text: &str) -> String {
        let text = without_table(text, "第二十条第（一）项");
        let text = without_table(&text, "（本列数据");
        without_table(&text, "行政复议 |")
    }

    #[test]
    fn one_table_of_three_is_an_error() {
        let text = without_table(&pipes(), "（本列数据");
        let hits = hits(&text, "table-missing");
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].severity, Severity::Error);
        assert_eq!(hits[0].words, "三、收到和处理政府信息公开申请情况");
        assert!(hits[0].message.contains("表三"), "{}", hits[0].message);
    }

    #[test]
    fn no_table_at_all_is_one_warning() {
        let found = hits(&without_any(&pipes()), "table-missing");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].words, "二、主动公开政府信息情况");
        assert_eq!(found[0].related.len(), 2);
        assert_eq!(
            table_rules(&without_any(&pipes())),
            ["table-missing"],
            "nothing else is said of tables"
        );
    }

    #[test]
    fn a_report_before_the_first_form_needs_none() {
        let text = without_any(&pipes());
        let year = text.chars().filter(char::is_ascii_digit).take(4).collect::<String>();
        assert_eq!(hits(&text.replace(&year, "2017"), "table-missing"), []);
    }

    #[test]
    fn a_picture_is_a_warning() {
        let text = swap(
            &without_table(&pipes(), "（本列数据"),
            "三、收到和处理政府信息公开申请情况\n",
            "三、收到和处理政府信息公开申请情况\n![](tu3.png)\n",
        );
        let found = hits(&text, "table-missing");
        assert_eq!(found[0].severity, Severity::Warning, "{}", found[0].message);
    }

    #[test]
    fn the_empty_table_comes_in_the_layout_of_its_neighbours() {
        for text in [pipes(), tabs()] {
            let cut = without_table(&text, "（本列数据");
            let mended = apply_fix(&cut, "table-missing", 0);
            assert_eq!(table_rules(&mended), Vec::<String>::new(), "{mended}");
        }
        let mended = apply_fix(&without_any(&pipes()), "table-missing", 0);
        assert_eq!(table_rules(&mended), Vec::<String>::new(), "{mended}");
    }

    #[test]
    fn a_few_rows_left_over_are_no_table() {
        let text = pipes();
        let from = text.find("三、本年度办理结果").expect("the rows");
        let end = from + text[from..].find("\n\n").expect("the end");
        let cut = format!("{}{}", &text[..from], &text[end..]);
        let found = hits(&cut, "table-missing");
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("识别到 2 行，应有 25 行"), "{}", found[0].message);
        assert!(found[0].fixes.is_empty());
        assert!(hits(&cut, "table-row-missing").is_empty());
    }
}
