use super::outline::outline;
use crate::form::skeleton::heading;
use crate::report::Place;
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 一级标题没有序号。
    ///
    /// ## 查什么
    ///
    /// 已按文字认出的一级标题前有没有序号。用别的序号样式（“3.”“第三部分”）不算缺少。
    ///
    /// ## 为什么
    ///
    /// 格式规定各部分带序号，缺了序号，层次就不清楚。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~一、总体情况~~
    /// + 总体情况
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 一、总体情况
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 可以自动补上序号：标题文字已确定它是哪一部分，补序号不改变任何事实。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static SECTION_NUMBER_MISSING = {
        id: "section-number-missing",
        group: Group::Structure,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Safe,
        unfinished: true,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    for entry in outline(cx) {
        let section = &cx.form.sections[entry.section];
        if section.number.is_empty()
            || entry.heading.number.is_some()
            || !entry.heading.numeral.is_empty()
        {
            continue;
        }
        let standard = heading(section);
        let numeral = standard.strip_suffix(section.heading.as_str()).unwrap_or_default();
        let at = Place::new(entry.part, TextRange::empty(entry.heading.wording.start as usize));
        let message = format!("一级标题缺少序号，应为“{standard}”");
        let edits = vec![Edit::new(at, numeral)];
        sink.push(Finding::new(entry.place(), message).fix(
            format!("补上“{numeral}”"),
            Applicability::Safe,
            edits,
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "section-number-missing";

    #[test]
    fn a_bare_heading_gets_its_number() {
        let text =
            report("云岭县水利局", 2025).replace("六、其他需要报告的事项", "其他需要报告的事项");
        assert_findings(
            &text.replace("\n其他需要报告的事项", "\n⟦section-number-missing: 其他需要报告的事项⟧"),
            &[RULE],
        );
        assert_eq!(apply_fix(&text, RULE, 0), report("云岭县水利局", 2025));
    }

    #[test]
    fn another_style_of_numbers_is_a_number() {
        assert_findings(
            &report("云岭县水利局", 2025).replace("一、总体情况", "## 1. 总体情况"),
            &[RULE],
        );
    }
}
