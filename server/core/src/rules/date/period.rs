//! The time that the figures of a report are of.

use super::dates::{dates, joins};
use super::year_conflict::conflict;
use crate::form::{Form, RuleSpec};
use crate::report::{Paragraph, Place};
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, PartOf, ReportCx, Scope, Sink,
};
use crate::text::TextRange;

/// `period`. Key: `before`, words of which one stands before the period in its sentence.
pub(crate) static PERIOD: Mechanism = Mechanism { name: "period", fixable: Fixable::Choice, build };

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["before"])?;
    let before = params::texts(&spec.params, "before")?;
    // The word by which the text's own year is found, too.
    let words = before.iter().cloned().chain(["年".to_owned()]).collect();
    Ok(Scope::ReportWith(words, Box::new(move |cx, sink| check(cx, sink, &before))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, before: &[String]) {
    let Some(year) = cx.head.year else { return };
    let said = cx.mentions.iter().filter(|it| it.holds(0..before.len()));
    let said: Vec<Place> = said.map(|it| it.line).collect();
    // Where the title alone is of another year, it is the title that is wrong.
    if said.is_empty() || conflict(cx).is_some() {
        return;
    }
    for lines in said.chunk_by(|one, other| one.part == other.part) {
        let Some(part) = lines.first().and_then(|line| cx.part(line.part())) else {
            continue;
        };
        // The page's edge may cut it: 统计期限为2024年1月1⏎日至2024年12月31日.
        for paragraph in part.paragraphs_of(lines.iter().map(|line| line.range)) {
            check_paragraph((part, &paragraph), year, sink, before);
        }
    }
}

fn check_paragraph(
    (part, paragraph): (PartOf<'_, '_>, &Paragraph<'_>),
    year: u16,
    sink: &mut Sink<'_>,
    before: &[String],
) {
    let words = &*paragraph.words;
    let Some(cue) = before.iter().filter_map(|word| words.find(word.as_str())).min() else {
        return;
    };
    let dates = dates(words);
    let mut behind = dates.windows(2).filter(|pair| pair[0].range.start >= cue);
    let Some([from, to]) = behind.next() else { return };
    let is_said = !words[cue..from.range.start].contains(['。', '；']);
    if !is_said || !joins(&words[from.range.end..to.range.start]) {
        return;
    }
    let Some(first) = from.year else { return };
    let last = to.year.unwrap_or(first);
    if (first, from.month, from.day, last, to.month, to.day) == (year, 1, 1, year, 12, 31) {
        return;
    }
    let right = format!("{year}年1月1日至{year}年12月31日");
    let range = TextRange::new(from.range.start, to.range.end);
    let place = part.place(paragraph.place(range));
    let message = format!("{year}年报告的统计期限应为{right}");
    let edit = Edit::new(place, right.clone());
    let finding = Finding::new(place, message);
    sink.push(finding.fix(format!("改为{right}"), Applicability::Choice, vec![edit]));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, saying};

    const RULE: &str = "period-mismatch";

    #[test]
    fn another_year_or_part_of_it_is_found() {
        for says in [
            "统计期限为⟦period-mismatch: 2024年1月1日至2024年12月31日⟧。",
            "统计期限自⟦period-mismatch: 2025年1月1日起至2025年11月30日⟧止。",
            "数据统计时间：⟦period-mismatch: 2025年1月1日-12月30日⟧。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        let says = |period: &str| saying(&format!("统计期限为{period}。"));
        assert_eq!(
            apply_fix(&says("2024年1月1日至2024年12月31日"), RULE, 0),
            says("2025年1月1日至2025年12月31日")
        );
    }

    #[test]
    fn a_period_that_the_page_cuts_is_read_whole() {
        let lead = "为了保障公众的知情权和监督权，依据有关法规和格式要求编制本报告，".repeat(3);
        let words = format!("{lead}所列数据统计期限为2024年1月1日至2024年12月31日。");
        let (mut says, mut width) = (String::new(), 0);
        for c in words.chars() {
            width += if c.is_ascii() { 1 } else { 2 };
            says.push(c);
            says += if width % 44 == 0 { "\n" } else { "" };
        }
        let title = "云岭县水利局2025年政府信息公开工作年度报告";
        let found = hits(&format!("{title}\n{says}\n一、总体情况\n按期答复。\n"), RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "2024年1月1\n日至2024年12月31日");
    }

    #[test]
    fn the_year_in_any_wording_and_other_stretches_pass() {
        for says in [
            "统计期限为2025年1月1日至2025年12月31日。",
            "统计期限为2025年1月1日至12月31日。",
            "统计时限自2025年1月1日起至2025年12月31日止。",
            "统计周期：2025 年 1 月 1 日—12 月 31 日。",
            "统计期限为2025年度。培训时间为2025年3月1日至2025年3月5日。",
            "2024年3月1日至2025年3月1日开展清理。",
            "统计期限为全年；上年的为2024年1月1日至2024年12月31日。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
