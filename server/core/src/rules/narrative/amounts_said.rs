//! Amounts of money that the text states.

use std::ops::Range;

use rust_decimal::Decimal;

use super::has;
use crate::form::{Form, RuleSpec};
use crate::report::Figure;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, LineCx, Mechanism, Scope, Sink, show};

/// `amounts-in-order`: what was paid is not more than what was asked for. Keys: `topic`, words of which the paragraph holds one; `more` and `less`, words
/// before the amount of either kind; `not`, words that rule the paragraph out; `message`, with `{more}` and `{less}` in 元.
pub(crate) static AMOUNTS_IN_ORDER: Mechanism =
    Mechanism { name: "amounts-in-order", fixable: Fixable::No, build: build_order };

/// `amount-said`: an amount that is too large. Keys: `topic`, `not` as above; `words` before the amount; `above`, in 元; `unit`, in which it is never
/// counted; `message`, with `{amount}` as written.
pub(crate) static AMOUNT_SAID: Mechanism =
    Mechanism { name: "amount-said", fixable: Fixable::No, build: build_large };

/// An amount with the words of its sentence before it, back to the figure before.
struct Amount<'l> {
    figure: &'l Figure,
    words: &'l str,
    yuan: Decimal,
}

fn build_order(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["topic", "more", "less", "not", "message"])?;
    let texts = |key| params::texts(&spec.params, key);
    let (more, less, not) = (texts("more")?, texts("less")?, texts("not")?);
    let message = params::text(&spec.params, "message")?;
    let check = move |cx: &LineCx<'_>, sink: &mut Sink<'_>| {
        if has(&not, cx.text) {
            return;
        }
        let (paid, others): (Vec<_>, Vec<_>) = amounts(cx).partition(|it| has(&less, it.words));
        let asked: Vec<_> = others.into_iter().filter(|it| has(&more, it.words)).collect();
        // Of two amounts of a kind nobody knows which belongs to which.
        let ([asked], [paid]) = (&asked[..], &paid[..]) else { return };
        if paid.yuan <= asked.yuan {
            return;
        }
        let message =
            message.replace("{more}", &show(asked.yuan)).replace("{less}", &show(paid.yuan));
        let place = |it: &Amount<'_>| cx.place(it.place());
        let finding = Finding::new(place(paid), message);
        sink.push(finding.related(place(asked), format!("收费通知 {} 元", show(asked.yuan))));
    };
    Ok(Scope::ParagraphWith(texts("topic")?, Box::new(check)))
}

fn build_large(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["topic", "words", "above", "unit", "not", "message"])?;
    let texts = |key| params::texts(&spec.params, key);
    let (words, not) = (texts("words")?, texts("not")?);
    let (unit, message) =
        (params::text(&spec.params, "unit")?, params::text(&spec.params, "message")?);
    let above = spec.params.get("above").and_then(toml::Value::as_integer);
    let above = Decimal::from(above.ok_or("“above”应为整数")?);
    let check = move |cx: &LineCx<'_>, sink: &mut Sink<'_>| {
        if has(&not, cx.text) {
            return;
        }
        for amount in amounts(cx).filter(|it| has(&words, it.words)) {
            let is_odd = amount.figure.unit(cx.text) == unit && !amount.yuan.is_zero();
            if is_odd || amount.yuan > above {
                let range = amount.place();
                let message = message.replace("{amount}", &cx.text[range.clone()]);
                sink.push(Finding::new(cx.place(range), message));
            }
        }
    };
    Ok(Scope::ParagraphWith(texts("topic")?, Box::new(check)))
}

impl Amount<'_> {
    /// The figure with its unit.
    fn place(&self) -> Range<usize> {
        self.figure.range.start..self.figure.unit.end
    }
}

/// The amounts of a line.
fn amounts<'l>(cx: &LineCx<'l>) -> impl Iterator<Item = Amount<'l>> {
    let (line, mut from) = (cx.text, 0);
    cx.facts.figures.iter().filter_map(move |figure| {
        let before = &line[from..figure.range.start];
        from = figure.unit.end;
        let words = before.rsplit(['。', '；', ';']).next().unwrap_or("");
        let factor = match figure.unit(line) {
            "元" => Decimal::ONE,
            "万元" => Decimal::from(10_000),
            "亿元" => Decimal::from(100_000_000),
            _ => return None,
        };
        Some(Amount { figure, words, yuan: figure.value.checked_mul(factor)? })
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, hits, report};

    const ORDER: &str = "processing-fee-order";
    const LARGE: &str = "processing-fee-large";

    fn saying(words: &str) -> String {
        report("云岭县水利局", 2025).replacen(
            "2025年度，本机关未收取政府信息公开信息处理费。",
            words,
            1,
        )
    }

    #[test]
    fn no_more_is_paid_than_was_asked_for() {
        for says in [
            "发出收费通知2件，总金额400元，实际收取信息处理费⟦processing-fee-order: 1200元⟧。",
            "全年发出信息处理费收费通知1件，金额380元。实际收取⟦processing-fee-order: 0.38万元⟧。",
        ] {
            assert_findings(&saying(says), &[ORDER]);
        }
        for says in [
            "发出收费通知2件，总金额1200元，实际收取信息处理费400元。",
            "发出收费通知2件，总金额400元，实际收取信息处理费400元。",
            "发出收费通知2件，总金额400元，实际收取信息处理费1200元，含上年通知800元。",
            "发出收费通知2件，实际收取信息处理费1200元。",
            "甲案总金额400元，实际收取400元；乙案总金额300元，实际收取300元，均为信息处理费。",
            "发出收费通知，总金额400元，减免200元，实际收取信息处理费500元。",
            "总金额400元的培训费已支付，实际收取押金500元。",
        ] {
            assert_eq!(hits(&saying(says), ORDER), [], "{says}");
        }
    }

    #[test]
    fn a_large_fee_and_one_in_wan_are_found() {
        for says in [
            "收取信息处理费⟦processing-fee-large: 400万元⟧。",
            "发出收费通知3件，总金额⟦processing-fee-large: 316441元⟧，实际收取信息处理费0元。",
        ] {
            assert_findings(&saying(says), &[LARGE]);
        }
        for says in [
            "收取信息处理费400元。",
            "收取信息处理费0万元。",
            "行政事业性收费730.6万元，未收取信息处理费。",
            "信息处理费的收费标准为每件100元，上限20万元。",
            "未收取信息处理费。开展培训，支出3万元。",
        ] {
            assert_eq!(hits(&saying(says), LARGE), [], "{says}");
        }
    }
}
