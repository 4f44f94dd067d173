//! Shares of the text together against the whole.

use rust_decimal::Decimal;

use super::shares::SIGNS;
use super::{has, is_unsure};
use crate::form::{Form, RuleSpec};
use crate::report::Figure;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show};
use crate::text::behind_last;

/// `shares-of-whole`: shares whose list ends with the rest add up to 100. Keys: `shares`, words before a share; `rest`, words of the last item; `leads`,
/// words between a total and the list; `doubts`, words that make the list or its figures uncertain.
pub(crate) static SHARES_OF_WHOLE: Mechanism =
    Mechanism { name: "shares-of-whole", fixable: Fixable::No, build };

struct Spec {
    shares: Vec<String>,
    rest: Vec<String>,
    leads: Vec<String>,
    doubts: Vec<String>,
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["shares", "rest", "leads", "doubts"])?;
    let texts = |key| params::texts(&spec.params, key);
    let own = Spec {
        shares: texts("shares")?,
        rest: texts("rest")?,
        leads: texts("leads")?,
        doubts: texts("doubts")?,
    };
    let signs = SIGNS.map(str::to_owned).to_vec();
    Ok(Scope::ParagraphWith(signs, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let mut start = 0;
    for sentence in cx.text.split_inclusive('。') {
        let from = start;
        start += sentence.len();
        let shares: Vec<_> =
            (cx.facts.within(from..start).iter()).filter(|it| it.is_percentage(cx.text)).collect();
        let (Some(first), Some(last)) = (shares.first(), shares.last()) else { continue };
        let clause = |it: &Figure| {
            let before = &cx.text[from..it.range.start];
            behind_last(before, &['，', ',', '、', '；', ';', '：', ':'])
        };
        // What leads to the list is no part of it: 其中网络占58%.
        let lead = clause(first);
        let lead = spec.leads.iter().find_map(|it| lead.strip_prefix(it.as_str())).unwrap_or(lead);
        let list = &cx.text[first.range.start - lead.len()..last.unit.end];
        let item = |it: &Figure| {
            let before = &cx.text[from..it.range.start];
            before.rfind(['%', '％', '；', ';']).map_or(before, |at| &before[at..])
        };
        // A list ends with the rest, so that it names everything, and once.
        if shares.len() < 3
            || !shares.iter().all(|it| has(&spec.shares, clause(it)))
            || !names_rest(&spec.rest, &spec.shares, item(last))
            || is_unsure(&spec.doubts, list)
        {
            continue;
        }
        let sum = shares.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(it.value));
        let slack = (shares.iter())
            .try_fold(Decimal::ZERO, |sum, it| sum.checked_add(Decimal::new(1, it.value.scale())));
        let (Some(sum), Some(slack)) = (sum, slack) else { continue };
        if Decimal::ONE_HUNDRED.checked_sub(sum).is_none_or(|it| it.abs() <= slack) {
            continue;
        }
        // A line that begins with shares may go on with those that the edge of a page has left in the one before.
        if from == 0 && sum < Decimal::ONE_HUNDRED {
            continue;
        }
        let place = cx.place(first.range.start..last.unit.end);
        let message = format!("各项占比之和为 {}%，不是 100%：请核对", show(sum));
        sink.push(Finding::new(place, message));
    }
}

/// Whether an item is what is left: 其他占5%, 其他3件，占5%. 其他栏目发布5条 is an item like the others.
fn names_rest(rest: &[String], shares: &[String], item: &str) -> bool {
    rest.iter().any(|word| {
        item.match_indices(word.as_str()).any(|(at, _)| {
            item[at + word.len()..].starts_with(|c: char| c.is_ascii_digit())
                || shares.iter().any(|share| item[at + word.len()..].starts_with(share.as_str()))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, saying};

    const RULE: &str = "narrative-percent-total";

    #[test]
    fn shares_that_name_the_rest_add_up() {
        let says = "公开3件，占50%；不予公开2件，占33%；其他1件，占27%。";
        assert_eq!(hits(&saying(says), RULE).len(), 1);
        let says = "公开占⟦narrative-percent-total: 58.5%，不予公开占17.3%，无法提供占28.9%，其他占5.2%⟧。";
        assert_findings(&saying(says), &[RULE]);
        let says = "共办理1527件，其中公开占⟦narrative-percent-total: 58.5%，不予公开占17.3%，因不掌握等原因无法提供占28.9%，其他占5.2%⟧。";
        assert_findings(&saying(says), &[RULE]);
        for says in [
            "公开占58.5%，不予公开占7.3%，无法提供占28.9%，其他占5.2%。",
            "公开占58.5%，其中信函占17.3%，无法提供占28.9%，其他占5.2%。",
            "公开占58.5%，不予公开占7.3%，无法提供占8.9%。",
            "政策1238条，占2.58%；业务7789条，占16.25%；其他栏目5906条，占12.31%。",
            "公开占58.5%，同比增长17.3%，无法提供占28.9%，其他占5.2%。",
            "公开约占60%，不予公开约占10%，其他约占20%。",
            "公开占58.5%，\n部分公开占7.3%，不予公开占7%，无法提供占22%，其他占5.2%。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
