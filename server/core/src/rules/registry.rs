//! One list of all rules, of those in Rust and those in forms, for configuration, output and editors.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::arithmetic::Shapes;
use super::context::{LineCx, PartCx, ReportCx, Sink, TableCx};
use super::finding::RuleIndex;
use crate::dictionary::Dictionary;
use crate::form::{Comparison, Form, Group, RuleSpec, Severity, Years};
use crate::nearest::nearest;

/// A rule that holds for any form: its page is its doc comment, its check a function.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case English. Never changed once it is published, since configurations name it.
    pub id: &'static str,
    /// Its group in the catalogue.
    pub group: Group,
    /// Its severity unless configured.
    pub severity: Severity,
    /// Whether it runs without being selected.
    pub enabled: bool,
    /// What its fixes are.
    pub fixable: Fixable,
    /// Whether what it misses may just not be written yet; false unless said. In a draft its findings are hints at most.
    pub unfinished: bool,
    /// Markdown, Chinese, with the fixed headings.
    pub page: &'static str,
    /// What it reads, and the function.
    pub check: Scope<ReportFn, PartFn, LineFn, TableFn>,
}

type ReportFn = fn(&ReportCx<'_>, &mut Sink<'_>);
type PartFn = fn(&PartCx<'_>, &mut Sink<'_>);
type LineFn = fn(&LineCx<'_>, &mut Sink<'_>);
type TableFn = fn(&TableCx<'_>, &mut Sink<'_>);

/// A check whose words come from a form.
#[derive(Debug)]
pub struct Mechanism {
    /// The name behind `use` in a form's `[[rule]]`.
    pub name: &'static str,
    /// What its fixes are.
    pub fixable: Fixable,
    /// Makes the check of one instance, or says which key is wrong.
    pub build: fn(&RuleSpec, &Form) -> Result<Check, String>,
}

/// What a check reads, which decides when it runs again after an edit.
#[derive(Debug, Clone)]
pub enum Scope<R, P, L, T, W = &'static [&'static str]> {
    /// The whole report. Runs again when something changes that it has looked at ([`ReportCx`]), so it should look at bound facts rather than at texts.
    Report(R),
    /// One part. Runs again when its text changes.
    Part(P),
    /// One line of running text. Runs again when its words change. The cheapest scope, and the right one for whatever a line alone can tell.
    Line(L),
    /// The whole report, with the lines of running text that hold one of these words, letter for letter ([`ReportCx::mentions`]). The words of all checks
    /// are found in one scan of each line, whose result is kept as long as the line stays the same; so this costs nothing in a report without the words.
    ReportWith(W, R),
    /// One part, with the lines that hold one of these words ([`PartCx::mentions`]). Does not run if no line does.
    PartWith(W, P),
    /// One line of running text that holds one of these words. Does not run for other lines, and costs them nothing. A check that finds nothing without
    /// certain words or characters should name them; `DIGITS` stands for figures.
    LineWith(W, L),
    /// One paragraph that holds one of these words: a line of running text, or the lines that the edge of a page or a tag made of one. Digits of full width
    /// are read as ASCII ones. For what goes on over the edge of a page and is read wrongly by halves.
    ParagraphWith(W, L),
    /// As [`Scope::PartWith`], for words of the dictionary.
    PartListed(Listed, P),
    /// As [`Scope::LineWith`], for words of the dictionary.
    LineListed(Listed, L),
    /// One table. Runs again when its part changes.
    Table(T),
    /// No check of its own: its findings are made where suppressions are applied to the others.
    Assembly,
}

/// Words of the dictionary that a check waits for.
pub type Listed = fn(&Dictionary) -> Vec<&str>;

/// A check that is ready to run.
pub type Check =
    Scope<Box<ReportCheck>, Box<PartCheck>, Box<LineCheck>, Box<TableCheck>, Vec<String>>;
type ReportCheck = dyn Fn(&ReportCx<'_>, &mut Sink<'_>) + Send + Sync;
type PartCheck = dyn Fn(&PartCx<'_>, &mut Sink<'_>) + Send + Sync;
type LineCheck = dyn Fn(&LineCx<'_>, &mut Sink<'_>) + Send + Sync;
type TableCheck = dyn Fn(&TableCx<'_>, &mut Sink<'_>) + Send + Sync;

