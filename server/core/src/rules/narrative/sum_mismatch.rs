//! A total of the prose against the parts that follow it.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::form::{Form, RuleSpec};
use crate::report::Figure;
use crate::rules::{
    Applicability, Check, Cure, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show,
};
use crate::text::Hit;

use super::parts::{Parts, parts, total_of_rest};
use super::parts_over_semicolons::{parts_over_semicolons, reach};
use super::sum_spec::Spec;
use super::total_before::total_before;
use super::total_behind::total_behind;
use super::{has, sentences};

/// `total-of-parts`. Keys: `some`, words between a total and some of its parts, which may not sum to more; `all`, words between it and all of
/// them, which sum to it; `lists`, units of a total with what leads from it to its parts (条：); `closes`, words between parts and the total
/// behind them; `opens`, words with which a line begins that goes on with no other one; `rest`, words of a last part that make the parts all
/// there are (其中网站5条，其他3条), and `plain` and `means`, what may stand behind them; `totals`, words before a total with such a list right behind
/// it; `open`, words that say that a list names some only; `repeats`, words that say that parts count the same; `aside`, words of a list that
/// goes on with what was done with its parts (其中网站9件，办结8件); `whole`, words that name all parts between them, one each, where the word behind =
/// (网站) and none of `not_of` stands before the total; `alike`, units that count the same; `counted`, words for what a total counts
/// (发布13条政府信息，其中); `doubt`, words that make a figure or a list uncertain.
pub(crate) static TOTAL_OF_PARTS: Mechanism =
    Mechanism { name: "total-of-parts", fixable: Fixable::Choice, build };

pub(super) const ENDS: &[char] = &['。', '；', ';', '！', '？', '）', ')', ' '];
pub(super) const MARKS: &[char] = &['、', '，', ','];
pub(super) const COLONS: [char; 2] = ['：', ':'];

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    let (own, anchors) = Spec::read(spec)?;
    Ok(Scope::ParagraphWith(anchors, Box::new(move |cx, sink| check(cx, sink, &own))))
}

/// A total and two parts.
const FEWEST: usize = 3;

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    if cx.facts.figures.len() < FEWEST {
        return;
    }
    let mut hits = Vec::new();
    spec.words.find(cx.text, &mut hits);
    let is_rest = |hit: &Hit| hit.word >= spec.others;
    let rests: Vec<usize> = hits.iter().filter(|hit| is_rest(hit)).map(|hit| hit.start).collect();
    hits.retain(|hit| !is_rest(hit));
    // 网站80条、公众号60条（有重复）: what is counted twice is no slip.
    let mut tell = |said: Range<usize>, finding: Option<Finding>| {
        if let Some(finding) = finding.filter(|_| !has(&spec.repeats, &cx.text[said])) {
            sink.push(finding);
        }
    };
    let mut before = 0..0;
    for (from, sentence) in sentences(cx.text) {
        let own = from..from + sentence.len();
        let has_rest = |own: &Range<usize>| {
            let next = rests.get(rests.partition_point(|at| *at < own.start));
            next.is_some_and(|at| *at < own.end)
        };
        let behind = |at: usize| hits.partition_point(|hit| hit.start < at);
        let (words, next) = (&hits[behind(own.start)..behind(own.end)], &hits[behind(own.end)..]);
        let mut leads = spec.leads(cx.text, own.clone(), words);
        for lead in leads.iter_mut().filter(|lead| lead.end == own.end) {
            lead.reach = reach(cx.text, own.end, next);
        }
        for lead in &leads {
            let finding = || {
                let (total, is_near) = total_before(cx, spec, before.clone(), (from, lead))?;
                let parts = parts_over_semicolons(cx, spec, lead, total)
                    .or_else(|| parts(cx, spec, lead, total))?;
                (is_near || parts.are_all).then_some(())?;
                let is_its = !are_of_earlier(cx, from..total.range.start, total, &parts);
                is_its.then(|| finding(cx, total, &parts))?
            };
            tell(from..lead.reach, finding());
        }
        let found = match words.last() {
            Some(close) if leads.is_empty() => {
                total_behind(cx, spec, own.clone(), close.start..close.end)
            }
            None if has_rest(&own) => total_of_rest(cx, spec, own.clone()),
            _ => None,
        };
        tell(own.clone(), found.and_then(|(total, parts)| finding(cx, total, &parts)));
        before = own;
    }
}

