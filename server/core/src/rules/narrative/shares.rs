//! Shares of the text against the counts that they are of.

use std::ops::Range;

use rust_decimal::Decimal;

use super::is_unsure;
use crate::form::{Form, RuleSpec};
use crate::report::{Facts, Figure, Place};
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Cure, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show,
};

/// `share-of-total`: 收到6件，其中网络5件，占83%. Keys: `shares`, all that may stand between a count and its share; `some`, words between a total and its parts; `doubts`, words that
/// make a figure uncertain or its base another one. The base must be sure: the total before the parts, or the sum of all parts that the line names.
pub(crate) static SHARE_OF_TOTAL: Mechanism =
    Mechanism { name: "share-of-total", fixable: Fixable::Choice, build };

/// Signs of a percentage.
pub(super) const SIGNS: [&str; 3] = ["%", "％", "﹪"];

struct Spec {
    shares: Vec<String>,
    some: Vec<String>,
    doubts: Vec<String>,
}

/// A count with its share.
pub(super) struct Pair<'l> {
    pub(super) count: &'l Figure,
    pub(super) share: &'l Figure,
    /// Whether nothing but a bracket says that it is a share: 不予公开20件（1.68%）. A rate or a change may stand so too.
    pub(super) is_bare: bool,
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["shares", "some", "doubts"])?;
    let own = Spec {
        shares: params::texts(&spec.params, "shares")?,
        some: params::texts(&spec.params, "some")?,
        doubts: params::texts(&spec.params, "doubts")?,
    };
    let signs = SIGNS.map(str::to_owned).to_vec();
    Ok(Scope::ParagraphWith(signs, Box::new(move |cx, sink| check(cx, sink, &own))))
}

/// Figures before the parts among which their total is looked for. A paragraph has some thirty; a line of a megabyte would be read over and over.
const NEAR: usize = 64;
/// Counts with shares that are a list, whose shares are of one total.
const LIST: usize = 3;

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    of_named_bases(cx, sink, spec);
    let mut start = 0;
    for sentence in cx.text.split_inclusive('。') {
        let from = start;
        start += sentence.len();
        let mut pairs = pairs(cx.text, cx.facts, &spec.shares, from..start);
        if pairs.len() < LIST {
            pairs.retain(|it| !it.is_bare);
        }
        let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { continue };
        let unit = first.count.unit(cx.text);
        if pairs.iter().any(|it| it.count.unit(cx.text) != unit) {
            continue;
        }
        let figures = &cx.facts.figures;
        let until = figures.partition_point(|it| it.range.start < first.count.range.start);
        let bases: Vec<_> = figures[until.saturating_sub(NEAR)..until]
            .iter()
            .filter(|it| it.unit(cx.text) == unit)
            .collect();
        let sum = pairs.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.count.value));
        let named = |it: &&&Figure| it.range.start >= from && leads_to_parts(cx, spec, it, first);
        // A figure that happens to be their sum is their total when one of the shares is of it.
        let whole = |it: &&&Figure| {
            let is_sum = pairs.len() > 1 && Some(it.value) == sum;
            is_sum && pairs.iter().any(|pair| is_share(pair, it.value))
        };
        // One that all shares but one are of is their total, and that one is wrong.
        let usual = |it: &&&Figure| {
            let others = pairs.iter().filter(|pair| !is_share(pair, it.value)).count();
            others == 1 && pairs.len() >= LIST && !it.value.is_zero()
        };
        let base = bases.iter().rev().find(named).or_else(|| bases.iter().find(whole));
        let Some(base) = base.or_else(|| bases.iter().rev().find(usual)) else {
            sink_of_all(cx, sink, spec, &pairs);
            continue;
        };
        let total = hedge(cx.text, base);
        if is_unsure(&spec.doubts, list(cx.text, first, last)) || is_unsure(&spec.doubts, total) {
            continue;
        }
        let fits = |pair: &Pair<'_>| {
            let all = bases.iter().map(|it| it.value).chain(sum);
            all.filter(|it| !it.is_zero()).any(|it| is_share(pair, it))
        };
        let wrong = pairs.iter().filter(|it| !fits(it));
        // 建议50件（100%）、提案40件（100%） are rates, each of its own: a share in bare brackets is one where the others are.
        if pairs.iter().any(|it| it.is_bare) && wrong.clone().count() > 1 {
            continue;
        }
        for pair in wrong {
            if let Some(finding) = finding(cx, pair, base) {
                sink.push(finding);
            }
        }
    }
}

