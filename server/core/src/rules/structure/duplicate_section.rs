use super::outline::outline;
use crate::form::skeleton::heading;
use crate::rules::{Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};

rule! {
    /// 同一部分重复出现。
    ///
    /// ## 查什么
    ///
    /// 同一个一级标题是否出现两次以上。开头的目录不算；表格里的“一、本年新收……”等行名不是标题。
    ///
    /// ## 为什么
    ///
    /// 重复的部分多是复制粘贴留下的，两处文字、数字往往不一致，读者无从判断以哪处为准。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 六、其他需要报告的事项
    /// 本年度未收取信息处理费。
    /// + 六、其他需要报告的事项
    /// + 本年度无其他需要报告的事项。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 六、其他需要报告的事项
    /// 本年度未收取信息处理费。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：留下哪一处须由编写者决定。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static DUPLICATE_SECTION = {
        id: "duplicate-section",
        group: Group::Structure,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let outline = outline(cx);
    for (at, entry) in outline.iter().enumerate() {
        let Some(first) = outline[..at].iter().find(|it| it.section == entry.section) else {
            continue;
        };
        let name = heading(&cx.form.sections[entry.section]);
        let message = format!("“{name}”重复出现，请只保留一处");
        sink.push(Finding::new(entry.place(), message).related(first.place(), "第一次出现在这里"));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::rules::testing::{assert_findings, report};

    const RULE: &str = "duplicate-section";

    #[test]
    fn the_second_of_two_is_found() {
        let text =
            report("云岭县水利局", 2025) + "⟦duplicate-section: 六、其他需要报告的事项⟧\n没有。\n";
        assert_findings(&text, &[RULE]);
    }

    #[test]
    fn row_labels_with_top_level_numerals_are_no_headings() {
        assert_findings(&report("云岭县水利局", 2025), &[RULE]);
    }

    #[test]
    fn a_table_of_contents_repeats_nothing() {
        let text = report("云岭县水利局", 2025);
        let bare = |line: &&str| !line.contains('|') && line.contains('、') && !line.contains('。');
        let headings = text.lines().filter(bare).collect::<Vec<_>>().join("\n");
        assert_eq!(headings.lines().count(), 6);
        let (title, rest) = text.split_once('\n').unwrap();
        assert_findings(&format!("{title}\n目录\n{headings}\n{rest}"), &[RULE]);
    }
}
