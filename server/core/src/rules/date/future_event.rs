//! What happened after the year that a report is on.

use crate::form::{Form, RuleSpec, SectionIndex};
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, LineCx, Mechanism, Scope, Sink};

/// `later-event`. Keys: `section`; `not`, words that say why a later year is meant.
pub(crate) static LATER_EVENT: Mechanism =
    Mechanism { name: "later-event", fixable: Fixable::No, build };

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["section", "not"])?;
    let section = section(spec, form)?;
    let not = params::texts(&spec.params, "not")?;
    let check = move |cx: &LineCx<'_>, sink: &mut Sink<'_>| {
        let Some(year) = cx.head.year.filter(|_| cx.section == Some(section)) else { return };
        let later = (year + 1).to_string();
        for (start, sentence) in sentences(cx.text) {
            for (at, _) in sentence.match_indices(&later) {
                let behind = sentence[at + later.len()..].trim_start();
                let Some(month) = behind.strip_prefix('年').map(str::trim_start) else { continue };
                let digits =
                    month.len() - month.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let is_month =
                    (1..=2).contains(&digits) && month[digits..].trim_start().starts_with('月');
                // 《关于2026年1月…的通知》 is a name.
                let is_named =
                    sentence[..at].matches('《').count() > sentence[..at].matches('》').count();
                // 2025年12月至2026年1月 began in the year.
                let is_end = sentence[..at].trim_end().ends_with(['至', '到', '—', '-', '～', '~']);
                if !is_month || is_named || is_end || has(sentence, &not) {
                    continue;
                }
                let end = sentence.len() - month[digits..].trim_start().len() + '月'.len_utf8();
                let message = format!("报告的是{year}年，这里说的是年度结束以后的事，请核对");
                sink.push(Finding::new(cx.place(start + at..start + end), message));
                return;
            }
        }
    };
    Ok(Scope::LineWith(vec!["月".to_owned()], Box::new(check)))
}

fn section(spec: &RuleSpec, form: &Form) -> Result<SectionIndex, String> {
    let id = params::text(&spec.params, "section")?;
    form.section(&id).ok_or_else(|| format!("没有名为“{id}”的部分"))
}

/// The sentences of a line with their places.
fn sentences(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    line.split_inclusive(['。', '！', '？', '；']).map(move |sentence| {
        let from = start;
        start += sentence.len();
        (from, sentence)
    })
}

fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, report};

    const LATER: &str = "future-event-claimed";
    const OVERVIEW: &str = "规范申请的登记、审核、办理、答复和归档。";
    const MEASURES: &str = "下一步将细化公开事项，明确更新时限，加强业务培训。";

    fn with(own: &str, words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        assert!(text.contains(own));
        text.replace(own, words)
    }

    #[test]
    fn what_happened_after_the_year_is_found() {
        let words = "⟦future-event-claimed: 2026年1月⟧举办培训1期。";
        assert_findings(&with(OVERVIEW, words), &[LATER]);
        for words in [
            "2026年将办培训。",
            "1件申请于2026年1月答复。",
            "报告于2026年1月公布。",
            "执行《关于2026年1月检查的通知》。",
            "计划2026年3月举办培训。",
            "2025年12月1日至2026年1月5日，网站完成升级。",
        ] {
            assert_findings(&with(OVERVIEW, words), &[LATER]);
        }
        assert_eq!(hits(&with(MEASURES, "2026年3月举办培训。"), LATER), []);
    }
}
