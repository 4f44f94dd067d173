//! Helpers of the rules' tests: text in, findings out.
//!
//! A fixture marks a finding by `⟦rule-id: words⟧` around the words that it stands on (carets under the text don't align below Chinese, whose
//! characters are two columns wide). Marks may nest; `⟦rule-id: ⟧` marks a finding that stands on no words.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use crate::engine::{Engine, Settings};
use crate::form::skeleton::{SkeletonLayout, skeleton};
use crate::rules::{Applicability, Severity};
use crate::snapshot::Snapshot;

/// A finding, placed in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hit {
    /// The rule's id.
    pub(crate) rule: String,
    /// How loud.
    pub(crate) severity: Severity,
    /// What it says.
    pub(crate) message: String,
    /// Where, in bytes.
    pub(crate) range: Range<usize>,
    /// The words there.
    pub(crate) words: String,
    /// The words and messages of the other places.
    pub(crate) related: Vec<(String, String)>,
    /// Its fixes.
    pub(crate) fixes: Vec<HitFix>,
}

/// A fix, placed in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HitFix {
    /// What it does.
    pub(crate) title: String,
    /// Whether it may run unattended.
    pub(crate) applicability: Applicability,
    /// Replacements in bytes of the text.
    pub(crate) edits: Vec<(Range<usize>, String)>,
}

/// All findings of `text` with gouji's own forms and every rule as its author set it.
pub(crate) fn check(text: &str) -> Vec<Hit> {
    check_with(text, &[])
}

/// All findings of `text`; the rules of these ids run even where they are off by default.
pub(crate) fn check_with(text: &str, enabled: &[&str]) -> Vec<Hit> {
    let engine = Engine::builtin();
    let mut settings = Settings::new(engine.clone());
    for id in enabled {
        let rule = engine.registry().find(id).unwrap_or_else(|| panic!("no rule is called {id}"));
        settings.enable(rule);
    }
    let snapshot = Snapshot::new(text, Arc::new(settings));
    let words = |range: Range<usize>| {
        text.get(range.clone())
            .unwrap_or_else(|| panic!("{range:?} cuts a character or lies outside"))
            .to_owned()
    };
    let hit = |found: crate::snapshot::Found<'_>| Hit {
        rule: found.rule().id.to_string(),
        severity: found.severity(),
        message: found.finding.message.clone(),
        range: found.range(),
        words: words(found.range()),
        related: found
            .finding
            .related
            .iter()
            .map(|it| (words(found.report.range(it.place)), it.message.clone()))
            .collect(),
        fixes: (found.finding.fixes.iter())
            .map(|fix| HitFix {
                title: fix.title.clone(),
                applicability: fix.applicability,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| (found.report.range(edit.place), edit.text.clone()))
                    .collect(),
            })
            .collect(),
    };
    snapshot.findings().map(hit).collect()
}

/// The findings of one rule, which runs even where it is off by default.
pub(crate) fn hits(text: &str, rule: &str) -> Vec<Hit> {
    let mut hits = check_with(text, &[rule]);
    hits.retain(|hit| hit.rule == rule);
    hits
}

/// Asserts that the findings of `rules` in `fixture` are exactly the marked ones.
#[track_caller]
pub(crate) fn assert_findings(fixture: &str, rules: &[&str]) {
    let (text, mut expected) = strip_marks(fixture);
    for (rule, range) in &expected {
        assert!(
            rules.contains(&rule.as_str()),
            "the mark {rule} at {range:?} is not among the rules of the assertion"
        );
    }
    let found =
        check_with(&text, rules).into_iter().filter(|hit| rules.contains(&hit.rule.as_str()));
    let difference = difference(found.collect(), &mut expected, &text);
    assert!(difference.is_empty(), "{difference}in:\n{text}");
}

/// A line for each finding without mark and each mark without finding.
fn difference(
    mut found: Vec<Hit>,
    expected: &mut Vec<(String, Range<usize>)>,
    text: &str,
) -> String {
    found.retain(|hit| {
        let at = expected.iter().position(|(rule, range)| *rule == hit.rule && *range == hit.range);
        at.map(|at| expected.remove(at)).is_none()
    });
    let mut difference = String::new();
    for hit in &found {
        let _ = writeln!(
            difference,
            "not marked: {} on “{}” at {:?}: {}",
            hit.rule, hit.words, hit.range, hit.message
        );
    }
    for (rule, range) in expected {
        let _ =
            writeln!(difference, "not found: {rule} on “{}” at {range:?}", &text[range.clone()]);
    }
    difference
}

