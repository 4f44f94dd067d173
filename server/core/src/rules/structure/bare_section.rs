//! A section whose only word is that there is nothing.

use super::aspects::section;
use crate::form::{Form, RuleSpec};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, PartOf, ReportCx, Scope, Sink,
};

/// `bare-section`. Keys: `section`; `words` that are all it says, marks aside; `message`; `write`, what should stand there, with `{year}`.
pub(crate) static BARE_SECTION: Mechanism =
    Mechanism { name: "bare-section", fixable: Fixable::Choice, build };

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["section", "words", "message", "write"])?;
    let (own, section) = (form.id.clone(), section(spec, form)?);
    let words = params::texts(&spec.params, "words")?;
    let message = params::text(&spec.params, "message")?;
    let write = params::text(&spec.params, "write")?;
    let check = move |cx: &ReportCx<'_>, sink: &mut Sink<'_>| {
        if cx.form.id != own {
            return;
        }
        for part in cx.parts().filter(|part| part.section() == Some(section)) {
            let said = only_words(part);
            let Some((place, _)) = said.filter(|it| words.iter().any(|word| word == it.1)) else {
                continue;
            };
            let mut finding = Finding::new(place, message.clone());
            if let Some(year) = cx.head.year {
                let words = write.replace("{year}", &year.to_string());
                let edit = Edit::new(place, words.clone());
                finding = finding.fix(format!("改为“{words}”"), Applicability::Choice, vec![edit]);
            }
            sink.push(finding);
        }
    };
    Ok(Scope::ReportWith(params::texts(&spec.params, "words")?, Box::new(check)))
}

/// The words of the only line of a part, without its last mark. A signature below it is no more to say.
pub(super) fn only_words<'a>(part: PartOf<'_, 'a>) -> Option<(Place, &'a str)> {
    let (only, rest) = part.prose().split_first()?;
    let signature_only = rest.iter().all(|line| !part.line(*line).contains(['。', '，']));
    let said = part.line(*only).trim().trim_end_matches(['。', '.', '！']);
    signature_only.then_some((part.place(*only), said))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{apply_fix, assert_findings, hits, report};

    const RULE: &str = "other-matters-bare-none";
    const FEES: &str = "2025年度，本机关未收取政府信息公开信息处理费。";

    fn said(words: &str) -> String {
        report("云岭县水利局", 2025).replace(FEES, words)
    }

    #[test]
    fn nothing_but_none_is_found_and_replaced() {
        for words in [
            "⟦other-matters-bare-none: 无⟧",
            "⟦other-matters-bare-none: 无。⟧\n云岭县水利局\n2026年1月8日",
        ] {
            assert_findings(&said(words), &[RULE]);
        }
        assert_eq!(hits(&said("无"), "fee-statement-missing"), [], "one cause, one finding");
        let mended = apply_fix(&said("无"), RULE, 0);
        assert_eq!(hits(&mended, RULE), []);
        assert_eq!(hits(&mended, "fee-statement-missing"), []);
    }

    #[test]
    fn more_than_none_and_the_old_form_pass() {
        for words in ["无其他需要报告的事项。", "无\n2025年，本机关未收取信息处理费。"]
        {
            assert_findings(&said(words), &[RULE]);
        }
        let old = report("云岭县水利局", 2020);
        assert_eq!(
            hits(&old.replace("六、其他需要报告的事项", "六、其他需要报告的事项\n无"), RULE),
            []
        );
    }
}
