use crate::form::skeleton;
use crate::report::{Place, Title, fold, tags};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 报告标题的用语与格式不同。
    ///
    /// ## 查什么
    ///
    /// 标题里是否完整出现格式规定的报告名称；空格和全半角不影响。“2025年度政府信息公开工作报告”少了“年度”，“2025年信息公开工作年度报告”少了“政府”，会提示；写明机关和年份的“……年报”“……工作总结”也会提示。
    ///
    /// ## 为什么
    ///
    /// 报告的法定名称是“政府信息公开工作年度报告”，标题写全称，检索和汇总才能对上。地方另有规定的，以规定为准，所以只作提示。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 云岭县水利局2025年度政府信息公开工作报告
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 云岭县水利局2025年政府信息公开工作年度报告
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改。可选择改为规范名称，机关名称和年份不变。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static TITLE_NONSTANDARD = {
        id: "title-nonstandard",
        group: Group::Structure,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let form = cx.form;
    let Some(title) = &cx.head.title else { return };
    if form.title_standard.is_empty() || title.text.contains(&fold(&form.title_standard)) {
        return;
    }
    let year = cx.head.year.map_or_else(|| "××××".to_owned(), |year| year.to_string());
    let finding =
        Finding::new(title.place, format!("标题宜为“机关全称{year}年{}”", form.title_standard));
    sink.push(match standard(cx, title) {
        Some((name, edit)) => {
            finding.fix(format!("改为“{name}”"), Applicability::Choice, vec![edit])
        }
        None => finding,
    });
}

/// The wording from the year on, in standard form. Agency and year stay as they stand; so does what follows the last word of the title, if it has
/// that.
fn standard(cx: &ReportCx<'_>, title: &Title) -> Option<(String, Edit)> {
    let (form, year) = (cx.form, title.year.as_ref()?);
    let last_word = form.title.last()?;
    let start = year.place.range.start;
    let words = Place {
        part: title.place.part,
        range: TextRange { start, end: title.place.range.end.max(start) },
    };
    let text = cx.text(words);
    let end =
        text.rfind(last_word.as_str()).map_or(text.trim_end().len(), |at| at + last_word.len());
    let name = skeleton::title(form, "", cx.head.year?);
    Some((
        name.clone(),
        Edit::new(
            Place { part: words.part, range: TextRange { start, end: start + end as u32 } },
            name + &tags(&text[..end]),
        ),
    ))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, report};

    const RULE: &str = "title-nonstandard";
    const STANDARD: &str = "云岭县水利局2025年政府信息公开工作年度报告";

    #[test]
    fn the_place_of_a_page_is_no_title() {
        let text = report("云岭县水利局", 2025);
        let path = "您的位置：首页 > 政府信息公开 > 政府信息公开年报 > 局机关报告";
        assert_eq!(hits(&text.replacen(STANDARD, path, 1), RULE), []);
        let own = format!("首页 > 政府信息公开年报 > {STANDARD}");
        assert_eq!(hits(&text.replacen(STANDARD, &own, 1), RULE), []);
    }

    #[test]
    fn other_names_are_found_and_replaced() {
        for title in [
            "云岭县水利局2025年度政府信息公开工作报告",
            "云岭县水利局2025年政府信息公开年度报告",
            "云岭县水利局2025年政府信息公开工作报告",
        ] {
            let text = report("云岭县水利局", 2025).replacen(STANDARD, title, 1);
            assert_findings(
                &text.replacen(title, &format!("⟦title-nonstandard: {title}⟧"), 1),
                &[RULE],
            );
            assert_eq!(apply_fix(&text, RULE, 0), report("云岭县水利局", 2025));
        }
    }

    #[test]
    fn a_short_name_is_a_title_where_it_names_agency_and_year() {
        let titled = |title: &str| report("云岭县水利局", 2025).replacen(STANDARD, title, 1);
        let text = titled("云岭县水利局2025年政府信息公开年报");
        assert_eq!(hits(&text, RULE)[0].words, "云岭县水利局2025年政府信息公开年报");
        assert_eq!(hits(&text, "title-missing"), []);
        for title in [
            "云岭县水利局2025年信息公开工作年度报告",
            "云岭县水利局2025年度政务公开工作报告",
            "云岭县水利局2025年政府信息公开工作总结",
            "云岭县水利局2025年政府信息公开年报",
        ] {
            assert_eq!(hits(&titled(title), RULE)[0].words, title);
            assert_eq!(hits(&titled(title), "title-missing"), []);
            assert_eq!(apply_fix(&titled(title), RULE, 0), report("云岭县水利局", 2025));
        }
        let path = "当前位置：云岭县水利局>政务公开>云岭县水利局2025年政务公开工作报告";
        assert_eq!(hits(&titled(path), RULE), []);
        // Links of a page.
        let text = titled("2023年政府信息公开年报\n2024年政府信息公开年报\n政府信息公开年报");
        assert_eq!(hits(&text, RULE), []);
        assert_eq!(hits(&text, "year-conflict"), []);
    }

    #[test]
    fn blanks_brackets_and_marks_are_no_other_name() {
        for title in [
            "# 云岭县水利局 2025 年政府信息公开工作年度报告",
            "云岭县水利局2025年政府信息公开工作年度报告（公开版）",
            "云岭县水利局2025年度政府信息公开工作年度报告",
        ] {
            assert_eq!(
                hits(&report("云岭县水利局", 2025).replacen(STANDARD, title, 1), RULE),
                [],
                "{title}"
            );
        }
    }
}
