//! Parts of a total between semicolons: 公开信息10条，其中：概况3条；动态5条；其他2条.

use rust_decimal::Decimal;

use super::has;
use super::listing::List;
use super::parts::{Parts, are_two_lists, is_near, sum};
use super::sum_mismatch::COLONS;
use super::sum_spec::{Lead, Spec};
use crate::report::Figure;
use crate::rules::LineCx;
use crate::text::Hit;

const SEMICOLONS: [char; 2] = ['；', ';'];
/// Words behind a list's first stretch among which one is looked for that is in no brackets.
const NEXT: usize = 8;
/// Of so many parts it is asked whether their names are all there are.
const FEW: usize = 8;

/// Where a list that goes on behind a semicolon at `end` ends at the latest: where its sentence does, and before the stretch that holds the next lead.
/// No two lists reach over one stretch.
pub(super) fn reach(line: &str, end: usize, next: &[Hit]) -> usize {
    if !line[..end].ends_with(SEMICOLONS) {
        return end;
    }
    let stretch = |at: usize| {
        line[end..at].rfind(SEMICOLONS).map_or(end, |mark| {
            let mark = end + mark;
            mark + line[mark..].chars().next().map_or(0, char::len_utf8)
        })
    };
    // 公众号20条（其中原创5条）；
    let is_outside = |at: usize| {
        let words = &line[stretch(at)..at];
        words.matches(['（', '(']).count() <= words.matches(['）', ')']).count()
    };
    let mut next = next.iter().enumerate();
    let next = next.find(|(at, hit)| *at >= NEXT || is_outside(hit.start));
    let last = next.map_or(line.len(), |(_, hit)| stretch(hit.start));
    line[end..last].find(['。', '！', '？']).map_or(last, |stop| end + stop)
}

/// The parts of `total` in a list over semicolons; `None` where it is none. Without a colon, statements of the same kind may stand side by side, and only a
/// last part that is the rest tells that they are parts: 网站发布300条，其中视频20条；公众号发布250条.
pub(super) fn parts_over_semicolons<'f>(
    cx: &LineCx<'f>,
    spec: &Spec,
    lead: &Lead,
    total: &Figure,
) -> Option<Parts<'f>> {
    let has_colon = cx.text[..lead.at.end].ends_with(COLONS);
    let (mut figures, mut all) = (Vec::new(), Some(Decimal::ZERO));
    let (mut stretches, mut start) = (0, lead.at.end);
    let mut names: Vec<String> = Vec::new();
    let (mut is_open, mut ends_with_rest, mut goes_on) = (false, false, false);
    for stretch in cx.text[lead.at.end..lead.reach].split_inclusive(SEMICOLONS) {
        let range = start..start + stretch.len();
        start = range.end;
        // What cannot be read ends the list, unless it makes it doubtful.
        let Some(list) = List::read(cx, range) else {
            goes_on = true;
            break;
        };
        let rest = list.items_up_to(|words| spec.rest(words).is_some());
        let items = list.leading_with_names(cx, total).min(rest.unwrap_or(usize::MAX));
        let mut own = list.figures(items);
        let is_nested = are_nested(&own);
        if is_nested {
            own.truncate(1);
        }
        // 网站5件、信函3件；已办理8件: what 、 joins is a list of its own.
        let is_own_list = !is_nested && !list.has_commas_alone(items);
        if own.is_empty() || list.counts_like(cx, items, total) || is_own_list {
            goes_on = true;
            break;
        }
        let (before, last) = list.split(items);
        let rest = spec.rest(last);
        let is_doubtful = spec.doubt.stand_in(before) || spec.doubt.stand_in(rest.unwrap_or(last));
        if is_doubtful || has(&spec.aside, before) || has(&spec.aside, last) {
            return None;
        }
        is_open |= has(&spec.open, before) || has(&spec.open, last);
        goes_on = list.goes_on(items);
        if figures.len() < FEW {
            names.extend(list.names(items).iter().map(|it| (*it).to_owned()));
        }
        all = all.zip(sum(&own)).and_then(|(all, own)| all.checked_add(own));
        figures.extend(own);
        stretches += 1;
        if rest.is_some() {
            // Other channels may have statements of their own: 网站发布3条，其中视频1条；公众号发布2条；其他渠道发布1条.
            ends_with_rest = has_colon || !spec.is_by_means(last);
            break;
        }
        // What follows counts the same in another way.
        if all == Some(total.value) {
            goes_on = true;
            break;
        }
    }
    if stretches < 2 {
        return None;
    }
    let sum = all?;
    if are_two_lists(&figures, total.value) {
        return None;
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let is_all = lead.is_all() && has_colon && !goes_on;
    let names_all = is_all || spec.names_all(cx.text, total, &names);
    let is_cut = start == cx.text.len() && !cx.text.ends_with(['。', '！', '？', '；', ';']);
    // 公众号发布250条，其中原创150条；其他6条 may be of others.
    let is_rest = ends_with_rest && (has_colon || figures.len() > 2);
    let are_all = is_rest || names_all && !is_open && !(is_cut && sum < total.value);
    let is_sure = are_all || has_colon || is_near(figures.len(), sum, total);
    is_sure.then_some(Parts { start: lead.at.end, figures, sum, are_all })
}

