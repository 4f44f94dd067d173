//! A total of the prose against the parts that follow it.

use std::cmp::Reverse;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::form::{Form, RuleSpec};
use crate::report::{Figure, brackets};
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Cure, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show,
};
use crate::text::{Hit, Words, behind_last};

use super::parts::{Parts, parts};
use super::parts_over_semicolons::{parts_over_semicolons, reach};
use super::total_before::total_before;
use super::total_behind::total_behind;
use super::{has, sentences};

/// `total-of-parts`. Keys: `some`, words between a total and some of its parts, which may not sum to more; `all`, words between it and all of them,
/// which sum to it; `lists`, units of a total with the colon behind which its parts stand; `closes`, words between parts and the total behind them;
/// `opens`, words with which a line begins that goes on with no other one; `rest`, words of a last part that make the parts all there are (其中网站5条，
/// 其他3条), and `plain`, what may stand behind them; `open`, words that say that a list names some only; `aside`, words of a list that goes on with what
/// was done with its parts (其中网站9件，办结8件); `whole`, words that name all parts between them, one each, where a word of `of` and none of `not_of`
/// stands before the total; `alike`, units that count the same; `counted`, words for what a total counts (发布13条政府信息，其中); `doubt`, words that make a figure or a
/// list uncertain.
pub(crate) static TOTAL_OF_PARTS: Mechanism =
    Mechanism { name: "total-of-parts", fixable: Fixable::Choice, build };

pub(super) const ENDS: &[char] = &['。', '；', ';', '！', '？', '）', ')', ' '];
pub(super) const MARKS: &[char] = &['、', '，', ','];
pub(super) const COLONS: [char; 2] = ['：', ':'];

pub(super) struct Spec {
    /// Words between a total and its parts, then words between parts and the total behind them.
    words: Words,
    /// What the former say.
    leads: Vec<Says>,
    pub(super) opens: Vec<String>,
    rest: Vec<String>,
    plain: Vec<String>,
    pub(super) open: Vec<String>,
    pub(super) aside: Vec<String>,
    pub(super) counted: Vec<String>,
    pub(super) doubt: Words,
    /// Sets of words, of which each part has one, that name all parts between them.
    whole: Vec<Vec<String>>,
    of: Vec<String>,
    not_of: Vec<String>,
    pub(super) alike: Vec<String>,
}

/// What a lead says of the parts behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// That they are some of the total's.
    Some,
    /// That they are all of them.
    All,
    /// Nothing: it is a colon behind the total's unit.
    Nothing,
}

/// A word that leads from a total to its parts.
pub(super) struct Lead {
    pub(super) at: Range<usize>,
    says: Says,
    /// Where their list ends at the latest, unless it goes on over semicolons.
    pub(super) end: usize,
    /// Where one that does ends at the latest.
    pub(super) reach: usize,
}

impl Lead {
    /// Whether it names all parts.
    pub(super) fn is_all(&self) -> bool {
        self.says == Says::All
    }

