//! Every rule's page is read and its examples are run.
//!
//! A page has the headings of [`HEADINGS`] in that order. Below 错误示例 and 正确示例 stand fenced examples, ` ```report ` or
//! ` ```report 2019 ` for another report year, ` ```report tabs ` for tables between tabs (written `→`); `␠` is a blank that ends a line. An example is a patch of the complete, clean skeleton of the rule's form, line by line:
//!
//! - a table row replaces the row with the same label (row spans before it may be left out), a header the most similar header;
//! - a heading replaces the heading with the same wording, else with the same numeral; a title replaces the title;
//! - any other line replaces the most similar line of prose, else the text of the section whose line was patched before it (of the first
//!   section when there was none), else it follows that line;
//! - `~~line~~` deletes the line that `line` would replace; `+ line` is inserted after the line before it.
//!
//! The rule must find something in each wrong example and nothing in a right one, and where it has fixes, they must make wrong right (`fixes`).

mod fixes;
mod patch;

use patch::patch;

use super::RuleInfo;
use super::testing::{check, hits};
use crate::engine::Engine;
use crate::form::Form;
use crate::form::skeleton::{SkeletonLayout, skeleton};

const HEADINGS: [&str; 6] =
    ["查什么", "为什么", "错误示例", "正确示例", "何时可以自动修改", "依据"];
const DEFAULT_FORM: &str = "annual-report-2021";
const AGENCY: &str = "云岭县水利局";

/// A fenced block of a page.
#[derive(Debug, PartialEq)]
struct Example {
    wrong: bool,
    year: Option<u16>,
    layout: SkeletonLayout,
    patch: String,
}

#[test]
fn what_a_draft_lacks_is_not_held_against_its_author() {
    for rule in Engine::builtin().registry().rules() {
        let is_on_absence = rule.id.ends_with("-missing") || rule.id.starts_with("missing-");
        assert!(!is_on_absence || rule.unfinished, "{}", rule.id);
    }
}

#[test]
fn every_page_has_its_headings() {
    let mut problems = Vec::new();
    for rule in Engine::builtin().registry().rules() {
        let found: Vec<_> =
            rule.page.lines().filter_map(|line| line.trim().strip_prefix("## ")).collect();
        if found != HEADINGS {
            problems.push(format!("{}: {found:?}", rule.id));
        }
    }
    assert!(problems.is_empty(), "headings differ from {HEADINGS:?}:\n{}", problems.join("\n"));
}

#[test]
fn every_example_does_what_its_page_says() {
    let engine = Engine::builtin();
    let mut problems = Vec::new();
    for rule in engine.registry().rules() {
        let examples = examples(&rule.page);
        for wrong in [true, false] {
            if !examples.iter().any(|example| example.wrong == wrong) {
                problems.push(format!(
                    "{}: no {} example",
                    rule.id,
                    if wrong { "wrong" } else { "right" }
                ));
            }
        }
        problems.extend(examples.iter().filter_map(|example| run(&engine, rule, example).err()));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn a_complete_empty_report_is_clean() {
    for form in Engine::builtin().forms() {
        for layout in [SkeletonLayout::Pipes, SkeletonLayout::Markdown, SkeletonLayout::Tabs] {
            let year = form.years.to.unwrap_or(2025);
            let found = check(&skeleton(form, AGENCY, year, layout));
            assert_eq!(found, [], "{} {layout:?}", form.id);
        }
    }
}

fn run(engine: &Engine, rule: &RuleInfo, example: &Example) -> Result<(), String> {
    let text = written(engine, rule, example)?;
    let hits = hits(&text, &rule.id);
    match (example.wrong, hits.is_empty()) {
        (true, true) => Err(format!("{}: nothing is found in the wrong example:\n{text}", rule.id)),
        (false, false) => {
            Err(format!("{}: the right example is wrong: {}\n{text}", rule.id, hits[0].message))
        }
        _ => Ok(()),
    }
}

/// The whole report of an example.
fn written(engine: &Engine, rule: &RuleInfo, example: &Example) -> Result<String, String> {
    let (form, year) = form(engine, rule, example.year)
        .ok_or_else(|| format!("{}: no form for the example", rule.id))?;
    let clean = skeleton(form, AGENCY, year, example.layout);
    let is_tabbed = example.layout == SkeletonLayout::Tabs;
    let (clean, lines) = if is_tabbed {
        (clean.replace('\t', "|"), example.patch.replace('→', "|"))
    } else {
        (clean, example.patch.clone())
    };
    let text =
        patch(&clean, &lines, &form.title).map_err(|problem| format!("{}: {problem}", rule.id))?;
    let text = if is_tabbed { text.replace('|', "\t") } else { text };
    Ok(text.replace('␠', " "))
}

/// The rule's form that holds `year`, and a year in it.
fn form<'a>(engine: &'a Engine, rule: &RuleInfo, year: Option<u16>) -> Option<(&'a Form, u16)> {
    let own = |form: &&Form| {
        if rule.forms.is_empty() {
            year.is_some() || form.id == DEFAULT_FORM
        } else {
            rule.forms.contains(&form.id)
        }
    };
    let form = engine
        .forms()
        .iter()
        .map(AsRef::as_ref)
        .filter(own)
        .find(|form| year.is_none_or(|year| form.years.contains(year)))?;
    Some((form, year.unwrap_or_else(|| form.years.to.unwrap_or(2025))))
}

fn examples(page: &str) -> Vec<Example> {
    let (mut examples, mut heading, mut open) = (Vec::new(), "", None::<Example>);
    for line in page.lines() {
        match &mut open {
            Some(_) if line.trim() == "```" => examples.extend(open.take()),
            Some(example) => example.patch.extend([line.strip_prefix(' ').unwrap_or(line), "\n"]),
            None => {
                heading = line.trim().strip_prefix("## ").unwrap_or(heading);
                if let Some(info) = line.trim().strip_prefix("```report") {
                    open = Some(Example {
                        wrong: heading == HEADINGS[2],
                        year: info.split_whitespace().find_map(|word| word.parse().ok()),
                        layout: if info.split_whitespace().any(|word| word == "tabs") {
                            SkeletonLayout::Tabs
                        } else {
                            SkeletonLayout::Pipes
                        },
                        patch: String::new(),
                    });
                }
            }
        }
    }
    examples
}

#[test]
fn examples_carry_their_side_and_year() {
    let page = "甲\n## 错误示例\n```report 2019\na\n```\n## 正确示例\n```report tabs\nb\n```\n```toml\nc\n```\n";
    let example =
        |wrong, year, layout, patch: &str| Example { wrong, year, layout, patch: patch.into() };
    let expected = [
        example(true, Some(2019), SkeletonLayout::Pipes, "a\n"),
        example(false, None, SkeletonLayout::Tabs, "b\n"),
    ];
    assert_eq!(examples(page), expected);
}
