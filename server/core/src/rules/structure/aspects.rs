//! The aspects that a section has to speak of: 总体情况 of 主动公开, 依申请公开 and so on.

use std::cell::Cell;
use std::ops::Range;

use super::outline::{hides_words, is_broken_up};
use crate::form::{Form, RuleSpec, SectionIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, Mention, PartOf, ReportCx, Scope, Sink,
};
use crate::text::{TextRange, Words};

/// `aspects-missing`. Keys: `section`; `aspects`, a list of `{ name, words }`: an aspect is spoken of where one of its words stands in the section;
/// `message`, with `{names}` and `{section}`; `regions`, whether the rule is for those only who report on a whole region.
pub(crate) static ASPECTS_MISSING: Mechanism =
    Mechanism { name: "aspects-missing", fixable: Fixable::No, build: build_missing };

/// `aspects-order`. Keys: `section`; `aspects`, a list of `{ name, words }` in the order of the form: a subheading that holds words of exactly one
/// aspect is that aspect's.
pub(crate) static ASPECTS_ORDER: Mechanism =
    Mechanism { name: "aspects-order", fixable: Fixable::No, build: build_order };

/// `aspect-heading`. Keys: as `aspects-order`; `tails`, what may stand behind the standard name: 情况, 方面.
pub(crate) static ASPECT_HEADING: Mechanism =
    Mechanism { name: "aspect-heading", fixable: Fixable::Choice, build: build_heading };

/// An aspect.
#[derive(Debug)]
struct Aspect {
    name: String,
    words: Vec<String>,
    /// Where its words stand among those of all aspects.
    among_all: Range<usize>,
}

struct Spec {
    form: String,
    section: SectionIndex,
    aspects: Vec<Aspect>,
    /// The words of all aspects.
    words: Words,
}

impl Spec {
    /// The index of the only aspect of which a word stands in `named`.
    fn aspect_of(&self, named: &str) -> Option<usize> {
        let (mut found, mut is_only) = (None, true);
        self.words.each(named, |hit| {
            let own = self.aspects.partition_point(|it| it.among_all.end <= hit.word);
            is_only &= *found.get_or_insert(own) == own;
        });
        found.filter(|_| is_only)
    }
}

/// A numbered subheading in the section.
struct Subheading<'t> {
    /// Its wording, without numeral and what stands behind the first mark.
    place: Place,
    words: &'t str,
    /// Index of its aspect.
    aspect: usize,
}

/// Subheadings of which an order can be told.
const FEWEST: usize = 3;
/// Characters of a subheading.
const LONGEST: usize = 20;

fn spec(spec: &RuleSpec, form: &Form, more: &[&str]) -> Result<Spec, String> {
    params::only(spec, &[&["section", "aspects"], more].concat())?;
    let rows = spec.params.get("aspects").and_then(toml::Value::as_array);
    let count = Cell::new(0);
    let aspect = |row: &toml::Value| {
        let table = row.as_table().ok_or("“aspects”应为一列 { name, words }")?;
        let words = params::texts(table, "words")?;
        let among_all = count.get()..count.get() + words.len();
        count.set(among_all.end);
        Ok(Aspect { name: params::text(table, "name")?, words, among_all })
    };
    let aspects = rows.ok_or("缺少“aspects”")?.iter().map(aspect);
    let aspects = aspects.collect::<Result<Vec<_>, String>>()?;
    let words = Words::new(aspects.iter().flat_map(|it| &it.words).map(String::as_str));
    Ok(Spec { form: form.id.clone(), section: section(spec, form)?, aspects, words })
}

/// The section at `section`.
pub(super) fn section(spec: &RuleSpec, form: &Form) -> Result<SectionIndex, String> {
    let id = params::text(&spec.params, "section")?;
    form.section(&id).ok_or_else(|| format!("没有名为“{id}”的部分"))
}

