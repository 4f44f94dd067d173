//! How long a section is, and what it speaks of; what one office asks of it and another does not.

use super::aspects::{parts_of, section};
use crate::form::{Form, RuleSpec};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink};

/// `section-length`. Keys: `section`; `most`, characters of running text, blanks aside.
pub(crate) static SECTION_LENGTH: Mechanism =
    Mechanism { name: "section-length", fixable: Fixable::No, build: build_length };

/// `section-figures`. Keys: `section`; `units`, what stands behind a count.
pub(crate) static SECTION_FIGURES: Mechanism =
    Mechanism { name: "section-figures", fixable: Fixable::No, build: build_figures };

/// `section-topic`. Keys: `section`; `words` of which each sentence should hold one; `percent`, the most sentences that may do without.
pub(crate) static SECTION_TOPIC: Mechanism =
    Mechanism { name: "section-topic", fixable: Fixable::No, build: build_topic };

/// Sentences of which a share can be told.
const FEWEST: usize = 6;

fn build_length(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["section", "most"])?;
    let (own, section) = (form.id.clone(), section(spec, form)?);
    let most = number(spec, "most")?;
    let check = move |cx: &ReportCx<'_>, sink: &mut Sink<'_>| {
        let lines = lines(cx, &own, section);
        let letters = |line: &&str| line.chars().filter(|c| !c.is_whitespace()).count();
        let count: usize = lines.iter().map(letters).sum();
        let Some(heading) = heading(cx, section).filter(|_| count > most) else { return };
        let name = &cx.form.sections[section].heading;
        sink.push(Finding::new(heading, format!("“{name}”有 {count} 字，超过 {most} 字，请精简")));
    };
    Ok(Scope::Report(Box::new(check)))
}

fn build_figures(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["section", "units"])?;
    let (own, section) = (form.id.clone(), section(spec, form)?);
    let units = params::texts(&spec.params, "units")?;
    let check = move |cx: &ReportCx<'_>, sink: &mut Sink<'_>| {
        let lines = lines(cx, &own, section);
        if lines.is_empty() || lines.iter().any(|line| counts(line, &units)) {
            return;
        }
        let Some(heading) = heading(cx, section) else { return };
        let name = &cx.form.sections[section].heading;
        let message = format!("“{name}”没有一个数量，请写明公开了多少条、多少件");
        sink.push(Finding::new(heading, message));
    };
    Ok(Scope::Report(Box::new(check)))
}

fn build_topic(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["section", "words", "percent"])?;
    let (own, section) = (form.id.clone(), section(spec, form)?);
    let words = params::texts(&spec.params, "words")?;
    let percent = number(spec, "percent")?;
    let check = move |cx: &ReportCx<'_>, sink: &mut Sink<'_>| {
        let lines = lines(cx, &own, section);
        let sentences: Vec<_> = lines
            .iter()
            .flat_map(|it| it.split('。'))
            .filter(|it| it.chars().count() > 5)
            .collect();
        let is_off = |it: &&&str| !words.iter().any(|word| it.contains(word.as_str()));
        let off = sentences.iter().filter(is_off).count();
        if sentences.len() < FEWEST || off * 100 <= sentences.len() * percent {
            return;
        }
        let Some(heading) = heading(cx, section) else { return };
        let all = sentences.len();
        let message =
            format!("{all} 句里有 {off} 句没有说到政府信息公开，请删去与之无关的业务成绩");
        sink.push(Finding::new(heading, message));
    };
    Ok(Scope::Report(Box::new(check)))
}

/// Does a count stand in the line: digits, and one of `units` behind them?
fn counts(line: &str, units: &[String]) -> bool {
    units.iter().any(|unit| {
        line.match_indices(unit.as_str()).any(|(at, _)| {
            let before = line[..at].trim_end_matches([' ', '余', '多', '万']);
            before.ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        })
    })
}

fn lines<'a>(cx: &'a ReportCx<'_>, form: &str, section: usize) -> Vec<&'a str> {
    let is_own = cx.form.id == form;
    let parts = parts_of(cx, section).filter(|_| is_own);
    let places = parts.flat_map(|part| part.prose().iter().map(move |it| part.line(*it)));
    places.collect()
}

fn heading(cx: &ReportCx<'_>, section: usize) -> Option<Place> {
    let part = parts_of(cx, section).next()?;
    Some(part.place(part.heading()?.range))
}

/// The whole number at `name`.
fn number(spec: &RuleSpec, name: &str) -> Result<usize, String> {
    let value = spec.params.get(name).and_then(toml::Value::as_integer);
    value.and_then(|it| usize::try_from(it).ok()).ok_or_else(|| format!("“{name}”应为整数"))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{hits, report};

    fn overview(lines: &str) -> String {
        let text = report("云岭县水利局", 2025);
        let from = text.find("（一）主动公开").expect("the overview");
        let to = text.find("二、主动公开政府信息情况").expect("the next heading");
        format!("{}{lines}\n{}", &text[..from], &text[to..])
    }

    #[test]
    fn a_long_overview_is_counted_without_blanks() {
        let rule = "overview-too-long";
        assert_eq!(hits(&overview(&"公开 ".repeat(500)), rule), []);
        let found = hits(&overview(&"公开 ".repeat(501)), rule);
        assert!(found[0].message.contains("1002 字"), "{}", found[0].message);
        assert_eq!(found[0].words, "一、总体情况");
    }

    #[test]
    fn a_count_in_any_writing_is_one() {
        let rule = "overview-figures-missing";
        for words in ["公开信息 30 余条。", "发布１２篇。", "公开1.2万条。"] {
            assert_eq!(hits(&overview(words), rule), [], "{words}");
        }
        assert_eq!(hits(&overview("2025年，按条例公开。"), rule).len(), 1);
    }

    #[test]
    fn more_than_half_of_other_matters_is_too_much() {
        let rule = "overview-off-topic";
        let (own, other) = ("及时公开各类政府信息。", "新增规上企业三家以上。");
        assert_eq!(hits(&overview(&(own.repeat(3) + &other.repeat(3))), rule), []);
        assert_eq!(hits(&overview(&(own.repeat(2) + &other.repeat(4))), rule).len(), 1);
        assert_eq!(hits(&overview(&other.repeat(2)), rule), []);
    }
}
