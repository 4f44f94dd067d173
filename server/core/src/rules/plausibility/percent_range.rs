//! Shares of the prose above the whole.

use rust_decimal::Decimal;

use super::params::{self, plain};
use crate::form::{Form, RuleSpec};
use crate::rules::{Check, Finding, Fixable, LineCx, Mechanism, Scope, Sink};
use crate::text::{before_first, behind_last};

/// `percent-range`. Keys: `before`, words of which one must stand before the percentage in its clause, so that it is a share of a whole; `not`,
/// words that rule it out there: growth and targets pass one hundred.
pub(crate) static PERCENT_RANGE: Mechanism =
    Mechanism { name: "percent-range", fixable: Fixable::No, build };

const CLAUSE_ENDS: &[char] = &[
    '。', '；', ';', '，', ',', '、', '：', ':', '！', '？', '（', '(', '）', ')', '“', '”', '\n',
    '\t', '|',
];

const SIGNS: [&str; 3] = ["%", "％", "﹪"];

fn build(spec: &RuleSpec, _: &Form) -> Result<Check, String> {
    params::only(spec, &["before", "not"])?;
    let (before, not) =
        (params::texts(&spec.params, "before")?, params::texts(&spec.params, "not")?);
    let signs = SIGNS.map(str::to_owned).to_vec();
    Ok(Scope::LineWith(signs, Box::new(move |cx, sink| check(cx, sink, &before, &not))))
}

fn check(cx: &LineCx<'_>, sink: &mut Sink<'_>, before: &[String], not: &[String]) {
    for percentage in percentages(cx.text).filter(|it| it.value > Decimal::ONE_HUNDRED) {
        let (lead, clause) = percentage.clause(cx.text);
        let has =
            |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
        if !has(before, lead) || has(not, clause) {
            continue;
        }
        let message = format!(
            "占比 {}% 超过 100%：请核对分子、分母，或者改用“增长”“完成”等说法",
            plain(percentage.value)
        );
        sink.push(Finding::new(cx.place(percentage.start..percentage.end), message));
    }
}

/// A percentage of a line: from its first digit to behind its sign.
struct Percentage {
    start: usize,
    end: usize,
    value: Decimal,
}

fn percentages(line: &str) -> impl Iterator<Item = Percentage> {
    line.match_indices(['%', '％', '﹪']).filter_map(|(at, sign)| {
        let before = line[..at].trim_end_matches(' ');
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let value = Decimal::from_str_exact(before[start..].trim_start_matches('.')).ok()?;
        Some(Percentage { start, end: at + sign.len(), value })
    })
}

impl Percentage {
    /// The clause's words before the figure, and the whole clause.
    fn clause<'l>(&self, line: &'l str) -> (&'l str, &'l str) {
        let first = self.start - behind_last(&line[..self.start], CLAUSE_ENDS).len();
        let last = self.end + before_first(&line[self.end..], CLAUSE_ENDS).len();
        (&line[first..self.start], &line[first..last])
    }
}
