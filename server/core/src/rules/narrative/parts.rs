//! The parts of a total that stand in a list behind it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::listing::List;
use super::sum_spec::{Lead, Spec};
use super::{has, is_count};
use crate::report::Figure;
use crate::rules::LineCx;
use crate::text::behind_last;

/// So many parts, whose sum is more than the total by no more than one part in so many of it.
const MANY: usize = 5;
const NEAR: Decimal = Decimal::from_parts(20, 0, 0, false, 0);
/// A sum that differs from a total without a lead by more than one part in so many is of something else.
const FAR: Decimal = Decimal::from_parts(4, 0, 0, false, 0);

/// Parts of a total.
pub(super) struct Parts<'f> {
    /// Where their list begins.
    pub(super) start: usize,
    pub(super) figures: Vec<&'f Figure>,
    pub(super) sum: Decimal,
    /// Whether there are no others.
    pub(super) are_all: bool,
}

/// The parts of `total` in a list, when it is one and each has a count of its own.
pub(super) fn parts<'f>(
    cx: &LineCx<'f>,
    spec: &Spec,
    lead: &Lead,
    total: &Figure,
) -> Option<Parts<'f>> {
    let start = lead.at.end;
    let list = List::read(cx, start..lead.end)?;
    if let Some(parts) = up_to_rest(cx, spec, (&list, start), total) {
        return Some(parts);
    }
    let Some(reach) = list.reach(cx, total) else {
        return with_names(cx, spec, (&list, start), total);
    };
    let (before, last) = list.split(reach.items);
    if spec.doubt.stand_in(before) || spec.doubt.stand_in(last) {
        return None;
    }
    if has(&spec.aside, before) || has(&spec.aside, last) {
        return None;
    }
    // A comma may lead on to what is no part of the total: 其中A5件、B6件，办结9件.
    let sure = list.of_one_kind(reach.items);
    let parts = |items| {
        let figures = list.figures(items);
        Some((sum(&figures)?, figures))
    };
    let all = parts(reach.items)?;
    let is_whole = sure == Some(reach.items);
    let (sum, figures) =
        if is_whole || is_near(reach.items, all.0, total) { all } else { parts(sure?)? };
    let is_open = has(&spec.open, before) || has(&spec.open, last);
    let is_all = lead.is_all() && !reach.goes_on && !goes_on(cx, lead, total);
    let is_all = is_all && is_whole && !(list.may_go_on && sum < total.value);
    let are_all = !is_open && (is_all || spec.names_all(cx.text, total, &list.names(reach.items)));
    (!are_two_lists(&figures, total.value)).then_some(Parts { start, figures, sum, are_all })
}

/// The parts of a list some of which have several names: 其中文件12条，预算、决算3条，规划、计划2条. A few may be anything behind commas.
fn with_names<'f>(
    cx: &LineCx<'f>,
    spec: &Spec,
    (list, start): (&List<'f>, usize),
    total: &Figure,
) -> Option<Parts<'f>> {
    let items = list.leading_with_names(cx, total);
    let (before, last) = list.split(items);
    let is_unsure = spec.doubt.stand_in(before)
        || spec.doubt.stand_in(last)
        || has(&spec.aside, before)
        || has(&spec.aside, last);
    let figures = list.figures(items);
    let is_list = figures.len() >= MANY && list.has_commas_alone(items);
    if is_unsure || !is_list || list.counts_like(cx, items, total) {
        return None;
    }
    let sum = sum(&figures)?;
    (!are_two_lists(&figures, total.value)).then_some(Parts { start, figures, sum, are_all: false })
}

/// The parts of a list that ends with the rest, which are all there are. One of them may count something else, and it isn't known whether the total
/// counts it: 其中动态120条、征集16期、其他180条. Words such as 条 and 件 count the same.
fn up_to_rest<'f>(
    cx: &LineCx<'f>,
    spec: &Spec,
    (list, start): (&List<'f>, usize),
    total: &Figure,
) -> Option<Parts<'f>> {
    let items = list.items_up_to(|words| spec.rest(words).is_some())?;
    let (before, last) = list.split(items);
    // 其余3条 is not 3余条.
    let is_unsure = spec.doubt.stand_in(before)
        || spec.doubt.stand_in(spec.rest(last)?)
        || has(&spec.aside, before);
    if is_unsure || list.counts_like(cx, items, total) {
        return None;
    }
    let figures = list.counts(cx, items, total)?;
    let unit = |it: &Figure| it.unit(cx.text);
    let is_like = |it: &&Figure| unit(it) == unit(total);
    let is_alike = |it: &&Figure| {
        let are_alike =
            [unit(it), unit(total)].iter().all(|unit| spec.alike.iter().any(|it| it == unit));
        is_like(it) || are_alike
    };
    let like: Vec<&Figure> = figures.iter().copied().filter(is_like).collect();
    let others = figures.iter().filter(|it| !is_alike(it)).count();
    let (sum, of_like) = (sum(&figures)?, sum(&like)?);
    let is_list = like.len() > 1 && others < 2 && figures.last().is_some_and(is_like);
    let may_be = sum == total.value || of_like == total.value;
    if !is_list || may_be || are_two_lists(&figures, total.value) {
        return None;
    }
    Some(Parts { start, figures, sum, are_all: true })
}

