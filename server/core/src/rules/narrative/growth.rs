//! Growth that the text states with the counts that it is of: 从8件增加到12件，增长50%.

use rust_decimal::Decimal;

use super::shares::SIGNS;
use super::{is_count, is_unsure, sentences};
use crate::form::{Form, RuleSpec};
use crate::report::Figure;
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Cure, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show,
};

/// `growth-of-counts`: a rate of growth against the two counts right before it, of which nothing else stands between. Keys: `rises` and `falls`, words of
/// growth; `from` and `to`, words before the older and the newer count; `than`, words that compare; `earlier`, names of the time before; `link`, words
/// between the newer count and the rate; `tail`, words between the word of growth and its figure; `doubts`.
pub(crate) static GROWTH_OF_COUNTS: Mechanism =
    Mechanism { name: "growth-of-counts", fixable: Fixable::Choice, build };

/// What may stand between two clauses of one statement.
const GAPS: [&str; 8] = ["，", ",", "、", "（", "(", "）", ")", " "];

struct Spec {
    rises: Vec<String>,
    falls: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    than: Vec<String>,
    earlier: Vec<String>,
    link: Vec<String>,
    tail: Vec<String>,
    doubts: Vec<String>,
}

/// Two counts and the rate that the text gives.
struct Growth<'f> {
    old: Decimal,
    new: Decimal,
    /// Where the newer count stands, unless the older one is told by their difference.
    newer: Option<&'f Figure>,
    /// The newer count and the difference, where the older one is told by it.
    by: Option<(&'f Figure, &'f Figure)>,
    rate: &'f Figure,
    falls: bool,
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    let keys = ["rises", "falls", "from", "to", "than", "earlier", "link", "tail", "doubts"];
    params::only(spec, &keys)?;
    let texts = |key| {
        let mut words = params::texts(&spec.params, key)?;
        // Of two words that fit, the longer one.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Ok::<_, String>(words)
    };
    let own = Spec {
        rises: texts("rises")?,
        falls: texts("falls")?,
        from: texts("from")?,
        to: texts("to")?,
        than: texts("than")?,
        earlier: texts("earlier")?,
        link: texts("link")?,
        tail: texts("tail")?,
        doubts: texts("doubts")?,
    };
    let signs = SIGNS.map(str::to_owned).to_vec();
    Ok(Scope::ParagraphWith(signs, Box::new(move |cx, sink| check(cx, sink, &own))))
}

/// Bytes of the longest sentence; what goes on for longer is a list, and each rate would ask all before it.
const LONGEST_SENTENCE: usize = 3000;

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    for (from, sentence) in sentences(cx.text).filter(|(_, it)| it.len() <= LONGEST_SENTENCE) {
        let figures = cx.facts.within(from..from + sentence.len());
        let mut counts: Vec<&Figure> = Vec::new();
        for figure in figures.iter().filter(|it| it.unit(cx.text) != "年") {
            if figure.is_percentage(cx.text) {
                let finding =
                    growth(cx, spec, from, &counts, figure).and_then(|it| finding(cx, &it));
                if let Some(finding) = finding {
                    sink.push(finding);
                }
            }
            counts.push(figure);
        }
    }
}

/// The growth that ends with `rate`, when the two figures before it are the counts that it is of.
fn growth<'f>(
    cx: &LineCx<'_>,
    spec: &Spec,
    from: usize,
    before: &[&'f Figure],
    rate: &'f Figure,
) -> Option<Growth<'f>> {
    let [others @ .., first, second] = before else { return None };
    let line = cx.text;
    let unit = first.unit(line);
    // A rounded amount has no exact rate.
    let is_exact = |it: &Figure| is_count(line, it) && it.value.scale() == 0 && unit != "万元";
    let is_like = unit == second.unit(line) && is_exact(first) && is_exact(second);
    // A line that begins with a figure may go on with another one's.
    if !is_like || first.value.is_zero() || unit == "亿元" || first.range.start == 0 {
        return None;
    }
    let end =
        rate.unit.end + line[rate.unit.end..].chars().take(2).map(char::len_utf8).sum::<usize>();
    if is_unsure(&spec.doubts, &line[from..end]) {
        return None;
    }
    let (head, middle, last) = (
        &line[from..first.range.start],
        &line[first.unit.end..second.range.start],
        &line[second.unit.end..rate.range.start],
    );
    let (falls, rest) = direction(spec, links(spec, gap(last)))?;
    if !strip(rest, &spec.tail).trim().is_empty() {
        return None;
    }
    let alone = || !others.iter().any(|it| it.unit(line) == unit);
    let (a, b) = (first.value, second.value);
    // 从8件增加到12件，增长50%
    if is_led(spec, head) && is_led_to(spec, middle) {
        return Some(Growth { old: a, new: b, newer: Some(second), by: None, rate, falls });
    }
    // 12件，比上年增加4件，增长50%; behind a third count it isn't known which one grew.
    let compared = compared(spec, gap(middle))?;
    if let Some((fell, rest)) = direction(spec, compared) {
        let old = if fell { a.checked_add(b) } else { a.checked_sub(b) };
        let is_by = rest.trim_start_matches('了').trim().is_empty() && alone();
        let by = Some((*first, *second));
        return is_by.then_some(Growth { old: old?, new: a, newer: None, by, rate, falls });
    }
    // 12件，比上年的8件增长50%
    // or 12件，比2023年（8件）增长50%
    let compared = strip_one(compared, "的").trim().trim_start_matches(['（', '(']);
    (compared.is_empty() && alone()).then_some(Growth {
        old: b,
        new: a,
        newer: Some(first),
        by: None,
        rate,
        falls,
    })
}

