//! What stands between the title and the first section.

use crate::form::{Form, RuleSpec};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, ReportCx, Scope, Sink,
};
use crate::text::TextRange;

use super::outline::{hides_words, line_start, outline, rest_of_line, with_line_ends_of};
use super::yielding::Other;

/// `preface`. Keys: `any`, words of which one makes the statement; `of`, words by which a preface is known; `message`; `insert`, the statement, which the
/// preface then begins with.
/// Without `of` the rule is for reports without any preface, and one of `any` in the first section stands in for it: authors put the preface there, too.
/// The form's own preface is then what the fix inserts. `leaves_to` is the rule that says it where none of the words of `left` stands in the report either.
pub(crate) static PREFACE: Mechanism =
    Mechanism { name: "preface", fixable: Fixable::Choice, build };

/// What stands between the title and the first section.
pub(super) struct Preface {
    /// Its sentences, line by line. What a page adds there (来源, 发布时间, 字号) is none.
    pub(super) lines: Vec<Place>,
    title: Place,
    /// The first section's part.
    first: usize,
}

struct Spec {
    form: String,
    any: Vec<String>,
    of: Option<Vec<String>>,
    message: String,
    insert: Option<String>,
    leaves_to: Option<Other>,
    left: Vec<String>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["any", "of", "message", "insert", "leaves_to", "left"])?;
    let has = |key: &str| spec.params.contains_key(key);
    let texts = |key| if has(key) { params::texts(&spec.params, key) } else { Ok(Vec::new()) };
    let own = Spec {
        form: form.id.clone(),
        any: params::texts(&spec.params, "any")?,
        of: has("of").then(|| params::texts(&spec.params, "of")).transpose()?,
        message: params::text(&spec.params, "message")?,
        insert: has("insert").then(|| params::text(&spec.params, "insert")).transpose()?,
        leaves_to: Other::read(spec, form)?,
        left: texts("left")?,
    };
    let words = own.any.iter().chain(&own.left).cloned().collect();
    Ok(Scope::ReportWith(words, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let Some(preface) = Preface::of(cx).filter(|_| cx.form.id == spec.form) else { return };
    let has = |words: &[String], line: Place| words.iter().any(|it| cx.line(line).contains(it));
    let said_before = |end: usize| {
        cx.mentions.iter().any(|it| it.line.part() < end && it.holds(0..spec.any.len()))
    };
    match (&spec.of, preface.lines.first()) {
        (None, None) if !said_before(preface.first + 1) => {
            let is_left = spec.leaves_to.as_ref().is_some_and(|other| other.is_on(cx))
                && !cx
                    .mentions
                    .iter()
                    .any(|it| it.holds(spec.any.len()..spec.any.len() + spec.left.len()));
            if !is_left {
                let finding = Finding::new(preface.title, spec.message.clone());
                sink.push(preface.written(cx, finding));
            }
        }
        (Some(of), Some(&line))
            if !said_before(preface.first) && preface.lines.iter().any(|line| has(of, *line)) =>
        {
            sink.push(lacking_statement(spec, line));
        }
        _ => {}
    }
}

impl Preface {
    /// The report's; `None` where nobody knows what belongs to it, as without the first section's heading.
    pub(super) fn of(cx: &ReportCx<'_>) -> Option<Self> {
        let title = cx.head.title.as_ref()?.place;
        let first = outline(cx).first().filter(|it| it.section == 0)?.part;
        let parts = cx.parts().take(first).skip(title.part());
        let is_cut = cx.parts().take(first).any(|part| part.heading().is_some());
        if hides_words(cx) || is_cut || title.part() >= first {
            return None;
        }
        let lines = parts.flat_map(|part| part.prose().iter().map(move |range| part.place(*range)));
        let lines = lines
            .filter(|line| line.part > title.part || line.range.end > title.range.end)
            .filter(|line| cx.line(*line).contains(['，', ',', '。']));
        Some(Self { lines: lines.collect(), title, first })
    }

    /// `finding` with a fix that writes the form's preface below the title.
    pub(super) fn written(&self, cx: &ReportCx<'_>, finding: Finding) -> Finding {
        let head = cx.head;
        let text = cx.whole(self.title.part());
        let line = rest_of_line(text, self.title.range.end as usize);
        let before = text.get(line_start(text, self.title.range.start as usize)..line.end as usize);
        let (Some(agency), Some(year)) = (&head.agency, head.year) else { return finding };
        // A plain line behind a tag would belong to the title.
        if before.is_none_or(|line| line.contains('<')) {
            return finding;
        }
        let preface = cx.form.preface.replace("{agency}", &agency.text);
        let preface = preface.replace("{year}", &year.to_string());
        let place = Place { range: TextRange::empty(line.end as usize), ..self.title };
        let edit = Edit::new(place, with_line_ends_of(text, &format!("\n\n{preface}")));
        finding.fix("补上引言", Applicability::Choice, vec![edit])
    }

    /// `finding` with a fix that adds a sentence behind the first line that ends, or before the first of lines that lead on (报告如下：).
    pub(super) fn extended(&self, cx: &ReportCx<'_>, finding: Finding, sentence: &str) -> Finding {
        let ends = |line: &&Place| cx.line(**line).trim_end().ends_with('。');
        let Some(&first) = self.lines.first() else { return finding };
        let end = self.lines.iter().find(ends).map(|line| (*line, line.range.end));
        let (line, at) = end.unwrap_or((first, first.range.start));
        let place = Place { range: TextRange::empty(at as usize), ..line };
        let title = format!("在引言里补上“{sentence}”");
        finding.fix(title, Applicability::Choice, vec![Edit::new(place, sentence)])
    }
}

fn lacking_statement(spec: &Spec, line: Place) -> Finding {
    let finding = Finding::new(line, spec.message.clone());
    let Some(insert) = &spec.insert else { return finding };
    let start = Place { range: TextRange::empty(line.range.start as usize), ..line };
    let title = format!("在引言开头补上“{insert}”");
    finding.fix(title, Applicability::Choice, vec![Edit::new(start, insert.clone())])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::rules::testing::{apply_fix, check_with, hits, report};

    const MISSING: &str = "preface-missing";
    const PERIOD: &str = "preface-period-missing";
    const BASIS: &str = "preface-basis-missing";

    /// The report with `words` for its preface.
    fn with(words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        let start = text.find("根据《").unwrap();
        let end = start + text[start..].find('\n').unwrap();
        format!("{}{words}{}", &text[..start], &text[end..])
    }

    #[test]
    fn a_report_that_begins_with_its_first_section_lacks_a_preface() {
        let period = "表中数据的统计期限为2025年1月1日至12月31日。";
        let with = |words: &str| with(words) + period;
        for words in
            ["", "发布时间：2026-01-12 10:20 来源：县水利局 字体：[大 中 小]", "（2026年1月12日）"]
        {
            let found = hits(&with(words), MISSING);
            assert_eq!(found.len(), 1, "{words}: {found:?}");
            assert_eq!(hits(&with(words), BASIS), [], "{words}");
        }
        let fixed = apply_fix(&with(""), MISSING, 0);
        assert!(fixed.contains("编制云岭县水利局2025年政府信息公开工作年度报告"), "{fixed}");
        for rule in [MISSING, BASIS, PERIOD] {
            assert_eq!(hits(&fixed, rule), [], "{rule}");
        }
        let windows = apply_fix(&with("").replace('\n', "\r\n"), MISSING, 0);
        assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count());
    }

    #[test]
    fn without_preface_and_period_one_rule_says_both() {
        let found = check_with(&with(""), &[]);
        let found = found.iter().filter(|hit| hit.rule.starts_with("preface-"));
        let found: Vec<_> = found.map(|hit| (hit.rule.as_str(), &hit.message)).collect();
        assert!(
            matches!(found[..], [(PERIOD, message)] if message.contains("没有引言")),
            "{found:?}"
        );
        let fixed = apply_fix(&with(""), PERIOD, 0);
        for rule in [MISSING, BASIS, PERIOD] {
            assert_eq!(hits(&fixed, rule), [], "{rule}");
        }
    }

    #[test]
    fn the_period_goes_behind_a_sentence_and_before_what_leads_on() {
        const SAYS: &str = "本报告所列数据的统计期限为2025年1月1日至2025年12月31日。";
        for (before, after) in [
            ("按条例编制本报告。", format!("按条例编制本报告。{SAYS}")),
            ("按条例，现将情况报告如下：", format!("{SAYS}按条例，现将情况报告如下：")),
            (
                "按条例编制本报告。\n有疑问，请拨打电话：0000-1234567",
                format!("按条例编制本报告。{SAYS}\n有疑问，请拨打电话：0000-1234567"),
            ),
        ] {
            let found = hits(&with(before), PERIOD);
            assert!(!found[0].message.contains("没有引言"), "{before}");
            assert_eq!(apply_fix(&with(before), PERIOD, 0), with(&after));
        }
    }

    #[test]
    fn a_period_in_other_words_is_one() {
        for words in [
            "本报告中数据统计时限自2025年1月1日起至12月31日止。",
            "报告数据截取时间为2025年1月1日—2025年12月31日。",
            "统计周期：2025年全年。",
            "所列数据的统计期限为自然年度。",
        ] {
            assert_eq!(hits(&with(words), PERIOD), [], "{words}");
        }
        assert_eq!(hits(&with("本报告的数据均为2025年数据。"), PERIOD).len(), 1);
    }

    #[test]
    fn a_preface_elsewhere_is_one() {
        let below =
            |words: &str| with("").replace("一、总体情况\n", &format!("一、总体情况\n{words}\n"));
        for text in [
            below("根据《中华人民共和国政府信息公开条例》，现公布本年度报告。"),
            below("2025年，县水利局依法公开信息，现将工作情况报告如下："),
            below("本报告所列数据的统计期限为2025年1月1日至12月31日。"),
            with("").replacen(
                "年度报告\n",
                "年度报告 本报告由县水利局编制，电子版可在县政府网站下载。\n",
                1,
            ),
        ] {
            assert_eq!(hits(&text, MISSING), [], "{text}");
        }
    }

    #[test]
    fn a_short_preface_is_one() {
        for words in [
            "现将2025年政府信息公开工作报告如下：",
            "2025年，县水利局认真做好政府信息公开工作。",
            "本报告由县水利局编制。",
        ] {
            assert_eq!(hits(&with(words), MISSING), [], "{words}");
        }
    }

    #[test]
    fn a_text_without_title_or_sections_is_not_measured() {
        let untitled = with("").replacen("云岭县水利局2025年政府信息公开工作年度报告", "", 1);
        assert_eq!(hits(&untitled, MISSING), []);
        let traditional = with("根據《中華人民共和國政府信息公開條例》，現公布本年度報告。")
            .replacen("公开工作年度报告", "公開工作年度報告", 1);
        for rule in [MISSING, BASIS] {
            assert_eq!(hits(&traditional, rule), [], "{rule}");
        }
        let excerpt = "云岭县水利局2025年政府信息公开工作年度报告\n一、总体情况\n开展了工作。\n";
        assert_eq!(hits(excerpt, MISSING), []);
    }

    #[test]
    fn a_preface_without_basis_is_found() {
        let text = with(
            "现公布云岭县水利局2025年政府信息公开工作年度报告。本报告统计期限为2025年1月1日至12月31日。",
        );
        let found = hits(&text, BASIS);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(hits(&apply_fix(&text, BASIS, 0), BASIS), []);
    }

    #[test]
    fn a_basis_in_other_words_is_one() {
        for words in [
            "按照县政府办公室关于编制年度报告的通知，编制本报告。",
            "按照上级要求，现公布本报告。",
            "依照有关规定，我局编制了本年度报告。",
            "2025年，县水利局稳步推进各项工作，成效明显。",
        ] {
            assert_eq!(hits(&with(words), BASIS), [], "{words}");
        }
    }
}
