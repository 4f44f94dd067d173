use crate::report::Place;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 一级标题的 Markdown 层级不一致。
    ///
    /// ## 查什么
    ///
    /// 六个部分的标题前面 `#` 的个数。以多数为准；没有过半的，以第一个为准。只看写了 `#` 的标题。
    ///
    /// ## 为什么
    ///
    /// 层级不同，网页和目录会把同级的部分排成上下级。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~一、总体情况~~
    /// + # 一、总体情况
    /// ~~二、主动公开政府信息情况~~
    /// + ### 二、主动公开政府信息情况
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// ~~一、总体情况~~
    /// + # 一、总体情况
    /// ~~二、主动公开政府信息情况~~
    /// + # 二、主动公开政府信息情况
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以：只改 `#` 的个数。
    ///
    /// ## 依据
    ///
    /// 六个部分是同一级标题（国办公开办函〔2021〕30号所附格式）。
    pub(in crate::rules) static MARKDOWN_HEADING_LEVEL = {
        id: "markdown-heading-level",
        group: Group::Typography,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let marks: Vec<Place> = cx
        .parts()
        .filter_map(|part| {
            part.section()?;
            let before = part.before_heading()?;
            let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
            let mark = line.trim();
            let is_mark = (1..=6).contains(&mark.len()) && mark.bytes().all(|b| b == b'#');
            let start = before.len() - line.trim_start().len();
            is_mark.then(|| part.place((start..start + mark.len()).into()))
        })
        .collect();
    let Some(level) = level(&marks) else { return };
    let wrong: Vec<Place> =
        marks.iter().copied().filter(|mark| mark.range.len() != level).collect();
    let Some(&first) = wrong.first() else { return };
    let right = "#".repeat(level);
    let edits = wrong.iter().map(|&mark| Edit::new(mark, right.clone())).collect();
    let message = format!("六个部分是同一级标题，都应为“{right}”，有 {} 个不同", wrong.len());
    let mut finding = Finding::new(first, message);
    for &mark in &wrong[1..] {
        finding = finding.related(mark, format!("这里是“{}”", cx.text(mark)));
    }
    sink.push(finding.fix(format!("都改为“{right}”"), Applicability::Safe, edits));
}

/// The level of more than half of the headings, else of the first.
fn level(marks: &[Place]) -> Option<usize> {
    let lengths = || marks.iter().map(|mark| mark.range.len());
    let most =
        lengths().find(|&it| lengths().filter(|&other| other == it).count() * 2 > marks.len());
    most.or_else(|| lengths().next())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits};

    const RULE: &str = "markdown-heading-level";

    fn report(marks: [&str; 4]) -> String {
        let [a, b, c, d] = marks;
        format!(
            "# 青石县水利局2024年政府信息公开工作年度报告\n{a}一、总体情况\n无。\n{b}二、主动公开政府信息情况\n无。\n{c}五、存在的主要问题及改进情况\n无。\n{d}六、其他需要报告的事项\n无。\n"
        )
    }

    #[test]
    fn the_odd_ones_follow_the_others() {
        for (marks, right) in [
            (["## ", "### ", "## ", "## "], "## "),
            (["## ", "## ", "### ", "#### "], "## "),
            (["# ", "## ", "## ", "## "], "## "),
        ] {
            let mended = apply_fix(&report(marks), RULE, 0);
            assert_eq!(mended, report([right; 4]));
            assert!(hits(&mended, RULE).is_empty());
        }
    }

    #[test]
    fn one_level_and_headings_without_marks_stay() {
        for marks in [["## "; 4], [""; 4], ["", "## ", "", "## "]] {
            assert_findings(&report(marks), &[RULE]);
        }
    }
}
