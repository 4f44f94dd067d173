//! `--statistics`: counts by rule in place of the findings.

use std::fmt::Write;

use gouji_workspace::output::write;
use serde::Serialize;

use super::json::{SCHEMA, SummaryJson};
use super::text::{severity_name, summary};
use super::{File, Format};
use crate::check::totals::{RuleTotal, Totals};

/// `--statistics` with `--format text`.
pub(crate) struct StatisticsText {
    pub(crate) quiet: bool,
}

/// `--statistics` with `--format json`.
pub(crate) struct StatisticsJson;

#[derive(Serialize)]
struct StatisticsObject<'a> {
    schema: u32,
    statistics: Vec<RuleJson<'a>>,
    summary: SummaryJson,
}

#[derive(Serialize)]
struct RuleJson<'a> {
    rule: &'a str,
    severity: &'static str,
    count: usize,
    fixable: usize,
}

impl Format for StatisticsText {
    fn file(&self, _file: &File<'_>) -> Vec<u8> {
        Vec::new()
    }

    fn end(&self, totals: &Totals) -> Vec<u8> {
        let mut out = String::new();
        for (id, total) in by_count(totals) {
            let fixable = if total.fixable == 0 {
                String::new()
            } else {
                format!("（{} 个可自动改正）", total.fixable)
            };
            let _ = writeln!(
                out,
                "{:>6}  {}  {id}{fixable}",
                total.count,
                severity_name(total.severity)
            );
        }
        if !self.quiet {
            out.push_str(&summary(totals));
        }
        out.into_bytes()
    }
}

impl Format for StatisticsJson {
    fn file(&self, _file: &File<'_>) -> Vec<u8> {
        Vec::new()
    }

    fn end(&self, totals: &Totals) -> Vec<u8> {
        let rule = |(rule, total): (_, &RuleTotal)| RuleJson {
            rule,
            severity: total.severity.name(),
            count: total.count,
            fixable: total.fixable,
        };
        let statistics = by_count(totals).into_iter().map(rule).collect();
        let mut out = Vec::new();
        write(
            &mut out,
            &StatisticsObject { schema: SCHEMA, statistics, summary: SummaryJson::new(totals) },
        );
        out.push(b'\n');
        out
    }
}

/// The rules, the most frequent first, then by id.
fn by_count(totals: &Totals) -> Vec<(&str, &RuleTotal)> {
    let mut rules: Vec<_> = totals.rules.iter().map(|(id, total)| (id.as_str(), total)).collect();
    rules.sort_by(|(a, x), (b, y)| y.count.cmp(&x.count).then(a.cmp(b)));
    rules
}