/// Is the first figure of a stretch the sum of those behind it? 网站20条，图解15条、视频5条 names parts of a part.
fn are_nested(figures: &[&Figure]) -> bool {
    let [first, others @ ..] = figures else { return false };
    !others.is_empty() && sum(others) == Some(first.value)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-sum-mismatch";

    #[test]
    fn a_list_goes_on_over_semicolons() {
        for says in [
            "公开信息⟦narrative-sum-mismatch: 188条⟧，其中：概况信息10条；政务动态182条；公告6条。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧，其中：概况信息10条；政务动态162条；其他6条。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧，其中概况信息10条；政务动态162条；其他信息6条。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧，包括：概况信息10条；政务动态162条；公告6条。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧，其中：动态38条；公告1条；其他文件4条；公益127条，配置7条；其他主动公开类信息14条。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧。其中：概况、机构信息10条；政务动态182条（其中转载20条）；其他6条，均经审核。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧，其中：概况信息10条；政务动态182条，阅读量3万次；公告6条。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧，其中：本级100条，图解60条、视频40条；公告98条。",
            "公开信息⟦narrative-sum-mismatch: 188条⟧，其中一类40条；二类40条；三类40条；四类40条；五类36条。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
    }

    #[test]
    fn lists_that_are_right_or_doubtful_are_left_alone() {
        for says in [
            "公开信息188条，其中：概况信息10条；政务动态172条；其他6条。",
            "公开信息188条，其中概况信息10条；政务动态172条；其他6条。",
            "公开信息188条，包括：概况信息10条；政务动态172条；公告6条。",
            "公开信息188条，其中：概况信息10条；政务动态162条；公告6条。",
            // Statements of the same kind side by side.
            "网站公开信息188条，其中视频10条；公众号公开信息250条；简报20条。",
            "网站公开信息188条，其中视频10条；公众号公开信息250条，其中原创150条；其他6条。",
            "网站公开信息188条，包括视频10条；公众号公开信息250条。",
            "公开信息188条，包括视频10条、图解20条；公众号158条。",
            // Parts of parts.
            "公开信息188条，其中：本级100条，图解60条、视频40条；公告88条。",
            "公开信息188条，其中：本级100条、公告80条；公众号阅读30条。",
            "收到申请12件，其中：网上10件，信函2件；已办理8件，结转4件。",
            "收到申请12件，其中：网上10件，信函2件；自然人9件，企业3件。",
            "收到申请12件：网上10件，信函2件；自然人12件。",
            "网站公开信息188条，其中视频10条；公众号公开250条；其他渠道发布30条。",
            "公开信息188条，其中：本级100条，包括图解60条、视频40条；公告188条。",
            // Not exact, or of something else.
            "公开信息188条，其中：概况信息约10条；政务动态182条；公告6条。",
            "公开信息188条，其中：概况信息10条；政务动态各182条；公告6条。",
            "公开信息188条，其中：概况信息10条；开展培训182次；举办访谈6场。",
            "收到来信188件，其中：网上10件；信函178件；办结182件。",
            "公开信息188条，其中：概况信息10条；政务动态162条；其他6余条。",
            "公开信息188条，其中：概况信息10条；政务动态162条等。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn a_part_above_its_total_is_found_in_an_open_list() {
        let says =
            "共公开信息⟦narrative-sum-mismatch: 382条⟧，包括概况信息12条，政务动态2443条等。";
        assert_findings(&saying(says), &[RULE]);
    }

    /// Each lead asks for what is behind it, up to the next.
    #[test]
    fn many_lists_take_no_longer_than_one() {
        for piece in [
            "共3条，其中A1条；",
            "共3条，其中：A1条；",
            "3条（其中A1条）；",
            "（其中A1条，",
            "共3条：A1条；B1条；",
            "其中：A1条；B1条；",
            "概况1条、动态1条、公开1条；",
        ] {
            let says = format!("公开信息188条，其中：{}", piece.repeat(20_000));
            hits(&saying(&says), RULE);
        }
    }
}
