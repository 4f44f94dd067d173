//! The time that the figures of a report are of.

use super::dates::{dates, joins};
use crate::form::{Form, RuleSpec};
use crate::rules::plausibility::params;
use crate::rules::{Applicability, Check, Edit, Finding, Fixable, LineCx, Mechanism, Scope, Sink};

/// `period`. Key: `before`, words of which one stands before the period in its sentence.
pub(crate) static PERIOD: Mechanism = Mechanism { name: "period", fixable: Fixable::Choice, build };

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["before"])?;
    let before = params::texts(&spec.params, "before")?;
    Ok(Scope::LineWith(before.clone(), Box::new(move |cx, sink| check(cx, sink, &before))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, before: &[String]) {
    let Some(year) = cx.head.year else { return };
    let Some(cue) = before.iter().filter_map(|word| cx.text.find(word.as_str())).min() else {
        return;
    };
    let dates = dates(cx.text);
    let mut behind = dates.windows(2).filter(|pair| pair[0].range.start >= cue);
    let Some([from, to]) = behind.next() else { return };
    let is_said = !cx.slice((cue..from.range.start).into()).contains(['。', '；']);
    if !is_said || !joins(cx.slice((from.range.end..to.range.start).into())) {
        return;
    }
    let Some(first) = from.year else { return };
    let last = to.year.unwrap_or(first);
    if (first, from.month, from.day, last, to.month, to.day) == (year, 1, 1, year, 12, 31) {
        return;
    }
    let right = format!("{year}年1月1日至{year}年12月31日");
    let place = cx.place(from.range.start..to.range.end);
    let message = format!("{year}年报告的统计期限应为{right}");
    let edit = Edit::new(place, right.clone());
    let finding = Finding::new(place, message);
    sink.push(finding.fix(format!("改为{right}"), Applicability::Choice, vec![edit]));
}