/// Shares that make up the whole are of the sum of their counts, where no total is named: 网站2条，占4.5%，公示栏42条，占95.5%.
fn sink_of_all(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec, pairs: &[Pair<'_>]) {
    let [first, .., last] = pairs else { return };
    let step = pairs.iter().map(|it| Decimal::new(5, it.share.value.scale() + 1)).max();
    let sum = |value: fn(&Pair<'_>) -> Decimal| {
        pairs.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(value(it)))
    };
    let Some(((whole, all), step)) =
        sum(|it| it.share.value).zip(sum(|it| it.count.value)).zip(step)
    else {
        return;
    };
    let slack = step.checked_mul(Decimal::from(pairs.len()));
    let is_whole = whole.checked_sub(Decimal::ONE_HUNDRED).zip(slack);
    let is_whole = is_whole.is_some_and(|(difference, slack)| difference.abs() <= slack);
    if !is_whole || all.is_zero() || is_unsure(&spec.doubts, list(cx.text, first, last)) {
        return;
    }
    // One count that is wrong makes all shares wrong.
    let error =
        |pair: &Pair<'_>| exact(pair, all)?.checked_sub(pair.share.value).map(|it| it.abs());
    let wrong = pairs.iter().filter(|it| !is_share(it, all)).max_by_key(|it| error(it));
    if let Some(finding) = wrong.and_then(|pair| finding_of(cx, pair, all, "各项之和")) {
        sink.push(finding);
    }
}

/// The words from the clause of the first pair to those right behind the last.
fn list<'l>(line: &'l str, first: &Pair<'_>, last: &Pair<'_>) -> &'l str {
    let end = last.share.unit.end;
    let behind = line[end..].chars().take(2).map(char::len_utf8).sum::<usize>();
    &line[clause_start(line, first.count)..end + behind]
}

/// Shares whose base is said at once: 办结43件，占全部49件的87.8%.
fn of_named_bases(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    for three in cx.facts.figures.windows(3) {
        let [count, base, share] = three else { continue };
        let between = |from: &Figure, to: &Figure| cx.text.get(from.unit.end..to.range.start);
        let (Some(lead), Some("的")) = (between(count, base), between(base, share)) else {
            continue;
        };
        let lead = lead.trim_start_matches(['，', ',', '（', '(', ' ']);
        let is_share = spec.shares.iter().any(|word| lead.starts_with(word.as_str()))
            && !lead.contains(['，', ',', '。', '；', '、'])
            && share.is_percentage(cx.text)
            && super::is_count(cx.text, count)
            && count.unit(cx.text) == base.unit(cx.text);
        let said = format!("{}{lead}", hedge(cx.text, count));
        let pair = Pair { count, share, is_bare: false };
        if !is_share
            || base.value.is_zero()
            || is_unsure(&spec.doubts, &said)
            || self::is_share(&pair, base.value)
        {
            continue;
        }
        if let Some(finding) = finding(cx, &pair, base) {
            sink.push(finding);
        }
    }
}

/// The counts of a stretch of a line with a share directly behind: 网络申请5件，占83%.
pub(super) fn pairs<'l>(
    line: &str,
    facts: &'l Facts,
    shares: &[String],
    stretch: std::ops::Range<usize>,
) -> Vec<Pair<'l>> {
    let figures = facts.within(stretch);
    let pair = |it: &'l [Figure]| {
        let (count, share) = (&it[0], &it[1]);
        let between = line.get(count.unit.end..share.range.start)?;
        let words = between.trim_start_matches(['，', ',', '、', '（', '(', ' ']);
        // 占全市解读总数的 speaks of another total.
        let is_said = shares.iter().any(|word| words.trim_end() == word);
        let is_bare = matches!(between.trim(), "（" | "(");
        ((is_said || is_bare) && share.is_percentage(line) && super::is_count(line, count))
            .then_some(Pair { count, share, is_bare })
    };
    figures.windows(2).filter_map(pair).collect()
}

