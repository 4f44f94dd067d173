//! Statements that a report, or one of its sections, has to make.

use super::bare_section::only_words;
use super::outline::{hides_words, is_broken_up};
use super::preface::Preface;
use super::stretch::Stretch;
use super::yielding::Other;
use crate::form::{Form, RuleSpec, SectionIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, Mention, PartOf, ReportCx, Scope,
    Severity, Sink,
};
use crate::text::TextRange;

/// `statement-missing`. Keys: `any`, words of which one makes the statement; `not`, stretches in which they do not; `section`, the section that
/// makes it, else the whole report; `message`; `insert`, the statement, in which `{year}` stands for the report year; `elsewhere`, whether it is only
/// remarked on where another section says it; `without_preface`, the message where there is no preface, to which a statement without section belongs;
/// `leaves_to`, the rule that speaks of a section in which only one of the words of `left` stands.
pub(crate) static STATEMENT_MISSING: Mechanism =
    Mechanism { name: "statement-missing", fixable: Fixable::Choice, build };

/// `words-missing`: the same without `insert`, of what only the author knows.
pub(crate) static WORDS_MISSING: Mechanism =
    Mechanism { name: "words-missing", fixable: Fixable::No, build: build_words };

struct Spec {
    form: String,
    section: Option<SectionIndex>,
    message: String,
    without_preface: Option<String>,
    insert: Option<String>,
    leaves_to: Option<Other>,
    left: Vec<String>,
    any: Vec<String>,
    not: Vec<Stretch>,
    elsewhere: bool,
}

/// The keys of both mechanisms.
const KEYS: [&str; 8] =
    ["any", "not", "section", "message", "elsewhere", "without_preface", "leaves_to", "left"];

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &[&KEYS[..], &["insert"]].concat())?;
    params::text(&spec.params, "insert")?;
    build_check(spec, form)
}

fn build_words(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &KEYS)?;
    build_check(spec, form)
}

