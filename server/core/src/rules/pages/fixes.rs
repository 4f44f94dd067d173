//! The fixes of the wrong examples are made.

use std::collections::BTreeMap;

use super::{examples, written};
use crate::engine::Engine;
use crate::rules::testing::{apply_edits, check_with, hits};
use crate::rules::{Applicability, Fixable, RuleInfo};

/// The fix leaves figures to be filled in, which the right example has.
const TO_FILL: [&str; 1] = ["fee-statement-missing"];

/// A rule's fixes are what its list says: there are some, safe ones only of a safe rule. Each mends what it is for and brings nothing new, and one
/// writes a right example.
#[test]
fn fixes_make_wrong_examples_right() {
    let engine = Engine::builtin();
    let rules = engine.registry().rules().iter();
    let problems: Vec<_> = rules.flat_map(|rule| problems(&engine, rule)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

fn problems(engine: &Engine, rule: &RuleInfo) -> Vec<String> {
    let mut problems = Vec::new();
    let (mut is_fixed, mut is_safe, mut is_right) = (false, false, false);
    let (wrong, right): (Vec<_>, Vec<_>) =
        examples(&rule.page).into_iter().partition(|it| it.wrong);
    let written = |example| written(engine, rule, example).unwrap_or_default();
    let right: Vec<_> = right.iter().map(|it| bare(rule, &written(it))).collect();
    for text in wrong.iter().map(written) {
        let found = hits(&text, &rule.id);
        for fix in found.iter().flat_map(|hit| &hit.fixes) {
            let mended = apply_edits(&text, &fix.edits);
            let (old, new) = (counts(&text, rule), counts(&mended, rule));
            if new.get(&*rule.id) >= old.get(&*rule.id) {
                problems.push(format!("{}: “{}” mends nothing:\n{mended}", rule.id, fix.title));
            }
            for (other, count) in new.iter().filter(|(id, count)| old.get(*id) < Some(*count)) {
                let fixed = format!("{}: “{}”", rule.id, fix.title);
                problems.push(format!("{fixed} makes {count} of {other}:\n{mended}"));
            }
            is_fixed = true;
            is_safe |= fix.applicability == Applicability::Safe;
            is_right |= right.contains(&bare(rule, &mended));
        }
    }
    let fixable = match (is_fixed, is_safe) {
        (false, _) => Fixable::No,
        (true, false) => Fixable::Choice,
        (true, true) => Fixable::Safe,
    };
    if rule.fixable != fixable {
        problems.push(format!("{} is {:?}, its examples {fixable:?}", rule.id, rule.fixable));
    }
    if is_fixed && !is_right {
        problems.push(format!("{}: no fix writes a right example", rule.id));
    }
    problems
}

/// The text without blank lines, which no example writes, and of a fix that is to be filled in without figures.
fn bare(rule: &RuleInfo, text: &str) -> String {
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let is_filled = TO_FILL.contains(&&*rule.id);
    let text = lines.join("\n");
    if is_filled { text.replace(|c: char| c == ' ' || c.is_ascii_digit(), "") } else { text }
}

/// How often each rule finds something, with `rule` on.
fn counts(text: &str, rule: &RuleInfo) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for hit in check_with(text, &[&rule.id]) {
        *counts.entry(hit.rule).or_insert(0) += 1;
    }
    counts
}
