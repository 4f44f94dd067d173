//! `gouji rules`: the catalogue of all rules.

use std::fmt::Write;

use gouji_core::rules::{Fixable, RuleIndex, RuleInfo, Severity};
use gouji_workspace::config::FileSettings;
use serde::Serialize;

use super::explain::settings_here;
use crate::args::{RulesArgs, RulesFormat};
use crate::exit::Status;
use crate::format::{SCHEMA, severity_name, write};
use crate::output::Out;

#[derive(Serialize)]
struct Catalogue<'a> {
    schema: u32,
    rules: Vec<RuleJson<'a>>,
}

#[derive(Serialize)]
struct RuleJson<'a> {
    id: &'a str,
    group: &'static str,
    severity: &'static str,
    enabled: bool,
    fixable: Fixable,
    forms: &'a [String],
    title: &'a str,
    page: String,
    url: Option<String>,
}

impl<'a> RuleJson<'a> {
    fn new(rule: &'a RuleInfo, configured: Option<Severity>) -> Self {
        Self {
            id: &rule.id,
            group: rule.group.name(),
            severity: configured.unwrap_or(rule.severity).name(),
            enabled: configured.is_some(),
            fixable: rule.fixable,
            forms: &rule.forms,
            title: title(rule),
            page: rule.markdown(),
            url: rule.url(),
        }
    }
}

/// Prints the rules with the severities that are configured for the current folder.
pub(crate) fn run(args: &RulesArgs) -> Status {
    let settings = match settings_here(args.config.as_deref()) {
        Ok(settings) => settings,
        Err(status) => return status,
    };
    let mut out = Out::new();
    let _ = out.write(&match args.format {
        RulesFormat::Text => text(&settings).into_bytes(),
        RulesFormat::Json => json(&settings),
    });
    out.finish(Status::Clean)
}

/// The title of the rule's page.
fn title(rule: &RuleInfo) -> &str {
    let line = rule
        .page
        .lines()
        .map(|line| line.trim_start_matches('#').trim())
        .find(|line| !line.is_empty());
    line.unwrap_or("")
}

fn text(settings: &FileSettings) -> String {
    let mut out = String::new();
    let mut rules: Vec<_> = rules(settings).collect();
    rules.sort_by_key(|(_, rule)| rule.group);
    let width = rules.iter().map(|(_, rule)| rule.id.len()).max().unwrap_or(0);
    let mut group = "";
    for (index, rule) in rules {
        if rule.group.name() != group {
            let gap = if group.is_empty() { "" } else { "\n" };
            group = rule.group.name();
            let _ = writeln!(out, "{gap}[{group}]");
        }
        let severity = settings.settings.severity(index).map_or("关闭", severity_name);
        let fix = match rule.fixable {
            Fixable::No => "　　　　",
            Fixable::Choice => "可选改法",
            Fixable::Safe => "自动改正",
        };
        let _ = writeln!(out, "  {:width$}  {severity}  {fix}  {}", rule.id, title(rule));
    }
    out
}

fn json(settings: &FileSettings) -> Vec<u8> {
    let rule = |(index, rule)| RuleJson::new(rule, settings.settings.severity(index));
    let mut out = Vec::new();
    write(&mut out, &Catalogue { schema: SCHEMA, rules: rules(settings).map(rule).collect() });
    out.push(b'\n');
    out
}

fn rules(settings: &FileSettings) -> impl Iterator<Item = (RuleIndex, &RuleInfo)> {
    let rules = settings.settings.engine().registry().rules();
    rules.iter().enumerate().map(|(index, rule)| (RuleIndex(index as u16), rule))
}