fn build_missing(written: &RuleSpec, form: &Form) -> Result<Check, String> {
    let spec = spec(written, form, &["message", "regions"])?;
    let message = params::text(&written.params, "message")?;
    let words = spec.aspects.iter().flat_map(|it| it.words.clone()).collect();
    let regions = written.params.get("regions").and_then(toml::Value::as_bool).unwrap_or(false);
    let check = move |cx: &ReportCx<'_>, sink: &mut Sink<'_>| {
        if cx.form.id != spec.form || hides_words(cx) {
            return;
        }
        let own: Vec<_> = parts_of(cx, spec.section).collect();
        let Some(first) = own.first() else { return };
        let Some(heading) = first.heading() else { return };
        // An empty section is another fault; one that nothing follows may be cut off, or under the author's pen.
        let is_whole = own.last().is_some_and(|last| last.index + 1 < cx.parts().len());
        if !first.has_content() || !is_whole {
            return;
        }
        let is_own = |it: &&Mention<'_>| own.iter().any(|own| own.index == it.line.part());
        let mut lacking: Vec<&Aspect> = spec.aspects.iter().collect();
        for mention in cx.mentions.iter().filter(is_own) {
            if lacking.is_empty() {
                return;
            }
            lacking.retain(|it| !mention.holds(it.among_all.clone()));
        }
        // What is laid out as a table is no running text.
        let stands = |word: &String| own.iter().any(|own| own.text().contains(word.as_str()));
        lacking.retain(|it| !it.words.iter().any(stands));
        let names: Vec<_> = lacking.iter().map(|it| format!("“{}”", it.name)).collect();
        // Patterns of levels are slow to compile, so they are asked last.
        let is_region = || cx.head.level(cx.form).is_some_and(|level| level.region);
        if names.is_empty() || regions && !is_region() {
            return;
        }
        if own.iter().any(|part| is_broken_up(part.text())) {
            return;
        }
        let section = &cx.form.sections[spec.section].heading;
        let message = message.replace("{names}", &names.join("、")).replace("{section}", section);
        sink.push(Finding::new(first.place(heading.range), message));
    };
    Ok(Scope::ReportWith(words, Box::new(check)))
}

fn build_order(written: &RuleSpec, form: &Form) -> Result<Check, String> {
    let spec = spec(written, form, &[])?;
    let check = move |cx: &ReportCx<'_>, sink: &mut Sink<'_>| {
        let mut found: Vec<Subheading<'_>> = Vec::new();
        for it in subheadings(cx, &spec) {
            // Below 主动公开 a subheading may speak of the platform again.
            if !found.iter().any(|first| first.aspect == it.aspect) {
                found.push(it);
            }
        }
        let turned = found.windows(2).find(|pair| pair[0].aspect > pair[1].aspect);
        let (Some([before, late]), true) = (turned, found.len() >= FEWEST) else { return };
        let name = |it: &Subheading<'_>| spec.aspects[it.aspect].name.as_str();
        let message = format!("按格式的顺序，“{}”应在“{}”之前", name(late), name(before));
        sink.push(Finding::new(late.place, message).related(before.place, name(before)));
    };
    Ok(Scope::Report(Box::new(check)))
}

fn build_heading(written: &RuleSpec, form: &Form) -> Result<Check, String> {
    let spec = spec(written, form, &["tails"])?;
    let tails = params::texts(&written.params, "tails")?;
    let check = move |cx: &ReportCx<'_>, sink: &mut Sink<'_>| {
        for it in subheadings(cx, &spec) {
            let name = &spec.aspects[it.aspect].name;
            let tail = it.words.strip_prefix(name.as_str());
            if tail.is_some_and(|tail| tail.is_empty() || tails.iter().any(|own| own == tail)) {
                continue;
            }
            let finding = Finding::new(it.place, format!("小标题宜用“{name}”"));
            let edit = Edit::new(it.place, name.clone());
            sink.push(finding.fix(format!("改为“{name}”"), Applicability::Choice, vec![edit]));
        }
    };
    Ok(Scope::Report(Box::new(check)))
}

/// The parts of a section: its own, and those that numbered lines unknown to the form cut off from it.
pub(super) fn parts_of<'c, 'a>(
    cx: &'c ReportCx<'a>,
    section: SectionIndex,
) -> impl Iterator<Item = PartOf<'c, 'a>> {
    let mut is_own = false;
    cx.parts().filter(move |part| {
        if let Some(of) = part.section() {
            is_own = of == section;
        }
        is_own
    })
}

