//! Of which level an issuer is, by its name.

use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

use super::lists::{Lists, substitute};
use super::model::{Form, Level};

/// A regular expression over the names of issuers, in which `{{name}}` stands for any word of that list of the form. Compiled when it is first asked,
/// which few reports do: the lists have hundreds of words. An empty one matches any name, a wrong one none.
#[derive(Clone, Default)]
pub struct Pattern {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

/// The first level of the form whose pattern matches the issuer's name, as an index into [`Form::levels`]. Blanks in the name don't count.
/// The last level of a form usually matches any name, see [`Level::is_unknown`].
pub fn level_of(form: &Form, agency: &str) -> Option<usize> {
    let name: String = agency.split_whitespace().collect();
    form.levels.iter().position(|level| level.pattern.matches(&name, &form.lists))
}

impl Level {
    /// Whether the level is the one for issuers whose name tells nothing.
    pub fn is_unknown(&self) -> bool {
        self.pattern.source.is_empty()
    }
}

impl Pattern {
    /// A pattern in the syntax of the regex crate.
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), compiled: OnceLock::new() }
    }

    /// Does the pattern, with the form's lists, match a part of `name`?
    fn matches(&self, name: &str, lists: &Lists) -> bool {
        let compile = || Regex::new(&substitute(&self.source, lists).ok()?).ok();
        let compiled = self.compiled.get_or_init(compile);
        compiled.as_ref().is_some_and(|regex| regex.is_match(name))
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}
