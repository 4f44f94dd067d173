//! What stands between the title and the first section.

use crate::form::{Form, RuleSpec};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, ReportCx, Scope, Sink,
};
use crate::text::TextRange;

use super::outline::{is_in_traditional, line_start, outline, rest_of_line, with_line_ends_of};

/// `preface`. Keys: `any`, words of which one makes the statement; `of`, words by which a preface is known; `message`; `insert`, the statement, which the
/// preface then begins with.
/// Without `of` the rule is for reports without any preface, and one of `any` in the first section stands in for it: authors put the preface there, too.
/// The form's own preface is then what the fix inserts.
pub(crate) static PREFACE: Mechanism =
    Mechanism { name: "preface", fixable: Fixable::Choice, build };

struct Spec {
    form: String,
    of: Option<Vec<String>>,
    message: String,
    insert: Option<String>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["any", "of", "message", "insert"])?;
    let has = |key: &str| spec.params.contains_key(key);
    let any = params::texts(&spec.params, "any")?;
    let own = Spec {
        form: form.id.clone(),
        of: has("of").then(|| params::texts(&spec.params, "of")).transpose()?,
        message: params::text(&spec.params, "message")?,
        insert: has("insert").then(|| params::text(&spec.params, "insert")).transpose()?,
    };
    Ok(Scope::ReportWith(any, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let Some(title) = &cx.report.head.title else { return };
    // Without the first section's heading nobody knows where the preface ends.
    let Some(first) = outline(cx).first().filter(|it| it.section == 0).map(|it| it.part) else {
        return;
    };
    if cx.report.form.id != spec.form
        || is_in_traditional(cx)
        || cx.report.parts[..first].iter().any(|part| part.heading.is_some())
        || title.place.part as usize >= first
    {
        return;
    }
    let preface = sentences(cx, title.place, first);
    let said_before = |end: usize| cx.mentions.iter().any(|line| (line.part as usize) < end);
    match (&spec.of, preface.first()) {
        (None, None) if !said_before(first + 1) => {
            sink.push(lacking_all(cx, spec, title.place));
        }
        (Some(of), Some(&line)) if !said_before(first) => {
            let holds = |line: &Place| of.iter().any(|word| cx.text(*line).contains(word.as_str()));
            if preface.iter().any(holds) {
                sink.push(lacking_statement(spec, line));
            }
        }
        _ => {}
    }
}

/// The lines of sentences between the title and the first section. What a page adds there (来源, 发布时间, 字号) is none.
fn sentences(cx: &ReportCx<'_>, title: Place, first: usize) -> Vec<Place> {
    let parts = cx.report.parts.iter().enumerate().take(first).skip(title.part as usize);
    let lines = parts
        .flat_map(|(index, part)| part.prose.iter().map(move |range| Place::new(index, *range)));
    lines
        .filter(|line| line.part > title.part || line.range.end > title.range.end)
        .filter(|line| cx.text(*line).contains(['，', ',', '。']))
        .collect()
}

fn lacking_all(cx: &ReportCx<'_>, spec: &Spec, title: Place) -> Finding {
    let finding = Finding::new(title, spec.message.clone());
    let head = &cx.report.head;
    let text = cx.texts[title.part as usize];
    let line = rest_of_line(text, title.range.end as usize);
    let before = text.get(line_start(text, title.range.start as usize)..line.end as usize);
    let (Some(agency), Some(year)) = (&head.agency, head.year) else { return finding };
    // A plain line behind a tag would belong to the title.
    if before.is_none_or(|line| line.contains('<')) {
        return finding;
    }
    let preface = cx.report.form.preface.replace("{agency}", &agency.text);
    let preface = preface.replace("{year}", &year.to_string());
    let place = Place { range: TextRange::empty(line.end as usize), ..title };
    let edit = Edit::new(place, with_line_ends_of(text, &format!("\n\n{preface}")));
    finding.fix("补上引言", Applicability::Choice, vec![edit])
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
    use crate::rules::testing::{apply_fix, hits, report};

    const MISSING: &str = "preface-missing";
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
        for words in
            ["", "发布时间：2026-01-12 10:20 来源：县水利局 字体：[大 中 小]", "（2026年1月12日）"]
        {
            let found = hits(&with(words), MISSING);
            assert_eq!(found.len(), 1, "{words}: {found:?}");
            assert_eq!(hits(&with(words), BASIS), [], "{words}");
        }
        let fixed = apply_fix(&with(""), MISSING, 0);
        assert!(fixed.contains("编制云岭县水利局2025年政府信息公开工作年度报告"), "{fixed}");
        for rule in [MISSING, BASIS, "preface-period-missing"] {
            assert_eq!(hits(&fixed, rule), [], "{rule}");
        }
        let windows = apply_fix(&with("").replace('\n', "\r\n"), MISSING, 0);
        assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count());
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
