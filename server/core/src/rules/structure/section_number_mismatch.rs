use super::outline::{Entry, ordinal, outline};
use crate::form::skeleton::heading;
use crate::report::Place;
use crate::rules::{
    Applicability, Edit, Finding, Fixable, Group, PartOf, ReportCx, Scope, Severity, Sink,
};

rule! {
    /// 一级标题的序号与格式不符。
    ///
    /// ## 查什么
    ///
    /// 已按文字认出的一级标题，其序号是否为格式规定的序号。只看数值，“3.”与“三、”视为相同。
    ///
    /// ## 为什么
    ///
    /// 序号错了，正文“见第四部分”之类的说法就指错了地方。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 四、收到和处理政府信息公开申请情况
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 三、收到和处理政府信息公开申请情况
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 标题文字已确定它是哪一部分，改序号不改变任何事实，可以自动修改。规定的序号已被格式以外的标题占用时，须先处理那个标题，只供选择。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static SECTION_NUMBER_MISMATCH = {
        id: "section-number-mismatch",
        group: Group::Structure,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Safe,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let outline = outline(cx);
    // Sections that change places and are numbered as they stand are out of order, which is said once.
    let is_sorted = outline.is_sorted_by_key(|entry| entry.section);
    if !is_sorted && outline.is_sorted_by(|a, b| a.heading.number < b.heading.number) {
        return;
    }
    for entry in &outline {
        let section = &cx.form.sections[entry.section];
        let (Some(found), Some(expected)) = (entry.heading.number, ordinal(section)) else {
            continue;
        };
        if found == expected {
            continue;
        }
        let numeral = Place::new(entry.part, entry.heading.numeral);
        let written = cx.heading_words(numeral);
        let punctuation = written.trim_start_matches(|c: char| c.is_alphanumeric());
        let number = format!(
            "{}{}",
            section.number,
            if punctuation.is_empty() { "、" } else { punctuation }
        );
        let message = format!(
            "序号应为“{}、”：“{}”是第{}部分",
            section.number, section.heading, section.number
        );
        let finding = Finding::new(entry.place(), message);
        let applicability = if is_taken(cx, &outline, entry, expected) {
            Applicability::Choice
        } else {
            Applicability::Safe
        };
        sink.push(finding.fix(
            format!("改为“{}”", heading(section)),
            applicability,
            vec![Edit::new(numeral, number)],
        ));
    }
}

/// Whether the right number already stands before another heading which would keep it: an unknown one, or the same section's other heading.
fn is_taken(cx: &ReportCx<'_>, outline: &[Entry<'_>], entry: &Entry<'_>, number: u32) -> bool {
    let unknown = |part: PartOf<'_, '_>| {
        part.heading().is_some_and(|it| it.section.is_none() && it.number == Some(number))
    };
    let twice =
        outline.iter().any(|other| other.part != entry.part && other.section == entry.section);
    twice || cx.parts().any(unknown)
}

#[cfg(test)]
mod tests {
    use crate::rules::Applicability;
    use crate::rules::testing::{apply_fix, assert_findings, hits, report};

    const RULE: &str = "section-number-mismatch";

    #[test]
    fn a_wrong_number_is_put_right() {
        let text = report("云岭县水利局", 2025).replace("五、存在", "四、存在");
        assert_findings(
            &text.replace(
                "四、存在的主要问题及改进情况",
                "⟦section-number-mismatch: 四、存在的主要问题及改进情况⟧",
            ),
            &[RULE],
        );
        assert_eq!(hits(&text, RULE)[0].fixes[0].applicability, Applicability::Safe);
        assert_eq!(apply_fix(&text, RULE, 0), report("云岭县水利局", 2025));
    }

    #[test]
    fn other_numerals_of_the_same_value_pass() {
        assert_findings(&report("云岭县水利局", 2025).replace("五、存在", "5.存在"), &[RULE]);
    }

    #[test]
    fn a_paragraph_on_what_a_missing_part_is_about_has_no_wrong_number() {
        for paragraph in
            ["（一）主动公开政府信息情况", "（二）主动公开情况", "1.主动公开政府信息情况"]
        {
            let text = format!(
                "云岭县水利局2025年政府信息公开工作年度报告\n一、总体情况\n{paragraph}\n公开信息49条。\n\
                 五、存在的主要问题及改进情况\n解读偏少，已增加图解。\n六、其他需要报告的事项\n无。\n"
            );
            assert_eq!(hits(&text, RULE), [], "{paragraph}");
        }
    }

    #[test]
    fn a_number_that_another_heading_holds_is_not_given_twice() {
        let text = report("云岭县水利局", 2025)
            .replace("五、存在", "五、重点工作\n已完成。\n六、存在")
            .replace("六、其他", "七、其他");
        let found = hits(&text, RULE);
        assert_eq!(
            found.iter().map(|hit| hit.fixes[0].applicability).collect::<Vec<_>>(),
            [Applicability::Choice, Applicability::Safe]
        );
    }
}
