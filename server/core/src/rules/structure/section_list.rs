//! A preface that lists the sections, against those that the form has.

use super::outline::outline;
use crate::form::{Form, RuleSpec, SectionIndex};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink};
use crate::text::TextRange;

/// `section-list`. A list stands in one sentence, between one of `opens` and one of `closes`, and holds one of `first` and, as its
/// last item but one, one of `last`.
/// `named` has, by section, the words of which one names it; a section that the list does not name is what the finding says. `counted` has them for
/// sections that a list may leave out, but not one that says how many there are (等六部分).
pub(crate) static SECTION_LIST: Mechanism =
    Mechanism { name: "section-list", fixable: Fixable::No, build };

struct Spec {
    form: String,
    opens: Vec<String>,
    closes: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    named: Vec<(SectionIndex, Vec<String>)>,
    counted: Vec<(SectionIndex, Vec<String>)>,
}

fn build(spec: &RuleSpec, form: &Form) -> Result<Check, String> {
    params::only(spec, &["opens", "closes", "first", "last", "named", "counted"])?;
    let texts = |name: &str| params::texts(&spec.params, name);
    let own = Spec {
        form: form.id.clone(),
        opens: texts("opens")?,
        closes: texts("closes")?,
        first: texts("first")?,
        last: texts("last")?,
        named: by_section(spec, form, "named")?,
        counted: by_section(spec, form, "counted")?,
    };
    // Every list has one of each, and these are the fewest.
    let last = own.last.clone();
    Ok(Scope::ReportWith(last, Box::new(move |cx, sink| check(cx, sink, &own))))
}

/// The words at `name`, by section.
fn by_section(
    spec: &RuleSpec,
    form: &Form,
    name: &str,
) -> Result<Vec<(SectionIndex, Vec<String>)>, String> {
    let table = spec.params.get(name).and_then(toml::Value::as_table);
    let table = table.ok_or_else(|| format!("缺少“{name}”"))?;
    let words = |id: &String| {
        let section = form.section(id).ok_or_else(|| format!("没有名为“{id}”的部分"))?;
        Ok((section, params::texts(table, id)?))
    };
    let mut found: Vec<_> = table.keys().map(words).collect::<Result<_, String>>()?;
    found.sort();
    Ok(found)
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    if cx.form.id != spec.form {
        return;
    }
    for line in cx.mentions.iter().map(|it| it.line) {
        // The preface may stand below the first heading; what later sections list is something else.
        let heading = cx.part(line.part()).and_then(|it| it.heading());
        if heading.is_some_and(|it| it.section != Some(0)) {
            continue;
        }
        let words = cx.line(line);
        let mut start = 0;
        for sentence in words.split_inclusive('。') {
            if let Some((at, list)) = spec.list(sentence)
                && let Some(message) = spec.fault(cx, list)
            {
                let from = line.range.start as usize + start + at;
                let place = Place::new(line.part(), TextRange::new(from, from + list.len()));
                sink.push(Finding::new(place, message));
                return;
            }
            start += sentence.len();
        }
    }
}

impl Spec {
    /// What is wrong with a list.
    fn fault(&self, cx: &ReportCx<'_>, list: &str) -> Option<String> {
        let sections = &cx.form.sections;
        let told = count(list);
        let lacks = |it: &&(SectionIndex, Vec<String>)| !has(list, &it.1);
        let counted = self.counted.iter().filter(lacks);
        let mut lacking: Vec<_> = self.named.iter().filter(lacks).collect();
        match told {
            Some(told) if told == sections.len() => lacking.extend(counted),
            // Items may be put together in the list, but the report's own headings are counted like this one.
            Some(told) if lacking.is_empty() && counted.count() == 0 => {
                let present = outline(cx);
                let is_whole =
                    (0..sections.len()).all(|it| present.iter().any(|own| own.section == it));
                return is_whole.then(|| {
                    format!("引言说有 {told} 个部分，正文和格式都是 {} 个，请核对", sections.len())
                });
            }
            _ => {}
        }
        let names: String =
            lacking.iter().map(|it| format!("“{}”", sections[it.0].heading)).collect();
        (!lacking.is_empty()).then(|| {
            format!(
                "引言列举的部分里没有{names}，与格式规定的 {} 个部分不一致，请核对",
                sections.len()
            )
        })
    }

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

/// How many parts a list says that there are: …等六, …共6个.
fn count(list: &str) -> Option<usize> {
    let last = list.trim_end_matches(['个', '大', ' ']).chars().next_back()?;
    let han = "一二三四五六七八九".chars().position(|it| it == last).map(|at| at + 1);
    han.or_else(|| last.to_digit(10).map(|digit| digit as usize))
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
    fn a_list_that_says_how_many_parts_there_are_names_them_all() {
        for list in [
            "本报告由⟦preface-section-list-mismatch: 总体情况、主动公开情况、依申请公开情况、行政复议和诉讼情况、存在的主要问题及改进情况等六个⟧部分组成。",
            "全文包括⟦preface-section-list-mismatch: 总体情况、主动公开情况、依申请公开情况、行政复议和诉讼情况、存在的主要问题及改进情况和其他事项等五⟧部分。",
            "全文共分为⟦preface-section-list-mismatch: 概述、主动公开、依申请公开、复议诉讼、存在的问题、其他事项共7个⟧部分。",
        ] {
            assert_findings(&listed(list), &[RULE]);
        }
        for list in [
            "本报告由总体情况、主动公开情况、依申请公开情况、行政复议和诉讼情况、存在的主要问题及改进情况等部分组成。",
            "本报告由总体情况、主动公开情况、依申请公开情况、行政复议和诉讼情况、存在的主要问题及改进情况、其他事项等六大部分组成。",
        ] {
            assert_findings(&listed(list), &[RULE]);
        }
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
