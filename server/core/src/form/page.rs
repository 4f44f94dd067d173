//! The page of a rule or relation: a text where the form is one, and in a form of gouji's own its place in the program.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::packed;

/// A page (Markdown, Chinese). Pages are half of all that forms say, and hardly a run shows one: those of gouji's own are not copied.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RawPage(pub(super) Cow<'static, str>);

impl RawPage {
    /// What a relation or rule that is written anew without a page keeps of its base's.
    pub(super) fn or(self, known: Option<&Cow<'static, str>>) -> Cow<'static, str> {
        match known {
            Some(known) if self.0.is_empty() => known.clone(),
            _ => self.0,
        }
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
