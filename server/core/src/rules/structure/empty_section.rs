use super::outline::outline;
use crate::form::skeleton::heading;
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 标题下没有内容。
    ///
    /// ## 查什么
    ///
    /// 一级标题到下一个标题（或文末）之间是否只有空白。规定有表格的部分由 `table-missing` 检查；图片、附件算内容；紧跟着分项标题的算有内容。
    ///
    /// ## 为什么
    ///
    /// 只有标题没有内容，等于遗漏了这一部分。确无内容的，应写明“无”或者说明情况。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 五、存在的主要问题及改进情况
    /// ~~主要问题及改进情况如下。~~
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 五、存在的主要问题及改进情况
    /// 公开内容不够全面，下一步将细化公开事项。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：内容只有编写者知道。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static EMPTY_SECTION = {
        id: "empty-section",
        group: Group::Structure,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::No,
        unfinished: true,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    for entry in outline(cx) {
        let Some(part) = cx.part(entry.part) else { continue };
        let section = &cx.form.sections[entry.section];
        let content = part.has_content() || part.has_picture() || !part.tables().is_empty();
        // A numbered line below the heading opens a part of its own, and so does the same heading written twice in a row.
        let next = cx.part(entry.part + 1).and_then(|next| next.heading());
        let goes_on =
            next.is_some_and(|next| next.section.is_none_or(|section| section == entry.section));
        if section.table.is_none() && !content && !goes_on {
            let message = format!("“{}”内容为空，请补充；确无内容的，请写明", heading(section));
            sink.push(Finding::new(entry.place(), message));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::rules::testing::{assert_findings, report};

    const RULE: &str = "empty-section";

    /// The report with `body` below `heading`.
    fn with_body(heading: &str, body: &str) -> String {
        let text = report("云岭县水利局", 2025);
        let start = text.find(heading).unwrap() + heading.len();
        let end = text[start..]
            .find("、")
            .and_then(|_| text[start..].find("\n六、"))
            .map_or(text.len(), |at| start + at);
        format!("{}\n{body}{}", &text[..start], &text[end..])
    }

    #[test]
    fn a_heading_with_nothing_below_is_found() {
        let text = with_body("五、存在的主要问题及改进情况", "　　\n\n");
        assert_findings(
            &text.replace(
                "五、存在的主要问题及改进情况",
                "⟦empty-section: 五、存在的主要问题及改进情况⟧",
            ),
            &[RULE],
        );
        let text = with_body("六、其他需要报告的事项", "");
        assert_findings(
            &text.replace("六、其他需要报告的事项", "⟦empty-section: 六、其他需要报告的事项⟧"),
            &[RULE],
        );
    }

    #[test]
    fn an_enumeration_or_a_picture_is_content() {
        assert_findings(
            &with_body(
                "五、存在的主要问题及改进情况",
                "一、存在的问题\n人手不足。\n二、改进措施\n加强学习。\n",
            ),
            &[RULE],
        );
        assert_findings(&with_body("五、存在的主要问题及改进情况", "![](problems.png)\n"), &[RULE]);
    }

    #[test]
    fn a_section_with_a_table_is_the_business_of_the_table_rules() {
        let text = report("云岭县水利局", 2025);
        let (second, third) =
            (text.find("二、主动公开政府信息情况").unwrap(), text.find("三、收到").unwrap());
        assert_findings(
            &format!("{}二、主动公开政府信息情况\n{}", &text[..second], &text[third..]),
            &[RULE],
        );
    }
}
