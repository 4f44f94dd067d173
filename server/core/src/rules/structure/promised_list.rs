//! A sentence that promises a list, and none behind it.

use super::aspects::ordinal_end;
use crate::form::{Form, RuleSpec};
use crate::report::Place;
use crate::rules::plausibility::params;
use crate::rules::{Check, Finding, Fixable, Mechanism, ReportCx, Scope, Sink};
use crate::text::TextRange;

/// `promised-list`. Keys: `opens`, words with which the promise begins; `of`, words of which one stands behind them, before the colon that ends the
/// line; `items`, words with which an item of a list in running text begins.
pub(crate) static PROMISED_LIST: Mechanism =
    Mechanism { name: "promised-list", fixable: Fixable::No, build };

struct Spec {
    opens: Vec<String>,
    of: Vec<String>,
    items: Vec<String>,
}

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["opens", "of", "items"])?;
    let texts = |name: &str| params::texts(&spec.params, name);
    let own = Spec { opens: texts("opens")?, of: texts("of")?, items: texts("items")? };
    Ok(Scope::ReportWith(own.opens.clone(), Box::new(move |cx, sink| check(cx, sink, &own))))
}

fn check(cx: &ReportCx<'_>, sink: &mut Sink<'_>, spec: &Spec) {
    for place in cx.mentions.iter().map(|it| it.line) {
        let line = cx.line(place);
        let Some((at, part)) = spec.promise(line).zip(cx.part(place.part())) else {
            continue;
        };
        let end = place.range.end;
        // A table is a list too, and so is a picture.
        if part.has_picture() || part.tables().iter().any(|it| it.range.start >= end) {
            continue;
        }
        let prose = part.prose();
        let behind = &prose[prose.partition_point(|it| it.start < end)..];
        // Several paragraphs are a list in prose; so are clauses between semicolons.
        let is_list = behind.len() > 1 || behind.iter().any(|it| spec.is_list(part.line(*it)));
        // 一、 below such a line is taken for a heading of its own, so that a promise at a part's end is broken only where another section follows.
        let is_cut_off = || {
            let next = cx.part(place.part() + 1);
            next.is_some_and(|it| it.section().is_some())
        };
        if is_list || behind.is_empty() && !is_cut_off() {
            continue;
        }
        let start = place.range.start as usize;
        let range = TextRange::new(start + at, start + line.len());
        let message = "这里说有几个方面，后面没有分项列出：请逐项写明，或改写这一句";
        sink.push(Finding::new(Place { range, ..place }, message));
    }
}

impl Spec {
    /// Where the promise begins, in a line that ends with it.
    fn promise(&self, line: &str) -> Option<usize> {
        let words = line.trim_end().strip_suffix(['：', ':'])?;
        let at = self.opens.iter().filter_map(|word| words.rfind(word.as_str())).max()?;
        let rest = &words[at..];
        let fits = !rest.contains(['。', '，', '；', '：'])
            && self.of.iter().any(|word| rest.contains(word.as_str()));
        fits.then_some(at)
    }

    fn is_list(&self, line: &str) -> bool {
        ordinal_end(line).is_some()
            || line.matches(['；', ';']).count() > 1
            || self.items.iter().any(|word| line.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_findings, report};

    const RULE: &str = "promised-list-missing";
    const TEMPLATE: &str = "公开工作还存在内容不够全面、更新不够及时等问题。下一步将细化公开事项，明确更新时限，加强业务培训。";

    fn with(words: &str) -> String {
        let text = report("云岭县水利局", 2025);
        assert!(text.contains(TEMPLATE));
        text.replace(TEMPLATE, words)
    }

    #[test]
    fn a_promise_without_list_is_found() {
        for words in [
            "2026年，我局将做好⟦promised-list-missing: 以下几个方面工作：⟧\n加强培训，办好网站。",
            "2026年，我局将做好⟦promised-list-missing: 以下工作：⟧",
            "解读偏少，将采取⟦promised-list-missing: 以下措施：⟧\n及时公开信息，加强培训。进一步办好网站。",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }

    #[test]
    fn lists_of_all_kinds_pass() {
        for words in [
            "存在以下问题：\n（一）解读偏少。\n（二）更新较慢。",
            "存在以下几方面问题：\n1.解读偏少，更新较慢。",
            "将做好以下工作：\n一是增加图解，二是培训人员。",
            "将做好以下工作：\n增加图解；培训人员；明确时限。",
            "将从以下几个方面改进：\n加强领导。明确分工。\n加强培训。举办两期。",
            "将从以下几个方面改进：加强领导，明确分工。",
            "以下几个方面有待改进。",
            "存在以下问题：\n一、解读偏少\n二、更新较慢",
        ] {
            assert_findings(&with(words), &[RULE]);
        }
    }
}