/// Whether the figure is the total of the parts in which `first` stands: 6件，其中网络5件.
fn leads_to_parts(cx: &LineCx<'_>, spec: &Spec, total: &Figure, first: &Pair<'_>) -> bool {
    let behind = cx.text[total.unit.end..].trim_start_matches(['，', ',', '（', '(', '。', '：']);
    let between = cx.text.get(total.unit.end..first.count.range.start).unwrap_or("").trim_start();
    // 其中 speaks of the total right before it, and of no figure between.
    spec.some.iter().any(|word| behind.starts_with(word.as_str()))
        && !between.contains(|c: char| c.is_ascii_digit())
}

/// The two characters before a figure, where it is hedged: 将近300条. Farther off, 网络等渠道 says nothing of it.
fn hedge<'l>(line: &'l str, figure: &Figure) -> &'l str {
    let before = &line[..figure.range.start];
    before.char_indices().rev().nth(1).map_or(before, |(at, _)| &before[at..])
}

/// Where the clause of a figure begins.
fn clause_start(line: &str, figure: &Figure) -> usize {
    let before = line[..figure.range.start].char_indices().rev();
    let mut stops = before.filter(|(_, c)| super::CLAUSE_ENDS.contains(c));
    stops.next().map_or(0, |(at, c)| at + c.len_utf8())
}

/// Within one unit of the last digit: half for rounding, as much again for cutting off.
pub(super) fn is_share(pair: &Pair<'_>, base: Decimal) -> bool {
    let exact = exact(pair, base);
    let difference = exact.and_then(|it| it.checked_sub(pair.share.value)).map(|it| it.abs());
    difference.is_none_or(|it| it < Decimal::new(1, pair.share.value.scale()))
}

/// The share of a total, with as many decimals as the text has.
pub(super) fn right_share(pair: &Pair<'_>, total: Decimal) -> Option<Decimal> {
    Some(exact(pair, total)?.round_dp(pair.share.value.scale()))
}

fn exact(pair: &Pair<'_>, base: Decimal) -> Option<Decimal> {
    pair.count.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)
}

/// What count, and what share, would be right of `base`.
pub(super) fn cures(
    pair: &Pair<'_>,
    base: Decimal,
    place: impl Fn(Range<usize>) -> Place,
) -> impl Iterator<Item = Cure> {
    let Pair { count, share, .. } = pair;
    let unit = Decimal::new(1, share.value.scale());
    let of_base = |share: Decimal| base.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED);
    let count = (of_base(share.value.saturating_sub(unit)))
        .zip(of_base(share.value.saturating_add(unit)))
        .map(|(least, most)| Cure::within(place(count.range.clone()), least, most));
    let share = exact(pair, base).map(|right| {
        let (least, most) = (right.saturating_sub(unit), right.saturating_add(unit));
        Cure::within(place(share.range.clone()), least, most)
    });
    count.into_iter().chain(share)
}

/// What base would be right.
pub(super) fn base_cure(pair: &Pair<'_>, place: Place) -> Option<Cure> {
    let unit = Decimal::new(1, pair.share.value.scale());
    let whole = pair.count.value.checked_mul(Decimal::ONE_HUNDRED)?;
    let least = whole.checked_div(pair.share.value.checked_add(unit)?)?;
    let most = pair.share.value.checked_sub(unit).and_then(|it| whole.checked_div(it));
    let most = most.filter(Decimal::is_sign_positive).unwrap_or(Decimal::MAX);
    Some(Cure::within(place, least, most))
}

fn finding(cx: &LineCx<'_>, pair: &Pair<'_>, base: &Figure) -> Option<Finding> {
    let finding = finding_of(cx, pair, base.value, "")?;
    let place = cx.place(base.range.start..base.unit.end);
    let cure = base_cure(pair, cx.place(base.range.clone()));
    Some(finding.cured_by(cure).related(place, "总数"))
}