/// What the fixes of a rule are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fixable {
    /// There is none; the page says why.
    No,
    /// The author decides.
    Choice,
    /// May run unattended.
    Safe,
}

/// A rule as configuration, output and editor see it.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleInfo {
    /// Its id.
    pub id: Cow<'static, str>,
    /// Its group.
    pub group: Group,
    /// Its severity unless configured.
    pub severity: Severity,
    /// Whether it runs without being selected.
    pub enabled: bool,
    /// What its fixes are.
    pub fixable: Fixable,
    /// Whether what it misses may just not be written yet: in a draft its findings are hints at most.
    pub unfinished: bool,
    /// Its page, as it stands where the rule is defined.
    pub page: Cow<'static, str>,
    /// The forms that define it; empty for a rule of any form.
    pub forms: Vec<String>,
}

/// Where the rules' pages stand on the web, up to the rule's id; set when the program is built, empty while they stand nowhere.
const PAGES: Option<&str> = option_env!("GOUJI_PAGES");

/// All rules and their checks.
#[derive(Default)]
pub struct Registry {
    rules: Vec<RuleInfo>,
    indexes: FxHashMap<Cow<'static, str>, RuleIndex>,
    pub(crate) checks: Vec<Scheduled>,
    sums: Vec<FormRelations>,
}

/// A check with its rule and the form whose reports it is for.
pub(crate) struct Scheduled {
    pub(crate) rule: RuleIndex,
    /// The one form that it is for, by [`Registry::form`].
    pub(crate) form: Option<usize>,
    pub(crate) years: Years,
    pub(crate) check: Check,
}

/// What is wrong with a rule of a form.
#[derive(Debug)]
pub struct RuleProblem {
    /// The form's id.
    pub form: String,
    /// The line of the rule in the form's file, counted from 1.
    pub line: usize,
    /// What, and what is valid (Chinese).
    pub message: String,
}

struct FormRelations {
    form: String,
    rules: Vec<RuleIndex>,
    shapes: Shapes,
}