    /// Whether it is a colon alone.
    pub(super) fn is_colon(&self) -> bool {
        self.says == Says::Nothing
    }
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    let keys = [
        "some", "all", "lists", "opens", "closes", "rest", "plain", "open", "aside", "counted",
        "doubt", "whole", "of", "not_of", "alike",
    ];
    params::only(spec, &keys)?;
    let texts = |key| params::texts(&spec.params, key);
    let (some, all, lists, closes) =
        (texts("some")?, texts("all")?, texts("lists")?, texts("closes")?);
    let kinds = [(&some, Says::Some), (&all, Says::All), (&lists, Says::Nothing)];
    let leads = kinds.iter().flat_map(|(words, says)| words.iter().map(|_| *says)).collect();
    let words: Vec<_> = [some, all, lists, closes].concat();
    let (doubt, whole) = (texts("doubt")?, texts("whole")?);
    let mut plain = texts("plain")?;
    // Of two words that fit, the longer one.
    plain.sort_by_key(|word| Reverse(word.len()));
    let own = Spec {
        words: Words::new(words.iter().map(String::as_str)),
        leads,
        opens: texts("opens")?,
        rest: texts("rest")?,
        plain,
        open: texts("open")?,
        aside: texts("aside")?,
        counted: texts("counted")?,
        doubt: Words::new(doubt.iter().map(String::as_str)),
        whole: whole
            .iter()
            .map(|it| it.split('+').map(|it| it.trim().to_owned()).collect())
            .collect(),
        of: texts("of")?,
        not_of: texts("not_of")?,
        alike: texts("alike")?,
    };
    Ok(Scope::ParagraphWith(words, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let mut hits = Vec::new();
    spec.words.find(cx.text, &mut hits);
    let mut before = 0..0;
    for (from, sentence) in sentences(cx.text) {
        let own = from..from + sentence.len();
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
            if let Some(finding) = finding() {
                sink.push(finding);
            }
        }
        if leads.is_empty()
            && let Some(close) = words.last()
            && let Some((total, parts)) =
                total_behind(cx, spec, own.clone(), close.start..close.end)
            && let Some(finding) = finding(cx, total, &parts)
        {
            sink.push(finding);
        }
        before = own;
    }
}

/// Characters of the longest name of a rest.
const LONGEST_REST: usize = 20;

impl Spec {
    /// What stands behind the words of an item that is the rest: the 3件 of 其他3件, of 其他相关信息3件 and of 预算、职能等其他信息3件. 其他栏目3件 is an item
    /// like others.
    pub(super) fn rest<'l>(&self, item: &'l str) -> Option<&'l str> {
        let count = item.find(|c: char| c.is_ascii_digit())?;
        let name = item[..count].trim();
        self.rest.iter().find_map(|word| {
            let at = name.rfind(word.as_str())?;
            let (before, mut behind) = (&name[..at], name[at + word.len()..].trim_start());
            if !(before.is_empty() || before.ends_with('等'))
                || behind.chars().nth(LONGEST_REST).is_some()
            {
                return None;
            }
            while let Some(rest) = self.plain.iter().find_map(|it| behind.strip_prefix(&**it)) {
                behind = rest;
            }
            behind.is_empty().then_some(&item[count..])
        })
    }

    /// Whether items with these words are all that there are of `total`: 网站发布信息30条，其中概况3条、动态9条、公开目录18条.
    pub(super) fn names_all(&self, line: &str, total: &Figure, items: &[&str]) -> bool {
        let names = |set: &Vec<String>| {
            // A word that stands in two items names neither.
            let of = |item: &&str| set.iter().position(|word| item.contains(word.as_str()));
            let mut found: Vec<_> = items.iter().filter_map(of).collect();
            found.sort_unstable();
            found.dedup();
            set.len() == items.len() && found.len() == set.len()
        };
        let is_of = || {
            let head = behind_last(&line[..total.range.start], &['。', '；', ';']);
            has(&self.of, head) && !has(&self.not_of, head)
        };
        self.whole.iter().any(names) && is_of()
    }

    /// The leads of a sentence, each the longest at its place. Behind one with another in its list it isn't known what the second is of, so only the last
    /// is one to judge, and the last in each pair of brackets.
    fn leads(&self, line: &str, sentence: Range<usize>, words: &[Hit]) -> Vec<Lead> {
        let mut found: Vec<Lead> = words
            .iter()
            .filter_map(|hit| {
                let says = *self.leads.get(hit.word)?;
                let word = &line[hit.start..hit.end];
                let colon = word.rfind(COLONS).filter(|_| says == Says::Nothing);
                let (at, end) = (hit.start + colon.unwrap_or(0)..hit.end, sentence.end);
                Some(Lead { at, says, end, reach: end })
            })
            .collect();
        if found.is_empty() {
            return found;
        }
        found.sort_by_key(|it| (it.at.start, Reverse(it.at.end)));
        found.dedup_by(|it, kept| it.at.start < kept.at.end);
        let pairs = brackets(&line[sentence.clone()]);
        for lead in &mut found {
            let at = lead.at.start - sentence.start;
            let pair = pairs.get(pairs.partition_point(|pair| pair.end <= at));
            lead.end =
                pair.filter(|it| it.start <= at).map_or(sentence.end, |it| sentence.start + it.end);
        }
        // Those out of brackets come to stand last, and of those with one end the last is kept.
        found.sort_by_key(|it| it.end);
        found.reverse();
        found.dedup_by_key(|it| it.end);
        found
    }
}

/// Figures before a total among which one is looked for that its parts may be of.
const BEFORE: usize = 8;

/// In 复议6件，诉讼3件，其中维持4件，撤销1件 no part of 3 is 4: what comes before 其中 is not always all that it is of.
fn are_of_earlier(cx: &LineCx<'_>, head: Range<usize>, total: &Figure, parts: &Parts<'_>) -> bool {
    if !parts.figures.iter().any(|part| part.value >= total.value) {
        return false;
    }
    let earlier = cx.facts.within(head).iter().rev().take(BEFORE);
    earlier.filter(|it| it.unit(cx.text) == total.unit(cx.text)).any(|it| it.value >= parts.sum)
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
