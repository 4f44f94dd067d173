use super::outline::{Entry, ordinal, outline};
use crate::form::SectionIndex;
use crate::form::skeleton::heading;
use crate::report::{Heading, Place, tags};
use crate::rules::{
    Applicability, Edit, Finding, Fixable, Group, PartOf, ReportCx, Scope, Severity, Sink,
};
use crate::syntax::untagged;

rule! {
    /// 出现格式以外的一级标题。
    ///
    /// ## 查什么
    ///
    /// 接着上一个一级标题往下编号（如第六部分之后的“七、”），而又不是格式规定的标题。
    /// 各部分内部从“一、”重新编号的分项不算一级标题，不提示；表格内的“一、本年新收……”等行名也不算。
    ///
    /// ## 为什么
    ///
    /// 格式规定的部分“不能遗漏，也不宜泛化”。多出来的内容应并入相应部分，或者放到最后一部分。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 六、其他需要报告的事项
    /// 本年度未收取信息处理费。
    /// + 七、附件清单
    /// + 见附表。
    /// ```
    ///
    /// ```report
    /// 五、今后努力方向
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 五、存在的主要问题及改进情况
    /// 主要问题和改进措施如下。
    /// + 一、存在的问题
    /// + 公开内容不够全面。
    /// + 二、改进的措施
    /// + 下一步将细化公开事项。
    /// ```
    ///
    /// ```report
    /// 五、存在的主要问题及改进情况
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。该标题恰好处在所缺部分的位置上时，可选择改为规范标题。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static EXTRA_TOP_LEVEL_SECTION = {
        id: "extra-top-level-section",
        group: Group::Structure,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let outline = outline(cx);
    if outline.is_empty() {
        return;
    }
    let form = cx.form;
    for (part, extra) in extras(cx) {
        let place = Place::new(part, extra.range);
        let missing =
            (0..form.sections.len()).find(|&section| stand_in(cx, &outline, section) == Some(part));
        let Some(section) = missing else {
            let message = format!(
                "“{}”不是格式规定的一级标题，请并入相应部分",
                untagged(cx.heading_words(place))
            );
            sink.push(Finding::new(place, message));
            continue;
        };
        let standard = heading(&form.sections[section]);
        let message = format!(
            "“{}”不是格式规定的标题，而报告缺少“{standard}”：内容相符的，请改用规范标题",
            untagged(cx.heading_words(place))
        );
        let wording = Place::new(part, extra.wording);
        let written = cx.text(wording);
        let is_unfinished = form.sections[section].heading.starts_with(written);
        let edit =
            Edit::new(wording, format!("{}{}", form.sections[section].heading, tags(written)));
        let title = format!("改为“{standard}”");
        let finding = Finding::new(place, message).unfinished(is_unfinished);
        sink.push(finding.fix(title, Applicability::Choice, vec![edit]));
    }
}

/// The part whose unknown heading stands at the place and with the number of a section that is not there. Its wording is then more
/// likely unusual than its section missing.
pub(super) fn stand_in(
    cx: &ReportCx<'_>,
    outline: &[Entry<'_>],
    section: SectionIndex,
) -> Option<usize> {
    if outline.iter().any(|entry| entry.section == section) {
        return None;
    }
    let number = ordinal(cx.form.sections.get(section)?)?;
    let in_place = |part: usize| {
        let before = outline
            .iter()
            .rfind(|entry| entry.part < part)
            .is_none_or(|entry| entry.section < section);
        before
            && outline
                .iter()
                .find(|entry| entry.part > part)
                .is_none_or(|entry| entry.section > section)
    };
    let mut extras = extras(cx).into_iter();
    extras
        .find(|(part, heading)| heading.number == Some(number) && in_place(*part))
        .map(|(part, _)| part)
}

/// Unknown headings with a number that was due. An item of an enumeration inside a section is none: 二、 is due after the first section, but
/// belongs to the text when 一、 stands in it.
fn extras<'a>(cx: &ReportCx<'a>) -> Vec<(usize, &'a Heading)> {
    let mut extras = Vec::new();
    let mut item = None;
    for part in cx.parts() {
        let Some(heading) = part.heading() else { continue };
        let Some(number) = heading.number.filter(|_| heading.section.is_none()) else {
            item = None;
            continue;
        };
        let goes_on = item.is_some_and(|item: u32| number == item + 1);
        let before = part.index.checked_sub(1).and_then(|before| cx.part(before));
        if goes_on || before.is_some_and(|before| begins_list(before, number)) {
            item = Some(number);
        } else {
            extras.push((part.index, heading));
        }
    }
    extras
}

/// Whether the text of `part` has a line that begins with the numeral before `number`.
fn begins_list(part: PartOf<'_, '_>, number: u32) -> bool {
    let numeral =
        number.checked_sub(2).and_then(|at| "一二三四五六七八九".chars().nth(at as usize));
    let Some(numeral) = numeral else { return false };
    let lines = part.prose().iter().map(|range| part.line(*range));
    lines.into_iter().any(|line| {
        line.trim_start()
            .strip_prefix(numeral)
            .is_some_and(|rest| rest.trim_start().starts_with('、'))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "extra-top-level-section";

    #[test]
    fn a_seventh_section_is_extra() {
        assert_findings(
            &(report("云岭县水利局", 2025) + "⟦extra-top-level-section: 七、附件清单⟧\n见附表。\n"),
            &[RULE, "missing-section"],
        );
    }

    #[test]
    fn a_section_between_two_is_extra() {
        let text = report("云岭县水利局", 2025)
            .replace("五、存在", "⟦extra-top-level-section: 五、重点工作⟧\n已完成。\n六、存在")
            .replace("六、其他", "七、其他");
        assert_findings(&text, &[RULE, "missing-section"]);
    }

    #[test]
    fn an_enumeration_inside_a_section_is_none() {
        let text = report("云岭县水利局", 2025).replace(
            "六、其他",
            "一、学习不够\n要加强。\n二、人手不足\n要增加。\n三、平台陈旧\n要更新。\n六、其他",
        );
        assert_findings(&text, &[RULE]);
    }

    #[test]
    fn an_enumeration_inside_the_first_section_is_none() {
        let items = "一、总体情况\n全年工作如下。\n一、主动公开工作\n按时公开。\n二、依申请公开工作\n依法答复。\n三、平台建设工作\n改版栏目。\n";
        assert_findings(
            &report("云岭县水利局", 2025).replace("一、总体情况\n", items),
            &[RULE, "missing-section"],
        );
    }

    #[test]
    fn row_labels_of_a_table_are_none() {
        assert_findings(&report("云岭县水利局", 2025), &[RULE]);
    }

    #[test]
    fn an_unknown_wording_can_become_the_standard_one() {
        let text =
            report("云岭县水利局", 2025).replace("五、存在的主要问题及改进情况", "五、努力方向");
        assert_findings(
            &text.replace("五、努力方向", "⟦extra-top-level-section: 五、努力方向⟧"),
            &[RULE, "missing-section"],
        );
        assert!(apply_fix(&text, RULE, 0).contains("五、存在的主要问题及改进情况"));
    }
}