/// A total with words such as 共 before it and a list right behind it that ends with the rest. Without a lead other matters may follow, so the sum must be
/// near: 共公开信息373条，网站发布93条、公众号发布323条、其他方式公开13条.
pub(super) fn total_of_rest<'f>(
    cx: &LineCx<'f>,
    spec: &Spec,
    sentence: Range<usize>,
) -> Option<(&'f Figure, Parts<'f>)> {
    let line = cx.text;
    let figures = cx.facts.within(sentence.clone());
    let total = figures.iter().find(|it| it.unit(line) != "年")?;
    let head = behind_last(&line[sentence.start..total.range.start], &['，', ',', '、', '：']);
    let mark = line[total.unit.end..sentence.end].chars().next()?;
    let is_total = is_count(line, total) && has(&spec.totals, head) && matches!(mark, '，' | ',');
    if !is_total || total.range.start == 0 || spec.doubt.stand_in(head) {
        return None;
    }
    let start = total.unit.end + mark.len_utf8();
    let list = List::read(cx, start..sentence.end)?;
    let parts = up_to_rest(cx, spec, (&list, start), total)?;
    let difference = parts.sum.checked_sub(total.value)?.abs();
    let is_near = difference.checked_mul(FAR).is_some_and(|it| it <= total.value);
    (is_near && parts.figures.len() > 2).then_some((total, parts))
}

pub(super) fn sum(figures: &[&Figure]) -> Option<Decimal> {
    figures.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.value))
}

/// Many figures whose sum is a little more than the total are its parts, whatever their marks.
pub(super) fn is_near(items: usize, sum: Decimal, total: &Figure) -> bool {
    let more = sum.checked_sub(total.value).and_then(|more| more.checked_mul(NEAR));
    items >= MANY && more.is_some_and(|more| more > Decimal::ZERO && more <= total.value)
}

/// Whether what follows the sentence of a lead may belong to its list: 包括网站120条、公众号160条；公示栏20条.
fn goes_on(cx: &LineCx<'_>, lead: &Lead, total: &Figure) -> bool {
    let next = cx.facts.within(lead.end..cx.text.len()).first();
    let is_like = |it: &&Figure| it.unit(cx.text) == total.unit(cx.text);
    cx.text[..lead.end].ends_with(['；', ';'])
        && next
            .filter(is_like)
            .is_some_and(|it| !cx.text[lead.end..it.range.start].contains(['。', '！', '？']))
}