fn build_check(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    let section = match spec.params.get("section").and_then(toml::Value::as_str) {
        Some(id) => Some(
            form.sections
                .iter()
                .position(|section| section.id == id)
                .ok_or_else(|| format!("没有名为“{id}”的部分"))?,
        ),
        None => None,
    };
    let has = |key: &str| spec.params.contains_key(key);
    let text = |key| has(key).then(|| params::text(&spec.params, key)).transpose();
    let texts = |key| if has(key) { params::texts(&spec.params, key) } else { Ok(Vec::new()) };
    let any = params::texts(&spec.params, "any")?;
    let own = Spec {
        form: form.id.clone(),
        section,
        message: params::text(&spec.params, "message")?,
        without_preface: text("without_preface")?,
        insert: text("insert")?,
        leaves_to: Other::read(spec, form)?,
        left: texts("left")?,
        any: any.clone(),
        not: Stretch::read(spec, "not")?,
        elsewhere: spec.params.get("elsewhere").and_then(toml::Value::as_bool).unwrap_or(false),
    };
    Ok(Scope::ReportWith(any, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let Some(title) = &cx.head.title else { return };
    if cx.form.id != spec.form || hides_words(cx) {
        return;
    }
    let says = |it: &Mention<'_>| spec.is_said(cx.line(it.line));
    let Some(section) = spec.section else {
        let is_broken_up = || cx.parts().any(|part| is_broken_up(part.text()));
        if !cx.mentions.iter().any(says) && !is_broken_up() {
            sink.push(lacking(cx, spec, title.place));
        }
        return;
    };
    let mut own = cx.parts().filter(|part| part.section() == Some(section));
    // A section that is missing, empty or twice there is another fault.
    let (Some(part), None) = (own.next(), own.next()) else { return };
    let Some(heading) = part.heading() else { return };
    let is_here = |it: &&Mention<'_>| it.line.part() == part.index;
    let is_said = || cx.mentions.iter().filter(is_here).any(says);
    let is_broken_up = || is_broken_up(part.text());
    if !part.has_content() || is_said() || is_broken_up() || spec.is_left(cx, part) {
        return;
    }
    let mut finding = Finding::new(part.place(heading.range), spec.message.clone());
    let places = part.prose().last().zip(cx.head.year);
    if let (Some((last, year)), Some(insert)) = (places, &spec.insert) {
        let end = if part.text().contains("\r\n") { "\r\n" } else { "\n" };
        let statement = insert.replace("{year}", &year.to_string());
        let place = part.place(TextRange::empty(last.end as usize));
        let edit = Edit::new(place, format!("{end}{statement}"));
        let title = format!("补上“{statement}”");
        finding = finding.fix(title, Applicability::Choice, vec![edit]);
    }
    if spec.elsewhere && cx.mentions.iter().any(says) {
        sink.push_at(Severity::Info, finding);
    } else {
        sink.push(finding);
    }
}

/// The finding on a statement that the whole report lacks.
fn lacking(cx: &ReportCx<'_>, spec: &Spec, title: Place) -> Finding {
    let preface = Preface::of(cx);
    let is_bare = preface.as_ref().is_some_and(|it| it.lines.is_empty());
    let message = spec.without_preface.as_ref().filter(|_| is_bare).unwrap_or(&spec.message);
    let finding = Finding::new(title, message.clone());
    let (Some(preface), Some(insert)) = (preface, &spec.insert) else { return finding };
    if is_bare {
        return preface.written(cx, finding);
    }
    let Some(year) = cx.head.year else { return finding };
    let statement = insert.replace("{year}", &year.to_string());
    preface.extended(cx, finding, &statement)
}

impl Spec {
    /// Whether another rule says that the section at `part` is bare.
    fn is_left(&self, cx: &ReportCx<'_>, part: PartOf<'_, '_>) -> bool {
        let is_bare =
            || only_words(part).is_some_and(|(_, it)| self.left.iter().any(|word| word == it));
        self.leaves_to.as_ref().is_some_and(|other| other.is_on(cx)) && is_bare()
    }

    /// Does the line make the statement? 针对存在的不足，将加强培训 names no shortcoming, though the word stands there.
    fn is_said(&self, line: &str) -> bool {
        if self.not.is_empty() {
            return true;
        }
        let left = self.not.iter().fold(line.to_owned(), |left, not| not.cut(&left));
        self.any.iter().any(|word| left.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Severity;
    use crate::rules::testing::{assert_findings, hits, report};

    #[test]
    fn a_text_with_blanks_between_all_characters_is_not_measured() {
        let spaced = |text: &str| text.chars().map(|c| format!("{c} ")).collect::<String>();
        let text = "青石县水利局2024年政府信息公开工作年度报告\n六、其他需要报告的事项\n未收取信息处理费。\n";
        let lines: String = text.lines().map(|line| spaced(line) + "\n").collect();
        assert_eq!(hits(&lines, "fee-statement-missing"), []);
    }

    const TEMPLATE: &str = "公开工作还存在内容不够全面、更新不够及时等问题。下一步将细化公开事项，明确更新时限，加强业务培训。";
    const HEADING: &str = "五、存在的主要问题及改进情况";

    fn with(words: &str, rule: &str) -> String {
        let text = report("云岭县水利局", 2025);
        assert!(text.contains(TEMPLATE));
        text.replace(HEADING, &format!("⟦{rule}: {HEADING}⟧")).replace(TEMPLATE, words)
    }

    #[test]
    fn measures_against_what_is_not_named_name_no_problem() {
        for words in [
            "针对公开工作中存在的不足，一是增加图解，二是培训人员。",
            "2025年，针对存在的问题，强化问题整改。\n2026年将做好解读。",
            "将继续做好公开工作。",
        ] {
            assert_findings(&with(words, "problems-missing"), &["problems-missing"]);
        }
    }

    #[test]
    fn a_bare_none_is_one_fault() {
        let text = report("云岭县水利局", 2025).replace(TEMPLATE, "无。");
        assert_eq!(hits(&text, "problems-missing").len(), 1);
        assert_eq!(hits(&text, "measures-missing"), []);
    }

    #[test]
    fn a_fee_is_reported_in_its_section() {
        const RULE: &str = "fee-statement-missing";
        const FEES: &str = "2025年度，本机关未收取政府信息公开信息处理费。";
        let said = |own: &str, elsewhere: &str| {
            report("云岭县水利局", 2025).replace(FEES, own).replacen(
                "规范申请的登记、审核、办理、答复和归档。",
                elsewhere,
                1,
            )
        };
        let severity =
            |text: &str| hits(text, RULE).into_iter().map(|hit| hit.severity).collect::<Vec<_>>();
        let other = "落实年度要点，办理建议3件。";
        assert_eq!(severity(&said(other, "按期答复。")), [Severity::Warning]);
        assert_eq!(severity(&said(other, "按期答复，未收取信息处理费。")), [Severity::Info]);
        for own in [
            "发出收费通知2件，总金额400元，实际收取400元。",
            "本年度未收取任何费用。",
            "（一）收取信息处理费情况。无。\n（二）其他事项。无。",
        ] {
            assert_eq!(severity(&said(own, "按期答复。")), [], "{own}");
        }
        // There was no such fee before.
        assert_eq!(severity(&said(other, "按期答复。").replace("2025年", "2020年")), []);
    }

    #[test]
    fn a_contact_that_is_only_spoken_of_is_none() {
        let rule = "contact-missing";
        let saying = |words: &str| {
            report("云岭县水利局", 2025).replace("规范申请的登记、审核、办理、答复和归档。", words)
        };
        for words in
            ["公开机构设置、办公地址、联系方式等信息。", "通过12345热线电话、信函受理申请。"]
        {
            assert_eq!(hits(&saying(words), rule).len(), 1, "{words}");
        }
        for words in [
            "联系电话：0000-1234567。",
            "有疑问请联系（地址：云岭县人民路1号）。",
            "邮箱为a@b.cn。",
        ] {
            assert_eq!(hits(&saying(words), rule), [], "{words}");
        }
    }

    #[test]
    fn a_problem_in_other_words_is_one() {
        for words in [
            "存在的问题：解读形式单一。改进措施：增加图解。",
            "针对上年解读偏少的问题，增加了图解，但更新仍较慢，栏目有待整合。",
            "一是部分栏目更新滞后；二是人员少，培训少。下一步将加强培训。",
            "存在的主要问题\n工作人员对条例的理解不深。\n改进情况\n组织学习。",
        ] {
            let text = report("云岭县水利局", 2025).replace(TEMPLATE, words);
            assert_eq!(hits(&text, "problems-missing"), [], "{words}");
        }
    }

    #[test]
    fn problems_alone_want_measures() {
        assert_findings(
            &with("公开内容不够全面，更新不够及时。", "measures-missing"),
            &["measures-missing"],
        );
        let text = report("云岭县水利局", 2025)
            .replace(TEMPLATE, "更新不够及时。2026年，我局将明确时限。");
        assert_eq!(hits(&text, "measures-missing"), []);
    }
}
