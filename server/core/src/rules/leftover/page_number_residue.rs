use crate::rules::{Applicability, Edit, Finding, Fixable, Group, PartCx, Scope, Severity, Sink};
use crate::syntax::Shape;
use crate::text::TextRange;

rule! {
    /// 疑似残留的页码。
    ///
    /// ## 查什么
    ///
    /// 表格以外独占一行的一至三位数字，以及“—3—”“第 3 页”之类印出的页脚（一个部分合并为一条）。表格没有读通的部分、前后也是短行或数字的（像是散开的表格）不查。
    ///
    /// ## 为什么
    ///
    /// 从文稿转换时带出来的页码夹在正文里，像是漏了说明的数据。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// + 3
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 本年度主动公开工作有序开展，办理建议3件。
    /// ```
    ///
    /// ```report
    /// 本年度主动公开工作有序开展。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：它也可能是散落的数据，由编写人确认后删去。
    ///
    /// ## 依据
    ///
    /// 公开文本应当只有报告内容。
    pub(in crate::rules) static PAGE_NUMBER_RESIDUE = {
        id: "page-number-residue",
        group: Group::Leftover,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Part(check),
    };
}

/// Characters of a line that is more than a cell's label or figure.
const A_SENTENCE: usize = 8;

fn check(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let expected = cx.part.heading.as_ref().and_then(|heading| heading.section);
    let expected = expected.is_some_and(|section| cx.form.sections[section].table.is_some());
    if expected && cx.part.tables.is_empty()
        || cx.part.tables.iter().any(|table| table.unreadable.is_some())
    {
        return;
    }
    footers(cx, sink);
    let lines: Vec<_> = cx.lines().collect();
    let is_running = |at: Option<usize>| {
        at.and_then(|at| lines.get(at)).is_none_or(|it| it.1.chars().count() >= A_SENTENCE)
    };
    for (at, &(range, words, _)) in lines.iter().enumerate() {
        if !is_bare(words)
            || !is_alone(cx, range)
            || !is_running(at.checked_sub(1))
            || !is_running(Some(at + 1))
        {
            continue;
        }
        let place = cx.place(range);
        let message = format!("“{words}”独占一行，疑似残留的页码；不是数据的话请删去");
        sink.push(Finding::new(place, message).fix(
            "删去这个页码",
            Applicability::Choice,
            vec![Edit::new(place, "")],
        ));
    }
}

/// Footers of printed pages. Every layout passes over them, so those within a table are left to the table.
fn footers(cx: &PartCx<'_>, sink: &mut Sink<'_>) {
    let in_table = |at: usize| {
        cx.part.tables.iter().any(|it| it.range.start as usize <= at && at < it.range.end as usize)
    };
    let lines = cx.cut.iter().filter(|view| view.line.shape == Shape::PageFooter);
    let places: Vec<_> = (lines.filter(|view| !in_table(view.start)))
        .map(|view| {
            let line = &cx.text[view.start..view.start + view.line.len as usize];
            let start = view.start + line.len() - line.trim_start().len();
            cx.place((start..start + line.trim().len()).into())
        })
        .collect();
    let Some((&first, others)) = places.split_first() else { return };
    let count = if others.is_empty() {
        String::new()
    } else {
        format!("，这一部分共 {} 处", places.len())
    };
    let message = format!("“{}”是印出的页码{count}，请删去", cx.slice(first.range));
    let mut finding = Finding::new(first, message);
    for &place in others {
        finding = finding.related(place, "这里也是页码");
    }
    let edits = places.iter().map(|&place| Edit::new(place, "")).collect();
    sink.push(finding.fix("删去这些页码", Applicability::Choice, edits));
}

/// Do only blanks stand beside these words in their line? A separator, or a tab before them, makes a cell of them. A page of HTML may be one line with
/// ten thousand numbers, so no line is read whole.
fn is_alone(cx: &PartCx<'_>, words: TextRange) -> bool {
    let blank = [' ', '\u{3000}'];
    let before = cx.text[..words.start as usize].trim_end_matches(blank);
    let behind = cx.text[words.end as usize..].trim_start_matches(blank);
    (before.is_empty() || before.ends_with(['\n', '\r']))
        && (behind.is_empty() || behind.starts_with(['\n', '\r']))
}

/// A number alone.
fn is_bare(line: &str) -> bool {
    (1..=3).contains(&line.len())
        && line.bytes().all(|b| b.is_ascii_digit())
        && !line.starts_with('0')
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "page-number-residue";
    const HEAD: &str = "青石县水利局2024年政府信息公开工作年度报告\n五、存在的主要问题及改进情况\n人员不足，下一年充实力量。\n";

    #[test]
    fn a_number_between_sentences_is_a_page() {
        for page in ["3", "12"] {
            let text =
                format!("{HEAD}⟦page-number-residue: {page}⟧\n下一年继续充实公开工作力量。\n");
            assert_findings(&text, &[RULE]);
        }
        assert_eq!(apply_fix(&format!("{HEAD}12\n"), RULE, 0), format!("{HEAD}\n"));
    }

    #[test]
    fn printed_footers_go_together() {
        let text = format!(
            "{HEAD}⟦page-number-residue: - 3 -⟧\n下一年继续充实公开工作力量。\n第 4 页 共 8 页\n"
        );
        assert_findings(&text, &[RULE]);
        let text = format!("{HEAD}—3—\n下一年继续充实公开工作力量。\n第 4 页\n");
        assert_eq!(apply_fix(&text, RULE, 0), format!("{HEAD}\n下一年继续充实公开工作力量。\n\n"));
    }

    #[test]
    fn a_footer_within_a_table_stays_with_it() {
        let text = report("云岭县水利局", 2025).replace("行政许可 |", "- 3 -\n行政许可 |");
        assert_findings(&text, &[RULE]);
    }

    #[test]
    fn scattered_cells_and_years_are_no_pages() {
        for lines in ["行政许可\n3\n行政处罚\n4", "3\n4\n5", "2024", "007", "\t3", "3 | "] {
            assert_findings(&format!("{HEAD}{lines}\n"), &[RULE]);
        }
    }
}
