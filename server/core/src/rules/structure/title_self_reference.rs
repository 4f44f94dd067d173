use crate::report::{Named, Place, fold};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 正文对本报告的称谓与标题不一致。
    ///
    /// ## 查什么
    ///
    /// 引言提到本报告时（机关名称、报告年度，接着是报告的名称），用的名称与标题是不是一样。“年”与“年度”不分；别的机关、别的年度、别的文件（如“关于做好……年度报告编制工作的通知”）不查。
    ///
    /// ## 为什么
    ///
    /// 同一份报告在标题和引言里叫两个名字，有一个不是格式规定的。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// 根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）的规定，编制云岭县水利局2025年政府信息公开工作报告。本报告所列数据的统计期限为2025年1月1日至2025年12月31日。
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// 根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）的规定，编制云岭县水利局2025年政府信息公开工作年度报告。本报告所列数据的统计期限为2025年1月1日至2025年12月31日。
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：也可能是标题写错。可以选择改得与标题一样。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）。
    pub(crate) static TITLE_SELF_REFERENCE_MISMATCH = {
        id: "title-self-reference-mismatch",
        group: Group::Structure,
        severity: Severity::Info,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::Report(check),
    };
}

/// Characters of a report's name behind its year.
const LONGEST: usize = 24;

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let (head, form) = (cx.head, cx.form);
    let (Some(title), Some(agency)) = (&head.title, &head.agency) else { return };
    let Some(year) = &title.year else { return };
    let Some(last) = form.title.last() else { return };
    let titled = cx.text(title.place);
    let Some(own) = behind_year(titled, year, title.place) else { return };
    let speaks_of_one = memchr::memmem::Finder::new(last);
    for part in cx.parts() {
        // The preface stands before the first heading, or right below it.
        if part.heading().is_some_and(|it| it.section != Some(0)) {
            continue;
        }
        for &line in part.prose() {
            let place = part.place(line);
            if place.part == title.place.part && line.end <= title.place.range.end {
                continue;
            }
            let words = part.line(line);
            // Most lines don't speak of a report at all.
            if speaks_of_one.find(words.as_bytes()).is_none() {
                continue;
            }
            let Some(range) = reference(words, &agency.text, &year.text, last) else { continue };
            let named = &words[range.clone()];
            let holds_title = {
                let folded = fold(named);
                form.title.iter().all(|word| folded.contains(word.as_str()))
            };
            if !holds_title || is_same(named, own) {
                continue;
            }
            let at = line.start as usize;
            let place = part.place(TextRange::new(at + range.start, at + range.end));
            let mut finding =
                Finding::new(place, format!("这里称“{named}”，标题是“{own}”，请统一"))
                    .related(title.place, "标题");
            if !own.contains(['\n', '\r']) {
                let edit = Edit::new(place, own);
                finding = finding.fix(format!("改为“{own}”"), Applicability::Choice, vec![edit]);
            }
            sink.push(finding);
            return;
        }
    }
}

/// The title from what stands behind 年 or 年度 on.
fn behind_year<'t>(titled: &'t str, year: &Named, title: Place) -> Option<&'t str> {
    let at = (year.place.range.end as usize).checked_sub(title.range.start as usize)?;
    Some(without_unit(titled.get(at..)?.trim()))
}

fn without_unit(words: &str) -> &str {
    let rest = words.trim_start().strip_prefix('年').unwrap_or(words).trim_start();
    rest.strip_prefix('度').unwrap_or(rest).trim_start()
}

/// Where a line names this report, from behind its year on: the agency's name, the year, and a name that ends in `last` with nothing of a longer one
/// behind it. 《关于做好2025年…年度报告编制工作的通知》 goes on, and in 现将2025年…工作报告如下 报告 is a verb.
fn reference(line: &str, agency: &str, year: &str, last: &str) -> Option<std::ops::Range<usize>> {
    for at in memchr::memmem::find_iter(line.as_bytes(), year) {
        let mut before = line[..at].chars().rev().filter(|c| !c.is_whitespace());
        if !agency.chars().rev().all(|c| before.next() == Some(c)) {
            continue;
        }
        let rest = &line[at + year.len()..];
        let name = without_unit(rest);
        if name.len() == rest.len() {
            continue;
        }
        let start = at + year.len() + rest.len() - name.len();
        let stop = name.find(|c: char| !c.is_alphabetic() && c != ' ').unwrap_or(name.len());
        let Some(end) = name[..stop].find(last).map(|it| it + last.len()) else { continue };
        let goes_on = ["编", "的", "格", "公布事", "有关", "工作", "如下", "于下", "于后"];
        if name[..end].chars().count() <= LONGEST
            && !goes_on.iter().any(|it| name[end..].trim_start().starts_with(it))
        {
            return Some(start..start + end);
        }
    }
    None
}

/// Do both name the report alike? 工作的年度报告 and brackets aside, they are compared as they are read.
fn is_same(named: &str, title: &str) -> bool {
    let title = fold(title);
    fold(named) == title || title.starts_with(&fold(named))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "title-self-reference-mismatch";
    const OWN: &str = "编制云岭县水利局2025年政府信息公开工作年度报告";

    fn called(words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        assert!(text.contains(OWN));
        text.replace(OWN, words)
    }

    #[test]
    fn another_name_of_the_report_is_found_and_replaced() {
        let text = called(
            "现将云岭县水利局2025年度⟦title-self-reference-mismatch: 政府信息公开工作报告⟧予以公布",
        );
        assert_findings(&text, &[RULE]);
        let text = called("发布《云岭县水利局2025年政府信息公开年报告》");
        assert!(
            apply_fix(&text, RULE, 0).contains("《云岭县水利局2025年政府信息公开工作年度报告》")
        );
    }

    #[test]
    fn the_same_name_and_other_documents_pass() {
        for words in [
            "编制云岭县水利局2025年度政府信息公开工作年度报告",
            "按《云岭县水利局2025年政府信息公开年度报告编制方案》",
            "按《云岭县人民政府办公室关于做好2025年政府信息公开年度报告编制工作的通知》",
            "参照云岭县教育局2025年政府信息公开工作报告",
            "对照云岭县水利局2024年政府信息公开工作报告",
            "编制《云岭县水利局2025年法治政府建设年度报告》",
            "现将云岭县水利局2025年政府信息公开工作报告如下",
        ] {
            assert_findings(&called(words), &[RULE]);
        }
    }
}
