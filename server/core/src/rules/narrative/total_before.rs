//! A total that stands before its parts: 公开信息300条，其中网站120条、公众号180条.

use std::ops::Range;

use super::is_count;
use super::sum_spec::{Lead, Spec};
use crate::report::Figure;
use crate::rules::LineCx;

/// The total that stands right before a lead in the sentence from `from` on, with true, or is the only one of its kind in the sentence before. There other words may stand behind a
/// total of what the form says is counted, and the parts are its own for certain only where they are all there are: 公开信息300条，完成任务。其中网站120条，其他180条.
pub(super) fn total_before<'f>(
    cx: &LineCx<'f>,
    spec: &Spec,
    before: Range<usize>,
    (from, lead): (usize, &Lead),
) -> Option<(&'f Figure, bool)> {
    let head = from..lead.at.start;
    let is_next = cx.text[head.clone()].trim().is_empty();
    let range = if is_next { before } else { head };
    let words = &cx.text[range.clone()];
    let words = if is_next {
        words.trim_end_matches(['。', '；', ';'])
    } else if lead.is_behind_total() {
        words
    } else {
        words.strip_suffix(['，', ',', '（', '('])?
    };
    let end = range.start + words.len();
    let figures = cx.facts.within(range.start..end);
    // A line that begins with a figure may go on with another one's.
    let is_total =
        |it: &&Figure| is_count(cx.text, it) && !it.value.is_zero() && it.range.start > 0;
    let total = figures.last().filter(is_total)?;
    let is_like = |it: &&Figure| it.unit(cx.text) == total.unit(cx.text);
    if is_next && figures.iter().filter(is_like).count() > 1 {
        return None;
    }
    // 检查12个部门，其中发现问题15个: what stands behind a figure is not always what the parts are of.
    let names = |words: &str| spec.counted.iter().any(|it| it == words);
    let behind = cx.text.get(total.unit.end..end)?;
    if !(behind.is_empty() || names(behind)) {
        let lead = &cx.text[range.start..total.range.start];
        let is_counted = spec.counted.iter().any(|it| lead.ends_with(it.as_str()));
        return (is_next && is_counted && !spec.doubt.stand_in(words)).then_some((total, false));
    }
    // Of two totals it isn't known which has the parts: 复议6件和诉讼3件，其中维持5件.
    let joined = words.rfind(['，', ',', '：', '；']).unwrap_or(0);
    let joined = cx.facts.within(range.start + joined..end).iter();
    if joined.filter(is_like).filter(|it| is_count(cx.text, it)).count() > 1 {
        return None;
    }
    let clause = words.rfind(['，', ',', '、', '：']).map_or(words, |at| &words[at..]);
    (!spec.doubt.stand_in(clause)).then_some((total, true))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-sum-mismatch";

    #[test]
    fn a_total_may_stand_in_the_sentence_before() {
        for says in [
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧。其中，网站120条、公众号225条。",
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧；其中网站120条、公众号225条。",
            "全年发布信息⟦narrative-sum-mismatch: 300条⟧，其中，网站120条、公众号225条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "网站发布280条，共发布300条。其中，网站120条、公众号225条。",
            "全年发布信息近300条。其中，网站120条、公众号225条。",
            "全年发布信息300条，比上年多。其中，网站120条、公众号225条。",
            "全年发布信息300条。公开栏更新。其中，网站120条、公众号225条。",
            "发布信息300条并培训2次，完成任务。其中，网站120条、公众号225条。",
            "发布信息300条，答复留言。其中，网站留言120条、公众号留言225条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn what_is_counted_may_stand_behind_the_total() {
        for says in [
            "全年发布⟦narrative-sum-mismatch: 13条⟧信息，其中动态8条，政策2条，规划2条，公告2条。",
            "全年发布⟦narrative-sum-mismatch: 300条⟧政府信息。其中，网站120条、公众号225条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "全年发布13条信息，其中动态8条，政策2条，规划2条，公告1条。",
            "全年发布13余条信息，其中动态8条，政策6条。",
            "全年开展培训2次、发布信息，其中动态8次，政策6次。",
            "对12个部门单位进行检查，其中发现问题8个、整改8个。",
            "收到3件来信反映情况，其中咨询8件、投诉4件。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn behind_other_words_only_all_parts_are_compared() {
        let says = "公开信息⟦narrative-sum-mismatch: 420条⟧，完成目标任务。其中重点工作186条，生态环境3条，其他信息232条。";
        assert_findings(&saying(says), &[RULE]);
        for says in [
            "公开信息420条，完成目标任务。其中重点工作186条，生态环境3条，其他信息231条。",
            "公开信息420条，完成目标任务。其中重点工作186条，生态环境300条。",
            "公开信息420条，约占任务的九成。其中重点工作186条，生态环境3条，其他信息232条。",
            "对12个部门进行了检查，成效明显。其中发现问题8个，整改4个，其他3个。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
