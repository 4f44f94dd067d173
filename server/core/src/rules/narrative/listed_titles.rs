//! How many titles a text says that it lists, and how many it lists.

use rust_decimal::Decimal;

use crate::form::{Form, RuleSpec};
use crate::references::quoted_titles;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show};

/// `listed-titles`: 3件，分别是《甲》《乙》《丙》. Keys: `leads`, words before the list. It counts only when it holds nothing but titles, up to the end of its
/// sentence or bracket.
pub(crate) static LISTED_TITLES: Mechanism =
    Mechanism { name: "listed-titles", fixable: Fixable::No, build };

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["leads"])?;
    let leads = params::texts(&spec.params, "leads")?;
    Ok(Scope::LineWith(leads.clone(), Box::new(move |cx, sink| check(cx, sink, &leads))))
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

/// How many titles a list holds, and how many bytes stand behind it; `None` when it holds anything else, or fewer than two.
fn titles(list: &str) -> Option<(usize, usize)> {
    let mut rest = list;
    let mut count = 0;
    while let Some(title) = quoted_titles(rest).next().filter(|it| it.range.start == 0) {
        count += 1;
        rest = &rest[title.range.end..];
        // A number in brackets belongs to its title.
        if let Some(remark) = rest.strip_prefix(['（', '(']) {
            rest = &remark[remark.find(['）', ')'])?..];
            rest = rest.trim_start_matches(['）', ')']);
        }
        let next = rest.trim_start_matches(['、', '，', ',', '和', '及', '与', '以', ' ']);
        if !next.starts_with('《') {
            break;
        }
        rest = next;
    }
    let ends = rest.is_empty() || rest.starts_with(['。', '；', ';', '）', ')']);
    (count > 1 && ends).then_some((count, rest.len()))
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
