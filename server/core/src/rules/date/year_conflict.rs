use crate::report::{Frame, Place, fold};
use crate::rules::{Applicability, Edit, Finding, Fixable, Group, ReportCx, Scope, Severity, Sink};
use crate::text::TextRange;

rule! {
    /// 标题年份与正文年份不一致。
    ///
    /// ## 查什么
    ///
    /// 标题的年份在引言和第一部分里一次也没有出现，而第一部分另有一个年份至少出现三次、比其他年份都多，并且有句子以它开头。书名号里的年份不算。
    /// 统计期限也是那一年的，第一部分有句子以它开头就算，不论出现几次。
    ///
    /// ## 为什么
    ///
    /// 标题和正文说的不是同一个年度，读者不知道数据是哪一年的，多半是标题或者整篇正文沿用了另一年度的。
    ///
    /// ## 错误示例
    ///
    /// ```report
    /// ~~根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）的规定，编制云岭县水利局2025年政府信息公开工作年度报告。本报告所列数据的统计期限为2025年1月1日至2025年12月31日。~~
    /// 一、总体情况
    /// （一）主动公开。2024年，主动公开政府信息69条。
    /// （二）依申请公开。2024年，答复咨询6次。
    /// （五）监督保障。2024年，举办培训2期。
    /// ~~2025年度，本机关未收取政府信息公开信息处理费。~~
    /// ```
    ///
    /// ## 正确示例
    ///
    /// ```report
    /// （一）主动公开。2025年，主动公开政府信息69条。
    /// （二）依申请公开。2025年，答复咨询6次。
    /// （五）监督保障。2025年，举办培训2期。
    /// ```
    ///
    /// ```report
    /// 云岭县水利局2024年政府信息公开工作年度报告
    /// ~~根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）的规定，编制云岭县水利局2025年政府信息公开工作年度报告。本报告所列数据的统计期限为2025年1月1日至2025年12月31日。~~
    /// 一、总体情况
    /// （一）主动公开。2024年，主动公开政府信息69条。
    /// （二）依申请公开。2024年，答复咨询6次。
    /// （五）监督保障。2024年，举办培训2期。
    /// ~~2025年度，本机关未收取政府信息公开信息处理费。~~
    /// ```
    ///
    /// ## 何时可以自动修改
    ///
    /// 不自动修改：错的可能是标题，也可能是正文。可以选择把标题改为正文的年份。
    ///
    /// ## 依据
    ///
    /// 《中华人民共和国政府信息公开条例》关于报告上一年度政府信息公开工作的规定。
    pub(crate) static YEAR_CONFLICT = {
        id: "year-conflict",
        group: Group::Date,
        severity: Severity::Error,
        enabled: true,
        fixable: Fixable::Choice,
        check: Scope::ReportWith(&["年"], check),
    };
}

/// How often the first section has to name another year. Twice may be a comparison.
const OFTEN: usize = 3;
/// How the time that the figures are of begins, also where the page's edge cuts it.
const FIRST_DAY: &str = "1月1";
/// Bytes behind 年 that may say so.
const NEAR: usize = 24;

/// The year of a report's text where it is not that of its title.
pub(super) struct Conflict {
    title: u16,
    body: u16,
    /// The title's digits.
    place: Place,
    /// Where the first section names `body` first.
    first: Place,
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>) {
    let Some(Conflict { title, body, place, first }) = conflict(cx) else { return };
    let message =
        format!("标题年份{title}与正文年份{body}不一致，请核对是标题写错了还是正文没有更新");
    let edit = Edit::new(place, body.to_string());
    let finding = Finding::new(place, message).related(first, format!("正文说的是{body}年"));
    sink.push(finding.fix(format!("标题改为{body}年"), Applicability::Choice, vec![edit]));
}

/// How often the first section names a year.
struct Named {
    year: u16,
    times: usize,
    /// Whether it opens a sentence.
    opens: bool,
    /// Where it stands first.
    first: Place,
}