/// The text after fix number `n` of the first finding of `rule`.
#[track_caller]
pub(crate) fn apply_fix(text: &str, rule: &str, n: usize) -> String {
    let hits = hits(text, rule);
    let hit = hits.first().unwrap_or_else(|| panic!("{rule} finds nothing in:\n{text}"));
    let fix = hit
        .fixes
        .get(n)
        .unwrap_or_else(|| panic!("{rule} has {} fixes: {:?}", hit.fixes.len(), hit.fixes));
    apply_edits(text, &fix.edits)
}

/// The text after `edits`, which must not overlap.
#[track_caller]
pub(crate) fn apply_edits(text: &str, edits: &[(Range<usize>, String)]) -> String {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    assert!(
        edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start),
        "edits overlap: {edits:?}"
    );
    let mut text = text.to_owned();
    for (range, insert) in edits.iter().rev() {
        text.replace_range(range.clone(), insert);
    }
    text
}

/// The annual report's skeleton in the layout of most published reports, to be changed by `str::replace`.
pub(crate) fn report(agency: &str, year: u16) -> String {
    let engine = Engine::builtin();
    let form =
        engine.forms().iter().find(|form| form.years.contains(year)).expect("a form for the year");
    skeleton(form, agency, year, SkeletonLayout::Pipes)
}

/// A report whose first section says `words`.
pub(crate) fn saying(words: &str) -> String {
    report("云岭县水利局", 2025).replacen(SAID, words, 1)
}

/// The sentence of the skeleton that tests replace.
const SAID: &str = "规范申请的登记、审核、办理、答复和归档。";

/// A report that received `new` requests and carried over `carried`, whose text says `says` of them.
pub(crate) fn received(new: u32, carried: u32, says: &str) -> String {
    let zeros = " | 0 | 0 | 0 | 0 | 0 | 0 | 0 |";
    let row = |label: &str, n: u32| format!("{label} | {n} | 0 | 0 | 0 | 0 | 0 | {n} |");
    let (one, two) = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量");
    report("云岭县水利局", 2025)
        .replacen(&format!("{one}{zeros}"), &row(one, new), 1)
        .replacen(&format!("{two}{zeros}"), &row(two, carried), 1)
        .replacen(SAID, says, 1)
}

/// The fixture without marks, and the marked rules with their ranges in it.
fn strip_marks(fixture: &str) -> (String, Vec<(String, Range<usize>)>) {
    let (mut text, mut open, mut marks) = (String::new(), Vec::new(), Vec::new());
    let mut rest = fixture;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        text.push_str(&rest[..at]);
        if let Some(after) = rest[at..].strip_prefix('⟦') {
            let (rule, words) =
                after.split_once(':').unwrap_or_else(|| panic!("a mark without rule: {after}"));
            open.push((rule.to_owned(), text.len()));
            rest = words.strip_prefix(' ').unwrap_or(words);
        } else {
            let (rule, start) = open.pop().expect("⟧ without ⟦");
            marks.push((rule, start..text.len()));
            rest = &rest[at + '⟧'.len_utf8()..];
        }
    }
    assert!(open.is_empty(), "⟦ without ⟧: {open:?}");
    text.push_str(rest);
    (text, marks)
}

#[test]
fn marks_may_nest_and_may_be_empty() {
    let (text, marks) = strip_marks("甲⟦a-b: 乙⟦c: 丙⟧⟧丁⟦d: ⟧");
    assert_eq!(text, "甲乙丙丁");
    assert_eq!(marks, [("c".to_owned(), 6..9), ("a-b".to_owned(), 3..9), ("d".to_owned(), 12..12)]);
}

#[test]
fn edits_apply_from_the_end() {
    assert_eq!(
        apply_edits("甲乙丙", &[(6..9, "三".into()), (0..0, "〇".into()), (0..3, "一".into())]),
        "〇一乙三"
    );
}

#[test]
fn findings_and_marks_are_compared_both_ways() {
    let hit = |rule: &str, range: Range<usize>| Hit {
        rule: rule.into(),
        severity: Severity::Hint,
        message: "某".into(),
        words: "甲乙丙"[range.clone()].into(),
        range,
        related: Vec::new(),
        fixes: Vec::new(),
    };
    let found = vec![hit("a", 0..3), hit("b", 3..6)];
    let mut marks = vec![("a".to_owned(), 0..3), ("c".to_owned(), 6..9)];
    assert_eq!(
        difference(found, &mut marks, "甲乙丙"),
        "not marked: b on “乙” at 3..6: 某\nnot found: c on “丙” at 6..9\n"
    );
}