impl Registry {
    /// The rules of core and of `forms`.
    ///
    /// # Errors
    /// What is wrong with the forms' rules.
    pub fn new<'a>(
        forms: impl IntoIterator<Item = &'a Form> + Clone,
    ) -> Result<Self, Vec<RuleProblem>> {
        let mut registry = Self::default();
        let mut problems = Vec::new();
        for rule in super::CORE {
            registry.add_core(rule);
        }
        for form in forms {
            registry.add_relations(form);
            for spec in &form.rules {
                if let Err(message) = registry.add_instance(form, spec) {
                    problems.push(RuleProblem { form: form.id.clone(), line: spec.line, message });
                }
            }
        }
        if problems.is_empty() { Ok(registry) } else { Err(problems) }
    }

    /// All rules; the position is the [`RuleIndex`].
    pub fn rules(&self) -> &[RuleInfo] {
        &self.rules
    }

    /// A rule by its index.
    ///
    /// # Panics
    /// Never for an index of this registry.
    pub fn info(&self, rule: RuleIndex) -> &RuleInfo {
        &self.rules[usize::from(rule.0)]
    }

    /// A rule by its id.
    pub fn find(&self, id: &str) -> Option<RuleIndex> {
        self.indexes.get(id).copied()
    }

    /// The valid id nearest to a wrong one.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        nearest(id, self.rules.iter().map(|rule| rule.id.as_ref()))
    }

    /// The rules of a form's relations, in the order of [`Form::relations`].
    pub(crate) fn relation_rules(&self, form: &Form) -> &[RuleIndex] {
        self.form(form).map_or(&[], |at| &self.sums[at].rules)
    }

    /// The shapes of the form's tables.
    pub(crate) fn shapes(&self, form: &Form) -> Option<&Shapes> {
        self.form(form).map(|at| &self.sums[at].shapes)
    }

    /// Which of the registry's forms this one is.
    pub(crate) fn form(&self, form: &Form) -> Option<usize> {
        self.sums.iter().position(|it| it.form == form.id)
    }

    fn add_core(&mut self, rule: &'static Rule) {
        let index = self.add(RuleInfo {
            id: rule.id.into(),
            group: rule.group,
            severity: rule.severity,
            enabled: rule.enabled,
            fixable: rule.fixable,
            unfinished: rule.unfinished,
            page: rule.page.into(),
            forms: Vec::new(),
        });
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let check: Check = match rule.check {
            Scope::Report(check) => Scope::Report(Box::new(check)),
            Scope::Part(check) => Scope::Part(Box::new(check)),
            Scope::Line(check) => Scope::Line(Box::new(check)),
            Scope::ReportWith(words, check) => Scope::ReportWith(owned(words), Box::new(check)),
            Scope::PartWith(words, check) => Scope::PartWith(owned(words), Box::new(check)),
            Scope::LineWith(words, check) => Scope::LineWith(owned(words), Box::new(check)),
            Scope::ParagraphWith(words, check) => {
                Scope::ParagraphWith(owned(words), Box::new(check))
            }
            Scope::PartListed(words, check) => Scope::PartListed(words, Box::new(check)),
            Scope::LineListed(words, check) => Scope::LineListed(words, Box::new(check)),
            Scope::Table(check) => Scope::Table(Box::new(check)),
            Scope::Assembly => Scope::Assembly,
        };
        self.checks.push(Scheduled { rule: index, form: None, years: Years::default(), check });
    }

    fn add_relations(&mut self, form: &Form) {
        let mut rules = Vec::new();
        for relation in &form.relations {
            let index = self.add(RuleInfo {
                id: relation.id.clone().into(),
                group: Group::Arithmetic,
                severity: relation.severity,
                enabled: true,
                // An inequality does not say by how much a side is wrong, so there is nothing to offer.
                fixable: match relation.comparison {
                    Comparison::Equal => Fixable::Choice,
                    Comparison::AtLeast | Comparison::AtMost => Fixable::No,
                },
                unfinished: false,
                page: relation.page.clone(),
                forms: vec![form.id.clone()],
            });
            rules.push(index);
        }
        self.sums.push(FormRelations { form: form.id.clone(), rules, shapes: Shapes::of(form) });
    }

    fn add_instance(&mut self, form: &Form, spec: &RuleSpec) -> Result<(), String> {
        let Some(mechanism) =
            super::MECHANISMS.iter().find(|mechanism| mechanism.name == spec.mechanism)
        else {
            let names: Vec<_> = super::MECHANISMS.iter().map(|mechanism| mechanism.name).collect();
            return Err(format!(
                "没有名为“{}”的检查机制；可用的有：{}",
                spec.mechanism,
                names.join("、")
            ));
        };
        let check = (mechanism.build)(spec, form)?;
        let rule = self.add(RuleInfo {
            id: spec.id.clone().into(),
            group: spec.group,
            severity: spec.severity,
            enabled: spec.enabled,
            fixable: mechanism.fixable,
            unfinished: spec.unfinished,
            page: spec.page.clone(),
            forms: vec![form.id.clone()],
        });
        self.checks.push(Scheduled { rule, form: self.form(form), years: spec.years, check });
        Ok(())
    }

    /// A rule that two forms define is one rule with two checks.
    fn add(&mut self, info: RuleInfo) -> RuleIndex {
        if let Some(known) = self.find(&info.id) {
            self.rules[usize::from(known.0)].forms.extend(info.forms);
            return known;
        }
        let index = RuleIndex(self.rules.len() as u16);
        self.indexes.insert(info.id.clone(), index);
        self.rules.push(info);
        index
    }
}

impl Scheduled {
    /// Is the check for reports (or tables) of this form ([`Registry::form`]) and year?
    pub(crate) fn is_for(&self, form: Option<usize>, year: Option<u16>) -> bool {
        (self.form.is_none() || self.form == form)
            && (self.years == Years::default()
                || year.is_some_and(|year| self.years.contains(year)))
    }
}

impl Rule {
    /// What a rule is where it says nothing else.
    pub(crate) const USUAL: Self = Self {
        id: "",
        group: Group::Structure,
        severity: Severity::Warning,
        enabled: true,
        fixable: Fixable::No,
        unfinished: false,
        page: "",
        check: Scope::Assembly,
    };
}

impl RuleInfo {
    /// Its page as Markdown, without the blank that stands before each line of a doc comment.
    pub fn markdown(&self) -> String {
        let lines = self.page.trim().lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Where its page stands on the web, if it does.
    pub fn url(&self) -> Option<String> {
        PAGES.filter(|pages| !pages.is_empty()).map(|pages| format!("{pages}{}", self.id))
    }
}