/// The numbered subheadings of the section that are of exactly one aspect.
fn subheadings<'a>(cx: &'a ReportCx<'_>, spec: &'a Spec) -> impl Iterator<Item = Subheading<'a>> {
    let is_own = cx.form.id == spec.form;
    let parts = parts_of(cx, spec.section).filter(move |_| is_own);
    let lines = parts.flat_map(|part| part.prose().iter().map(move |it| part.place(*it)));
    let mut level = None;
    lines.filter_map(move |line| {
        let words = cx.line(line);
        let at = ordinal_end(words)?;
        // What stands below （一） as 1. divides it further.
        let own = words[..at].trim_start().chars().next().map(level_of);
        if *level.get_or_insert(own) != own {
            return None;
        }
        let rest = &words[at..];
        // A list of names is one whether marks stand between them or not: “甲”、“乙”.
        let ends = |(at, c): &(usize, char)| match c {
            '、' => !rest[..*at].ends_with(['”', '》']),
            _ => ['。', '：', ':', '，', ',', '；', ';'].contains(c),
        };
        let end = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        let named = rest[..end].trim_end();
        // Behind most numerals stands a sentence.
        if named.chars().nth(LONGEST).is_some() {
            return None;
        }
        let aspect = spec.aspect_of(named)?;
        let start = line.range.start as usize + at;
        let place = Place::new(line.part(), TextRange::new(start, start + named.len()));
        Some(Subheading { place, words: named, aspect })
    })
}

/// What tells the numerals of one level from those of another.
fn level_of(first: char) -> u8 {
    match first {
        '（' | '(' => 0,
        it if it.is_ascii_digit() => 1,
        _ => 2,
    }
}

fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// Where the words behind a numeral begin: `（一）`, `一、`, `1.`.
pub(super) fn ordinal_end(line: &str) -> Option<usize> {
    // Most lines begin with a word.
    let may_begin =
        |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '（' | '(') || is_numeral(c);
    if !line.starts_with(may_begin) {
        return None;
    }
    let from = line.trim_start_matches(|c: char| c.is_whitespace() || c == '#' || c == '*');
    let inner = from.strip_prefix(['（', '(']);
    let digits = inner.unwrap_or(from).trim_start();
    let behind = digits.trim_start_matches(is_numeral);
    if behind.len() == digits.len() {
        return None;
    }
    let rest = match inner {
        Some(_) => behind.trim_start().strip_prefix(['）', ')'])?,
        None => behind.strip_prefix(['、', '.', '．'])?,
    };
    // 1.5万条 is no item.
    if inner.is_none() && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(line.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{apply_fix, assert_findings, hits, report};

    const MISSING: &str = "overview-subsection-missing";
    const ORDER: &str = "overview-subsection-order";
    const HEADING: &str = "overview-subsection-heading-nonstandard";
    const DUTY: &str = "overview-gov-accountability-missing";

    /// The report with the overview's lines replaced, and what it lacks marked at its heading.
    fn overview(agency: &str, lines: &str, rule: &str) -> String {
        let text = report(agency, 2025);
        let from = text.find("（一）主动公开").expect("the overview");
        let to = text.find("二、主动公开政府信息情况").expect("the next heading");
        let text = format!("{}{lines}\n{}", &text[..from], &text[to..]);
        let mark = format!("⟦{rule}: 一、总体情况⟧");
        if rule.is_empty() { text } else { text.replacen("一、总体情况", &mark, 1) }
    }

    #[test]
    fn an_aspect_that_nothing_speaks_of_is_found() {
        let lines = "（一）主动公开情况\n在门户网站公开信息50条。\n（二）信息管理情况\n局办公室负责组织和督查。";
        let text = overview("云岭县统计局", lines, MISSING);
        assert_findings(&text, &[MISSING]);
        let found = hits(&overview("云岭县统计局", lines, ""), MISSING);
        assert!(found[0].message.contains("“依申请公开”"), "{}", found[0].message);
        assert!(!found[0].message.contains("平台"), "{}", found[0].message);
    }

    #[test]
    fn traditional_text_without_a_title_is_not_measured() {
        let lines = "（一）主動公開情況\n在門戶網站公開信息50條。";
        let text = overview("云岭县统计局", lines, "");
        let (_, untitled) = text.split_once('\n').expect("a title");
        assert_eq!(hits(untitled, MISSING).len(), 1);
        assert_eq!(hits(&untitled.replacen("一、总体情况", "一、總體情況", 1), MISSING), []);
    }

    #[test]
    fn aspects_in_one_paragraph_or_under_own_numbers_pass() {
        for lines in [
            "我局坚持公开为常态，主动公开信息40条，未收到申请，严格审核，办好网站专栏，接受监督。",
            "我局成立领导小组，落实审批制度，通过目录系统公开信息108条，受理申请3宗。",
            "一、组织领导\n主动公开信息40条。\n二、答复情况\n办理申请1件，档案管理规范。\n三、保障\n网站专人维护，纳入考核。",
        ] {
            assert_findings(&overview("云岭县统计局", lines, ""), &[MISSING]);
        }
    }

    /// The words are Simplified; a report in Traditional characters holds none of them.
    #[test]
    fn a_report_in_traditional_characters_is_not_measured() {
        let text = overview("云岭县统计局", "發布信息40條，接受監督。", "");
        let text = text.replacen("公开工作年度报告", "公開工作年度報告", 1);
        assert_eq!(hits(&text, MISSING), []);
    }

    /// 主动 and 公开 with a character between them that shows as nothing.
    #[test]
    fn words_that_are_broken_up_unseen_are_not_missed() {
        let lines =
            "我局主\u{200b}动公\u{200b}开信息40条，未收到申请，严格审核，办好网站，接受监督。";
        assert_eq!(hits(&overview("云岭县统计局", lines, ""), MISSING), []);
    }

    #[test]
    fn a_section_that_nothing_follows_may_be_cut_off() {
        let text = overview("云岭县统计局", "（一）主动公开情况\n公开信息50条。", "");
        let to = text.find("二、主动公开政府信息情况").expect("the next heading");
        assert_findings(&text[..to], &[MISSING]);
    }

    #[test]
    fn a_turned_order_is_found() {
        let lines = "（一）平台建设情况。办好网站。\n（二）⟦overview-subsection-order: 主动公开情况⟧。公开40条。\n（三）依申请公开。未收到申请。\n（四）信息管理与监督保障。审核考核。";
        assert_findings(&overview("云岭县统计局", lines, ""), &[ORDER]);
    }

    #[test]
    fn an_order_needs_three_and_one_aspect_a_heading() {
        for lines in [
            "（一）平台建设。办好网站。\n（二）主动公开。公开40条。",
            "（一）主动公开。\n1.平台建设。办好网站。\n（二）依申请公开。无申请。\n（三）政府信息管理。审核。\n（四）平台建设。\n（五）监督保障。考核。",
            "（一）监督主动公开。\n（二）依申请公开。无申请。\n（三）政府信息管理。审核。",
        ] {
            assert_findings(&overview("云岭县统计局", lines, ""), &[ORDER]);
        }
    }

    #[test]
    fn another_wording_gets_the_standard_one() {
        let lines = "（一）加大主动公开力度。公开40条。\n（二）依申请公开情况：无申请。\n（三）政府信息管理方面\n审核。";
        let text = overview("云岭县统计局", lines, "");
        assert_eq!(hits(&text, HEADING).len(), 1);
        assert!(apply_fix(&text, HEADING, 0).contains("（一）主动公开。公开40条。"));
    }

    #[test]
    fn governments_answer_for_assessment_review_and_accountability() {
        let lines = "（一）主动公开。（五）监督保障。公布监督电话，未发生责任追究情形，办理申请，管理平台。";
        assert_findings(&overview("云岭县人民政府", lines, DUTY), &[DUTY]);
        assert_findings(&overview("云岭县水利局", lines, ""), &[DUTY]);
        assert_findings(&overview("云岭县人民政府办公室", lines, ""), &[DUTY]);
        for agency in ["云岭经济开发区管理委员会", "云岭市", "甘宁省人民政府"]
        {
            assert_findings(&overview(agency, lines, DUTY), &[DUTY]);
        }
        // The regulation asks it of governments from the county up.
        for agency in ["云岭县青石镇人民政府", "云岭县白水乡", "云岭市城关街道办事处"]
        {
            assert_findings(&overview(agency, lines, ""), &[DUTY]);
        }
        let other = lines.replace("公布监督", "开展绩效评估、满意度调查，公布监督");
        assert_findings(&overview("云岭县人民政府", &other, ""), &[DUTY]);
    }

    #[test]
    fn numerals_of_all_kinds_are_read() {
        assert_eq!(ordinal_end("（一） 甲"), Some("（一） ".len()));
        assert_eq!(ordinal_end("( 2 )甲"), Some("( 2 )".len()));
        assert_eq!(ordinal_end("## 三、甲"), Some("## 三、".len()));
        assert_eq!(ordinal_end("1.甲"), Some(2));
        assert_eq!(ordinal_end("1.5万条"), None);
        assert_eq!(ordinal_end("甲、乙"), None);
    }
}