/// Behind the marks and blanks that may stand between two clauses.
fn gap(text: &str) -> &str {
    GAPS.iter().fold(text, |text, mark| text.trim_start_matches(mark))
}

fn strip_one<'l>(text: &'l str, word: &str) -> &'l str {
    text.trim_start().strip_prefix(word).unwrap_or(text)
}

/// `text` without the longest of `words` that it begins with.
fn strip<'l>(text: &'l str, words: &[String]) -> &'l str {
    let text = text.trim_start();
    words.iter().find_map(|word| text.strip_prefix(word.as_str())).unwrap_or(text)
}

/// Behind 同比, or 比上年.
fn links<'l>(spec: &Spec, text: &'l str) -> &'l str {
    compared(spec, text).unwrap_or_else(|| strip(text, &spec.link))
}

/// Whether the text begins with a word of falling, and what follows it; `None` where it is none of growth.
fn direction<'l>(spec: &Spec, text: &'l str) -> Option<(bool, &'l str)> {
    let text = text.trim_start();
    let behind = |words: &[String]| words.iter().find_map(|word| text.strip_prefix(word.as_str()));
    behind(&spec.rises).map(|rest| (false, rest)).or_else(|| Some((true, behind(&spec.falls)?)))
}

/// Behind 比上年, 较2024年同期.
fn compared<'l>(spec: &Spec, text: &'l str) -> Option<&'l str> {
    let text = text.trim_start();
    let rest = spec.than.iter().find_map(|word| text.strip_prefix(word.as_str()))?;
    earlier(spec, rest)
}

/// Behind 上年, 2024年.
fn earlier<'l>(spec: &Spec, text: &'l str) -> Option<&'l str> {
    let text = text.trim_start();
    let named = spec.earlier.iter().find_map(|word| text.strip_prefix(word.as_str()));
    named.or_else(|| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.trim_start().strip_prefix('年').filter(|_| text.len() - rest.len() == 4)?;
        Some(strip_one(strip_one(rest, "度"), "同期"))
    })
}

/// Whether the older count is announced right before it: 从, 由2024年的.
fn is_led(spec: &Spec, head: &str) -> bool {
    spec.from.iter().any(|word| {
        head.rfind(word.as_str()).is_some_and(|at| {
            let rest = &head[at + word.len()..];
            let rest = earlier(spec, rest).unwrap_or(rest);
            strip_one(rest, "的").trim().is_empty()
        })
    })
}

/// Whether the newer count follows the older one: 增加到, 上升至2025年的.
fn is_led_to(spec: &Spec, middle: &str) -> bool {
    let text = gap(middle);
    let rest = direction(spec, text).map_or(text, |(_, rest)| rest);
    let Some(rest) = spec.to.iter().find_map(|word| rest.trim_start().strip_prefix(word.as_str()))
    else {
        return false;
    };
    strip_one(earlier(spec, rest).unwrap_or(rest), "的").trim().is_empty()
}

