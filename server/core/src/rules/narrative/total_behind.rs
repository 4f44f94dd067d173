//! A total that stands behind its parts: 网站120条、公众号160条，合计280条.

use std::ops::Range;

use rust_decimal::Decimal;

use super::parts::Parts;
use super::sum_mismatch::{COLONS, MARKS};
use super::sum_spec::Spec;
use super::{counts, has};
use crate::report::Figure;
use crate::rules::LineCx;

/// What may stand between such a word and the total: 合计共280条.
const ADVERBS: [char; 5] = ['共', '为', '是', '有', '达'];

/// The total behind `close`, the last such word of a sentence that has its parts before it, each with one count of the same kind.
pub(super) fn total_behind<'f>(
    cx: &LineCx<'f>,
    spec: &Spec,
    sentence: Range<usize>,
    close: Range<usize>,
) -> Option<(&'f Figure, Parts<'f>)> {
    // A close of one character comes with the mark before it, and right before the figure: ，共58件, not ，共收到申请58件.
    let opening = cx.text[close.clone()].chars().next().filter(|c| MARKS.contains(c));
    let at = close.start + opening.map_or(0, char::len_utf8);
    let total = cx.facts.within(at..sentence.end).first()?;
    let counted = cx.text[close.end..total.range.start].trim();
    let counted = counted.trim_start_matches(ADVERBS);
    if opening.is_some() && !counted.is_empty() {
        return None;
    }
    let mut list = sentence.start..sentence.start + cx.text[sentence.start..at].trim_end().len();
    list.end -= cx.text[list.clone()].chars().next_back().filter(|c| MARKS.contains(c))?.len_utf8();
    // 按结果分：公开3件，不予公开2件，共计5件 names its parts behind the colon.
    let colon = cx.text[list.clone()].rfind(COLONS);
    let is_led = colon.is_some();
    if let Some(colon) = colon {
        let mark = list.start + colon;
        list.start = mark + cx.text[mark..].chars().next().map_or(0, char::len_utf8);
    }
    let figures = counts(cx, list.clone())?;
    let words = &cx.text[list.clone()];
    let is_open = has(&spec.open, words) || words.contains(['（', '(']);
    if is_open || spec.doubt.stand_in(words) {
        return None;
    }
    // What leads to the parts holds no count: 2025年，网站120条.
    let first = figures.first()?.range.start - list.start;
    let start = words[..first]
        .rfind(MARKS)
        .map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    // The edge of a page may have cut the list, whose first items then stand in the line before.
    let is_opened = is_led || spec.opens.iter().any(|word| cx.text.starts_with(word.as_str()));
    if list.start + start == 0 && !is_opened {
        return None;
    }
    // 合计280条, and 共计发布信息280条 behind 网站发布信息120条, not 合计公开信息280条 elsewhere: that may be of something else.
    if !words[..first].trim_end().ends_with(counted) {
        return None;
    }
    let is_part = |it: &&Figure| it.unit(cx.text) == total.unit(cx.text) && it.value < total.value;
    let are_parts = figures.len() > 1
        && figures.len() == words[start..].split(MARKS).count()
        && figures.iter().all(is_part);
    let sum = figures.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.value))?;
    are_parts.then_some((total, Parts { start: list.start + start, figures, sum, are_all: true }))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-sum-mismatch";

    #[test]
    fn a_total_behind_its_parts_is_their_sum() {
        for says in [
            "全年网站发布120条、公众号发布160条，合计⟦narrative-sum-mismatch: 380条⟧。",
            "按期答复。\n我局网站发布120条、公众号发布160条，合计⟦narrative-sum-mismatch: 380条⟧。",
            "2025年，新增公众号推文 45 篇，转载20篇，共计⟦narrative-sum-mismatch: 75篇⟧，影响良好。",
            "全年网站发布120条，公众号发布160条，共⟦narrative-sum-mismatch: 380条⟧。",
            "按栏目分：网站发布120条、公众号发布160条，共计⟦narrative-sum-mismatch: 380条⟧。",
            "全年网站发布120条、公众号发布160条，合计共⟦narrative-sum-mismatch: 380条⟧。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
    }

    #[test]
    fn the_total_may_repeat_what_the_first_part_counts() {
        let says =
            "全年网站发布信息120条，公众号发布160条，共计发布信息⟦narrative-sum-mismatch: 380条⟧。";
        assert_findings(&saying(says), &[RULE]);
        for says in [
            "全年网站发布信息120条，公众号发布160条，共计发布信息280条。",
            "全年网站发布解读120条，公众号发布160条，共计发布信息380条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn what_only_precedes_a_total_is_no_part_of_it() {
        for says in [
            "2025年，发布原创推文45篇，转载20篇，共计65篇。",
            "供地公告56宗，征地信息34批次，登记公告315条，合计405条。",
            "全年公开300条，网站120条，公众号180条，合计300条。",
            "网站发布120条、公众号等160条，合计380条。",
            "网站发布120条、公众号160条，合计公开信息380条。",
            "培训2次，参加120人、外聘3人，共计200人次。",
            "答复9件，合计12件。",
            "全年网站发布120条，公众号发布160条，共发布380条。",
            "全年网站发布120条，公众号发布160条，共280条。",
            "全年网站发布120条，公众号发布160条，共同发布380条。",
            "按栏目分：网站发布120条、公众号发布160条，共计280条。",
            "发布情况：培训2次，网站发布120条、公众号发布160条，共计380条。",
            "全年网站发布120条、\n公众号发布160条、公示栏发布20条，合计300条。",
            "全年网站发布120条、公众\n号发布160条、公示栏发布20条，合计300条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
