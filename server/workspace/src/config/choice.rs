//! Values that are one of several words.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::At;
use super::node::Node;
use super::value::{Place, Reader, Value};

/// A value that is one of several words. To be declared with [`choice!`].
pub(super) trait Choice: Copy + PartialEq + 'static {
    /// Its name in the JSON schema.
    const NAME: &'static str;
    /// What the author of a configuration reads about it.
    const ABOUT: &'static str;
    /// Each word, what the author reads about it, and what it stands for.
    const WORDS: &'static [(&'static str, &'static str, Self)];

    /// The word for it.
    fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, _, it)| *it == self);
        found.map(|(word, ..)| *word).unwrap_or_default()
    }
}

/// Declares from one list the words of a choice, what they stand for, and their JSON schema.
macro_rules! choice {
    ($(
        #[doc = $about:literal]
        $name:literal for $type:ty {
            $( #[doc = $word_about:literal] $word:literal => $value:expr, )*
        }
    )*) => { $(
        impl $crate::config::choice::Choice for $type {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about;
            const WORDS: &'static [(&'static str, &'static str, Self)] =
                &[$( ($word, $word_about, $value) ),*];
        }

        impl $crate::config::value::Value for $type {
            type Schema = $crate::config::choice::OneOf<Self>;

            fn read(
                node: $crate::config::node::Node,
                place: $crate::config::value::Place<'_>,
                reader: &mut $crate::config::value::Reader<'_>,
            ) -> Option<Self> {
                $crate::config::choice::read(node, place, reader)
            }
        }
    )* };
}

pub(super) use choice;

/// The schema of a choice.
pub(super) struct OneOf<T>(PhantomData<T>);

pub(super) fn read<T: Choice>(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let At { value: text, origin } = At::<String>::read(node, place, reader)?;
    let found = T::WORDS.iter().find(|(word, ..)| *word == text);
    if found.is_none() {
        let words: Vec<_> = T::WORDS.iter().map(|(word, ..)| *word).collect();
        let message = format!("{} 的值“{text}”无效；可用的有：{}", place.key, words.join("、"));
        reader.problem(&origin, message);
    }
    found.map(|(.., value)| *value)
}

impl<T: Choice> JsonSchema for OneOf<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let word = |(word, about, _): &(&str, &str, T)| json_schema!({ "description": about.trim(), "type": "string", "const": word });
        let words: Vec<_> = T::WORDS.iter().map(word).collect();
        json_schema!({ "description": T::ABOUT.trim(), "oneOf": words })
    }
}