/// `None` where the rate is right within one unit of its last digit: half for rounding, as much again for cutting off.
fn finding(cx: &LineCx<'_>, growth: &Growth<'_>) -> Option<Finding> {
    let Growth { old, new, newer, by, rate, falls } = growth;
    let change = new.checked_sub(*old)?;
    let exact = change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(*old)?.abs();
    let is_turned = if *falls { *new > *old } else { *new < *old };
    let difference = exact.checked_sub(rate.value)?.abs();
    if !is_turned && difference < Decimal::new(1, rate.value.scale()) {
        return None;
    }
    let right = exact.round_dp(rate.value.scale());
    let word = |falls: bool| if falls { "下降" } else { "增长" };
    let message = format!(
        "从 {} 到 {} 是{} {}%，此处写作{} {}%：请核对件数和增幅",
        show(*old),
        show(*new),
        word(*new < *old),
        show(right),
        word(*falls),
        show(rate.value)
    );
    let grown = |rate: Decimal| {
        let rate = if *falls { -rate } else { rate };
        old.checked_mul(Decimal::ONE_HUNDRED.checked_add(rate)?)?.checked_div(Decimal::ONE_HUNDRED)
    };
    let step = Decimal::new(1, rate.value.scale());
    let newer = newer.and_then(|newer| {
        let (one, other) = (rate.value.checked_sub(step)?, rate.value.checked_add(step)?);
        Some(Cure::within(cx.place(newer.range.clone()), grown(one)?, grown(other)?))
    });
    // 12件，比上年增加4件，增长50%: of a growth by 4 the rate tells the old count, and with it the new one.
    let told = by.and_then(|(count, by)| {
        let new = |rate: Decimal| {
            let old = by.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(rate)?;
            if *falls { old.checked_sub(by.value) } else { old.checked_add(by.value) }
        };
        let least = new(rate.value.checked_add(step)?)?;
        let most = rate.value.checked_sub(step).filter(|it| *it > Decimal::ZERO).and_then(new);
        Some(Cure::within(cx.place(count.range.clone()), least, most.unwrap_or(Decimal::MAX)))
    });
    let finding = Finding::new(cx.place(rate.range.start..rate.unit.end), message)
        .cured_by(newer.into_iter().chain(told))
        .cured_by([Cure::to(cx.place(rate.range.clone()), right)]);
    // Where the word is wrong too, a figure alone mends nothing.
    if is_turned {
        return Some(finding);
    }
    let edit = Edit::new(cx.place(rate.range.clone()), show(right));
    Some(finding.fix(format!("把增幅改为 {}%", show(right)), Applicability::Choice, vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, saying};

    const RULE: &str = "narrative-growth-mismatch";

    #[test]
    fn growth_is_compared_with_its_counts() {
        for says in [
            "收到申请从8件增加到12件，增长⟦narrative-growth-mismatch: 40%⟧。",
            "收到申请由2024年的8件上升至12件，同比增长⟦narrative-growth-mismatch: 40％⟧。",
            "收到申请12件，比上年增加4件，增长⟦narrative-growth-mismatch: 33.3%⟧。",
            "收到申请12件，较2024年减少4件，下降⟦narrative-growth-mismatch: 33%⟧；发布信息69条。",
            "收到申请12件，较上年的8件增长⟦narrative-growth-mismatch: 40%⟧，办结9件。",
            "收到申请12件（比上年同期减少4件，同比下降⟦narrative-growth-mismatch: 20%⟧）。",
            "收到申请22件，比2024年（31件）下降⟦narrative-growth-mismatch: 50%⟧，办结20件。",
            "收到申请从12件降至8件，同比增长⟦narrative-growth-mismatch: 33.3%⟧。",
        ] {
            assert_findings(&saying(says), &[RULE]);
        }
        let says = |rate: &str| saying(&format!("收到申请从8件增加到12件，增长{rate}%。"));
        assert_eq!(apply_fix(&says("40"), RULE, 0), says("50"));
    }

    #[test]
    fn right_rates_and_rates_of_something_else_are_left_alone() {
        for says in [
            "收到申请从8件增加到12件，增长50%。",
            "收到申请12件，比上年减少6件，下降33.3%。",
            "收到申请12件，比上年增加5件，增长71.4%。",
            "收到申请12件，比上年增加5件，增长71%。",
            "收到申请22件，比2024年（31件）下降29%。",
            // Which count grew?
            "收到申请12件，办结9件，比上年增加4件，增长50%。",
            "收到申请12件，比上年增加4件，办结率增长40%。",
            "收到申请12件，比上年多4件；访问量增长40%。",
            "从8件增加到12件，网站访问量增长40%。",
            "收到申请12件，同比增长40%。",
            "收到申请约12件，比上年增加4件，增长40%。",
            "收到申请12件，比上年增加4件，增长近40%。",
            "收费从120万元增加到150万元，增长24%。",
            "发布信息1.2万条，比上年增加4件，增长40%。",
            "从0件增加到12件，增长100%。",
            "培训2次，比上年增加4人，增长40%。",
            "2024年收到8件，2025年收到12件，增长40%。",
        ] {
            assert_eq!(hits(&saying(says), RULE), [], "{says}");
        }
    }
}
