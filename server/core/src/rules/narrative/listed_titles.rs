//! How many titles a text says that it lists, and how many it lists.

use rust_decimal::Decimal;

use crate::form::{Form, RuleSpec};
use crate::references::{leading_title, quoted_titles};
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show};

/// `listed-titles`: 3件，分别是《甲》《乙》《丙》, and 《甲》《乙》两项制度. Keys: `leads`, words before the list. It counts only when it holds nothing but titles, up
/// to the end of its sentence or bracket.
pub(crate) static LISTED_TITLES: Mechanism =
    Mechanism { name: "listed-titles", fixable: Fixable::No, build };

/// What counts titles, behind their number: 《甲》《乙》两项制度.
const UNITS: [char; 6] = ['项', '个', '件', '部', '份', '篇'];
/// How a number of titles is written right behind them.
const COUNTED: [&str; 18] = [
    "》两", "》二", "》三", "》四", "》五", "》六", "》七", "》八", "》九", "》十", "》2", "》3",
    "》4", "》5", "》6", "》7", "》8", "》9",
];

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["leads"])?;
    let leads = params::texts(&spec.params, "leads")?;
    let words = leads.iter().cloned().chain(COUNTED.map(str::to_owned)).collect();
    let check = move |cx: &LineCx<'_>, sink: &mut Sink<'_>| {
        check(cx, sink, &leads);
        counted_behind(cx, sink);
    };
    Ok(Scope::LineWith(words, Box::new(check)))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, leads: &[String]) {
    for figure in cx.facts.figures.iter().filter(|it| super::is_count(cx.text, it)) {
        let behind =
            cx.text[figure.unit.end..].trim_start_matches(['，', ',', '（', '(', '：', ':']);
        let Some(list) = leads.iter().find_map(|lead| behind.strip_prefix(lead.as_str())) else {
            continue;
        };
        let Some((count, end)) = titles(list.trim_start_matches(['：', ':'])) else { continue };
        // The page's edge may have cut a list that ends without a mark.
        let may_go_on = end == 0 && Decimal::from(count) < figure.value;
        if figure.value == Decimal::from(count) || may_go_on {
            continue;
        }
        let unit = figure.unit(cx.text);
        let message =
            format!("写作 {} {unit}，后面列出 {count} 个名称：请核对", show(figure.value));
        let place = cx.place(figure.range.start..figure.unit.end);
        let listed = cx.text.len() - list.len()..cx.text.len() - end;
        sink.push(Finding::new(place, message).related(cx.place(listed), "所列名称"));
    }
}

/// Says the numbers behind titles that are not how many they are.
fn counted_behind(cx: &LineCx<'_>, sink: &mut Sink<'_>) {
    let mut at = 0;
    while let Some(first) = quoted_titles(&cx.text[at..]).next() {
        let start = at + first.range.start;
        let Some((count, rest)) = run(&cx.text[start..]) else { return };
        at = cx.text.len() - rest.len();
        // 指南、《甲》《乙》三项制度 counts what is no title, too.
        let is_whole = !cx.text[..start].trim_end().ends_with(['、', '和', '及', '与', '以'])
            && !cx.text[start..at].contains("》，");
        let Some((told, len)) = number(rest).filter(|_| is_whole && count > 1) else { continue };
        if told != count {
            let message = format!("前面列出 {count} 个名称，这里写作 {}：请核对", &rest[..len]);
            let place = cx.place(at..at + len);
            sink.push(Finding::new(place, message).related(cx.place(start..at), "所列名称"));
        }
    }
}

/// The number of titles with which `words` begin, and how long it is with its unit.
fn number(words: &str) -> Option<(usize, usize)> {
    let first = words.chars().next()?;
    let value = match first {
        '两' => 2,
        '2'..='9' => first.to_digit(10)? as usize,
        _ => "一二三四五六七八九十".chars().position(|it| it == first).filter(|at| *at > 0)? + 1,
    };
    let unit = words[first.len_utf8()..].chars().next().filter(|c| UNITS.contains(c))?;
    Some((value, first.len_utf8() + unit.len_utf8()))
}

/// Longest remark behind a title, in characters; beyond, a bracket was left open.
const LONGEST_REMARK: usize = 120;

/// How many titles a list holds, and how many bytes stand behind it; `None` when it holds anything else, or fewer than two.
fn titles(list: &str) -> Option<(usize, usize)> {
    let (count, rest) = run(list)?;
    let ends = rest.is_empty() || rest.starts_with(['。', '；', ';', '）', ')']);
    (count > 1 && ends).then_some((count, rest.len()))
}

/// How many titles stand one behind the other at the start of `list`, and what stands behind them.
fn run(list: &str) -> Option<(usize, &str)> {
    let mut rest = list;
    let mut count = 0;
    while let Some(title) = leading_title(rest) {
        count += 1;
        rest = &rest[title.range.end..];
        // A number in brackets belongs to its title.
        if let Some(remark) = rest.strip_prefix(['（', '(']) {
            let mut near = remark.char_indices().take(LONGEST_REMARK);
            let (end, _) = near.find(|(_, c)| matches!(c, '）' | ')'))?;
            rest = remark[end..].trim_start_matches(['）', ')']);
        }
        let next = rest.trim_start_matches(['、', '，', ',', '和', '及', '与', '以', ' ']);
        if !next.starts_with('《') {
            break;
        }
        rest = next;
    }
    Some((count, rest))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-list-count";

    #[test]
    fn listed_titles_are_counted() {
        let says = "制发文件⟦narrative-list-count: 3件⟧，分别是《甲办法》（云水〔2025〕1号）、《乙规定》。";
        assert_findings(&saying(says), &[RULE]);
    }

    #[test]
    fn titles_with_their_number_behind_are_counted() {
        for says in [
            "修订《甲办法》《乙规定》《丙意见》⟦narrative-list-count: 两项⟧制度。",
            "修订《甲办法》（试行）、《乙规定》⟦narrative-list-count: 3个⟧文件。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        for says in [
            "修订《甲办法》《乙规定》两项制度。",
            "修订《甲办法》《乙规定》等四项制度。",
            "修订公开指南、《甲办法》《乙规定》三项制度。",
            "修订《甲办法》《乙规定》及三项制度。",
            "落实《甲办法》《乙规定》三级责任。",
            "落实《甲办法》三项要求。",
            "落实《甲办法》，《乙规定》三项要求。",
            "公布《甲办法》《乙规定》2025年版。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }

    #[test]
    fn open_lists_and_right_counts_are_left_alone() {
        for says in [
            "制发文件3件，分别是《甲办法》《乙规定》和《关于印发〈丙〉的通知》。",
            "制发文件3件，分别是《甲办法》《乙规定》等。",
            "制发文件3件，分别是《甲办法》《乙规定》，修改1件。",
            "制发文件3件，分别是《甲办法》解读、《乙规定》解读。",
            "制发文件3件，包括《甲办法》《乙规定》。",
            "制发文件3件，分别是《甲办法》《乙规定》\n《丙意见》。",
            "2025年，分别是《甲办法》《乙规定》。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
