//! Statements that a report, or one of its sections, has to make.

use crate::form::{Form, RuleSpec, SectionIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{
    Applicability, Check, Edit, Finding, Fixable, Mechanism, ReportCx, Scope, Severity, Sink,
};
use crate::text::TextRange;

/// `statement-missing`. Keys: `any`, words of which one makes the statement; `section`, the section that makes it, else the whole report; `message`;
/// `insert`, the statement, in which `{year}` stands for the report year. Said in another section, it is only remarked on.
pub(crate) static STATEMENT_MISSING: Mechanism =
    Mechanism { name: "statement-missing", fixable: Fixable::Choice, build };

struct Spec {
    form: String,
    section: Option<SectionIndex>,
    message: String,
    insert: String,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["any", "section", "message", "insert"])?;
    let section = match spec.params.get("section").and_then(toml::Value::as_str) {
        Some(id) => Some(
            form.sections
                .iter()
                .position(|section| section.id == id)
                .ok_or_else(|| format!("没有名为“{id}”的部分"))?,
        ),
        None => None,
    };
    let own = Spec {
        form: form.id.clone(),
        section,
        message: params::text(&spec.params, "message")?,
        insert: params::text(&spec.params, "insert")?,
    };
    let any = params::texts(&spec.params, "any")?;
    Ok(Scope::ReportWith(any, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    let Some(title) = &cx.report.head.title else { return };
    if cx.report.form.id != spec.form {
        return;
    }
    let is_said_anywhere = !cx.mentions.is_empty();
    let Some(section) = spec.section else {
        if !is_said_anywhere {
            sink.push(Finding::new(title.place, spec.message.clone()));
        }
        return;
    };
    let mut own =
        cx.report.parts.iter().zip(cx.texts).enumerate().filter_map(|(index, (part, text))| {
            let heading = part.heading.as_ref().filter(|it| it.section == Some(section))?;
            Some((index, part, text, heading))
        });
    // A section that is missing, empty or twice there is another fault.
    let (Some((index, part, text, heading)), None) = (own.next(), own.next()) else { return };
    let is_said = cx.mentions.iter().any(|line| line.part as usize == index);
    if !part.has_content || is_said {
        return;
    }
    let mut finding = Finding::new(Place::new(index, heading.range), spec.message.clone());
    if let (Some(last), Some(year)) = (part.prose.last(), cx.report.head.year) {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let statement = spec.insert.replace("{year}", &year.to_string());
        let place = Place::new(index, TextRange::empty(last.end as usize));
        let edit = Edit::new(place, format!("{end}{statement}"));
        let title = format!("补上“{statement}”");
        finding = finding.fix(title, Applicability::Choice, vec![edit]);
    }
    if is_said_anywhere {
        sink.push_at(Severity::Info, finding);
    } else {
        sink.push(finding);
    }
}
