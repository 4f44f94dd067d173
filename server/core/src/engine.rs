//! Everything that stays the same while texts change: forms, rules, dictionaries and severities.

use std::sync::{Arc, LazyLock, OnceLock};

use crate::dictionary::Dictionary;
use crate::form::{self, Form};
use crate::report::{Cues, Lexicon, Templates};
use crate::rules::{Anchors, Registry, RuleIndex, RuleProblem, Severity};

/// Forms with their compiled matchers and rules. Built once for a configuration.
pub struct Engine {
    forms: Vec<Arc<Form>>,
    registry: Registry,
    dictionary: Arc<Dictionary>,
    lexicon: Lexicon,
    /// Built when a line is first read.
    anchors: OnceLock<Anchors>,
    /// Built when a report of the form is first read.
    cues: Vec<OnceLock<Cues>>,
    templates: Templates,
}

/// An engine with the severities of its rules: what a file is checked with.
#[derive(Clone)]
pub struct Settings {
    engine: Arc<Engine>,
    severities: Vec<Option<Severity>>,
    configured: Vec<bool>,
}

impl Engine {
    /// An engine for `forms` with gouji's own dictionary.
    ///
    /// # Errors
    /// What is wrong with their rules.
    pub fn new(forms: Vec<Form>) -> Result<Self, Vec<RuleProblem>> {
        let registry = Registry::new(&forms)?;
        Ok(Self::with(forms, registry))
    }

    /// The engine with another dictionary.
    #[must_use]
    pub fn with_dictionary(mut self, dictionary: Dictionary) -> Self {
        self.dictionary = Arc::new(dictionary);
        self.anchors = OnceLock::new();
        self
    }

    /// The engine of the forms that gouji brings.
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: LazyLock<Arc<Engine>> = LazyLock::new(|| {
            // A test holds that the forms of gouji are right; without them there is nothing to check.
            Arc::new(
                Engine::new(form::builtin())
                    .unwrap_or_else(|_| Engine::with(Vec::new(), Registry::default())),
            )
        });
        BUILTIN.clone()
    }

    fn with(forms: Vec<Form>, registry: Registry) -> Self {
        let forms: Vec<_> = forms.into_iter().map(Arc::new).collect();
        let cues = forms.iter().map(|_| OnceLock::new()).collect();
        let dictionary = Dictionary::builtin();
        let (lexicon, anchors) = (Lexicon::new(&forms), OnceLock::new());
        let templates = Templates::default();
        Self { forms, registry, dictionary, lexicon, anchors, cues, templates }
    }

    /// The forms, those of gouji first.
    pub fn forms(&self) -> &[Arc<Form>] {
        &self.forms
    }

    /// The rules.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The word lists, with what a user has added.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The words of all forms.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The words that checks wait for.
    pub(crate) fn anchors(&self) -> &Anchors {
        self.anchors.get_or_init(|| Anchors::new(&self.registry.checks, &self.dictionary))
    }

    /// The parts with tables that were bound last.
    pub(crate) fn templates(&self) -> &Templates {
        &self.templates
    }

    /// The cues of the form at `index`.
    pub(crate) fn cues(&self, index: usize) -> &Cues {
        self.cues[index].get_or_init(|| Cues::new(&self.forms[index], &self.dictionary.hedges))
    }
}

impl Settings {
    /// Settings in which every rule has its default severity.
    pub fn new(engine: Arc<Engine>) -> Self {
        let rules = engine.registry().rules();
        let severities = rules.iter().map(|rule| rule.enabled.then_some(rule.severity)).collect();
        let configured = vec![false; rules.len()];
        Self { engine, severities, configured }
    }

    /// The engine.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The severity of a rule; `None` if it is off.
    pub fn severity(&self, rule: RuleIndex) -> Option<Severity> {
        self.severities.get(usize::from(rule.0)).copied().flatten()
    }

    /// The severity that the user has configured for a rule; `None` if the rule is off, or left at its default.
    pub fn configured(&self, rule: RuleIndex) -> Option<Severity> {
        self.configured
            .get(usize::from(rule.0))
            .copied()
            .unwrap_or(false)
            .then(|| self.severity(rule))
            .flatten()
    }

    /// Turns a rule on with a configured severity.
    pub fn set(&mut self, rule: RuleIndex, severity: Severity) {
        self.severities[usize::from(rule.0)] = Some(severity);
        self.configured[usize::from(rule.0)] = true;
    }

    /// Turns a rule on with the severity that it has, else its default.
    pub fn enable(&mut self, rule: RuleIndex) {
        let severity = self.engine.registry().info(rule).severity;
        self.severities[usize::from(rule.0)].get_or_insert(severity);
    }

    /// Turns a rule off.
    pub fn disable(&mut self, rule: RuleIndex) {
        self.severities[usize::from(rule.0)] = None;
    }
}