/// A share that is not the one of its count and a total with this name.
fn finding_of(cx: &LineCx<'_>, pair: &Pair<'_>, total: Decimal, name: &str) -> Option<Finding> {
    let right = right_share(pair, total)?;
    let unit = pair.count.unit(cx.text);
    let message = format!(
        "{} {unit}占{name} {} {unit}的 {}%，此处写作 {}%：请核对件数和比例",
        show(pair.count.value),
        show(total),
        show(right),
        show(pair.share.value)
    );
    let place = cx.place(pair.share.range.start..pair.share.unit.end);
    let finding = Finding::new(place, message)
        .cured_by(cures(pair, total, |range| cx.place(range)))
        .related(cx.place(pair.count.range.start..pair.count.unit.end), "件数");
    let edit = Edit::new(cx.place(pair.share.range.clone()), show(right));
    Some(finding.fix(format!("把比例改为 {}%", show(right)), Applicability::Choice, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, saying};

    const SHARE: &str = "narrative-percent-mismatch";

    #[test]
    fn a_share_is_compared_with_its_count_and_total() {
        for says in [
            "收到申请6件，其中网络申请5件，占⟦narrative-percent-mismatch: 73%⟧。",
            "收到申请6件。从方式看，网络申请5件，占⟦narrative-percent-mismatch: 38%⟧；信函申请1件，占17%。",
            "收到申请6件，其中网络申请5件、占⟦narrative-percent-mismatch: 73%⟧。",
            "收到申请805件（其中无法提供275件，占比⟦narrative-percent-mismatch: 43.2%⟧）。",
            "通过网络等渠道收到申请6件，其中网络申请5件，占⟦narrative-percent-mismatch: 73%⟧。",
            "网站公开信息2条，占比4.5%，公示栏公开52条，占比⟦narrative-percent-mismatch: 95.5%⟧。",
            "政策3件，占⟦narrative-percent-mismatch: 40%⟧；土地3件，占30%；规划3件，占30%。",
            "答复805件。公开258件，占⟦narrative-percent-mismatch: 33.9%⟧；不予公开35件，占4.34%；因不掌握等原因无法提供265件，占32.9%。",
            "办结1191件（含上年结转189件）。其中，公开208件（⟦narrative-percent-mismatch: 17.64%⟧），不予公开20件（1.68%），因不掌握等无法提供564件（47.36%），属信访、重复申请等不予处理80件（6.72%），其他处理319件（26.78%，含撤回157件）。",
            "收到申请1046件。其中，网上832件，占比⟦narrative-percent-mismatch: 82.4%⟧；信函171件，占比16.3%；当面13件，占比1.3%。",
        ] {
            assert_findings(&saying(says), &[SHARE]);
        }
        let text = saying("收到申请6件，其中网络申请5件，占73%。");
        assert!(apply_fix(&text, SHARE, 0).contains("占83%"));
    }

    #[test]
    fn cut_shares_growth_and_unsure_bases_are_left_alone() {
        for says in [
            "收到申请6件，其中网络申请5件，占83%。",
            "收到申请805件，其中不予公开35件，占4.34%。",
            "收到申请12件，办结9件，其中网络申请3件，占25%。",
            "收到申请6件，其中网络申请约5件，占90%。",
            "发布信息1238条，占总数的2.58%；业务信息7789条，占总数的16.25%。",
            "收到申请6件，同比增长20%；网络申请5件，占90%。",
            "公开信息300条，其中解读20条，占全县解读总数的80%。",
            "收到申请6件，其中网络申请5件、占比较上年提高10%。",
            "收到申请6件，其中网络、信函等5件，占73%。",
            "收到申请6件，其中网络申请5件，占73%；其余1件，占17%，等。",
            "收到申请6件，其中按时办结5件（100%）。",
            "办结120件，其中建议50件（100%）、提案40件（100%）、来信30件（100%）。",
            "公开规章3件（100%）、文件60件（20%），解读40件（5%）。",
            "收到申请近6件，其中网络申请5件，占90%。",
            "收到申请6件，其中网络申请5件，占90%以上。",
            "答复2件。按类型分，土地类1件，占5%；规划类1件，占5%。",
            "网站公开信息2条，占比4.5%，公示栏公开42条，占比95.5%。",
            "网站公开信息2条，占比4.5%，公示栏公开52条，占比91.5%。",
            "网站公开信息约2条，占比4.5%，公示栏公开52条，占比95.5%。",
        ] {
            assert_eq!(hits(&saying(says), SHARE), [], "{says}");
        }
    }
}
