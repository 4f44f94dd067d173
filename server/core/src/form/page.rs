//! The page of a rule or relation: a text or the path of its file where the form is a text, and in a form of gouji's own its place in the program.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::problem::Problems;
use crate::packed;

/// Reads a file that a form names by its path from the form's own; or says in Chinese why not.
pub type ReadFile<'a> = dyn FnMut(&str) -> Result<String, String> + 'a;

/// What the name of a page's file ends in.
const FILE_ENDING: &str = ".md";

/// A page (Markdown, Chinese). Pages are half of all that forms say, and hardly a run shows one: those of gouji's own are not copied.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RawPage(pub(super) Cow<'static, str>);

impl RawPage {
    /// The page's text. A relation or rule that is written anew without a page keeps its base's, `known`.
    pub(super) fn text(
        self,
        known: Option<&Cow<'static, str>>,
        read: &mut ReadFile<'_>,
        (start, key): (usize, impl FnOnce() -> String),
        problems: &mut Problems<'_>,
    ) -> Cow<'static, str> {
        if let (Some(known), "") = (known, &*self.0) {
            return known.clone();
        }
        let Some(path) = self.path() else { return self.0 };
        match read(path) {
            Ok(text) => Cow::Owned(text),
            Err(problem) => {
                problems.push(start, key(), format!("读不了规则说明的文件“{path}”：{problem}"));
                Cow::default()
            }
        }
    }

    /// A page has headings, so a single line cannot be one.
    fn path(&self) -> Option<&str> {
        (!self.0.contains('\n') && self.0.ends_with(FILE_ENDING)).then_some(&*self.0)
    }
}

impl<'de> Deserialize<'de> for RawPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PageVisitor)
    }
}

struct PageVisitor;

impl<'de> Visitor<'de> for PageVisitor {
    type Value = RawPage;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text")
    }

    fn visit_str<E: Error>(self, page: &str) -> Result<RawPage, E> {
        Ok(RawPage(Cow::Owned(page.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut place: A) -> Result<RawPage, A::Error> {
        let mut number = || place.next_element::<usize>();
        let page = number()?.zip(number()?).and_then(|(start, length)| packed::page(start, length));
        page.map(|it| RawPage(Cow::Borrowed(it))).ok_or_else(|| A::Error::custom("no such page"))
    }
}