/// Figures before a total among which one is looked for that its parts may be of.
const BEFORE: usize = 8;

/// In 复议6件，诉讼3件，其中维持4件，撤销1件 no part of 3 is 4: what comes before 其中 is not always all that it is of. It may be of what was counted before, or
/// of both: 其中维持5件，其他4件.
fn are_of_earlier(cx: &LineCx<'_>, head: Range<usize>, total: &Figure, parts: &Parts<'_>) -> bool {
    let is_like = |it: &&Figure| it.unit(cx.text) == total.unit(cx.text);
    let earlier = || cx.facts.within(head.clone()).iter().rev().take(BEFORE).filter(is_like);
    let together = earlier().scan(total.value, |sum, it| {
        *sum = sum.checked_add(it.value)?;
        Some(*sum)
    });
    let exceeds = parts.figures.iter().any(|part| part.value >= total.value);
    together.into_iter().any(|sum| sum == parts.sum)
        || exceeds && earlier().any(|it| it.value >= parts.sum)
}

fn finding(cx: &LineCx<'_>, total: &Figure, parts: &Parts<'_>) -> Option<Finding> {
    let Parts { start, figures, sum, are_all } = parts;
    let is_wrong = if *are_all { *sum != total.value } else { *sum > total.value };
    let difference = sum.checked_sub(total.value).filter(|_| is_wrong)?.abs();
    let mut message = format!(
        "总数为 {}，所列 {} 项之和为 {}，相差 {}",
        show(total.value),
        figures.len(),
        show(*sum),
        show(difference)
    );
    let mut same = figures.iter().filter(|part| part.value == difference);
    if let (Some(part), None) = (same.next(), same.next()) {
        let before = &cx.text[*start..part.unit.end];
        let piece = before.rsplit(MARKS).next().unwrap_or("").trim();
        message.push_str(&format!("，恰好等于“{piece}”，可能漏计或多计了这一项"));
    }
    message.push_str("：请核对总数和各项；各项有重复的请说明");
    let place = |figure: &Figure| cx.place(figure.range.start..figure.unit.end);
    let mut finding = Finding::new(place(total), message);
    for part in figures {
        finding = finding.related(place(part), format!("分项 {}", show(part.value)));
    }
    finding.data.difference = Some(difference);
    let (least, most) = (*sum, if *are_all { *sum } else { Decimal::MAX });
    let cures = figures.iter().filter_map(|part| {
        let right = total.value.checked_sub(sum.checked_sub(part.value)?)?;
        let least = if *are_all { right } else { Decimal::ZERO.min(right) };
        Some(Cure::within(place(part), least, right))
    });
    finding = finding.cured_by(cures.chain([Cure::within(place(total), least, most)]));
    let edit = Edit::new(cx.place(total.range.clone()), show(*sum));
    let title = format!("把总数改为各项之和 {}", show(*sum));
    Some(finding.fix(title, Applicability::Choice, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, saying};

    const RULE: &str = "narrative-sum-mismatch";

    #[test]
    fn units_of_two_characters_are_units() {
        let says = "开展培训⟦narrative-sum-mismatch: 98人次⟧，分别为线上60人次、线下48人次。";
        assert_findings(&saying(says), &[RULE]);
        assert_eq!(hits(&saying("开展培训98人次，包括干部60人、群众48人。"), RULE), []);
    }

    #[test]
    fn parts_above_their_total_are_found_with_the_part_left_out() {
        let says = "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、微信公众号160条、公示栏50条、简报20条。";
        assert_findings(&saying(says), &[RULE]);
        let says = "全年收到咨询20件，答复⟦narrative-sum-mismatch: 12件⟧，其中线上10件、线下5件。";
        assert_findings(&saying(says), &[RULE]);
        let says = "全年发布信息300条，其中网站140条、微信公众号160条、公示栏50条。";
        assert!(hits(&saying(says), RULE)[0].message.contains("恰好等于“公示栏50条”"));
    }

    #[test]
    fn parts_left_out_and_doubtful_lists_are_no_fault() {
        for says in [
            "全年发布信息300条，其中网站120条、微信公众号160条。",
            "全年发布信息300余条，其中网站220条、微信公众号160条。",
            "全年发布信息300条，其中网站220条、视频160个。",
            "全年发布信息300条，包括网站120条、微信公众号180条。",
            "全年发布信息300条，包括网站120条、微信公众号等160条。",
            "全年发布信息300条，其中网站120条、公示栏80条，解读160条。",
            "全年受理咨询12件，其中线上10件，线下2件，线上办结9件，线下办结2件。",
            "全年发布信息20条，其中网站含首页31条、专栏1条。",
            "全年收到申请9件，其中个人申请7件，办结6件；企业申请2件。",
            "全年办理行政复议6件和行政诉讼3件，其中维持5件，尚未审结1件，维持原判3件。",
            "全年发布图文30条、视频5条，其中原创20条、转载15条。",
            "全年发生行政复议6件，行政诉讼3件，其中维持4件，撤销1件。",
            "全年发生行政复议6件，行政诉讼3件，其中维持5件，撤销2件，其他2件。",
            "网站发布信息300条，公众号发布200条，其中政策100条、解读50条、其他350条。",
            "2024年发布信息300条，其中2024年3月发布220条、4月发布160条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn a_colon_and_blanks_before_units_are_read() {
        for says in [
            "公开信息⟦narrative-sum-mismatch: 300条⟧,包括:网站120条,公众号225 条。",
            "公开信息⟦narrative-sum-mismatch: 300 条⟧，其中:网站120条、公众号225条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        let says = "公开信息345条,包括:网站120条,公众号225 条。";
        assert_eq!(hits(&saying(says), RULE), []);
    }

    #[test]
    fn parts_that_end_with_the_rest_are_all() {
        for says in [
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、公众号100条、其他60条。",
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条，公众号100条，其余60条。",
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中网站120条、公众号100条，其它 60 条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "全年发布信息300条，其中网站120条、公众号100条、其他80条。",
            "全年发布信息300条，其中网站120条、公众号100条，其余60余条。",
            "全年发布信息300条，其中网站120条、公众号100条、其他栏目60条。",
            "全年发布信息300条，其中其他60条、公众号100条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn a_list_that_the_edge_of_a_page_cuts_may_go_on() {
        for says in [
            "全年发布信息300条，包括网站120条、公众号160条\n、公示栏20条。",
            "全年发布信息300条，包括网站120条、公众号160\n条、公示栏20条。",
            "全年发布信息300条，包括网站120条、公众号160条、\n公示栏20条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
        // More than the total is too much, whatever follows.
        let says = "全年发布信息⟦narrative-sum-mismatch: 300条⟧，包括网站180条、公众号160条\n、公示栏20条。";
        assert_findings(&saying(says), &[RULE]);
    }

    #[test]
    fn parts_that_repeat_may_sum_to_more() {
        for says in [
            "公开信息120条，其中网站80条、公众号60条（有重复发布）。",
            "公开信息120条：网站80条，公众号60条，其他0条，同一信息可能在几个渠道发布。",
            "全年共公开信息373条，网站93条、公众号323条、其他方式公开13条（渠道有交叉）。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn parts_in_brackets_end_with_them() {
        let says = "发布信息⟦narrative-sum-mismatch: 300条⟧（其中网站120条、公众号225条），同比增加（含解读）。";
        assert_findings(&saying(says), &[RULE]);
        let says = "发布信息300条（其中网站120条、公众号180条），解读160条。";
        assert_eq!(hits(&saying(says), RULE), []);
    }

    #[test]
    fn the_total_can_be_set_to_the_sum() {
        let says =
            |total: u32| saying(&format!("全年发布信息{total}条，包括网站120条、公众号160条。"));
        assert_eq!(apply_fix(&says(300), RULE, 0), says(280));
    }
}