/// Do the first parts sum to the total, with two or more behind them? 12件，其中线上10件，线下2件，线上办结9件，线下办结2件 counts twice.
pub(super) fn are_two_lists(parts: &[&Figure], total: Decimal) -> bool {
    let mut sum = Decimal::ZERO;
    parts.iter().take(parts.len().saturating_sub(2)).enumerate().any(|(at, part)| {
        sum = sum.saturating_add(part.value);
        at > 0 && sum == total
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-sum-mismatch";

    #[test]
    fn a_colon_leads_to_the_parts() {
        for says in [
            "公开信息⟦narrative-sum-mismatch: 171条⟧：动态124条，决算34条，公告8条，其他政府信息4条。",
            "公开信息⟦narrative-sum-mismatch: 171条⟧:动态124条,决算34条,公告18条。",
            "公开⟦narrative-sum-mismatch: 171条⟧信息：动态124条，决算34条，公告18条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "公开信息171条：动态124条，决算34条，公告9条，其他政府信息4条。",
            "公开信息171条：动态124条，决算34条。",
            "检查单位12个：发现问题15个，已整改。",
            "开展培训3次：参加120人。",
            "全年公开信息171条，具体如下：网站280条，公众号34条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn a_list_with_the_rest_may_stand_right_behind_its_total() {
        for says in [
            "2025年，我局公开信息共⟦narrative-sum-mismatch: 373条⟧，网站发布93条、公众号发布323条、其他方式公开13条。",
            "全年累计公开信息⟦narrative-sum-mismatch: 373条⟧，网站93条，公众号250条，其他20条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "全年共公开信息373条，网站93条、公众号267条、其他方式公开13条。",
            "全年共公开信息373条，解读20条、访谈3条、其他信息10条。",
            "全年共公开信息373条，答复留言350条、其他10条。",
            "全年公开信息373条，网站93条、公众号323条、其他方式公开13条。",
            "全年共公开信息约373条，网站93条、公众号323条、其他方式公开13条。",
            "全年共培训37次，公开网站9条、公众号32条、其他方式公开13条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn words_behind_the_total_may_lead_to_the_parts() {
        let says =
            "在主动公开的⟦narrative-sum-mismatch: 314条⟧信息中，新闻166条，公告131条，党建25条。";
        assert_findings(&saying(says), &[RULE]);
        let says = "在主动公开的314条信息中，新闻166条，公告31条，党建25条。";
        assert_eq!(hits(&saying(says), RULE), []);
    }

    #[test]
    fn the_rest_may_be_named_in_many_ways_and_makes_a_list_whole() {
        for rest in [
            "其他主动公开类信息20条",
            "其他法定公开20条",
            "其他结合我县实际应当公开的信息20条",
            "预算、职能等其他信息20条",
            "其他20条，主动公开及时率100%",
            "其余20条为转载",
        ] {
            let says = |total: u32| {
                format!(
                    "公开信息{total}条，其中政策、规划17条，教育、卫生等民生事业8条、公告9条，{rest}。"
                )
            };
            assert_eq!(hits(&saying(&says(84)), RULE).len(), 1, "{rest}");
            assert_eq!(hits(&saying(&says(54)), RULE), [], "{rest}");
        }
        for rest in ["其他栏目20条", "其他新媒体20条", "其他行政许可信息20条"] {
            let says = format!("公开信息84条，其中政策17条，公告9条，{rest}。");
            assert_eq!(hits(&saying(&says), RULE), [], "{rest}");
        }
    }

    #[test]
    fn a_part_in_another_unit_may_count_or_not() {
        for (total, finds) in [(300, 0), (316, 0), (310, 1), (330, 1)] {
            let says = format!("公开信息{total}条，其中动态120条、征集16期、其他180条。");
            assert_eq!(hits(&saying(&says), RULE).len(), finds, "{total}");
        }
        for (total, finds) in [(300, 0), (316, 0), (310, 1)] {
            let says = format!("公开信息{total}条，其中动态120条、文件16件、其他180条。");
            assert_eq!(hits(&saying(&says), RULE).len(), finds, "{total}");
        }
        for says in [
            "公开信息310条，其中动态120条、征集16期、访谈3场、其他180条。",
            "公开信息310条，其中动态120条、征集16期、公告180条。",
            "公开信息310条，其中动态120条、征集约16期、其他180条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn categories_may_be_all_there_are() {
        for says in [
            "政府网站发布信息⟦narrative-sum-mismatch: 106条⟧，其中概况类信息6条、政务动态80条、信息公开目录30条。",
            "政府网站发布信息⟦narrative-sum-mismatch: 116条⟧。其中，概况类信息6条，政务动态80条，信息公开目录20条。",
            "政府网站发布信息⟦narrative-sum-mismatch: 116条⟧，其中概况类信息6条；要闻、政务动态80条，信息公开目录20条。",
            "政府网站发布信息⟦narrative-sum-mismatch: 116条⟧，其中概况类信息6条；政务动态80条；信息公开目录20条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        let says = "制作公文⟦narrative-sum-mismatch: 30件⟧，其中主动公开18件，依申请公开3件，不予公开7件。";
        assert_findings(&saying(says), &[RULE]);
        for says in [
            "制作公文30件，其中主动公开18件，依申请公开3件，不予公开9件。",
            "制作公文30件，其中主动公开18件，依申请公开3件。",
            "政府网站发布信息106条，其中概况类信息6条、政务动态80条、信息公开目录20条。",
            "政府网站发布信息116条，其中概况类信息6条、政务动态80条、政策解读20条。",
            "政府网站发布信息116条，其中概况类信息6条、政务动态80条、信息公开目录20条、解读2条。",
            "政府网站和公众号发布信息116条，其中概况类信息6条、政务动态80条、信息公开目录20条。",
            "发布信息116条，其中概况类信息6条、政务动态80条、信息公开目录20条。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn parts_with_several_names_are_compared_where_there_are_many() {
        let says = |last: u32| {
            saying(&format!(
                "公开信息314条，其中招录信息3条，预算、决算信息2条，应急8条，配置12条，环境20条，教育、卫生等信息{last}条。"
            ))
        };
        assert_eq!(hits(&says(298), RULE).len(), 1);
        assert_eq!(hits(&says(269), RULE), []);
        assert_eq!(hits(&says(200), RULE), []);
    }

    #[test]
    fn what_goes_on_behind_a_semicolon_may_be_a_part() {
        let says = "公开信息300条，包括网站120条、公众号160条；公示栏20条。";
        assert_eq!(hits(&saying(says), RULE), []);
        let says =
            "公开信息⟦narrative-sum-mismatch: 300条⟧，包括网站120条、公众号160条；举办访谈20次。";
        assert_findings(&saying(says), &[RULE]);
    }
}
