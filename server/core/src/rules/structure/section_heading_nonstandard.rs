use std::sync::Arc;

use super::outline::outline;
use crate::form::Form;
use crate::form::skeleton::heading;
use crate::report::{Place, fold, tags};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 一级标题与格式的文字不同。
    ///
    /// ## 查什么
    ///
    /// 已认出的一级标题，除序号、空格、全半角、繁简以外，是否与格式规定的文字一致，序号后面是不是顿号。
    ///
    /// ## 为什么
    ///
    /// 标题统一，读者和汇总系统才能逐项对照。标题用了条例原文等其他写法并不违法，所以只作提示。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 五、存在问题及改进情况
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 五、存在的主要问题及改进情况
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改，因为地方可能另有规定。可选择改为规范标题，序号是第几不变。
    ///
    /// ## 依据
    ///
    /// 该类报告的格式文件。
    pub(crate) static SECTION_HEADING_NONSTANDARD = {
        id: "section-heading-nonstandard",
        group: Group::Structure,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Report(check),
    };
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    for entry in outline(cx) {
        let section = &cx.form.sections[entry.section];
        let wording = Place::new(entry.part, entry.heading.wording);
        let written = cx.heading_words(wording);
        let is_standard = |heading: &str| written == heading || pieces(written) == pieces(heading);
        let is_known =
            is_standard(&section.heading) || later_headings(cx, &section.id).any(is_standard);
        let mark = wrong_mark(cx, Place::new(entry.part, entry.heading.numeral));
        if is_known && mark.is_none() {
            continue;
        }
        let name = heading(section);
        let mut edits: Vec<_> = mark.map(|mark| Edit::new(mark, "、")).into_iter().collect();
        if !is_known {
            edits.push(Edit::new(wording, format!("{}{}", section.heading, tags(written))));
        }
        let message = format!("标题应为“{name}”");
        let is_unfinished = section.heading.starts_with(written);
        sink.push(Finding::new(entry.place(), message).unfinished(is_unfinished).fix(
            format!("改为“{}”", section.heading),
            Applicability::Choice,
            edits,
        ));
    }
}

/// The mark behind a numeral that should be a 、: 五.存在的主要问题, 六，其他需要报告的事项.
fn wrong_mark(cx: &ReportCx<'_>, numeral: Place) -> Option<Place> {
    let written = cx.text(numeral).trim_end();
    let mark = written.chars().next_back().filter(|c| WRONG_MARKS.contains(c))?;
    let end = numeral.range.start as usize + written.len();
    Some(Place { range: TextRange::new(end - mark.len_utf8(), end), ..numeral })
}

/// What is written behind a numeral in place of 、.
const WRONG_MARKS: [char; 9] = ['.', '．', ',', '，', '。', ':', '：', ';', '；'];

/// What later forms of the family call the section: a report in an old form may bear the new headings, and many of its years did.
fn later_headings<'c>(cx: &'c ReportCx<'_>, id: &'c str) -> impl Iterator<Item = &'c str> {
    let is_later =
        |form: &&Arc<Form>| form.family == cx.form.family && form.years.from > cx.form.years.from;
    let later = cx.settings.engine().forms().iter().filter(is_later);
    later.filter_map(move |form| {
        let section = form.section(id)?;
        Some(form.sections[section].heading.as_str())
    })
}

/// The wording without its accidents. A fold drops all punctuation, but a lost 、 runs two things into one.
fn pieces(wording: &str) -> Vec<String> {
    wording.split('、').map(fold).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "section-heading-nonstandard";

    #[test]
    fn known_other_wordings_are_found_and_replaced() {
        let standard = "四、政府信息公开行政复议、行政诉讼情况";
        for wording in [
            "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "四、政府信息公开行政复议和行政诉讼情况",
            "四、政府信息公开行政复议行政诉讼情况",
        ] {
            let text = report("云岭县水利局", 2025).replace(standard, wording);
            assert_findings(
                &text.replace(wording, &format!("⟦section-heading-nonstandard: {wording}⟧")),
                &[RULE],
            );
            assert_eq!(apply_fix(&text, RULE, 0), report("云岭县水利局", 2025));
        }
    }

    #[test]
    fn tags_among_the_words_are_kept() {
        let cut = "<p><b>四、行政复议和</b>行政诉讼情况</p>";
        let text =
            report("云岭县水利局", 2025).replace("四、政府信息公开行政复议、行政诉讼情况", cut);
        let right = text.replace(cut, "<p><b>四、政府信息公开行政复议、行政诉讼情况</b></p>");
        assert_eq!(apply_fix(&text, RULE, 0), right);
    }

    #[test]
    fn a_numeral_is_followed_by_a_comma_of_lists() {
        let right = report("云岭县水利局", 2025);
        for (written, standard) in [
            ("五.存在的主要问题及改进情况", "五、存在的主要问题及改进情况"),
            ("六，其他需要报告的事项", "六、其他需要报告的事项"),
            ("二．主动公开政府信息情况", "二、主动公开政府信息情况"),
        ] {
            let text = right.replace(standard, written);
            let marked =
                text.replace(written, &format!("⟦section-heading-nonstandard: {written}⟧"));
            assert_findings(&marked, &[RULE]);
            assert_eq!(apply_fix(&text, RULE, 0), right);
        }
    }

    #[test]
    fn an_old_form_may_bear_the_new_heading() {
        let old = report("云岭县水利局", 2020);
        let long = "五、政府信息公开工作存在的主要问题及改进情况";
        assert!(old.contains(long));
        assert_findings(&old, &[RULE]);
        assert_findings(&old.replace(long, "五、存在的主要问题及改进情况"), &[RULE]);
        let other = old.replace(long, "⟦section-heading-nonstandard: 五、存在问题及改进情况⟧");
        assert_findings(&other, &[RULE]);
        let new = report("云岭县水利局", 2025).replace(
            "五、存在的主要问题及改进情况",
            &format!("⟦section-heading-nonstandard: {long}⟧"),
        );
        assert_findings(&new, &[RULE]);
    }

    #[test]
    fn width_and_blanks_are_not_wording() {
        let text = report("云岭县水利局", 2025)
            .replace("一、总体情况", "　　一、 总体情况 ")
            .replace("五、存在的主要问题及改进情况", "五、存在的主要问题及改进情况：");
        assert_findings(&text, &[RULE]);
    }
}
