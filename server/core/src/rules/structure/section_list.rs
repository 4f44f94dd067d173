//! A preface that lists the sections, against those that the form has.

use crate::form::{Form, RuleSpec, SectionIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink};
use crate::text::TextRange;

/// `section-list`. A list stands in one sentence, between one of `opens` and one of `closes`, and holds one of `first` and, as its
/// last item but one, one of `last`.
/// `named` has, by section, the words of which one names it; a section that the list does not name is what the finding says.
pub(crate) static SECTION_LIST: Mechanism =
    Mechanism { name: "section-list", fixable: Fixable::No, build };

struct Spec {
    form: String,
    opens: Vec<String>,
    closes: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    named: Vec<(SectionIndex, Vec<String>)>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["opens", "closes", "first", "last", "named"])?;
    let table = spec.params.get("named").and_then(toml::Value::as_table).ok_or("缺少“named”")?;
    let mut named = Vec::new();
    for id in table.keys() {
        let section = form.section(id).ok_or_else(|| format!("没有名为“{id}”的部分"))?;
        named.push((section, params::texts(table, id)?));
    }
    named.sort();
    let texts = |name: &str| params::texts(&spec.params, name);
    let own = Spec {
        form: form.id.clone(),
        opens: texts("opens")?,
        closes: texts("closes")?,
        first: texts("first")?,
        last: texts("last")?,
        named,
    };
    // Every list has one of each, and these are the fewest.
    let last = own.last.clone();
    Ok(Scope::ReportWith(last, Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    if cx.report.form.id != spec.form {
        return;
    }
    for &line in cx.mentions {
        // The preface may stand below the first heading; what later sections list is something else.
        let heading = cx.report.parts.get(line.part as usize).and_then(|it| it.heading.as_ref());
        if heading.is_some_and(|it| it.section != Some(0)) {
            continue;
        }
        let words = cx.text(line);
        let mut start = 0;
        for sentence in words.split_inclusive('。') {
            if let Some((at, list)) = spec.list(sentence) {
                let lacking: Vec<_> = spec.named.iter().filter(|it| !has(list, &it.1)).collect();
                if !lacking.is_empty() {
                    let from = line.range.start as usize + start + at;
                    let place =
                        Place::new(line.part as usize, TextRange::new(from, from + list.len()));
                    sink.push(Finding::new(place, message(cx, &lacking)));
                    return;
                }
            }
            start += sentence.len();
        }
    }
}

impl Spec {
    /// The list in a sentence, with its place there.
    fn list<'t>(&self, sentence: &'t str) -> Option<(usize, &'t str)> {
        let opened = |word: &String| sentence.find(word.as_str()).map(|at| at + word.len());
        let start = self.opens.iter().filter_map(opened).min()?;
        // Behind the last item; 内容 may stand in an item before it.
        let from = self.last.iter().filter_map(|word| sentence.rfind(word.as_str())).max()?;
        let behind = &sentence[from..];
        let closed = |word: &String| behind.find(word.as_str()).map(|at| from + at);
        let end = self.closes.iter().filter_map(closed).min()?;
        let list = sentence.get(start..end)?;
        has(list, &self.first).then_some((start, list))
    }
}

fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

fn message(cx: &ReportCx<'_>, lacking: &[&(SectionIndex, Vec<String>)]) -> String {
    let sections = &cx.report.form.sections;
    let names: String = lacking.iter().map(|it| format!("“{}”", sections[it.0].heading)).collect();
    format!("引言列举的部分里没有{names}，与格式规定的 {} 个部分不一致，请核对", sections.len())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, report};

    const RULE: &str = "preface-section-list-mismatch";

    fn listed(list: &str) -> String {
        report("云岭县水利局", 2025).replace("本报告所列", &format!("{list}本报告所列"))
    }

    #[test]
    fn an_old_outline_is_found() {
        assert_findings(
            &listed(
                "本报告由⟦preface-section-list-mismatch: 总体情况、公开信息情况、解读情况、存在的问题和改进措施等⟧部分组成，",
            ),
            &[RULE],
        );
        assert_findings(
            &listed(
                "全文包括⟦preface-section-list-mismatch: 总体情况、主动公开情况、收到和处理申请情况、存在问题及改进情况、其他事项等六⟧部分。",
            ),
            &[RULE],
        );
    }

    #[test]
    fn other_wordings_and_other_lists_pass() {
        for list in [
            "本报告包括总体情况，主动公开政府信息情况，依申请公开情况，因公开被申请行政复议、提起行政诉讼情况，存在的不足及改进情况等内容。",
            "全文由基本情况、主动公开、依申请公开、复议和诉讼、存在的问题五部分组成。",
            "公开内容包括机构职能、主动公开目录等内容。",
            "本报告由六个部分组成。",
        ] {
            assert_findings(&listed(list), &[RULE]);
        }
    }
}