/// Reads the lines of running text with a year ([`ReportCx::mentions`]) in the preface and the first section.
pub(super) fn conflict(cx: &ReportCx<'_>) -> Option<Conflict> {
    let title = cx.head.title.as_ref()?;
    let (place, year) = (title.year.as_ref()?.place, cx.head.year?);
    let mut named: Vec<Named> = Vec::new();
    let mut period = None;
    for line in cx.mentions.iter().map(|it| it.line) {
        let part = cx.part(line.part())?;
        let section = part.section();
        let is_title = line.part == title.place.part && line.range.start < title.place.range.end;
        if is_title || part.heading().is_some() && section != Some(0) {
            continue;
        }
        for frame in cx.frames(line) {
            if frame.year == year {
                return None;
            }
            if begins_period(cx.line(line), frame) {
                period.get_or_insert(frame.year);
            }
            if section != Some(0) {
                continue;
            }
            if let Some(known) = named.iter_mut().find(|it| it.year == frame.year) {
                known.times += 1;
                known.opens |= frame.opens;
            } else {
                let range =
                    TextRange::from(frame.digits.clone()).shifted(line.range.start as usize);
                let first = Place::new(line.part(), range);
                named.push(Named { year: frame.year, times: 1, opens: frame.opens, first });
            }
        }
    }
    let most = named.iter().map(|it| it.times).max()?;
    let mut best = named.iter().filter(|it| it.times == most);
    let (Some(body), None) = (best.next(), best.next()) else { return None };
    let is_certain = most >= OFTEN || period == Some(body.year);
    (body.opens && is_certain).then_some(Conflict {
        title: year,
        body: body.year,
        place,
        first: body.first,
    })
}

/// The year whose first day begins the time of the figures: 统计期限为2025年1月1日至…, of which the last day may stand in the next line.
fn begins_period(line: &str, frame: &Frame) -> bool {
    let rest = frame.rest(line);
    if !rest.starts_with('1') {
        return false;
    }
    let end = (0..=rest.len().min(NEAR)).rev().find(|at| rest.is_char_boundary(*at));
    // The text of a PDF may have blanks there, and radicals: 1 ⽉ 1 ⽇.
    let folded = fold(&rest[..end.unwrap_or(0)]);
    let behind = folded.strip_prefix(FIRST_DAY);
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with('日'))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, report};

    const RULE: &str = "year-conflict";
    const OLD: &str = "（一）主动公开。2024年，公开信息69条。\n（二）依申请公开。2024年，收到申请6件。\n（三）培训。2024年办班2期。";

    /// The report with other words in its first section, and the title's year in no preface.
    fn with(words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        let title = text.find("2025").expect("a year in the title") + 4;
        let (head, rest) = text.split_at(title);
        let (_, rest) = rest.split_once("一、总体情况").expect("the first section");
        let (_, rest) = rest.split_once("二、").expect("the second section");
        let name = head[..title - 4].trim_start().to_owned();
        format!("{name}⟦{RULE}: 2025⟧年政府信息公开工作年度报告\n一、总体情况\n{words}\n二、{rest}")
    }

    #[test]
    fn a_text_of_another_year_is_found_once() {
        let text = with(OLD);
        assert_findings(&text, &[RULE, "stale-year"]);
        let plain = text.replace("⟦year-conflict: 2025⟧", "2025");
        let mended = apply_fix(&plain, RULE, 0);
        assert!(mended.contains("局2024年政府信息公开"), "{mended}");
        assert_findings(&mended, &[RULE]);
    }

    #[test]
    fn a_text_whose_figures_are_of_another_year_need_not_repeat_it() {
        let period = "本报告所列数据的统计期限为2024年1月1日至2024年12月31日。";
        let text = with(&format!("{period}\n（一）主动公开。2024年，公开信息69条。"));
        assert_findings(&text, &[RULE, "period-mismatch", "stale-year"]);
        let old = text.replace("⟦year-conflict: 2025⟧", "2025");
        // Nothing opens with that year: the time of the figures is what was not brought up to date.
        let text = old.replace("2024年，公开", "全年公开");
        assert_findings(
            &text.replace(
                "2024年1月1日至2024年12月31日",
                "⟦period-mismatch: 2024年1月1日至2024年12月31日⟧",
            ),
            &[RULE, "period-mismatch"],
        );
        let history =
            old.replace(period, "《条例》自2024年1月1日施行。").replace("2024年，公开", "全年公开");
        assert_findings(&history, &[RULE]);
    }

    #[test]
    fn a_text_that_names_the_year_once_passes() {
        let unmarked = |words: &str| with(words).replace("⟦year-conflict: 2025⟧", "2025");
        for words in [
            format!("2025年，我局做好公开工作。\n{OLD}"),
            "与2024年相比，公开信息多3条；较2024年收到申请少2件；比2024年多办班1期。".to_owned(),
            "2024年，办班2期。按2024年要点落实。".to_owned(),
            "《2024年要点》《2024年计划》《2024年方案》都已落实。".to_owned(),
        ] {
            assert_findings(&unmarked(&words), &[RULE]);
        }
    }
}
